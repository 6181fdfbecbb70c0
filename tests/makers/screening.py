"""Applications in the hands of a district's officer."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from scancheck import ENGINE_VERSION
from tests.makers.applications import application, pdf
from tests.makers.notices import call
from tests.makers.people import credit_code, holder, user
from zaiti import clock
from zaiti.accounts.models import Organisation, User
from zaiti.applications.actions import upload_material
from zaiti.applications.models import Answers, Application, MaterialVersion
from zaiti.notices.models import Call
from zaiti.screening.actions import (
    answer_correction,
    mark_material,
    mark_rest,
    receive_paper_copy,
    return_for_correction,
)
from zaiti.screening.models import Check, Correction, PaperCopy, ScanReport

FAULT = "未加盖公章，请先加盖公章再扫描。"


def to_screen(state: str = "submitted", **fields: Any) -> tuple[Application, User]:
    """An application handed in, and an officer of its district."""
    made = application(state=state, **fields)
    return made, holder("officer", made.authority)


def in_order(application: Application, officer: User) -> Application:
    """The same application with every file marked in order."""
    mark_rest(application, by=officer)
    return application


def faulty(application: Application, officer: User) -> Check:
    """A fault found in its first material."""
    first = application.materials.order_by("requirement__order")[0]
    return mark_material(first, by=officer, mark=Check.Mark.NOT_IN_FORM, reason=FAULT)


def returned(**fields: Any) -> tuple[Application, User, Correction]:
    """An application returned for correction of its first material."""
    made, officer = to_screen(**fields)
    faulty(made, officer)
    correction = return_for_correction(made, by=officer, reasons=FAULT)
    return made, officer, correction


def corrected(**fields: Any) -> tuple[Application, User, Correction]:
    """An application corrected and handed in again; its chances are used up."""
    made, officer, correction = returned(**fields)
    for material in made.materials.filter(open_for_correction=True):
        upload_material(
            made, material.requirement, by=made.contact, content=BytesIO(pdf(2)), original_name="b.pdf"
        )
    answer_correction(made, by=made.contact)
    made.refresh_from_db()
    return made, officer, correction


def long_ago(application: Application, days: int = 30) -> Application:
    """The same application as if its term to answer had ended so many days ago."""
    application.answer_due = clock.today() - timedelta(days=days)
    application.save(update_fields=["answer_due"])
    return application


def paper_copy(application: Application, officer: User, **fields: Any) -> PaperCopy:
    """Two bound copies taken in at the counter."""
    facts = {"copies": 2, "pages": 30, "has_contents": True, "matches": True} | fields
    return receive_paper_copy(application, by=officer, **facts)


def many_to_screen(number: int) -> list[Application]:
    """So many bare applications waiting in the district, quickly made."""
    window = _window()
    kind = window.cycle.types.get(code="base")
    units = Organisation.objects.bulk_create(
        Organisation(uscc=credit_code(), name=f"示例批量单位{n}", kind="enterprise", state="confirmed")
        for n in range(number)
    )
    person, today = user(), clock.today()
    made = Application.objects.bulk_create(
        Application(
            call=window,
            carrier_type=kind,
            organisation=unit,
            contact=person,
            state="submitted",
            created_at=clock.now(),
            submitted_at=clock.now(),
            answer_due=clock.add_working_days(today, 4),
            number=f"PL-{unit.pk:06d}",
        )
        for unit in units
    )
    form = kind.forms.latest("number")
    Answers.objects.bulk_create(Answers(application=one, form=form) for one in made)
    return made


def _window() -> Call:
    """The district's published call; made when there is none."""
    return Call.objects.filter(state=Call.State.PUBLISHED).first() or call()


def scan_report(version: MaterialVersion, *findings: dict[str, Any], **said: Any) -> ScanReport:
    """What the pre-check says of a file: one page and these findings; nothing found by default."""
    known = {"check": "skew", "status": "fail", "code": "skewed", "message": "", "box": None, "page": 1}
    listed = [known | {"facts": {"degrees": 4.2}} | finding for finding in findings]
    summary = {"verdicts": ["pass"], "sizes": [[210.0, 297.0]], "findings": listed, "seals": []} | said
    return ScanReport.objects.create(
        sha256=version.file.sha256,
        engine=ENGINE_VERSION,
        name=version.material.application.organisation.name,
        file=version.file,
        asked_at=clock.now(),
        read_at=clock.now(),
        pages=1,
        summary=summary,
    )
