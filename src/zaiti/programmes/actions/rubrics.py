"""A district's own version of the city's rubric."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.core import Refused, require
from zaiti.core.text import one_line
from zaiti.ledger.chain import record
from zaiti.programmes.models import CarrierType, Criterion, Quota, Rubric
from zaiti.programmes.queries import rubric_for
from zaiti.programmes.rules import may_adapt, may_confirm

FULL_MARKS = 100


class NotNewest(Refused):
    """Somebody else adapted the rubric since the page was drawn."""

    def __init__(self, newest: Rubric) -> None:
        self.newest = newest
        sentence = _(
            "Somebody else saved version %(version)s of this rubric meanwhile, so yours isn't saved yet. "
            "Open this page in another window to compare; if you save again, yours becomes the newest."
        )
        super().__init__(sentence % {"version": newest.version})


class Line(TypedDict):
    """One line of a rubric as it is handed over."""

    category: str
    name: str
    points: Decimal
    note: str


@transaction.atomic
def adapt_rubric(
    rubric: Rubric,
    *,
    by: User,
    authority: Authority,
    lines: Sequence[Line],
    pass_line: Decimal,
    category_min_ratio: Decimal,
) -> Rubric:
    """Make a district's new version of the newest rubric; not once a published call has frozen it."""
    require(may_adapt(by, authority))
    kind = CarrierType.objects.select_for_update(no_key=True).get(pk=rubric.carrier_type_id)
    _may_change(kind, authority)
    _still_newest(rubric, rubric_for(kind, authority))
    _sound(lines, pass_line, category_min_ratio)
    adapted = _next_version(rubric, kind, authority)
    adapted.pass_line, adapted.category_min_ratio = pass_line, category_min_ratio
    adapted.save()
    Criterion.objects.bulk_create(Criterion(rubric=adapted, order=n, **line) for n, line in enumerate(lines))
    record("adapt_rubric", adapted, by=by, authority=authority.pk, parent=rubric.pk, lines=list(lines))
    return adapted


@transaction.atomic
def confirm_rubric(rubric: Rubric, *, by: User, source: str) -> None:
    """Say that this rubric is the real one and where it comes from: it is no sample any more."""
    require(may_confirm(by, rubric))
    rubric.refresh_from_db(from_queryset=Rubric.objects.select_for_update(no_key=True))
    if not rubric.sample:
        raise Refused(_("This rubric is no sample."))
    if not source.strip():
        raise Refused(_("Name the document that the rubric comes from."))
    rubric.sample, rubric.source = False, one_line(source)
    rubric.confirmed_by, rubric.confirmed_at = by, clock.now()
    rubric.save(update_fields=["sample", "source", "confirmed_by", "confirmed_at"])
    record("confirm_rubric", rubric, by=by, source=rubric.source)


def _may_change(kind: CarrierType, authority: Authority) -> None:
    if not kind.cycle.policy.get("rubric_adaptable", True):
        raise Refused(_("This year's notice doesn't let districts adapt the rubric."))
    frozen_quota = Quota.objects.filter(carrier_type=kind, authority=authority, frozen_at__isnull=False)
    if frozen_quota.exists() or kind.rubrics.filter(authority=authority, frozen_at__isnull=False).exists():
        raise Refused(_("The call is published and its rubric is frozen; it can no longer be adapted."))


def _still_newest(rubric: Rubric, newest: Rubric) -> None:
    """Two officers adapt one rubric: the second doesn't pass over what the first has changed."""
    if newest.pk != rubric.pk:
        raise NotNewest(newest)


def _sound(lines: Sequence[Line], pass_line: Decimal, ratio: Decimal) -> None:
    total = sum(line["points"] for line in lines)
    if total != FULL_MARKS:
        raise Refused(
            _("The criteria add up to %(total)s points; they must add up to 100.") % {"total": total}
        )
    if any(line["points"] <= 0 or not line["name"].strip() or not line["category"].strip() for line in lines):
        raise Refused(_("Each criterion needs a category, a name and points above 0."))
    if len({(line["category"], line["name"]) for line in lines}) < len(lines):
        raise Refused(_("Two criteria of one category have the same name; name them apart."))
    if not (0 <= pass_line <= FULL_MARKS and 0 <= ratio <= 1):
        raise Refused(_("The pass line lies between 0 and 100, the least share between 0 and 1."))


def _next_version(rubric: Rubric, kind: CarrierType, authority: Authority) -> Rubric:
    last = (
        kind.rubrics.filter(authority=authority)
        .order_by("-version")
        .values_list("version", flat=True)
        .first()
    )
    return Rubric(
        carrier_type=kind, authority=authority, parent=rubric, version=(last or 0) + 1, sample=rubric.sample
    )
