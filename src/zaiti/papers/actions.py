"""Make a paper: number it, freeze its facts, and let a job render it."""

import json

from django.contrib.auth.models import AbstractUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from zaiti import clock
from zaiti.clock.jobs import defer
from zaiti.core.text import one_line, plain
from zaiti.papers.kinds import KINDS, Kind
from zaiti.papers.models import Bureau, Paper
from zaiti.papers.numbers import document_number
from zaiti.papers.tasks import render

TITLE_MAX = 200  # characters: the column's width


@transaction.atomic
def issue(
    kind: Kind,
    *,
    by: AbstractUser | None,
    authority: Bureau,
    facts: dict[str, object],
    title: str = "",
    organisation: models.Model | None = None,
    reader: AbstractUser | None = None,
    public: bool = False,
    number: str | None = None,
) -> Paper:
    """Issue one paper under its kind's title and next number, or its own; its facts keep `by` whom."""
    if KINDS.get(kind.template) is not kind:
        raise ValueError(f"no room declares {kind.template}")
    paper = Paper.objects.create(
        kind=kind.code,
        number=document_number(authority, kind) if number is None else number,
        title=one_line(title or kind.title)[:TITLE_MAX],
        template=kind.template,
        facts=plain(json.loads(json.dumps(facts | {"issued_by": str(by or "")}, cls=DjangoJSONEncoder))),
        authority_id=authority.pk,
        organisation_id=organisation.pk if organisation else None,
        reader_id=reader.pk if reader else None,
        public=public,
        made_at=clock.now(),
    )
    defer(render, paper=paper.pk)
    return paper
