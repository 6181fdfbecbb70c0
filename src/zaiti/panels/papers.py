"""The papers of a panel: what each says, frozen as it is issued. Official texts are Chinese in themselves."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import User
from zaiti.panels.models import Draw, Minutes, Panel, Recusal, Review, Score, ScoreSheet, Seat, SiteVisit
from zaiti.papers import kinds
from zaiti.papers.actions import issue
from zaiti.papers.kinds import Kind
from zaiti.papers.models import Paper

REVIEW, SHEET = "panels.review", "panels.scoresheet"
DRAW = kinds.add(
    "panels",
    "draw",
    _("draw record"),
    word="抽",
    title="{panel}评审专家抽取记录",
    made_by=[("panels.draw", "draw")],
)
VISIT = kinds.add(
    "panels",
    "visit",
    _("site-visit record"),
    word="察",
    title="{unit}实地考察记录",
    made_by=[(REVIEW, "visit")],
)
MINUTES = kinds.add(
    "panels",
    "minutes",
    _("discussion minutes"),
    word="纪",
    title="{panel}评审会纪要",
    made_by=[(REVIEW, "discuss"), ("panels.minutes", "record_minutes")],
)
SCORE_SHEET = kinds.add(
    "panels",
    "score_sheet",
    _("score sheet"),
    word="分",
    title="{unit}专家打分表（{expert}）",
    made_by=[(SHEET, "sign")],
    for_city=False,  # who gave what
)
SUMMARY = kinds.add(
    "panels",
    "summary",
    _("score summary"),
    word="汇",
    title="{panel}专家评分汇总表",
    made_by=[("panels.panel", "finish")],
)


def issue_draw(draw: Draw, *, by: User) -> Paper:
    """The draw record; the supervisor who watched may read it."""
    panel = draw.panel
    facts: dict[str, object] = {
        "panel": _panel(panel),
        "at": draw.at,
        "method": draw.method,
        "seed": draw.seed,
        "places": draw.places,
        "reason": draw.reason,
        "by": str(by),
        "watched_by": str(draw.watched_by or ""),
        "pool": draw.pool,
        "left_out": draw.left_out,
        "drawn": draw.drawn,
    }
    return _issue(DRAW, panel, DRAW.title.format(panel=_name(panel)), facts, by=by, reader=draw.watched_by)


def issue_visit(visit: SiteVisit, *, by: User) -> Paper:
    """The site-visit record, with each photo's hash."""
    review = visit.review
    facts: dict[str, object] = {
        "panel": _panel(review.panel),
        "application": _application(review),
        "visited_at": _local(visit.visited_at),
        "place": visit.place,
        "visitors": [_seat(seat) for seat in visit.visitors.select_related("expert__user")],
        "findings": visit.findings,
        "photos": [{"name": photo.name, "sha256": photo.sha256} for photo in visit.photos.order_by("pk")],
    }
    title = VISIT.title.format(unit=review.application.organisation.name)
    return _issue(VISIT, review.panel, title, facts, by=by)


def issue_minutes(minutes: Minutes, *, by: User) -> Paper:
    """The discussion minutes, with the applications they cover."""
    reviews = minutes.reviews.select_related("application__organisation")
    facts: dict[str, object] = {
        "panel": _panel(minutes.panel),
        "held_at": _local(minutes.held_at),
        "place": minutes.place,
        "present": [_seat(seat) for seat in minutes.present.select_related("expert__user")],
        "applications": [_application(review) for review in reviews],
        "text": minutes.text,
    }
    title = MINUTES.title.format(panel=_name(minutes.panel))
    return _issue(MINUTES, minutes.panel, title, facts, by=by)


def issue_sheet(sheet: ScoreSheet, *, by: User) -> Paper:
    """The signed score sheet, for the expert and the district alone."""
    panel = sheet.review.panel
    facts: dict[str, object] = {
        "panel": _panel(panel),
        "application": _application(sheet.review),
        "expert": _seat(sheet.seat),
        "lines": [_line(score) for score in _scores(sheet)],
        "total": _figure(sheet.total),
        "comment": sheet.comment,
        "signed_at": _local(sheet.signed_at),
        "digest": sheet_digest(sheet),
    }
    title = SCORE_SHEET.title.format(unit=sheet.review.application.organisation.name, expert=by)
    return _issue(SCORE_SHEET, panel, title, facts, by=by, reader=by)


def issue_summary(panel: Panel, *, by: User) -> Paper:
    """The score summary: every total, the categories, and each expert's total without the name."""
    reviews = panel.reviews.select_related("application__organisation").order_by(
        "-total", "application__number"
    )
    facts: dict[str, object] = {
        "panel": _panel(panel),
        "trim_from": panel.cycle.trim_from,
        "pass_line": _figure(panel.rubric.pass_line),
        "categories": list(dict.fromkeys(line.category for line in panel.rubric.criteria.all())),
        "rows": [_summary_row(review) for review in reviews],
        "recusals": _recusals(panel),
    }
    return _issue(SUMMARY, panel, SUMMARY.title.format(panel=_name(panel)), facts, by=by)


def sheet_digest(sheet: ScoreSheet) -> str:
    """SHA-256 over what was signed, so that the ledger can vouch for it without naming a figure."""
    kept = {
        "review": sheet.review_id,
        "seat": sheet.seat_id,
        "rubric": sheet.rubric_id,
        "points": [[score.criterion_id, _figure(score.points), score.remark] for score in _scores(sheet)],
        "comment": sheet.comment,
        "total": _figure(sheet.total),
    }
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _issue(
    kind: Kind, panel: Panel, title: str, facts: dict[str, object], *, by: User, reader: User | None = None
) -> Paper:
    return issue(kind, by=by, authority=panel.authority, title=title, facts=facts, reader=reader)


def _name(panel: Panel) -> str:
    return f"{panel.cycle.year}年度{panel.carrier_type.name}"


def _panel(panel: Panel) -> dict[str, object]:
    rubric = panel.rubric
    return {
        "pk": panel.pk,
        "year": panel.cycle.year,
        "district": panel.authority.district,
        "type": panel.carrier_type.name,
        "rubric_version": rubric.version,
        "sample": rubric.sample,
    }


def _application(review: Review) -> dict[str, str]:
    application = review.application
    return {"number": application.number or "", "unit": application.organisation.name}


def _seat(seat: Seat) -> dict[str, object]:
    expert = seat.expert
    return {"name": expert.user.name, "unit": expert.unit, "title": expert.title, "chair": seat.chair}


def _scores(sheet: ScoreSheet) -> QuerySet[Score]:
    return sheet.scores.select_related("criterion").order_by("criterion__order", "criterion")


def _line(score: Score) -> dict[str, str]:
    line = score.criterion
    return {
        "category": line.category,
        "name": line.name,
        "most": _figure(line.points),
        "points": _figure(score.points),
        "remark": score.remark,
    }


def _summary_row(review: Review) -> dict[str, object]:
    signed = review.sheets.filter(state=ScoreSheet.State.SIGNED).order_by("seat")
    return {
        "application": _application(review),
        "sheets": [_figure(sheet.total) for sheet in signed],
        "categories": review.category_totals,
        "total": _figure(review.total),
    }


def _recusals(panel: Panel) -> list[dict[str, str]]:
    rows = Recusal.objects.filter(review__panel=panel).select_related("review__application__organisation")
    return [_application(row.review) | {"reason": row.reason} for row in rows.order_by("pk")]


def _figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
