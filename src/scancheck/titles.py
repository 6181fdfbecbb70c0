"""Titles, credit codes and what kind of material a page looks like."""

import re
from difflib import SequenceMatcher
from functools import reduce

from stdnum.cn import uscc

from scancheck.profile import Profile
from scancheck.report import DocumentReport, Finding, Report, Uscc, finding

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
# Signs a code never has, and what they were taken for.
LOOKALIKES = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "Y"}
SENTENCE_ENDS = ("。", "；", "，", "：", ";", ",")
CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")


def title(lines: list[tuple[str, float, float]], profile: Profile) -> str | None:
    """The line that stands out by height, if it was read surely."""
    sure = [line for line in lines if line[2] >= profile.title_least_confidence and len(line[0]) >= 2]
    return max(sure, key=lambda line: line[1])[0].strip() if sure else None


def looks_like(texts: list[str], profile: Profile) -> str | None:
    """The material whose words a page's first lines carry."""
    best, most = None, profile.title_least_alike
    texts = [text for text in texts if _heads(text, profile)]
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


def _heads(text: str, profile: Profile) -> bool:
    """Whether a line may be a heading: sentences speak of many materials."""
    return len(text) <= profile.title_most_signs and not text.rstrip().endswith(SENTENCE_ENDS)


def _holds(text: str, word: str) -> float:
    """How nearly a text contains a word; longer words weigh a little more."""
    plain = re.sub(r"\s", "", text)
    if word in plain:
        return 1 + len(word) / 100
    sizes = range(max(0, len(plain) - len(word)) + 1)
    return max((SequenceMatcher(None, word, plain[i : i + len(word)]).ratio() for i in sizes), default=0.0)


def codes(text: str, page: int) -> list[Uscc]:
    """Credit codes in a text, each with whether its check digit holds."""
    found = []
    for match in CODE.findall(re.sub(r"\s", "", text.upper())):
        code = reduce(lambda kept, pair: kept.replace(*pair), LOOKALIKES.items(), match)
        if code[2:8].isdecimal() and code[0] in "159ANY":
            found.append(Uscc(code, bool(uscc.is_valid(code)), page))
    return found
