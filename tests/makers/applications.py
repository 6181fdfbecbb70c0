"""Applications, their files and their submissions, with dull defaults."""

from io import BytesIO
from typing import Any

import pikepdf

from tests.makers.notices import call as make_call
from tests.makers.people import applicant, district
from tests.makers.programmes import cycle as make_cycle
from zaiti import clock
from zaiti.accounts.models import Organisation, User
from zaiti.applications.answered import is_empty
from zaiti.applications.models import Answers, Application, Material, MaterialVersion, Submission
from zaiti.files.store import store
from zaiti.notices.models import Call
from zaiti.programmes.models import CarrierType, MaterialRequirement
from zaiti_replay.answers import example

FORM = {
    "carrier_name": "示例培训载体",
    "registered_address": "示例区示例路1号",
    "operating_address": "示例区示例路1号",
    "training_address": "示例区示例路2号",
    "contact_name": "示例联系人",
    "contact_phone": "0755-00000000",
    "occupations": "电工、焊工",
    "trained_last_year": 320,
    "summary": "面向本单位员工和社会劳动者开展技能培训。",
    "plan": "三年内每年培训不少于三百人次。",
}
MASTER = {"master_name": "示例大师", "master_certificate": "SC00000000"}
HANDED_IN = {"submitted", "withdrawn", "returned", "accepted", "declined"}


def pdf(pages: int = 1, text: str = "example") -> bytes:
    """A real small PDF; other text gives another hash."""
    with pikepdf.new() as made:
        font = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        for number in range(1, pages + 1):
            page = made.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            line = (
                f"{text} {number}".encode("ascii", "backslashreplace")
                .decode()
                .translate({40: "[", 41: "]", 92: "/"})
            )
            page.Contents = made.make_stream(f"BT /F1 18 Tf 72 760 Td ({line}) Tj ET".encode())
        made.save(out := BytesIO(), deterministic_id=True)
    return out.getvalue()


def application(
    state: str = "draft",
    call: Call | None = None,
    *,
    organisation: Organisation | None = None,
    carrier_type: CarrierType | None = None,
    code: str = "base",
    by: User | None = None,
    **fields: Any,
) -> Application:
    """An application in the default district; one handed in has form, files, number and submission."""
    window = call or Call.objects.filter(cycle=make_cycle(), authority=district()).first() or make_call()
    owner = by or applicant(organisation)
    made = created(
        **{
            "call": window,
            "carrier_type": carrier_type or window.types.get(carrier_type__code=code).carrier_type,
            "organisation": owner.organisation,
            "contact": owner,
            "state": state,
            "created_at": clock.now(),
        }
        | fields
    )
    if state in HANDED_IN:
        _handed_in(made)
    return made


def created(**fields: Any) -> Application:
    """A row with its answers."""
    said = {name: fields.pop(name) for name in [*FORM, *MASTER] if name in fields}
    made = Application.objects.create(**fields)
    Answers(application=made, form=made.carrier_type.forms.latest("number")).save()
    return answer(made, **said)


def answer(application: Application, **said: Any) -> Application:
    """The same application with these answers."""
    application.answers.put(said)
    application.answers.save()
    application.save()
    return application


def filled(application: Application) -> Application:
    """The same application with its form filled in."""
    master = MASTER | {"master_certificate": f"SC{application.pk:08d}"}
    known, said = FORM | master, application.answers.said
    owed = {
        entry.code: known[entry.code] if entry.code in known else example(entry)
        for entry in application.answers.form.entries
        if entry.kind != "sum" and is_empty(said.get(entry.code))
    }
    application.saved_at = clock.now()
    return answer(application, **owed)


def uploaded(application: Application, *, optional: bool = False) -> Application:
    """The same application with a file in each required slot (in all of them with `optional`)."""
    slots = application.carrier_type.materials.all()
    for requirement in slots if optional else slots.filter(required=True):
        material_version(application, requirement)
    return application


def material_version(
    application: Application, requirement: MaterialRequirement | None = None, content: bytes = b""
) -> MaterialVersion:
    """One upload to a slot, the first slot unless one is named."""
    slot = requirement or application.carrier_type.materials.all()[0]
    material = Material.objects.get_or_create(application=application, requirement=slot)[0]
    body = content or pdf(text=f"{slot.code} of {application.pk}")
    kept = store(
        BytesIO(body),
        name=f"{slot.name.replace('/', '／')}.pdf",
        by=application.contact,
        original_name="扫描件.pdf",
    )
    return MaterialVersion.objects.create(
        material=material,
        number=material.versions.count() + 1,
        file=kept,
        pages=1,
        uploaded_at=clock.now(),
        by=application.contact,
    )


def _handed_in(made: Application) -> None:
    uploaded(filled(made))
    now = clock.now()
    made.number = f"{made.authority.code.upper()}{made.call.cycle.year}-T{made.pk:05d}"
    made.submitted_at = now
    made.answer_due = clock.term(clock.today(), made.call.cycle.acceptance_days)
    made.save()
    Submission.objects.create(
        application=made,
        number=f"{made.number}-1",
        at=now,
        by=made.contact,
        form={},
        form_version=made.answers.form,
        files=_files(made),
    )


def _files(made: Application) -> list[dict[str, Any]]:
    versions = MaterialVersion.objects.filter(material__application=made).select_related(
        "file", "material__requirement"
    )
    return [
        {
            "material": version.material.requirement.name,
            "name": version.file.name,
            "version": version.number,
            "pages": version.pages,
            "size": version.file.size,
            "sha256": version.file.sha256,
        }
        for version in versions
    ]
