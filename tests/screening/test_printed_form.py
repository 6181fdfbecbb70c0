"""The form that is scanned back: the one that was printed, of this application, as it stands now."""

import pytest

from tests import make
from zaiti import clock
from zaiti.applications.papers import form_to_seal
from zaiti.applications.queries import slots
from zaiti.screening.models import ScanReport
from zaiti.screening.queries import look_at
from zaiti.screening.scan_reports import read


@pytest.fixture
def handed_back():
    """A form, printed and put in its slot."""
    application = make.filled(make.application())
    return application, slot_of(application, form_to_seal(application))


def slot_of(application, content):
    version = make.material_version(application, content=content)
    of = {"sha256": version.file.sha256, "name": application.organisation.name, "file": version.file}
    reading = ScanReport.objects.create(engine="now", asked_at=clock.now(), **of)
    read(reading)
    return version


def told(application, version):
    application.refresh_from_db()
    found = look_at(slots(application), application)[version.pk].findings
    return [one.key.partition(":")[0] for one in found if one.check == "printed"]


def test_the_form_as_it_stands_is_in_order(handed_back):
    assert told(*handed_back) == []


def test_what_changed_after_printing_is_told(handed_back):
    application, version = handed_back
    make.answer(application, plan="打印之后改过的规划。")
    assert told(application, version) == ["printed_changed"]


def test_the_form_of_another_application_is_told(handed_back):
    application, _version = handed_back
    other = make.filled(make.application(call=application.call))
    assert told(other, slot_of(other, form_to_seal(application))) == ["printed_other"]
