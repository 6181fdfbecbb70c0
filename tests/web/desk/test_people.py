"""The system administrator's pages."""

import pgtrigger
import pytest

from tests import make
from tests.html import flat
from zaiti.accounts.models import Post, User

MOST_QUERIES = 12


@pytest.fixture
def admin(client):
    """The administrator's browser."""
    client.force_login(make.user(is_admin=True))
    return client


def test_an_account_is_made_and_given_a_post(admin):
    given = {"username": "li.shi", "name": "示例人", "email": "li@example.org", "password": ""}
    assert admin.get("/desk/people/new/").status_code == 200
    assert admin.post("/desk/people/new/", given | {"email": "x"}).status_code == 422
    assert admin.post("/desk/people/new/", given | {"password": "12345"}).status_code == 422
    here = admin.post("/desk/people/new/", given).url
    user = User.objects.get(username="li.shi")
    assert not user.has_usable_password()
    admin.post(f"{here}posts/", {"authority": make.district().pk, "role": "officer"})
    assert user.posts.get().role == "officer"
    assert admin.post(f"{here}posts/", {"authority": "", "role": "officer"}).status_code == 422


def test_a_post_is_ended(admin):
    post = make.holder("officer").posts.get()
    assert f"/desk/people/posts/{post.pk}/end/" in admin.get(f"/desk/people/{post.user_id}/").text
    admin.post(f"/desk/people/posts/{post.pk}/end/")
    assert Post.objects.get().ended_at


def test_duties_that_exclude_each_other_are_shown_and_refused(admin):
    officer = make.holder("officer")
    approver = {"authority": make.district().pk, "role": "approver"}
    assert admin.post(f"/desk/people/{officer.pk}/posts/", approver).status_code == 409
    assert "clashing" not in admin.get("/desk/people/").text
    with pgtrigger.ignore("accounts.Post:posts_apart"):  # as if given before the rule
        officer.posts.create(authority=make.district(), role="approver")
    assert f'<li><a href="/desk/people/{officer.pk}/">' in flat(admin.get("/desk/people/").text)
    assert "经办与签发须分别" in admin.get(f"/desk/people/{officer.pk}/").text


def test_an_account_is_suspended_and_restored(admin):
    user = make.holder("officer")
    here = f"/desk/people/{user.pk}/"
    assert admin.post(f"{here}suspend/", {"reason": ""}).status_code == 422
    admin.post(f"{here}suspend/", {"reason": "离岗"})
    user.refresh_from_db()
    assert not user.is_active
    assert "离岗" in admin.get(here).text
    admin.post(f"{here}restore/")
    user.refresh_from_db()
    assert user.is_active


def test_another_becomes_administrator_and_is_one_no_longer(admin):
    user = make.user()
    here = f"/desk/people/{user.pk}/"
    assert f"{here}administrator/" in admin.get(here).text
    admin.post(f"{here}administrator/")
    user.refresh_from_db()
    assert user.is_admin
    assert f"{here}administrator/end/" in admin.get(here).text
    admin.post(f"{here}administrator/end/")
    user.refresh_from_db()
    assert not user.is_admin
    officer = make.holder("officer")
    assert "administrator/" not in admin.get(f"/desk/people/{officer.pk}/").text
    assert admin.post(f"/desk/people/{officer.pk}/administrator/").status_code == 409


def test_a_taken_name_is_refused_in_a_sentence(admin):
    user = make.user()
    given = {"username": user.username, "name": "示例", "email": "a@example.org"}
    assert admin.post("/desk/people/new/", given).status_code == 409


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"kind": "official"}, True),
        ({"kind": "applicant"}, False),
        ({"kind": "expert"}, False),
        ({"kind": "admin"}, False),
        ({"role": "officer"}, True),
        ({"role": "auditor"}, False),
        ({"state": "active"}, True),
        ({"state": "suspended"}, False),
        ({"q": "没有此人"}, False),
    ],
)
def test_the_list_is_narrowed(admin, given, found):
    user = make.holder("officer")
    assert (f"/desk/people/{user.pk}/" in admin.get("/desk/people/", given).text) == found


def test_by_bureau(admin):
    user = make.holder("officer")
    assert f"/desk/people/{user.pk}/" in admin.get("/desk/people/", {"authority": make.district().pk}).text
    assert f"/desk/people/{user.pk}/" not in admin.get("/desk/people/", {"authority": make.city().pk}).text


def test_it_exports(admin):
    make.holder("officer")
    assert "示例" in admin.get("/desk/people/", {"export": "csv"}).content.decode()


def test_an_expert_and_an_applicant_are_shown_as_such(admin):
    for user in (make.expert().user, make.applicant()):
        assert admin.get(f"/desk/people/{user.pk}/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/desk/screening/",
        "/desk/panels/",
        "/desk/ranking/",
        "/desk/carriers/",
        "/desk/audit/",
        "/desk/results/",
    ],
)
def test_the_administrator_sees_no_applications_scores_or_ledger(admin, address):
    assert admin.get(address).status_code == 403


@pytest.mark.parametrize(
    "who", [make.applicant, lambda: make.holder("approver", make.city()), lambda: make.holder("auditor")]
)
def test_nobody_else_keeps_accounts(client, who):
    user = make.user()
    client.force_login(who())
    for address in ("/desk/people/", "/desk/people/new/", f"/desk/people/{user.pk}/"):
        assert client.get(address).status_code == 403
    assert client.post(f"/desk/people/{user.pk}/suspend/", {"reason": "…"}).status_code == 403


@pytest.mark.parametrize("number", [1, 20])
def test_it_costs_the_same_however_long(admin, django_assert_max_num_queries, number):
    for _row in range(number):
        user = make.holder("officer")
    with django_assert_max_num_queries(MOST_QUERIES):
        admin.get("/desk/people/")
    with django_assert_max_num_queries(MOST_QUERIES):
        admin.get(f"/desk/people/{user.pk}/")
