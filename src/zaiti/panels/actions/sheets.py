"""Score sheets: opened, saved as one goes, signed once."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.drafts.merging import Merge, Seen, merge
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.panels.models import Explanation, Panel, Review, Score, ScoreSheet
from zaiti.panels.papers import issue_sheet, sheet_digest
from zaiti.panels.queries import sheet_fields
from zaiti.panels.rules import judged, may_judge, owns, seat_of
from zaiti.panels.scoring import to_cent
from zaiti.panels.stepping import part
from zaiti.panels.totals import settle

NOTHING: Mapping[int, Any] = MappingProxyType({})


@transaction.atomic
def open_sheet(review: Review, *, by: User) -> ScoreSheet:
    """Give the expert a sheet for an application that has been discussed, or the one begun before."""
    require(may_judge(by, review))
    review.refresh_from_db(fields=["state"])
    _scoring_is_open(review)
    seat = seat_of(by, review.panel)
    sheet, new = ScoreSheet.objects.get_or_create(
        review=review, seat=seat, defaults={"rubric": review.panel.rubric}
    )
    if new:
        record("open_sheet", sheet, by=by, rubric=sheet.rubric.version)
    return sheet


@transaction.atomic
def save_scores(
    sheet: ScoreSheet,
    *,
    by: User,
    points: Mapping[int, Decimal | None] = NOTHING,
    remarks: Mapping[int, str] = NOTHING,
    comment: str | None = None,
    seen: Seen | None = None,
) -> Merge:
    """Keep what was given, by criterion; what is not named stays. Not a deed until signed."""
    require(owns(by, sheet))
    held = ScoreSheet.objects.select_for_update(no_key=True, of=("self",))
    sheet.refresh_from_db(fields=["state", "comment"], from_queryset=held)  # its rubric never changes
    judging = judged(by, sheet.review)
    require(bool(judging))
    _still_a_draft(sheet, judging[0])
    _check_points(sheet, points)
    stored = sheet_fields(sheet)
    typed: dict[str, object] = {f"points_{pk}": given for pk, given in points.items()}
    typed |= {f"remark_{pk}": text.strip() for pk, text in remarks.items() if f"remark_{pk}" in stored}
    typed |= {} if comment is None else {"comment": comment.strip()}
    made = merge(sheet, stored, typed, by=by, seen=seen)
    _write(sheet, stored, made.values)
    return made


@transaction.atomic
def sign_sheet(sheet: ScoreSheet, *, by: User) -> ScoreSheet:
    """Sign a full sheet, for good; the last signature totals the review."""
    require(owns(by, sheet) and may_judge(by, sheet.review))
    part(sheet.review.panel, by=None)
    review = Review.objects.select_for_update(no_key=True, of=("self",)).get(pk=sheet.review_id)
    sheet.refresh_from_db(from_queryset=ScoreSheet.objects.select_for_update(no_key=True, of=("self",)))
    _still_a_draft(sheet, review)
    given = [score.points for score in sheet.scores.all() if score.points is not None]
    if len(given) < sheet.rubric.criteria.count():
        raise Refused(_("Some criteria have no points yet."))
    sheet.total = to_cent(sum(given, Decimal()))
    sheet.signed_at = clock.now()
    sheet.save(update_fields=["total", "signed_at"])  # before the move: after it the sheet is closed
    move(sheet, "sign", by=by, digest=sheet_digest(sheet))
    sheet.paper = issue_sheet(sheet, by=by)
    sheet.save(update_fields=["paper"])
    settle(review, by=by)
    return sheet


@transaction.atomic
def explain_outlier(sheet: ScoreSheet, *, by: User, text: str) -> Explanation:
    """Give the reason asked for a sheet far from the others; the scores stay as they are."""
    require(owns(by, sheet))
    asked = Explanation.objects.select_for_update(no_key=True).filter(sheet=sheet, given_at=None).first()
    if asked is None:
        raise Refused(_("No reason is asked for this sheet."))
    asked.text = needed(text, _("Say why your scores lie so far from the others."))
    asked.given_at = clock.now()
    asked.save(update_fields=["text", "given_at"])
    record("explain_outlier", sheet, by=by)
    return asked


def _scoring_is_open(review: Review) -> None:
    if review.state in {Review.State.OPEN, Review.State.VISITED}:
        raise Refused(_("Scoring opens once the panel's discussion is on record."))
    if review.state == Review.State.SCORED or review.panel.state != Panel.State.WORKING:
        raise Refused(_("Scoring of this application is not open now."))


def _still_a_draft(sheet: ScoreSheet, review: Review) -> None:
    if sheet.state != ScoreSheet.State.DRAFT:
        raise Refused(_("This sheet is %s and never changes.") % sheet.get_state_display())
    _scoring_is_open(review)


def _write(sheet: ScoreSheet, stored: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write what changed, all criteria in one statement; a remark may come before its points."""
    whole = {**stored, **values}
    lines = sorted({int(name.partition("_")[2]) for name in values if name != "comment"})
    scores = [(pk, whole[f"points_{pk}"], whole[f"remark_{pk}"]) for pk in lines]
    Score.objects.bulk_create(
        [Score(sheet=sheet, criterion_id=pk, points=points, remark=remark) for pk, points, remark in scores],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["points", "remark"],
    )
    sheet.comment, sheet.saved_at = values.get("comment", sheet.comment), clock.now()
    sheet.save(update_fields=["comment", "saved_at"])


def _fits(given: Decimal, most: Decimal) -> bool:
    return given.is_finite() and 0 <= given <= most and given == to_cent(given)


def _check_points(sheet: ScoreSheet, points: Mapping[int, Decimal | None]) -> None:
    lines = {line.pk: line for line in sheet.rubric.criteria.all()}
    for criterion, given in points.items():
        line = lines.get(criterion)
        if line is None:
            raise Refused(_("This criterion is not in the sheet's rubric."))
        if given is not None and not _fits(given, line.points):
            raise Refused(
                _("“%(name)s” takes 0 to %(most)s points, to 0.01.")
                % {"name": line.name, "most": line.points}
            )
