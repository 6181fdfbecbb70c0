"""Scans as a copier makes them, for invented units: a typed page with a red seal, as an image in a PDF."""

import io
import math
import random
from functools import cache

import typst
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 150  # the least that the pre-check takes for clear
WIDTH, HEIGHT = round(210 / 25.4 * DPI), round(297 / 25.4 * DPI)  # A4
MARGIN = round(25 / 25.4 * DPI)
SEAL_PX = round(40 / 25.4 * DPI)  # a unit's round seal is about 40 mm wide
RED = (205, 30, 35)


def scan(
    title: str, unit: str, *, pages: int = 1, seal: str | None = None, tilt: float = 0.0, code: str = ""
) -> bytes:
    """Make a scanned PDF of so many pages; sealed by the unit, by another named in `seal`, or not if empty.

    The last page leans by `tilt` degrees; `code` is the unit's, where the text gives it.
    """
    stamped = unit if seal is None else seal
    named = f"{unit}（统一社会信用代码：{code}）" if code else unit
    images = [_page(title, named, number, pages, stamped) for number in range(1, pages + 1)]
    if tilt:
        images[-1] = images[-1].rotate(tilt, Image.Resampling.BICUBIC, fillcolor=(252, 251, 247))
    content = io.BytesIO()
    images[0].save(
        content, "PDF", resolution=DPI, save_all=True, append_images=images[1:], quality=60, title=title
    )
    return content.getvalue()


def _page(title: str, unit: str, number: int, pages: int, seal: str) -> Image.Image:
    paper = _paper().copy()
    draw = ImageDraw.Draw(paper)
    draw.text((WIDTH / 2, MARGIN), title, font=_font(_px(6.0)), fill=(25, 25, 30), anchor="mt")
    for line, text in enumerate(_lines(title, unit, number)):
        place = (MARGIN, MARGIN + _px(16.0) + line * _px(7.8))
        draw.text(place, text, font=_font(_px(4.0)), fill=(35, 35, 40))
    draw.text(
        (WIDTH / 2, HEIGHT - MARGIN / 2),
        f"第{number}页 共{pages}页",
        font=_font(_px(3.3)),
        fill=(60, 60, 60),
        anchor="mm",
    )
    if seal and number == pages:
        stamp = _seal(seal)
        paper.paste(stamp, (WIDTH - MARGIN - SEAL_PX, HEIGHT - MARGIN * 3 - SEAL_PX), stamp)
    return paper


def _px(mm: float) -> int:
    return round(mm / 25.4 * DPI)


def _lines(title: str, unit: str, number: int) -> list[str]:
    chance = random.Random(f"{title}{unit}{number}")  # noqa: S311  # the look of a page, not a secret
    words = ["培训", "管理", "技能", "课程", "学员", "师资", "设备", "制度", "考核", "记录", "计划", "交流"]
    body = ["".join(chance.choices(words, k=chance.randint(8, 15))) + "。" for _ in range(10)]
    return [f"申报单位：{unit}", f"材料名称：{title}（示例）", "", *body]


@cache
def _paper() -> Image.Image:
    noise = Image.effect_noise((WIDTH, HEIGHT), 9).convert("RGB")
    return Image.blend(Image.new("RGB", (WIDTH, HEIGHT), (252, 251, 247)), noise, 0.03)


@cache
def _seal(unit: str) -> Image.Image:
    """A ring, a star and the unit's name around it."""
    side = SEAL_PX * 2
    stamp = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(stamp)
    draw.ellipse((6, 6, side - 6, side - 6), outline=RED, width=10)
    draw.polygon(_star(side / 2, side / 8), fill=RED)
    span = math.radians(270)
    for place, sign in enumerate(unit):
        turn = -span / 2 + span * (place + 0.5) / len(unit)
        _letter(stamp, sign, turn, side)
    return stamp.filter(ImageFilter.GaussianBlur(0.8)).resize((SEAL_PX, SEAL_PX)).rotate(7)


def _star(centre: float, radius: float) -> list[tuple[float, float]]:
    reaches = [radius if point % 2 == 0 else radius * 0.382 for point in range(10)]
    turns = [math.radians(36 * point) for point in range(10)]
    return [(centre + r * math.sin(t), centre - r * math.cos(t)) for r, t in zip(reaches, turns, strict=True)]


def _letter(stamp: Image.Image, sign: str, turn: float, side: int) -> None:
    size = side // 8
    tile = Image.new("RGBA", (size * 2, size * 2))
    ImageDraw.Draw(tile).text((size, size), sign, font=_font(size), fill=RED, anchor="mm")
    tile = tile.rotate(-math.degrees(turn))
    x = side / 2 + math.sin(turn) * side * 0.37 - size
    y = side / 2 - math.cos(turn) * side * 0.37 - size
    stamp.alpha_composite(tile, (round(x), round(y)))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The host's first CJK font; without one the pages are still scans, only not Chinese ones."""
    for face in typst.Fonts().fonts():
        if "CJK SC" in face.family and face.weight == 400 and face.path:
            return ImageFont.truetype(str(face.path), size, index=face.index)
    return ImageFont.load_default(size)
