"""Begin a year: from nothing, from another year, from a pack's file."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.chain import record
from zaiti.programmes.exporting import pack_of
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs import Pack
from zaiti.studio.beginning import empty, moved, with_all_places
from zaiti.studio.correcting import require_open, standing
from zaiti.studio.models import YearDraft
from zaiti.studio.paths import seeded
from zaiti.studio.rules import may_make


@transaction.atomic
def begin_year(city: Authority, *, by: User, year: int) -> YearDraft:
    """Begin with an empty template: the city's bureaus, three types and the system's defaults."""
    require(may_make(by, city))
    return _begun(city, by, empty(city, year), origin="空白模板")


@transaction.atomic
def begin_from_year(cycle: Cycle, *, by: User, year: int) -> YearDraft:
    """Begin with another year: its days moved, each to be confirmed, its texts naming the fields."""
    require(may_make(by, cycle.city))
    if year == cycle.year:
        raise Refused(_("Name another year than the one it is made from."))
    facts, waiting = moved(pack_of(cycle).model_dump(mode="json"), year)
    return _begun(cycle.city, by, facts, origin=cycle.name, to_confirm=waiting)


@transaction.atomic
def begin_correction(cycle: Cycle, *, by: User, reason: str) -> YearDraft:
    """Begin to correct the forms of a year that is under way."""
    require(may_make(by, cycle.city))
    reason = needed(reason, _("Say why the form is corrected; everyone concerned is told."))
    require_open(cycle)
    if YearDraft.objects.in_preparation().filter(corrects=cycle).exists():
        raise Refused(_("A correction of this year's forms is in preparation already; go on with that."))
    facts = seeded(standing(cycle))
    with_all_places(facts)
    return _begun(cycle.city, by, facts, origin=cycle.name, corrects=cycle, reason=reason)


@transaction.atomic
def begin_from_pack(city: Authority, *, by: User, pack: Pack, name: str) -> YearDraft:
    """Begin with what a pack's file says, as it says it."""
    require(may_make(by, city))
    if pack.city.code != city.code:
        raise Refused(
            _("The file is of another city (%(code)s); this bureau's code is %(own)s.")
            % {"code": pack.city.code, "own": city.code}
        )
    return _begun(city, by, seeded(pack.model_dump(mode="json")), origin=name[:200])


def _begun(city: Authority, by: User, facts: dict[str, Any], **given: Any) -> YearDraft:
    draft = YearDraft.objects.create(
        city=city, year=facts["year"], facts=facts, begun_by=by, begun_at=clock.now(), **given
    )
    record("begin", draft, by=by, year=draft.year, origin=draft.origin)
    return draft
