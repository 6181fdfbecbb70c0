"""Facts once: a text names a field, as in “{报送期限}”, and says what the field says, wherever it is read."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from zaiti.programmes.packs.reading import Place
from zaiti.programmes.packs.schema import Pack

NAMED = re.compile(r"\{([一-鿿]{1,12})\}")
BRACED = re.compile(r"(\{[一-鿿]{1,12}\})")
SHORTEST = 4  # letters of a value that is told from others by itself
ROUNDS = 3  # a title that a text names may itself name the year


class Reference(NamedTuple):
    """The field behind a name, and where its value stands in a text that writes it out."""

    at: Place
    written: str = r"(?<!\d){}(?!\d)"


REFERENCES = {
    "通知名称": Reference(("notice", "title")),
    "文号": Reference(("notice", "doc_number")),
    "发文机关": Reference(("notice", "authority")),
    "成文日期": Reference(("notice", "made_on")),
    "依据文件": Reference(("basis", "name")),
    "依据文号": Reference(("basis", "number")),
    "市局": Reference(("city", "name")),
    "认定上限": Reference(("cap",), "(?<=不超过){}(?=家)"),
    "年度": Reference(("year",), r"(?<!\d){}(?=年度)"),
    "发布期限": Reference(("call_deadline",)),
    "报送期限": Reference(("report_deadline",)),
    "公示天数": Reference(("publicity_days",), "(?<=公示){}(?=个工作日)"),
    "受理天数": Reference(("acceptance_days",), "(?<=受理){}(?=个工作日)"),
    "补正天数": Reference(("correction_days",), "(?<=补正){}(?=个工作日)"),
    "异议处理天数": Reference(("objection_days",), "(?<=异议){}(?=个工作日)"),
    "停训年数": Reference(("followup", "years_without_training"), "(?<=连续){}(?=年未从事)"),
    "政务平台": Reference(("portal", "name"), "(?<=“){}(?=”)"),
    "政务事项": Reference(("portal", "item"), "(?<=“){}(?=”)"),
    "办理按钮": Reference(("portal", "button"), "(?<=“){}(?=”)"),
    "纸质材料地址": Reference(("paper", "address")),
    "纸质材料电话": Reference(("paper", "phone")),
    "联系单位": Reference(("contact", "office")),
    "联系电话": Reference(("contact", "phone")),
}
# Where people write sentences, and the parts that are fields themselves.
SENTENCES = {"title", "purpose", "cap_text", "text", "focus", "definition", "closing"}
FIELDS = {"districts", "city", "contact", "portal", "basis", "further_basis", "disclosure"}


def value_at(facts: Any, place: Place) -> Any:
    """What stands at a place; nothing where there is none."""
    for key in place:
        inside = isinstance(facts, list) and isinstance(key, int) and key < len(facts)
        facts = facts[key] if inside else facts.get(key) if isinstance(facts, dict) else None
    return facts


def spelled(value: Any) -> str:
    """As a notice writes it: 2025年7月11日; nothing for a field that is not filled in."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    return "" if value is None else str(value)


def filled(facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts, in which every text says what the fields say; unknown names stay as they are."""
    return {key: mapped(value, lambda text: said(text, facts)) for key, value in facts.items()}


def filled_pack(pack: Pack) -> Pack:
    """The pack as people read it."""
    return Pack.model_validate(filled(pack.model_dump(mode="json")))


def said(text: str, facts: dict[str, Any]) -> str:
    """One text with what its names stand for."""
    for _round in range(ROUNDS):
        text = NAMED.sub(lambda found: _said(found, facts), text)
    return text


def wrong_names(text: str, facts: dict[str, Any]) -> Iterator[str]:
    """A sentence for each name that stands for nothing."""
    for name in NAMED.findall(text):
        if name not in REFERENCES:
            yield f"没有“{{{name}}}”这个可引用的字段，可用的有：{'、'.join(REFERENCES)}。"
        elif not spelled(value_at(facts, REFERENCES[name].at)):
            yield f"文中引用了“{{{name}}}”，但这个字段还没有填写，请填写或者改写这句话。"


def referred(facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts, whose sentences name a field instead of repeating it; what is in doubt stays."""
    found = {name: spelled(value_at(facts, each.at)) for name, each in REFERENCES.items()}
    known = {
        name: re.compile(REFERENCES[name].written.replace("{}", re.escape(value)))
        for name, value in found.items()
        if value and not _doubtful(name, value, found)
    }
    return {key: _referred(value, (key,), known) for key, value in facts.items() if key not in FIELDS} | {
        key: facts[key] for key in facts if key in FIELDS
    }


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with each of its texts changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: mapped(inner, change) for key, inner in value.items()}
    return [mapped(inner, change) for inner in value] if isinstance(value, list | tuple) else value


def texts(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text with its place."""
    if isinstance(value, str):
        yield place, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from texts(one, (*place, key))


def _said(found: re.Match[str], facts: dict[str, Any]) -> str:
    reference = REFERENCES.get(found[1])
    return (reference and spelled(value_at(facts, reference.at))) or found[0]


def _doubtful(name: str, value: str, found: dict[str, str]) -> bool:
    """Whether it could be another field's as well, or is too short to be told by itself."""
    written = REFERENCES[name].written
    alike = [one for one, other in found.items() if other == value and REFERENCES[one].written == written]
    return len(alike) > 1 or (written == Reference(()).written and len(value) < SHORTEST)


def _referred(value: Any, place: Place, known: dict[str, re.Pattern[str]]) -> Any:
    if isinstance(value, dict):
        return {key: _referred(inner, (*place, key), known) for key, inner in value.items()}
    if isinstance(value, list):
        return [_referred(inner, (*place, n), known) for n, inner in enumerate(value)]
    if not isinstance(value, str) or place[-1] not in SENTENCES:
        return value
    for name, pattern in known.items():
        if REFERENCES[name].at != place:
            value = "".join(_put(part, name, pattern) for part in BRACED.split(value))
    return value


def _put(part: str, name: str, pattern: re.Pattern[str]) -> str:
    return part if BRACED.fullmatch(part) else pattern.sub(f"{{{name}}}", part)
