"""Marks on the materials."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application, Material
from zaiti.applications.queries import current_version
from zaiti.core import Refused, require
from zaiti.core.text import needed, says_something
from zaiti.drafts.merging import Conflict, Seen, merge, print_of
from zaiti.ledger.chain import record
from zaiti.screening.judging import judge
from zaiti.screening.models import Check, FieldCheck
from zaiti.screening.queries import Line, checklist, in_words
from zaiti.screening.rules import may_screen


@transaction.atomic
def mark_material(
    material: Material, *, by: User, mark: str, reason: str = "", seen: Seen | None = None
) -> Check:
    """Say what was found of one material; a slot left empty may come as a material not saved yet."""
    require(may_screen(by, material.application))
    _keep_open(material.application)
    wrong = _("Say what is wrong with “%s”: the notice will list it.") % material
    said = "" if mark == Check.Mark.IN_ORDER else needed(reason, wrong)
    if material.pk is None:
        material.save()
    now = Check.objects.filter(material=material, version=current_version(material)).first()
    _not_over_anothers(material, str(material), (in_words(now), f"{mark} {said}"), by=by, seen=seen)
    return _mark(material, by=by, mark=mark, reason=said)


@transaction.atomic
def mark_field(
    application: Application, *, by: User, field: str, reason: str, seen: Seen | None = None
) -> FieldCheck:
    """Say what is wrong with one entry of the form; without a reason the mark is taken back."""
    require(may_screen(by, application) and field in application.form_fields)
    _keep_open(application)
    said = reason.strip() if says_something(reason) else ""
    given = {"reason": said, "by": by, "at": clock.now()}
    of: dict[str, Any] = {"submission": application.submissions.first(), "field": field}
    check, new = FieldCheck.objects.get_or_create(**of, defaults=given)
    marks = ("" if new else check.reason, said)
    _not_over_anothers(check, application.label(field), marks, by=by, seen=seen)
    check, _new = FieldCheck.objects.update_or_create(**of, defaults=given)
    record("mark_field", check, by=by, field=field, reason=check.reason)
    return check


@transaction.atomic
def mark_rest(application: Application, *, by: User, as_proposed: bool = False) -> list[Check]:
    """Mark the files that nobody has marked yet: in order, or as far as the pre-check proposes a mark.

    A fault that the pre-check found is never passed over: it is taken over, or somebody marks it first.
    """
    require(may_screen(by, application))
    _keep_open(application)
    unmarked = [line for line in checklist(application) if line.open and (line.proposal or not as_proposed)]
    if doubted := [line.requirement.name for line in unmarked if line.doubted and not as_proposed]:
        raise Refused(_("The pre-check found faults; mark these materials first: %s.") % "、".join(doubted))
    return [_mark(line.material, by=by, **_proposed(line)) for line in unmarked if line.material]


def _proposed(line: Line) -> dict[str, str]:
    if line.seen and line.doubted:
        return {"mark": Check.Mark.NOT_IN_FORM, "reason": line.seen.reason}
    return {"mark": Check.Mark.IN_ORDER}


def _keep_open(application: Application) -> None:
    """Hold the case while a mark is set; one that is decided or back with its authors is not marked."""
    state = (
        Application.objects.select_for_update(no_key=True)
        .values_list("state", flat=True)
        .get(pk=application.pk)
    )
    if state != Application.State.SUBMITTED:
        raise Refused(_("Materials are marked only while the application waits for screening."))


def _not_over_anothers(
    thing: Model, name: str, marks: tuple[str, str], *, by: User, seen: Seen | None
) -> None:
    """Two officers at one case: who marks second is told what the first found; `marks` are old and new."""
    now, said = marks
    made = merge(thing, {"mark": now}, {"mark": said.strip()}, by=by, seen=seen)
    stale = Conflict(now) if not made.values and print_of(now) != print_of(said) else None
    if clash := made.conflicts.get("mark", stale):
        facts = {"who": clash.by or _("Somebody"), "material": name}
        sentence = _("%(who)s marked “%(material)s” meanwhile. Open the page again to see how, then mark it.")
        raise Refused(sentence % facts)


def _mark(material: Material, *, by: User, mark: str, reason: str = "") -> Check:
    if material.pk is None:
        material.save()
    version = current_version(material)
    if mark == Check.Mark.IN_ORDER and version is None:
        raise Refused(_("“%s” has no file, so it can't be in order.") % material)
    facts = {"mark": mark, "reason": reason, "version": version}
    check, _new = Check.objects.update_or_create(
        material=material, defaults=facts | {"by": by, "at": clock.now()}
    )
    record("mark", check, by=by, mark=mark, reason=reason, version=version.number if version else None)
    if version:
        judge(check, version)
    return check
