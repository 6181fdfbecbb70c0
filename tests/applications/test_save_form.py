import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.applications.actions import save_form
from zaiti.applications.models import Application
from zaiti.applications.queries import gaps
from zaiti.core import Refused


def test_what_was_typed_is_kept_and_the_rest_stays():
    application = make.application(summary="旧")
    save_form(application, by=application.contact, carrier_name=" 示例基地 ", trained_last_year=30)
    application.refresh_from_db()
    assert (
        application.carrier_name,
        application.answer("trained_last_year"),
        application.answer("summary"),
    ) == (
        "示例基地",
        30,
        "旧",
    )
    assert application.saved_at


def test_nothing_but_the_form_can_be_set():
    application = make.application()
    save_form(application, by=application.contact, number="X-1", master_name="示例")
    application.refresh_from_db()
    assert (application.number, application.answer("master_name")) == (None, None)


def test_what_is_saved_is_no_longer_missing():
    application = make.application()
    before = len(gaps(application))
    save_form(application, by=application.contact, plan="示例规划")
    assert len(gaps(application)) == before - 1


@pytest.mark.parametrize("state", [s for s in Application.State.values if s != "draft"])
def test_it_is_refused_in_any_other_state(state):
    application = make.application(state)
    with pytest.raises(Refused):
        save_form(application, by=application.contact, plan="…")


@pytest.mark.parametrize("other", [make.applicant, make.user, lambda: make.holder("officer")])
def test_others_may_not(other):
    with pytest.raises(PermissionDenied):
        save_form(make.application(), by=other(), plan="…")


def test_what_other_rooms_keep_is_no_longer_than_they_keep_it():
    make.call()
    make.form(make.carrier_type(), mark={"name": "编号", "once": True, "most_letters": 900})
    form = make.carrier_type().forms.latest("number")
    form.facts["sections"][0]["entries"][0]["most_letters"] = 900  # the carrier's name
    form.save()
    application = make.application()
    for entry, most in (("carrier_name", 120), ("training_address", 200), ("mark", 200)):
        save_form(application, by=application.contact, **{entry: "名" * most})
        with pytest.raises(Refused, match=str(most)):
            save_form(application, by=application.contact, **{entry: "名" * (most + 1)})
