"""Render papers outside the request."""

from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zaiti.clock.jobs import alone, job
from zaiti.clock.models import Trouble
from zaiti.files.store import LETTERS, store
from zaiti.papers.models import Paper
from zaiti.papers.typst import render_pdf


class NotTypeset(Exception):  # noqa: N818 - a word of the house, like Refused
    """The layout, its fonts or its facts are at fault."""

    trouble = Trouble.Kind.LAYOUT


def _about(paper: int) -> str:
    """Which paper: its title may name an applicant, or an expert who scored."""
    row = Paper.objects.get(pk=paper)
    return f"{row.get_kind_display()} {row.number}"


@job("papers.render", _("PDF of a letter"), about=_about)
def render(paper: int) -> None:
    """Make the PDF of one paper, once; no transaction is open while it is typeset."""
    with alone(f"paper:{paper}"):
        row = Paper.objects.select_related("authority").get(pk=paper)
        if not row.pdf_id:
            _keep(row, _typeset(row))


def _typeset(row: Paper) -> BytesIO:
    try:
        return BytesIO(render_pdf(row))
    except Exception as failure:  # Typst has no one error of its own for what it cannot read
        raise NotTypeset(str(failure)) from failure


@transaction.atomic
def _keep(row: Paper, content: BytesIO) -> None:
    number = f"（{row.number}）" if row.number else ""
    row.pdf = store(content, name=f"{row.title}{number}.pdf", by=None, spare=LETTERS)
    row.save(update_fields=["pdf"])
