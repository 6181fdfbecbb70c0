"""What must hold between the parts of an application form."""

from collections import Counter
from collections.abc import Callable, Iterator

from zaiti.programmes.packs.form import Entry, Form
from zaiti.programmes.packs.plain_form import CARRIER
from zaiti.programmes.packs.reading import Place

Finding = tuple[Place, str]
FEWEST = 2  # options: a choice of one is none
ONE_LINE = ("text", "address", "phone", "person")


def form_findings(form: Form, at: Place) -> Iterator[Finding]:
    """Everything in a form that contradicts itself."""
    if not any(entry.code == CARRIER and entry.kind == "text" and entry.required for entry in form.entries):
        yield (*at, "sections"), f"申报表要有必填的单行文字“{CARRIER}”（载体名称），证书和名单都用它。"
    seen: Counter[str] = Counter()
    earlier: dict[str, Entry] = {}
    for place, entry in _placed(form, at):
        if seen[entry.code]:
            yield (*place, "code"), f"“{entry.code}”与前面重复，请改成不同的代码。"
        seen[entry.code] += 1
        for rule in RULES:
            for where, said in rule(entry, earlier):
                yield (*place, *where), said
        earlier[entry.code] = entry


def _placed(form: Form, at: Place) -> Iterator[tuple[Place, Entry]]:
    for s, section in enumerate(form.sections):
        for e, entry in enumerate(section.entries):
            yield (*at, "sections", s, "entries", e), entry


def _options(entry: Entry, _earlier: dict[str, Entry]) -> Iterator[Finding]:
    if entry.kind in ("choice", "choices") and len(entry.options) < FEWEST:
        yield ("options",), f"“{entry.name}”是选择项，至少要写两个选项。"
    for number, column in enumerate(entry.columns):
        if column.kind == "choice" and not column.options:
            yield ("columns", number, "options"), f"“{column.name}”是选择项，请写明选项。"


def _table(entry: Entry, _earlier: dict[str, Entry]) -> Iterator[Finding]:
    if entry.kind == "rows" and not entry.columns:
        yield ("columns",), f"“{entry.name}”是表格，请写明各列。"
    codes = Counter(column.code for column in entry.columns)
    for number, column in enumerate(entry.columns):
        if codes[column.code] > 1:
            yield ("columns", number, "code"), f"“{column.code}”与同表其他列重复，请改成不同的代码。"


def _sum(entry: Entry, earlier: dict[str, Entry]) -> Iterator[Finding]:
    if entry.kind != "sum":
        return
    table = earlier.get(entry.of or "")
    if table is None or table.kind != "rows":
        yield ("of",), f"“{entry.name}”是合计，请在 of 写明前面哪个表格的代码。"
    elif entry.column and entry.column not in _figures(table):
        yield ("column",), f"“{entry.column}”不是“{table.name}”里的数字列，请改正。"


def _figures(table: Entry) -> list[str]:
    return [column.code for column in table.columns if column.kind in ("whole", "number", "money")]


def _condition(entry: Entry, earlier: dict[str, Entry]) -> Iterator[Finding]:
    if entry.shown_if is None:
        return
    asked = earlier.get(entry.shown_if.entry)
    if asked is None or asked.kind not in ("choice", "choices"):
        yield ("shown_if", "entry"), f"“{entry.name}”的条件要指向前面的一个选择项，请改正。"
    elif strange := set(entry.shown_if.among) - set(asked.options):
        yield ("shown_if", "among"), f"“{asked.name}”没有“{'、'.join(sorted(strange))}”这个选项，请改正。"


def _words(entry: Entry, _earlier: dict[str, Entry]) -> Iterator[Finding]:
    for field in ("sealed", "once"):
        if getattr(entry, field) and entry.kind not in ONE_LINE:
            yield (field,), f"“{entry.name}”不是单行文字，不能设 {field}。"
    if entry.sealed and "public" in entry.read_by:
        yield ("read_by",), f"“{entry.name}”加密保存，不能向社会公开。"


RULES: tuple[Callable[[Entry, dict[str, Entry]], Iterator[Finding]], ...] = (
    _options,
    _table,
    _sum,
    _condition,
    _words,
)
