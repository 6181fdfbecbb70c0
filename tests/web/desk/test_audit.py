"""The auditor's pages."""

import pytest

from tests import make
from zaiti import clock
from zaiti.ledger.chain import record, seal
from zaiti.ledger.models import ChainCheck, Entry
from zaiti.ledger.tasks import check_chain, check_nightly

MOST_QUERIES = 12


@pytest.fixture
def enter(client):
    """Sign someone in and give the client."""

    def as_(user):
        client.force_login(user)
        return client

    return as_


def auditor():
    return make.holder("auditor")


def test_the_ledger_shows_deeds_in_words_and_can_be_narrowed(enter):
    application, officer = make.to_screen()
    record("accept", application, by=officer)
    record("give_post", officer.posts.get(), by=None)
    browser = enter(auditor())
    text = browser.get("/desk/audit/", HTTP_ACCEPT_LANGUAGE="en").text
    assert "accepted the application" in text
    assert "the system, by the clock" in text
    deed = {"deed": "applications.application:accept"}
    narrowed = browser.get("/desk/audit/", deed, headers={"HX-Request": "true", "HX-Target": "listing"}).text
    rows = narrowed.partition("<tbody")[2]
    assert str(application) in rows
    assert str(officer.posts.get()) not in rows


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"since": "2000-01-01", "until": "2100-01-01"}, True),
        ({"until": "2000-01-01"}, False),
        ({"since": "2100-01-01"}, False),
        ({"who": "没有此人"}, False),
        ({"kind": "accounts.post"}, True),
        ({"kind": "accounts.user"}, False),
        ({"thing": "示例"}, True),
    ],
)
def test_each_filter_narrows(enter, given, found):
    record("give_post", make.holder("officer").posts.get(), by=None)
    rows = enter(auditor()).get("/desk/audit/", given | {"export": "csv"}).content.decode().splitlines()
    assert (len(rows) > 1) == found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_exports(enter, kind):
    record("give_post", make.holder("officer").posts.get(), by=None)
    answer = enter(auditor()).get("/desk/audit/", {"export": kind, "columns": ["facts", "hash"]})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(kind) or kind in answer["Content-Disposition"]


def test_one_entry_says_whether_it_holds(enter):
    person = make.user()
    first = record("create_account", person, by=None, username=person.username)
    second = record("suspend_account", person, by=None, reason="示例理由")
    seal()
    text = enter(auditor()).get(f"/desk/audit/{second.pk}/").text
    assert "示例理由" in text
    second.refresh_from_db()
    assert second.hash in text
    assert f"/desk/audit/{first.pk}/" in text


def test_an_auditor_has_the_chain_recomputed(enter):
    record("create_account", make.user(), by=None)
    browser = enter(auditor())
    browser.post("/desk/audit/check/")
    check = ChainCheck.objects.get()
    assert browser.post("/desk/audit/check/").status_code == 409
    check_chain.func(check=check.pk)
    check.refresh_from_db()
    assert (check.entries, check.broken_entry) == (Entry.objects.count(), None)
    assert browser.get("/desk/audit/").status_code == 200


def test_a_broken_chain_is_named(enter):
    record("create_account", make.user(), by=None)
    ChainCheck.objects.create(
        asked_at=clock.now(), done_at=clock.now(), entries=1, broken_entry=1, reason="hash"
    )
    assert "/desk/audit/1/" in enter(auditor()).get("/desk/audit/").text


def test_each_night_it_is_recomputed_unasked():
    check_nightly.func(timestamp=0)
    assert ChainCheck.objects.get().by is None


def test_the_citys_approver_reads_but_does_not_check(enter):
    browser = enter(make.holder("approver", make.city()))
    assert "/desk/audit/check/" not in browser.get("/desk/audit/").text
    assert browser.post("/desk/audit/check/").status_code == 403


@pytest.mark.parametrize(
    "who",
    [
        make.applicant,
        lambda: make.user(is_admin=True),
        lambda: make.holder("approver"),
        lambda: make.holder("officer", make.city()),
        lambda: make.holder("supervisor"),
    ],
)
def test_nobody_else_reads_it(enter, who):
    browser = enter(who())
    assert browser.get("/desk/audit/").status_code == 403
    assert browser.get("/desk/audit/1/").status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_however_long(enter, django_assert_max_num_queries, number):
    for _row in range(number):
        record("create_account", make.user(), by=None)
    browser = enter(auditor())
    with django_assert_max_num_queries(MOST_QUERIES):
        browser.get("/desk/audit/")
