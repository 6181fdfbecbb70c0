"""A paper as it will be sent, before it is: without a number, kept nowhere."""

import json
from pathlib import PurePosixPath
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.papers.letters import render_pdf
from zaiti.papers.models import Paper

NO_NUMBER = "（签发后编号）"


def draft(template: str, *, authority: Authority, title: str, facts: dict[str, Any]) -> HttpResponse:
    """Typeset a paper from the facts it would carry now."""
    plain = json.loads(json.dumps(facts, cls=DjangoJSONEncoder))
    kind = PurePosixPath(template).stem
    paper = Paper(
        kind=kind, number=NO_NUMBER, title=title, template=template, facts=plain, authority=authority
    )
    paper.made_at = clock.now()
    headers = {"Content-Disposition": 'inline; filename="draft.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(render_pdf(paper), content_type="application/pdf", headers=headers)
