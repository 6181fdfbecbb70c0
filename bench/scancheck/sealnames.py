"""Whose name a seal carries: how often its own is accepted, and how often one that differs in a sign.

Reading was tuned with the bench's own fonts and names; to measure it there are some it never saw.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import cv2
import numpy as np
from bench.scancheck import fonts, measures, words
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from scancheck.seals import finding as seals
from scancheck.seals.bounds import Bounds
from scancheck.seals.reading import SHARPLY, Reading, Ringside, first_of

# Song, Kai and Hei by other makers, in Debian fonts-arphic-gbsn00lp, -gkai00mp and fonts-wqy-microhei.
OTHERS = {
    "song": "/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf",
    "kai": "/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf",
    "hei": "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
}
DISTRICTS = ("南山区", "宝安区", "龙岗区", "光明区", "坪山区", "海珠区", "番禺区", "浦东新区", "")
STEMS = (
    "凌霄",
    "沃野",
    "锦绣",
    "百灵",
    "恒昌",
    "立信",
    "思源",
    "金桥",
    "星辰",
    "翰林",
    "安邦",
    "德馨",
    "紫荆",
)
KINDS = (
    "餐饮管理",
    "养老服务",
    "美容美发",
    "建筑安装",
    "物业管理",
    "模具制造",
    "电子商务",
    "母婴护理",
    "电梯维保",
)
ENDS = (
    "有限公司",
    "职业技能培训学校",
    "职业培训中心",
    "股份有限公司",
    "技工学校",
    "商会",
    "有限责任公司深圳分公司",
)


def unit(random: Random) -> str:
    """An invented name of 8 to 25 signs, of parts that tuning never saw."""
    return "".join(map(random.choice, (words.PLACES, DISTRICTS, STEMS, KINDS, ENDS)))


def use_other_fonts() -> None:
    """Set what follows in fonts by other makers, as far as the host has them."""
    for face, path in OTHERS.items():
        if Path(path).exists():
            fonts.FACES[face] = (path, 0)
    fonts.font.cache_clear()


@cache
def _glyphs() -> tuple[list[str], NDArray[np.float32]]:
    """The 3,755 commonest signs, and how alike any two look in print."""
    signs = [bytes([a, b]).decode("gb2312") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF)
             if (a, b) < (0xD7, 0xFA)]  # fmt: skip
    drawn = np.array([_drawn(sign) for sign in signs])
    drawn -= drawn.mean(1, keepdims=True)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    alike = drawn @ drawn.T
    np.fill_diagonal(alike, 0)
    return signs, alike


def _drawn(sign: str) -> NDArray[np.float32]:
    picture = Image.new("L", (56, 56), 0)
    ImageDraw.Draw(picture).text((28, 28), sign, font=fonts.font("song-bold", 48), fill=255, anchor="mm")
    return np.asarray(cv2.GaussianBlur(np.asarray(picture, np.float32), (0, 0), 1.5).ravel(), np.float32)


def _looks_like(random: Random, sign: str) -> str | None:
    signs, alike = _glyphs()
    return signs[random.choice(np.argsort(-alike[signs.index(sign)])[:4])] if sign in signs else None


def twins(random: Random, name: str) -> Iterator[tuple[str, str]]:
    """Names that differ in one sign: any other, one that looks like it, one too few, one too many."""
    pool = sorted(set("".join((*words.MIDDLES, *words.TRADES, *words.PLACES, *STEMS, *KINDS))))
    for _ in range(5):
        place = random.randrange(len(name))
        yield "other", name[:place] + random.choice(pool) + name[place + 1 :]
        place = random.randrange(len(name))
        yield "alike", name[:place] + (_looks_like(random, name[place]) or "") + name[place + 1 :]
    place = random.randrange(len(name))
    yield "length", name[:place] + name[place + 1 :]
    yield "length", name[:place] + random.choice(pool) + name[place:]


def accepted(count: int, dpi: int, seed: int, others: bool = False) -> dict[str, tuple[int, int]]:
    """Of each kind of name how many were accepted, of how many; a seal not found accepts none."""
    random, hits, tried = Random(seed), Counter[str](), Counter[str]()
    names = (unit(random) if others else words.unit(random) for _ in range(count))
    for index, name in enumerate(names):
        page = measures.sheets(1, seed * 1000 + index, (dpi,), seals=("round",), distractor=None, name=name)
        looks = readings(next(page))
        for kind, claimed in (("own", name), *twins(random, name)):
            if kind == "own" or claimed != name:
                tried[kind] += 1
                hits[kind] += bool(looks) and taken(claimed, looks)
    return {kind: (hits[kind], tried[kind]) for kind in tried}


def readings(each: measures.Sheet) -> list[Reading]:
    """Every way in which the page's clearest ring is read; nothing where there is none."""
    picture, scale = each.raster.finest()
    rings = [found for found in seals.find(each.raster, Bounds()) if found.shape.kind != "square"]
    read = [list(Ringside(picture, scale, found.shape.ring, found.ink).readings(SHARPLY)) for found in rings]
    return max(filter(None, read), key=lambda looks: max(look.weight for look in looks[:3]), default=[])


def taken(name: str, looks: list[Reading]) -> bool:
    """Whether the engine would say that the seal carries the name."""
    more = iter(looks)
    return seals.compared(name, first_of(more), more, Bounds())[0] >= Bounds.same
