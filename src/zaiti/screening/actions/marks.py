"""Marks on the materials."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application, Material
from zaiti.applications.queries import current_version
from zaiti.core import Refused, require
from zaiti.ledger.chain import record
from zaiti.screening.models import Check
from zaiti.screening.queries import checklist
from zaiti.screening.rules import may_screen


@transaction.atomic
def mark_material(material: Material, *, by: User, mark: str, reason: str = "") -> Check:
    """Say what was found of one material; a slot left empty may come as a material not saved yet."""
    require(may_screen(by, material.application))
    _keep_open(material.application)
    reason = reason.strip()
    if mark != Check.Mark.IN_ORDER and not reason:
        raise Refused(_("Say what is wrong with “%s”: the notice will list it.") % material)
    return _mark(material, by=by, mark=mark, reason="" if mark == Check.Mark.IN_ORDER else reason)


@transaction.atomic
def mark_rest(application: Application, *, by: User) -> list[Check]:
    """Mark every file that nobody has marked yet as in order."""
    require(may_screen(by, application))
    _keep_open(application)
    unmarked = [line.material for line in checklist(application) if line.open]
    return [_mark(material, by=by, mark=Check.Mark.IN_ORDER) for material in unmarked if material]


def _keep_open(application: Application) -> None:
    """Hold the case while a mark is set; one that is decided or back with its authors is not marked."""
    state = Application.objects.select_for_update().values_list("state", flat=True).get(pk=application.pk)
    if state != Application.State.SUBMITTED:
        raise Refused(_("Materials are marked only while the application waits for screening."))


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
    return check
