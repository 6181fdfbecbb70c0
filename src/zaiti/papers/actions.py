"""Make a paper: number it, freeze its facts, and let a job render it."""

import json
from pathlib import PurePosixPath

from django.contrib.auth.models import AbstractUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from zaiti import clock
from zaiti.clock.jobs import defer
from zaiti.core.text import one_line, plain
from zaiti.papers.models import Bureau, Paper
from zaiti.papers.numbers import next_number
from zaiti.papers.tasks import render

TITLE_MAX = 200  # characters: the column's width
# The word in a document number, by kind of paper [D]: 深罗人社载受〔2024〕3号.
WORDS = {
    "call": "通",
    "extension": "延",
    "erratum": "更",
    "receipt": "收",
    "acceptance": "受",
    "correction": "补",
    "refusal": "拒",
    "paper_copy": "纸",
    "draw": "抽",
    "visit": "察",
    "minutes": "纪",
    "score_sheet": "分",
    "summary": "汇",
    "posting": "示",
    "objection_receipt": "异收",
    "objection_answer": "异复",
    "report": "函",
    "report_list": "单",
    "withdrawal": "撤",
    "result": "告",
    "certificate": "证",
    "rectification": "改",
    "intended_revocation": "拟销",
    "revocation": "销",
}


@transaction.atomic
def issue(
    template: str,
    *,
    by: AbstractUser | None,
    authority: Bureau,
    title: str,
    facts: dict[str, object],
    organisation: models.Model | None = None,
    reader: AbstractUser | None = None,
    public: bool = False,
) -> Paper:
    """Issue one paper from `room/papers/<kind>.typ`; `by` is who issues it, kept in the facts."""
    kind = Paper.Kind(PurePosixPath(template).stem)
    year = clock.today().year
    number = next_number(f"paper:{authority.pk}:{kind}:{year}")
    paper = Paper.objects.create(
        kind=kind,
        number=f"{authority.doc_prefix}载{WORDS[kind]}〔{year}〕{number}号",
        title=one_line(title)[:TITLE_MAX],
        template=template,
        facts=plain(json.loads(json.dumps(facts | {"issued_by": str(by or "")}, cls=DjangoJSONEncoder))),
        authority_id=authority.pk,
        organisation_id=organisation.pk if organisation else None,
        reader_id=reader.pk if reader else None,
        public=public,
        made_at=clock.now(),
    )
    defer(render, paper=paper.pk)
    return paper
