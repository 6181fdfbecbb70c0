"""Open a year from its policy pack."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti.accounts.models import Authority, User
from zaiti.core import Refused, require
from zaiti.ledger.moves import move
from zaiti.programmes.bureaus import bureaus_of, programme_in
from zaiti.programmes.models import CarrierType, Criterion, Cycle, MaterialRequirement, Policy, Quota, Rubric
from zaiti.programmes.packs import Pack, schema
from zaiti.programmes.packs.form import Form
from zaiti.programmes.packs.plain_form import PLAIN
from zaiti.programmes.packs.programme import letters_of
from zaiti.programmes.packs.references import filled_pack
from zaiti.programmes.rules import may_open_year

NEVER = 32767  # the rule “mean” drops no score, however many experts there are


@transaction.atomic
def open_year(pack: Pack, *, by: User) -> Cycle:
    """Open a year as its pack says, by an officer's hand alone: for packs that lie on the server."""
    require(may_open_year(by, bureaus_of(pack)[0]))
    return make_year(pack, by=by)


@transaction.atomic
def make_year(pack: Pack, *, by: User) -> Cycle:
    """Make all that the pack states: bureaus, types, rubrics, materials, quotas; the caller says who may."""
    city, districts = bureaus_of(pack)
    Authority.objects.select_for_update(no_key=True).get(pk=city.pk)
    if Cycle.objects.filter(city=city, year=pack.year, pack=pack.id).exists():
        raise Refused(
            _("%(year)s has already been opened from the pack “%(pack)s”; go on with the year that is there.")
            % {"year": pack.year, "pack": pack.id}
        )
    read = filled_pack(pack)
    cycle = _cycle(read, city)
    Policy.objects.create(cycle=cycle, facts=pack.model_dump(mode="json"))
    cycle.districts.set(districts)
    kinds = [_type(kind, cycle, order) for order, kind in enumerate(read.types)]
    _quotas(pack, cycle, districts, kinds)
    move(cycle, "open", by=by, pack=pack.id, year=pack.year, cap=pack.cap)
    return cycle


def _cycle(pack: Pack, city: Authority) -> Cycle:
    return Cycle.objects.create(
        year=pack.year,
        name=pack.title,
        pack=pack.id,
        city=city,
        programme=programme_in(pack, city),
        cap=pack.cap,
        call_deadline=pack.call_deadline,
        report_deadline=pack.report_deadline,
        publicity_days=pack.publicity_days,
        acceptance_days=pack.acceptance_days,
        correction_days=pack.correction_days,
        max_megabytes=pack.material_rules.max_megabytes,
        max_pages=pack.material_rules.max_pages,
        made_into_pdf=" ".join(pack.material_rules.made_into_pdf),
        objection_days=pack.objection_days,
        returns_allowed=pack.returns_allowed,
        minimum_panel=pack.scoring.minimum_panel,
        trim_from=pack.scoring.trim_from if pack.scoring.rule == "trimmed" else NEVER,
        tie_order=list(pack.tie_order),
    )


def _type(stated: schema.CarrierType, cycle: Cycle, order: int) -> CarrierType:
    kind = CarrierType.objects.create(
        cycle=cycle,
        code=stated.code,
        name=stated.name,
        letters=letters_of(stated),
        definition=stated.definition,
        focus=stated.focus,
        order=order,
    )
    _rubric(stated.rubric, kind)
    kind.forms.create(facts=stated_form(stated.form or PLAIN))
    MaterialRequirement.objects.bulk_create(
        MaterialRequirement(
            carrier_type=kind,
            code=item.code,
            name=item.name,
            required=item.required,
            note=item.note,
            sample=stated.materials.sample,
            order=n,
        )
        for n, item in enumerate(stated.materials.items)
    )
    return kind


def stated_form(form: Form) -> dict[str, Any]:
    """A form as it is kept."""
    return form.model_dump(mode="json", exclude_defaults=True)


def _rubric(stated: schema.Rubric, kind: CarrierType) -> None:
    rubric = Rubric.objects.create(
        carrier_type=kind,
        pass_line=stated.pass_line,
        category_min_ratio=stated.per_category_min_ratio,
        sample=stated.sample,
    )
    lines = ((category.name, line) for category in stated.categories for line in category.criteria)
    Criterion.objects.bulk_create(
        Criterion(
            rubric=rubric, category=category, name=line.name, points=line.points, note=line.note, order=n
        )
        for n, (category, line) in enumerate(lines)
    )


def _quotas(pack: Pack, cycle: Cycle, districts: list[Authority], kinds: list[CarrierType]) -> None:
    for place, bureau in zip(pack.districts, districts, strict=True):
        stated = place.quotas.by_type if place.quotas else {}
        for kind in kinds:
            Quota.objects.create(
                cycle=cycle, authority=bureau, carrier_type=kind, places=stated.get(kind.code, 0)
            )
