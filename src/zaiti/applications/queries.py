"""What is in an application's slots, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _

from zaiti.accounts.models import Authority, Organisation, User
from zaiti.applications.answered import is_asked, is_empty
from zaiti.applications.answering import clean
from zaiti.applications.models import Answers, Application, Material, MaterialVersion, Submission
from zaiti.core import Refused
from zaiti.notices.models import Call, Publication
from zaiti.notices.queries import call_of
from zaiti.programmes.models import MaterialRequirement


@dataclass(frozen=True)
class Slot:
    """One material as it stands: its file, and whether something is still owed."""

    requirement: MaterialRequirement
    material: Material | None
    version: MaterialVersion | None
    state: str  # in_place, missing, optional; while returned also to_correct, corrected
    open: bool  # whether a file may be put in now


@dataclass(frozen=True)
class Gap:
    """One thing still missing, and where on the page it belongs."""

    anchor: str
    text: str


def bound_to(organisation: Organisation) -> Authority | None:
    """The district under which a unit last handed in what still stands or was ruled on, if any."""
    free = (Application.State.DRAFT, Application.State.WITHDRAWN)
    rows = organisation.applications.exclude(state__in=free).select_related("call__authority")
    last = rows.order_by("-submitted_at", "-pk").first()
    return last.authority if last else None


def in_own_city(user: User, call: Call) -> bool:
    """Tell whether a call is of the city in which the person's unit has its district."""
    district = user.organisation.district if user.organisation else None
    return district is None or call.authority.root_id == district.root_id


def calls_for(user: User) -> QuerySet[Call]:
    """Published calls that the person's unit may answer: those of its own city."""
    rows = Call.objects.filter(state=Call.State.PUBLISHED)
    district = user.organisation.district if user.organisation else None
    return rows.filter(authority__in=Authority.objects.within([district.root_id])) if district else rows


def applicants_of(text: Publication) -> list[User]:
    """Who has begun or handed in what a text is about: by its call, else the year in that bureau's area."""
    rows, call = Application.objects.all(), call_of(text)
    if call is None and text.cycle is None:
        return []
    rows = rows.filter(call=call) if call else rows.filter(call__cycle=text.cycle)
    if call is None and text.authority.level == Authority.Level.DISTRICT:
        rows = rows.filter(call__authority=text.authority)
    return list(User.objects.filter(pk__in=rows.values("contact"), is_active=True))


def current_version(material: Material) -> MaterialVersion | None:
    """Find the upload that counts: the latest that was not taken back."""
    live = [version for version in material.versions.all() if version.removed_at is None]
    return max(live, key=lambda version: version.number, default=None)


def slots(application: Application) -> list[Slot]:
    """List every material of the type with its file, in the notice's order."""
    uploads = MaterialVersion.objects.select_related("file", "by")
    rows = application.materials.prefetch_related(Prefetch("versions", uploads))
    kept = {row.requirement_id: row for row in rows}
    before = handed_in_versions(application) if application.state == Application.State.RETURNED else {}
    return [
        _slot(application, requirement, kept.get(requirement.pk), before.get(requirement.name, 0))
        for requirement in application.carrier_type.materials.all()
    ]


def with_last_files(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Read along what was last handed in, which a page would ask for next."""
    last = Submission.objects.filter(application=OuterRef("pk"))
    return rows.annotate(
        last_files=Subquery(last.values("files")[:1]), last_form=Subquery(last.values("form")[:1])
    )


def handed_in_versions(application: Application) -> dict[str, int]:
    """Give the version of each material, by its name, as it was last handed in."""
    if hasattr(application, "last_files"):  # read along by with_last_files
        files = application.last_files or []
    else:
        files = application.submissions.values_list("files", flat=True).first() or []
    return {file["material"]: file["version"] for file in files}


def missing(application: Application, filled: list[Slot] | None = None) -> list[Gap]:
    """Say what is still owed before it can be handed in, with the place for each."""
    filled = slots(application) if filled is None else filled
    if application.state == Application.State.RETURNED:
        return (
            [
                Gap(f"id_{name}", _("Please correct “%s”.") % application.label(name))
                for name in uncorrected(application)
            ]
            + _ill_gaps(application, set(application.open_fields))
            + [
                Gap(f"slot-{slot.requirement.pk}", _("Please upload “%s” again.") % slot.requirement)
                for slot in filled
                if slot.state == "to_correct"
            ]
        )
    return (
        _form_gaps(application)
        + _ill_gaps(application)
        + [
            Gap(f"slot-{slot.requirement.pk}", _("“%s” is not uploaded yet.") % slot.requirement)
            for slot in filled
            if slot.state == "missing"
        ]
    )


def unjoined(filled: list[Slot], apart: Mapping[int, object]) -> list[Gap]:
    """Name the materials whose parts still wait to be one file."""
    return [
        Gap(
            f"slot-{slot.requirement.pk}",
            _("The files for “%s” are not put in place yet.") % slot.requirement,
        )
        for slot in filled
        if slot.requirement.pk in apart
    ]


def gaps(application: Application) -> list[str]:
    """List the same as plain sentences."""
    return [gap.text for gap in missing(application)]


def _form_gaps(application: Application) -> list[Gap]:
    said = application.answers.said
    owed = [entry for entry in application.asked if entry.required and is_empty(said.get(entry.code))]
    return [Gap(f"id_{entry.code}", _("“%s” is not filled in yet.") % entry.name) for entry in owed]


def _ill_gaps(application: Application, only: set[str] | None = None) -> list[Gap]:
    """Answers that were given before the form was corrected, and that it doesn't take as they are."""
    ill = ill_fitting(application.answers)
    return [Gap(f"id_{code}", said) for code, said in ill.items() if only is None or code in only]


def ill_fitting(answers: Answers) -> dict[str, str]:
    """What is wrong with an answer by the corrected form, by its entry; by the first form nothing is."""
    if answers.form.number == 1 and not answers.renewed:
        return {}
    said, found = answers.said, {}
    for entry in answers.shape.entries:
        if entry.kind != "sum" and is_asked(entry, said) and not is_empty(said.get(entry.code)):
            try:
                clean(entry, said[entry.code])
            except Refused as no:
                found[entry.code] = no.message
    return found


def uncorrected(application: Application) -> list[str]:
    """The entries named in the notice that are empty or as they were handed in, as far as can be compared."""
    if hasattr(application, "last_form"):  # read along by with_last_files
        before = application.last_form or {}
    else:
        before = application.submissions.values_list("form", flat=True).first() or {}
    said = application.answers.said
    return [
        code
        for code in application.open_fields
        if is_empty(said.get(code)) or said.get(code) == before.get(code)
    ]


def _slot(
    application: Application,
    requirement: MaterialRequirement,
    material: Material | None,
    before: int,
) -> Slot:
    version = current_version(material) if material else None
    if application.state == Application.State.RETURNED and material and material.open_for_correction:
        anew = version is not None and version.number > before
        return Slot(requirement, material, version, "corrected" if anew else "to_correct", True)
    still = application.state == Application.State.DRAFT
    empty = "missing" if requirement.required else "optional"
    return Slot(requirement, material, version, "in_place" if version else empty, still)
