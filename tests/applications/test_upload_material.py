from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.applications.actions import explain_material, remove_material, upload_material
from zaiti.applications.models import Material
from zaiti.applications.queries import current_version, slots
from zaiti.core import Refused
from zaiti.ledger.models import Entry

CLOSED = ["submitted", "withdrawn", "accepted", "declined"]


def first_slot(application):
    return application.carrier_type.materials.all()[0]


def upload(application, content=None, *, by=None, requirement=None):
    return upload_material(
        application,
        requirement or first_slot(application),
        by=by or application.contact,
        content=BytesIO(make.pdf(pages=2) if content is None else content),
        original_name="IMG 001.pdf",
    )


def returned():
    """One that was sent back with its first material open."""
    application = make.application("returned")
    material = application.materials.get(requirement=first_slot(application))
    material.open_for_correction = True
    material.save()
    return application, material


def test_the_file_takes_the_materials_name_and_keeps_its_own():
    application = make.application()
    version = upload(application)
    assert (version.number, version.pages) == (1, 2)
    assert (version.file.name, version.file.original_name) == ("申报表.pdf", "IMG 001.pdf")
    assert Entry.objects.latest("id").facts["sha256"] == version.file.sha256


def test_a_second_file_is_a_new_version_and_the_first_stays():
    application = make.application()
    first, second = upload(application), upload(application, make.pdf(text="new"))
    assert (first.material, second.number) == (second.material, 2)
    assert current_version(second.material) == second
    assert [slot.state for slot in slots(application)] == ["in_place", "optional"]


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"PK\x03\x04 word", b"\xff\xd8\xff\xe0 a photo", make.pdf()[:-60]],
    ids=["empty", "text", "word", "photo", "cut off"],
)
def test_what_is_not_a_whole_pdf_is_refused_with_a_sentence(content):
    application = make.application()
    with pytest.raises(Refused) as no:
        upload(application, content)
    assert no.value.message.endswith((".", "。"))
    assert not Material.objects.exists()


def test_a_file_above_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 100
    with pytest.raises(Refused):
        upload(make.application())


def test_taking_a_file_back_empties_the_slot_and_keeps_the_versions():
    application = make.application()
    material = upload(application).material
    upload(application)
    remove_material(material, by=application.contact)
    assert current_version(material) is None
    assert material.versions.count() == 2
    assert upload(application).number == 3


def test_a_word_can_be_added_to_a_material():
    application = make.application()
    explain_material(application, first_slot(application), by=application.contact, text=" 原件尺寸较大 ")
    assert application.materials.get().explanation == "原件尺寸较大"


@pytest.mark.parametrize("state", CLOSED)
def test_slots_are_closed_in_any_other_state(state):
    application = make.application(state)
    with pytest.raises(Refused):
        upload(application)
    with pytest.raises(Refused):
        remove_material(application.materials.all()[0], by=application.contact)


def test_a_correction_opens_only_the_named_materials():
    application, material = returned()
    assert slots(application)[0].state == "to_correct"
    upload(application)
    assert slots(application)[0].state == "corrected"
    with pytest.raises(Refused):
        upload(application, requirement=application.carrier_type.materials.all()[1])
    assert current_version(material).number == 2


def test_taking_back_a_corrected_file_brings_the_handed_in_one_back():
    application, material = returned()
    upload(application)
    remove_material(material, by=application.contact)
    material.refresh_from_db()
    assert current_version(material).number == 1
    assert slots(application)[0].state == "to_correct"


@pytest.mark.parametrize("other", [make.applicant, make.user, lambda: make.holder("officer")])
def test_others_may_not(other):
    application = make.application()
    material = upload(application).material
    person = other()
    with pytest.raises(PermissionDenied):
        upload(application, by=person)
    with pytest.raises(PermissionDenied):
        remove_material(material, by=person)
    with pytest.raises(PermissionDenied):
        explain_material(application, first_slot(application), by=person, text="…")


def test_a_slot_of_another_type_is_not_ones_own():
    application = make.application()
    with pytest.raises(PermissionDenied):
        upload(application, requirement=make.carrier_type("studio").materials.all()[0])
