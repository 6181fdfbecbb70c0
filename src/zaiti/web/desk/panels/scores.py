"""A panel's scores as a file: one line for each application, however many there are."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from zaiti.panels.models import Panel
from zaiti.panels.queries import Spread, each_spread


def score_rows(panel: Panel) -> Iterator[list[Any]]:
    """The columns' names, then each application: the whole, and each criterion's mean, median and spread."""
    criteria = list(panel.rubric.criteria.all())
    told = [_("Mean"), _("Median"), _("Spread")]
    named = [f"{line.name}（{one}）" for line in criteria for one in told]
    yield [_("Number"), _("Applicant"), _("Signed"), _("Total"), *told, *named]
    for row in each_spread(panel.reviews.order_by("application__number", "pk")):
        yield _line(row, [line.name for line in criteria])


def _line(row: Spread, names: list[str]) -> list[Any]:
    application, by_name = row.review.application, {one.label: one for one in row.criteria}
    figures = [row.whole, *(by_name[name] for name in names)]
    points = [value for one in figures for value in (one.mean, one.median, one.gap if one.points else None)]
    return [application.number, str(application.organisation), len(row.sheets), row.review.total, *points]
