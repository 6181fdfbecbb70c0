"""The form of an opened year, corrected: what may change in it, and what others rely upon."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.core import Refused
from zaiti.programmes.actions.year import stated_form
from zaiti.programmes.exporting import pack_of
from zaiti.programmes.models import Cycle, FormVersion, Policy
from zaiti.programmes.packs import Pack
from zaiti.programmes.packs.form import Entry, Form
from zaiti.programmes.packs.plain_form import CALLED_BY
from zaiti.programmes.packs.reading import Place
from zaiti.programmes.packs.references import filled_pack
from zaiti.studio.steps import Step

PLAINLY = ("text", "address")  # kinds of what other rooms read as one line
TYPES, FORM = "types", 2  # types.NAME.form


def newest_forms(cycle: Cycle) -> dict[str, FormVersion]:
    """The form of each type as it is in force, by the type's code."""
    rows = FormVersion.objects.filter(carrier_type__cycle=cycle).select_related("carrier_type")
    return {row.carrier_type.code: row for row in rows.order_by("number")}


def standing(cycle: Cycle) -> dict[str, Any]:
    """The year's facts with each type's form as it stands, also where its pack has another or none."""
    pack, forms = pack_of(cycle), newest_forms(cycle)
    facts, read = pack.model_dump(mode="json"), filled_pack(pack)
    for kind, said in zip(facts["types"], read.types, strict=True):
        if said.form != forms[said.code].shape:
            kind["form"] = forms[said.code].shape.model_dump(mode="json")
    return facts


def require_open(cycle: Cycle) -> None:
    """The year is under way still; whoever closes or abandons it waits."""
    cycle.refresh_from_db(from_queryset=Cycle.objects.select_for_update(no_key=True))
    if cycle.state != Cycle.State.OPEN:
        raise Refused(_("Only the form of a year that is under way can be corrected."))


def of_a_form(path: str) -> bool:
    """Whether this is a type's form, or something in it."""
    keys = path.split(".")
    return keys[0] == TYPES and keys[FORM:][:1] == ["form"]


def in_a_form(step: Step) -> bool:
    """Whether a change is one of what a form asks; not the form as a whole."""
    return of_a_form(step.path.rpartition(".")[0])


def corrected(pack: Pack, cycle: Cycle) -> dict[str, Form]:
    """The forms that are no longer as they stand, by their type's code, as people read them."""
    before = newest_forms(cycle)
    said = {kind.code: kind.form for kind in filled_pack(pack).types if kind.form}
    return {code: form for code, form in said.items() if form != before[code].shape}


def new_forms(pack: Pack, cycle: Cycle, *, by: User, reason: str) -> list[FormVersion]:
    """Make a next version of each form that was corrected, and have the year's pack say it."""
    forms, before = corrected(pack, cycle), newest_forms(cycle)
    given = {"by": by, "reason": reason}
    made = [
        before[code].carrier_type.forms.create(
            number=before[code].number + 1, facts=stated_form(form), **given
        )
        for code, form in forms.items()
    ]
    stated = Policy.objects.select_for_update(no_key=True).get(cycle=cycle)
    written = {kind["code"]: {"form": kind["form"]} for kind in pack.model_dump(mode="json")["types"]}
    stated.facts["types"] = [
        kind | (written[kind["code"]] if kind["code"] in forms else {}) for kind in stated.facts["types"]
    ]
    stated.save(update_fields=["facts"])
    return made


def written_now(forms: list[FormVersion]) -> QuerySet[Application]:
    """The applications of these types that may be written in now, each held."""
    states = (Application.State.DRAFT, Application.State.RETURNED)
    rows = Application.objects.filter(carrier_type__in=[form.carrier_type_id for form in forms])
    return rows.filter(state__in=states).order_by("pk").select_for_update(no_key=True, of=("self",))


def relied_upon(pack: Pack, cycle: Cycle) -> Iterator[tuple[Place, str]]:
    """What a correction would break: what other rooms read, what was promised, what is compared."""
    before = newest_forms(cycle)
    for at, kind in enumerate(pack.types):
        now = {entry.code: entry for entry in (kind.form.entries if kind.form else ())}
        places = _places(kind.form, (TYPES, at, "form"))
        for entry in before[kind.code].entries:
            here = places.get(entry.code, (TYPES, at, "form", "sections"))
            yield from ((here, said) for said in _broken(entry, now.get(entry.code)))


def _places(form: Form | None, at: Place) -> dict[str, Place]:
    return {
        entry.code: (*at, "sections", s, "entries", e)
        for s, section in enumerate(form.sections if form else ())
        for e, entry in enumerate(section.entries)
    }


def _broken(old: Entry, new: Entry | None) -> Iterator[str]:
    if old.code in CALLED_BY and (new is None or new.kind not in PLAINLY):
        yield f"“{old.name}”（{old.code}）由名单、证书和实地考察使用，年度开启后不能删去或改换类型、代码。"
    elif old.once and (new is None or not new.once):
        yield f"“{old.name}”（{old.code}）用来核对是否重复申报，年度开启后不能删去或取消“一年一次”。"
    elif new and new.once and not old.once:
        yield f"已提交的申报没有按“{old.name}”核对过重复，年度开启后不能再设“一年一次”。"
    if new and old.sealed and not new.sealed:
        yield f"“{old.name}”是按加密保存向申报单位收集的，年度开启后不能取消加密。"
    if new and "public" in new.read_by and "public" not in old.read_by:
        yield f"“{old.name}”原来不向社会公开，申报单位据此填写；年度开启后不能改为公开。"
