"""The application form (申报表) to print, sign and seal, and the receipt's kind."""

from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from pypdfium2 import PdfDocument

from zaiti.applications.answered import Said, answered
from zaiti.applications.answering import head
from zaiti.applications.models import Application
from zaiti.papers import kinds
from zaiti.papers.codes import code_of
from zaiti.papers.typst import draft, render_pdf

TITLE = "申报表"
APPLICATION = "applications.application"
RECEIPT = kinds.add(
    "applications",
    "receipt",
    _("submission receipt"),
    word="收",
    title="申报材料收件回执",
    made_by=[(APPLICATION, "submit"), (APPLICATION, "resubmit")],
)


def form_to_seal(application: Application) -> bytes:
    """Typeset what was typed so far, its code on each page; an entry that is empty leaves room to write."""
    title = f"{application.call.cycle.year}年度{application.call.cycle.programme}{TITLE}"
    facts = {
        "unit": application.organisation.name,
        "uscc": application.organisation.uscc,
        "carrier_type": application.carrier_type.name,
        "parts": _parts(application),
    }
    pages = len(PdfDocument(_typeset(application, title, facts | {"codes": []})))
    codes = [code_of(f"{application.answers.code}:{page}/{pages}") for page in range(1, pages + 1)]
    return _typeset(application, title, facts | {"codes": codes})


def _typeset(application: Application, title: str, facts: dict[str, Any]) -> bytes:
    template = "applications/papers/form.typ"
    return render_pdf(draft(template, title=title, facts=facts, authority=application.authority))


def _parts(application: Application) -> list[dict[str, Any]]:
    """The form's sections, each a run of pieces: entries in two columns, or one table."""
    answers = application.answers
    with translation.override("zh-hans"):
        return [
            {"title": part.section.title, "pieces": _pieces(part.said)}
            for part in answered(answers.shape, answers.said)
        ]


def _pieces(said: list[Said]) -> list[dict[str, Any]]:
    made = []
    for is_table, run in groupby(said, key=lambda one: one.entry.kind == "rows"):
        if is_table:
            made += [{"name": one.entry.name, "heads": _heads(one), "lines": one.lines} for one in run]
        else:
            made.append({"fields": [(one.entry.name, one.words) for one in run]})
    return made


def _heads(one: Said) -> list[str]:
    return [head(column) for column in one.entry.columns]
