"""A paper as it would be issued now, to read before it is."""

from typing import Any

from django.http import HttpResponse

from zaiti.accounts.models import Authority
from zaiti.papers import typst
from zaiti.papers.kinds import Kind


def draft(kind: Kind, *, authority: Authority, facts: dict[str, Any], title: str = "") -> HttpResponse:
    """Typeset a paper from the facts it would carry now."""
    paper = typst.draft(kind.template, authority=authority, title=title or kind.title, facts=facts)
    headers = {"Content-Disposition": 'inline; filename="draft.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(typst.render_pdf(paper), content_type="application/pdf", headers=headers)
