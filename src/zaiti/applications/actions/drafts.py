"""Making an application ready: its form and its files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.actions import remove_member
from zaiti.accounts.models import User
from zaiti.accounts.rules import is_applicant
from zaiti.applications.answering import clean
from zaiti.applications.intake import check_pdf
from zaiti.applications.kinds import require_kind
from zaiti.applications.models import Answers, Application, Material, MaterialVersion
from zaiti.applications.queries import handed_in_versions, in_own_city
from zaiti.applications.rebasing import dropped, lay_aside, turn_of_form
from zaiti.applications.rules import may_edit
from zaiti.core import Refused, require
from zaiti.drafts.merging import Merge, Seen, merge
from zaiti.files.models import StoredFile
from zaiti.files.store import store
from zaiti.ledger.chain import record
from zaiti.notices.models import Call
from zaiti.programmes.models import CarrierType, MaterialRequirement
from zaiti.programmes.packs.form import Entry
from zaiti.programmes.packs.plain_form import CALLED_BY

EXPLANATION, REMARK = 200, 300  # characters


@transaction.atomic
def start_application(
    call: Call, carrier_type: CarrierType, *, by: User, arrived: datetime | None = None
) -> Application:
    """Begin a draft for one carrier type; what is known of the unit is filled in."""
    require(is_applicant(by) and in_own_city(by, call))
    if not call.is_open(arrived):
        raise Refused(_("Applications can be started only while the call is open."))
    require_kind(call, unit := by.organisation)
    if not call.types.filter(carrier_type=carrier_type).exists():
        raise Refused(_("This call is not open for “%s”.") % carrier_type)
    turn_of_form(carrier_type)
    application, new = Application.objects.get_or_create(
        call=call,
        carrier_type=carrier_type,
        organisation=unit,
        defaults={"contact": by, "created_at": clock.now()},
    )
    if not new:
        raise Refused(_("Your unit has an application for this type already: open it on your start page."))
    _begin_answers(application, by)
    record("start_application", application, by=by)
    return application


@transaction.atomic
def save_form(application: Application, *, by: User, seen: Seen | None = None, **fields: object) -> Merge:
    """Keep what was typed, field by field; the ledger has the form as it is handed in, not each keystroke."""
    require(may_edit(by, application))
    lock(application)
    answers, entries = application.answers, _open_entries(application)
    stored = {code: answers.said.get(code) for code in entries}
    typed = {code: clean(entry, fields[code]) for code, entry in entries.items() if code in fields}
    made = merge(application, stored, typed, by=by, seen=seen)
    answers.put(made.values)
    _keep_aside(answers, fields)
    answers.save(update_fields=["given", "aside"])
    application.saved_at = clock.now()
    application.save(update_fields=[*CALLED_BY, "named", "saved_at"])
    return made


@transaction.atomic
def note_changes(application: Application, *, by: User) -> None:
    """They have seen how the form was corrected, and saved."""
    require(may_edit(by, application))
    lock(application)
    application.answers.before = None
    application.answers.save(update_fields=["before"])


@transaction.atomic
def upload_material(
    application: Application,
    requirement: MaterialRequirement,
    *,
    by: User,
    content: IO[bytes],
    original_name: str,
    originals: Sequence[StoredFile] = (),
) -> MaterialVersion:
    """Put a PDF in its slot as its newest version, named after the material [N1][N2]."""
    require(may_edit(by, application) and requirement.carrier_type_id == application.carrier_type_id)
    pages = check_pdf(content, application.call.cycle)
    lock(application)
    material = Material.objects.get_or_create(application=application, requirement=requirement)[0]
    guard_slot(application, material)
    name = f"{requirement.name.replace('/', '／')}.pdf"
    version = material.versions.create(
        number=material.versions.count() + 1,
        file=store(content, name=name, by=by, original_name=original_name[:255]),
        pages=pages,
        uploaded_at=clock.now(),
        by=by,
    )
    version.originals.set(originals)
    record("upload_material", version, by=by, application=application.pk, sha256=version.file.sha256)
    return version


@transaction.atomic
def remove_material(material: Material, *, by: User) -> None:
    """Empty a slot; the versions stay on record, and what was handed in before stays in force."""
    application = material.application
    require(may_edit(by, application))
    lock(application)
    guard_slot(application, material)
    live = material.versions.filter(removed_at=None)
    if application.state == Application.State.RETURNED:
        live = live.filter(number__gt=handed_in_versions(application).get(material.requirement.name, 0))
    taken = live.update(removed_at=clock.now())
    record("remove_material", material, by=by, application=application.pk, versions=taken)


@transaction.atomic
def explain_material(
    application: Application, requirement: MaterialRequirement, *, by: User, text: str
) -> None:
    """Add a word to a material for whoever checks it."""
    require(may_edit(by, application) and requirement.carrier_type_id == application.carrier_type_id)
    lock(application)
    material = Material.objects.get_or_create(application=application, requirement=requirement)[0]
    guard_slot(application, material)
    material.explanation = _whole(text, REMARK)
    material.save(update_fields=["explanation"])
    record("explain_material", material, by=by, application=application.pk)


@transaction.atomic
def explain_finding(version: MaterialVersion, *, by: User, finding: str, text: str) -> None:
    """Say a word about a finding of the pre-check to whoever checks the file; an empty one takes it back."""
    application = version.material.application
    require(may_edit(by, application))
    lock(application)
    guard_slot(application, version.material)
    said = _whole(text, EXPLANATION)
    version.explanations = {key: word for key, word in version.explanations.items() if key != finding}
    if said:
        version.explanations[finding] = said
    version.save(update_fields=["explanations"])
    record("explain_finding", version, by=by, application=application.pk, finding=finding)


@transaction.atomic
def release_member(user: User, *, by: User) -> None:
    """Remove a member; the one who removes becomes the contact of the applications that named them."""
    unit = user.organisation
    remove_member(user, by=by)
    heir = by if by != user else User.objects.get(organisation=unit, org_role=User.OrgRole.OWNER)
    Application.objects.filter(organisation=unit, contact=user).update(contact=heir)


def lock(application: Application) -> None:
    """Read the row again, locked: an upload and a handing-in never cross."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(no_key=True))


def _whole(text: str, most: int) -> str:
    """A text whole, or a sentence: nothing is cut off unseen."""
    given = text.strip()
    if len(given) > most:
        sentence = _("The text has %(n)s characters; at most %(most)s are taken. Please shorten it.")
        raise Refused(sentence % {"n": len(given), "most": most})
    return given


def _open_entries(application: Application) -> dict[str, Entry]:
    """The entries that can be changed now."""
    typed = {entry.code: entry for entry in application.answers.shape.entries if entry.kind != "sum"}
    if application.state == Application.State.RETURNED and application.open_fields:
        return {code: typed[code] for code in application.open_fields if code in typed}
    if application.state != Application.State.DRAFT:
        raise Refused(_("The form can be changed only while it is a draft."))
    return typed


def _keep_aside(answers: Answers, fields: Mapping[str, object]) -> None:
    """What came from a page drawn before the form was corrected is kept, though it is asked no more."""
    for code, entry in dropped(answers).items():
        if code in fields:
            lay_aside(answers, entry, clean(entry, fields[code]))


def _begin_answers(application: Application, by: User) -> Answers:
    """Pin the form as it is now, and fill in what is known of the unit and of who begins."""
    form = application.carrier_type.forms.latest("number")
    answers = Answers(application=application, form=form)
    known = _known(by)
    answers.put({entry.code: known[entry.known_from] for entry in form.entries if entry.known_from})
    answers.save()
    application.save(update_fields=[*CALLED_BY, "named"])
    return answers


def _known(by: User) -> dict[str, str]:
    unit = by.organisation
    assert unit is not None  # asked by is_applicant
    return {
        "registered_address": unit.registered_address,
        "operating_address": unit.operating_address,
        "own_name": by.name,
        "own_phone": by.phone,
    }


def guard_slot(application: Application, material: Material) -> None:
    """Refuse where a material can't be changed now."""
    if application.state == Application.State.RETURNED and material.open_for_correction:
        return
    if application.state == Application.State.RETURNED:
        raise Refused(_("Only the materials named in the correction notice can be changed."))
    if application.state != Application.State.DRAFT:
        raise Refused(_("Files can be changed only while it is a draft; withdraw it first if you must."))
