"""What an amendment changes, in words: for its page, its paper and the public."""

import re
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from zaiti import clock
from zaiti.core.markdown import cell, escape
from zaiti.core.text import one_line
from zaiti.notices.models import Amendment
from zaiti.notices.papers import ERRATUM, EXTENSION
from zaiti.notices.queries import Kind, call_of, within, written
from zaiti.notices.text import date_words, moment_words
from zaiti.papers import kinds

Parts = list[tuple[Kind, str]]
ADDED, REMOVED = "（此处新增）", "（此处删去）"
HEADING, RULE, ESCAPED = re.compile(r"^#{1,6} "), re.compile(r"^\|(?: *-+ *\|)+$"), re.compile(r"\\(.)")


class Altered(NamedTuple):
    """One place that changes."""

    what: str
    old: str
    new: str

    def sides(self) -> tuple[Parts, Parts]:
        """Both sides, each in the parts that stay and those that go or come."""
        parts = within(self.old, self.new).parts
        return [part for part in parts if part[0] != "added"], [p for p in parts if p[0] != "removed"]


def alterations(amendment: Amendment) -> list[Altered]:
    """Each place that changes, old against new."""
    if amendment.kind == Amendment.Kind.EXTENSION and amendment.old_closes_at and amendment.closes_at:
        old, new = moment_words(amendment.old_closes_at), moment_words(amendment.closes_at)
        return [Altered("申报截止时间", old, new)]
    title, body = written(amendment.publication)
    heading = [] if title == amendment.title else [Altered("标题", title, amendment.title)]
    return [*heading, *(Altered("正文", was, now) for was, now in _places(body, amendment.body))]


def touches_tables(amendment: Amendment) -> bool:
    """Tell whether a line of a table would change."""
    _title, body = written(amendment.publication)
    return _rows(body) != _rows(amendment.body)


def paper_title(amendment: Amendment) -> str:
    """The title of the paper, as officials write it."""
    text, call = amendment.publication, call_of(amendment.publication)
    if amendment.kind == Amendment.Kind.EXTENSION and call is not None:
        return EXTENSION.title.format(
            bureau=text.authority.name, year=call.cycle.year, programme=call.cycle.programme
        )
    return ERRATUM.title.format(bureau=text.authority.name, text=text.title)


def paper_facts(amendment: Amendment) -> dict[str, object]:
    """What the paper says (notices/papers/extension.typ and erratum.typ)."""
    text = amendment.publication
    call = call_of(text)
    return {
        "text": {"title": text.title, "number": text.doc_number, "index": text.index_number},
        "published_on": timezone.localtime(text.published_at).date(),
        "reason": amendment.reason.rstrip("。；， "),
        "changes": [row._asdict() for row in alterations(amendment)],
        "contact": {"office": call.contact_office, "phone": call.contact_phone} if call else None,
    }


def paper_kind(amendment: Amendment) -> kinds.Kind:
    """The kind of its paper."""
    return EXTENSION if amendment.kind == Amendment.Kind.EXTENSION else ERRATUM


def extension_body(amendment: Amendment) -> str:
    """The public text that closes a call later; it links the call it adds to."""
    text, (change,) = amendment.publication, alterations(amendment)
    paras = [
        "各相关单位：",
        f"因{escape(amendment.reason.rstrip('。；， '))}，现将《{cell(text.title)}》规定的申报截止时间"
        f"由{change.old}延长至{change.new}，适用于全部申报单位，其他事项不变。",
        f"原通知：[{cell(text.title)}]({reverse('site:notice', args=[text.pk])})",
        "特此公告。",
        *_contact(amendment),
        f"{cell(text.authority.name)}  \n{date_words(clock.now())}",
    ]
    return "\n\n".join(paras)


def _contact(amendment: Amendment) -> list[str]:
    """Whom to ask, in the place the paper has it."""
    call = call_of(amendment.publication)
    if call is None or not call.contact_phone:
        return []
    return [f"联系单位：{cell(call.contact_office)}", f"联系电话：{cell(call.contact_phone)}"]


def correction_body(amendment: Amendment, number: str) -> str:
    """The corrected text, with why and by which paper it was corrected."""
    return f"更正说明：{escape(amendment.reason)}（{cell(number)}）\n\n{amendment.body}"


def _places(old: str, new: str) -> list[tuple[str, str]]:
    """Paragraph by paragraph, what the text said and what it says, where they differ."""
    before, after, found = _lines(old), _lines(new), []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found += list(zip_longest(before[a:b], after[c:d]))
    return [(was or ADDED, now or REMOVED) for was, now in found]


def _lines(text: str) -> list[str]:
    return [read for line in text.split("\n") if (read := _read(line.strip()))]


def _rows(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip().startswith("|")]


def _read(line: str) -> str:
    """A line of Markdown as people read it, without its marks."""
    if RULE.match(line):
        return ""
    cells = line.strip("|").split(" | ") if line.startswith("|") else [HEADING.sub("", line)]
    return "　".join(one_line(ESCAPED.sub(r"\1", each)) for each in cells)
