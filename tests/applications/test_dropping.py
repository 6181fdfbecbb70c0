"""Files without a place: kept with the application, never silently left out of a submission."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.applications.actions import dropping, keep_dropped, let_dropped_go, submit, take_dropped
from zaiti.core import Refused
from zaiti.screening.actions import answer_correction, place_dropped, put_in_slot


def drop(application, name="其他证明.pdf", pages=1, by=None):
    content = BytesIO(make.pdf(pages))
    return keep_dropped(application, by=by or application.contact, content=content, original_name=name)


def ready():
    return make.uploaded(make.filled(make.application()))


def test_a_submission_names_what_has_no_place_and_waits_until_it_is_placed_or_let_go():
    application = ready()
    row = drop(application)
    with pytest.raises(Refused, match="其他证明"):
        submit(application, by=application.contact)
    assert application.dropped.get() == row
    extra = application.carrier_type.materials.all()[1]
    place_dropped(application, row.pk, extra, by=application.contact)
    assert [file["material"] for file in submit(application, by=application.contact).files] == [
        "申报表",
        extra.name,
    ]


def test_an_answer_to_a_correction_waits_too():
    application, _officer, correction = make.returned()
    for material in correction.materials.all():
        content = BytesIO(make.pdf(2))
        put_in_slot(
            application, material.requirement, by=application.contact, content=content, original_name="a.pdf"
        )
    drop(application)
    with pytest.raises(Refused, match="其他证明"):
        answer_correction(application, by=application.contact)
    let_dropped_go(application, by=application.contact)
    answer_correction(application, by=application.contact)


def test_the_same_file_sent_again_waits_once():
    application = make.application()
    assert drop(application) == drop(application)
    assert drop(application, pages=2) != drop(application, "另一份.pdf", pages=2)
    assert application.dropped.count() == 3


def test_a_file_is_placed_once_though_two_press_the_button():
    application = make.application()
    row = drop(application)
    take_dropped(application, row.pk, by=application.contact)
    with pytest.raises(Refused, match="no longer waits"):
        take_dropped(application, row.pk, by=application.contact)


def test_what_can_not_be_placed_waits_on():
    application, _officer, _correction = make.returned()
    row = drop(application)
    closed = application.materials.filter(open_for_correction=False).first()
    requirement = closed.requirement if closed else application.carrier_type.materials.last()
    with pytest.raises(Refused):
        place_dropped(application, row.pk, requirement, by=application.contact)
    assert application.dropped.get() == row


@pytest.mark.parametrize("state", ["submitted", "withdrawn", "accepted", "declined"])
def test_nothing_is_added_to_what_is_not_open(state):
    application = make.application(state)
    with pytest.raises(Refused):
        drop(application)


def test_not_more_wait_than_anybody_needs(monkeypatch):
    monkeypatch.setattr(dropping, "MOST_WAITING", 1)
    application = make.application()
    drop(application)
    with pytest.raises(Refused, match="place them first"):
        drop(application, pages=2)


def test_no_stranger_keeps_takes_or_lets_go():
    application, stranger = make.application(), make.applicant()
    row = drop(application)
    with pytest.raises(PermissionDenied):
        drop(application, by=stranger)
    with pytest.raises(PermissionDenied):
        take_dropped(application, row.pk, by=stranger)
    with pytest.raises(PermissionDenied):
        let_dropped_go(application, by=stranger)
