"""Titles, and what kind of material a file looks like, by the first lines of its first pages."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from scancheck import models
from scancheck.check import Check, Document, Page, Whole
from scancheck.lines import Line, find, straightened
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, Raster
from scancheck.report import DocumentReport, Finding, Report, finding
from scancheck.verdict import Verdict

# The part of a page in which titles stand, and how many lines of a text layer are looked at.
TOP, MOST_LINES = (0.02, 0.45), 60
SMALL = SMALL_DPI / MM_PER_INCH
# Materials the two notices' districts ask for, with words that give each away.
MATERIALS: dict[str, tuple[str, ...]] = {
    "申报表": ("申报表", "申请表", "申报书", "申请书"),
    "营业执照": ("营业执照",),
    "事业单位法人证书": ("事业单位法人证书",),
    "社会团体法人登记证书": ("法人登记证书", "社会团体"),
    "办学许可证": ("办学许可证",),
    "法定代表人身份证明": ("法定代表人身份证明", "法定代表人证明"),
    "授权委托书": ("授权委托书", "法人授权", "委托书"),
    "信用承诺书": ("信用承诺书",),
    "真实性承诺书": ("真实性承诺", "承诺书"),
    "管理制度汇编": ("管理制度", "制度汇编"),
    "场地产权或租赁证明": ("租赁合同", "房屋租赁", "不动产权证", "场地租赁"),
    "设备设施清单": ("设备设施清单", "设备清单"),
    "审计报告": ("审计报告", "财务报表"),
    "师资名册": ("师资名册", "师资", "教师名册"),
    "培训台账": ("培训台账", "签到表", "培训名册"),
    "校企合作协议": ("校企合作", "合作协议"),
    "建设规划": ("建设规划", "三年规划", "年度计划"),
    "领办人荣誉证书": ("荣誉证书", "获奖证书"),
    "职业资格证书": ("职业资格证书", "职业技能等级证书"),
    "劳动合同": ("劳动合同",),
    "带徒协议": ("带徒协议", "师徒协议"),
    "专利证书": ("专利证书", "发明专利"),
    "身份证": ("居民身份证",),
}
SENTENCE_ENDS = ("。", "；", "，", "：", ";", ",")
RED_HEAD = "文件"
# A line as it was read: text, height in mm, confidence.
Read = tuple[str, float, float]


@dataclass(frozen=True)
class Bounds:
    """Where titles are looked for, and how surely they must be read."""

    # Titles: the tallest lines in a page's upper part (each costs about 15 ms to read).
    pages: int = 2
    most_lines: int = 3
    least_confidence: float = 0.75
    least_alike: float = 0.74
    # Longer lines are sentences, which speak of many materials without being any of them.
    most_signs: int = 26
    # Lines so many times as wide as high are not even read; one with a name and its credit code has 37.
    most_wide: int = 45


def title(lines: list[tuple[str, float, float]], bounds: Bounds) -> str | None:
    """The line that stands out by height, if it was read surely."""
    heads = (line for line in lines if len(line[0]) >= 2 and not _ends_sentence(line[0]))
    sure = [line for line in heads if line[2] >= bounds.least_confidence]
    # A red head, as "市教育局文件", names who writes, not what.
    sure = [line for line in sure if not line[0].endswith(RED_HEAD)] or sure
    return max(sure, key=lambda line: line[1])[0].strip() if sure else None


def looks_like(texts: list[str], bounds: Bounds) -> str | None:
    """The material whose words a page's first lines carry."""
    best, most = None, bounds.least_alike
    texts = [text for text in texts if _heads(text, bounds)]
    for material, words in MATERIALS.items():
        for word in words:
            alike = max((_holds(text, word) for text in texts), default=0.0)
            if alike > most:
                best, most = material, alike
    return best


def resembles(material: str, looks: str) -> bool:
    """Whether a slot's name and a recognised material are the same thing in other words."""
    return any(word in material for word in (looks, *MATERIALS.get(looks, ())))


def title_finding(report: Report | DocumentReport, material: str | None) -> Finding | None:
    """What there is to say when a file looks like another material than `material`, its slot's name."""
    looks = (report.document if isinstance(report, Report) else report).looks_like
    if not material or not looks or resembles(material, looks):
        return None
    return finding("title", "warn", "title_differs", looks_like=looks, material=material)


def _heads(text: str, bounds: Bounds) -> bool:
    """Whether a line may be a heading: sentences speak of many materials."""
    return len(text) <= bounds.most_signs and not _ends_sentence(text)


def _ends_sentence(text: str) -> bool:
    return text.rstrip().endswith(SENTENCE_ENDS)


def _holds(text: str, word: str) -> float:
    """How nearly a text contains a word; longer words weigh a little more."""
    plain = re.sub(r"\s", "", text)
    if word in plain:
        return 1 + len(word) / 100
    sizes = range(max(0, len(plain) - len(word)) + 1)
    return max((SequenceMatcher(None, word, plain[i : i + len(word)]).ratio() for i in sizes), default=0.0)


def read_top(raster: Raster, skew: float, bounds: Bounds) -> list[tuple[str, float, float]]:
    """The first lines of a page: text, height in mm, confidence; from the top down.

    Lines are looked for at 75 dpi, and only they are cut out of the finer picture.
    """
    zoom = raster.scale / SMALL
    lines = find(_top(raster.small_grey, skew), SMALL, lowest_mm=2.0, highest_mm=22, gap_mm=7.0)
    lines = [line for line in lines if 1.5 * line.high < line.wide < bounds.most_wide * line.high]
    strip, texts = _top(raster.grey, skew), []
    for line in _prominent(lines, bounds.most_lines):
        text, sure = models.read_narrowed(line.zoomed(zoom).cut(strip))
        texts.append((text, round(line.high / SMALL, 1), round(sure, 3)))
    return texts


def _top(grey: Pixels, skew: float) -> Pixels:
    """The part in which titles stand, straight."""
    return straightened(grey[int(TOP[0] * len(grey)) : int(TOP[1] * len(grey))], skew)


def _prominent(lines: list[Line], most: int) -> list[Line]:
    """The tallest few, in reading order."""
    tallest = sorted(lines, key=lambda line: -line.high)[:most]
    return sorted(tallest, key=lambda line: (line.y, line.x))


def run(page: Page) -> Verdict[None]:
    """Leave the first lines of the file's first written pages."""
    bounds, seen = page.profile.of(Bounds), page.kept.get("tops", 0)
    if seen >= bounds.pages:
        return Verdict(None)
    page.kept["tops"] = seen + 1
    if page.text:
        return Verdict(
            None, note=[(line.text, round(line.high_mm, 1), 1.0) for line in page.text[:MOST_LINES]]
        )
    return Verdict(None, note=read_top(page.raster, page.lean, bounds) if page.profile.recognise else [])


def first_lines(document: Document) -> list[tuple[int, list[Read]]]:
    """The lines of the first pages that have some, with the pages' numbers."""
    left = document.notes_of("title")[: document.profile.of(Bounds).pages]
    return [(number, [(text, high, sure) for text, high, sure in lines]) for number, lines in left if lines]


def whole(document: Document) -> Whole:
    """The title, what the file looks like, and whether that is what it should be."""
    tops, bounds = first_lines(document), document.profile.of(Bounds)
    headline = title(tops[0][1], bounds) if tops else None
    heads = [[headline] if headline else [], *([line[0] for line in lines] for _, lines in tops)]
    looks = next(filter(None, (looks_like(texts, bounds) for texts in heads)), None)
    other = title_finding(DocumentReport(looks_like=looks), document.expect.material)
    return Whole((other,) if other else (), fields={"title": headline, "looks_like": looks})


WORDS = {
    "title_differs": (
        "标题像是“{looks_like}”，与材料“{material}”不一致，请确认是否传错。",
        "This looks like “{looks_like}”, not “{material}”. Was the right file uploaded?",
    ),
}
CHECK = Check(
    name="title",
    about=("材料类别", "whether it is the material it should be"),
    words=WORDS,
    bounds=Bounds,
    page=run,
    after=("skew",),
    document=whole,
)
