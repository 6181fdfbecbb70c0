"""A review's total: settled when its judges have signed, taken back when a sheet falls away."""

from decimal import Decimal

from zaiti.accounts.models import User
from zaiti.ledger.moves import move
from zaiti.panels.models import Panel, Review, ScoreSheet
from zaiti.panels.notify import ask_outliers
from zaiti.panels.queries import scoring_of
from zaiti.panels.scoring import category_totals, total


def settle(review: Review, *, by: User | None) -> bool:
    """Total the review once all its judges have signed; tell whether that was done."""
    review.refresh_from_db(from_queryset=Review.objects.select_for_update(no_key=True, of=("self",)))
    panel = Panel.objects.select_related("cycle").get(pk=review.panel_id)
    if not (panel.state == Panel.State.WORKING and review.can("total") and _complete(review, panel)):
        return False
    sheets = list(review.sheets.filter(state=ScoreSheet.State.SIGNED).prefetch_related("scores__criterion"))
    trim_from = panel.cycle.trim_from
    move(review, "total", by=by, sheets=len(sheets))
    review.total = total([sheet.total or Decimal() for sheet in sheets], trim_from=trim_from)
    review.category_totals = category_totals([by_category(sheet) for sheet in sheets], trim_from=trim_from)
    review.save(update_fields=["total", "category_totals"])
    ask_outliers(sheets, gap=panel.cycle.outlier_gap)
    return True


def unsettle(review: Review, *, by: User | None, reason: str) -> None:
    """Open the scoring again, as one of the sheets that made the total no longer counts."""
    move(review, "reopen_scoring", by=by, reason=reason)
    review.total, review.category_totals = None, {}
    review.save(update_fields=["total", "category_totals"])


def by_category(sheet: ScoreSheet) -> dict[str, Decimal]:
    """Add up a sheet's points, category by category, in the rubric's order."""
    points: dict[str, Decimal] = {}
    for score in sheet.scores.all():
        points[score.criterion.category] = points.get(score.criterion.category, Decimal()) + (
            score.points or 0
        )
    return points


def _complete(review: Review, panel: Panel) -> bool:
    scoring = scoring_of(review)
    return len(scoring.judges) >= panel.cycle.minimum_panel and not scoring.unsigned
