import pytest

from tests import make
from tests.web.portal.helpers import browser
from zaiti import clock
from zaiti.outbox.models import Message

QUERIES = 12


def test_it_says_what_is_owed_and_until_when():
    application = make.application()
    text = browser(application.contact).get("/my/").content.decode()
    owed = text.split("data-owed")[1].split("</ul>")[0]
    assert f"/my/applications/{application.pk}/" in owed
    assert "z-deadline" in owed


@pytest.mark.parametrize("state", ["submitted", "accepted", "declined", "withdrawn"])
def test_what_was_handed_in_is_not_owed(state):
    application = make.application(state)
    assert "data-owed" not in browser(application.contact).get("/my/").content.decode()


def test_after_the_deadline_a_draft_is_not_owed():
    application = make.application()
    with clock.at(application.call.closes_at):
        assert "data-owed" not in browser(application.contact).get("/my/").content.decode()


def filled_page(districts):
    owner = make.applicant()
    for number in range(districts):
        call = make.call(authority=make.district(f"d{number}"))
        for code in ("base", "studio", "station"):
            make.application(call=call, by=owner, code=code)
        Message.objects.create(
            to=owner, template="x", subject=f"消息{number}", body="…", posted_at=clock.now()
        )
    return owner


@pytest.mark.parametrize("districts", [1, 8])
@pytest.mark.parametrize("address", ["/my/", "/my/calls/", "/my/inbox/"])
def test_a_longer_page_costs_no_more(districts, address, django_assert_max_num_queries):
    client = browser(filled_page(districts))
    with django_assert_max_num_queries(QUERIES):
        assert client.get(address).status_code == 200


def test_an_application_with_many_slots_costs_no_more(django_assert_max_num_queries):
    application = make.uploaded(make.filled(make.application()), optional=True)
    for _ in range(5):
        make.uploaded(application, optional=True)
    client = browser(application.contact)
    client.get(f"/my/applications/{application.pk}/")  # reads the table of holidays, once for all
    with django_assert_max_num_queries(QUERIES):
        client.get(f"/my/applications/{application.pk}/")


def test_a_message_is_read_by_opening_it():
    owner = make.applicant()
    first, second = (
        Message.objects.create(to=owner, template="x", subject="消息", body="…", posted_at=clock.now())
        for _ in range(2)
    )
    client = browser(owner)
    client.get(f"/my/inbox/{first.pk}/")
    first.refresh_from_db()
    assert first.read_at
    client.post("/my/inbox/read/")
    second.refresh_from_db()
    assert second.read_at


def test_nobody_reads_anothers_message():
    row = Message.objects.create(
        to=make.user(), template="x", subject="消息", body="…", posted_at=clock.now()
    )
    assert browser(make.applicant()).get(f"/my/inbox/{row.pk}/").status_code == 404
