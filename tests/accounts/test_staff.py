import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.accounts.actions import (
    create_official,
    end_admin,
    end_post,
    give_post,
    make_admin,
    restore_user,
    suspend_user,
)
from zaiti.accounts.models import Post
from zaiti.accounts.rules import holds
from zaiti.core import Refused
from zaiti.ledger.models import Entry


def administrator():
    return make.user(is_admin=True)


def test_an_administrator_makes_an_account_and_gives_a_post():
    admin = administrator()
    user = create_official(by=admin, username="new", name="示例官员", email="a@example.com", password="x")
    give_post(user, by=admin, authority=make.district(), role=Post.Role.OFFICER)
    assert holds(user, Post.Role.OFFICER, make.district())
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "create_account",
        "give_post",
    ]


def test_a_taken_user_name_is_refused():
    admin = administrator()
    with pytest.raises(Refused):
        create_official(by=admin, username=admin.username, name="示例", email="")


@pytest.mark.parametrize("person", [make.applicant, administrator])
def test_applicants_and_administrators_get_no_post(person):
    with pytest.raises(Refused):
        give_post(person(), by=administrator(), authority=make.district(), role=Post.Role.OFFICER)


def test_the_same_post_is_not_given_twice():
    officer = make.holder("officer")
    with pytest.raises(Refused):
        give_post(officer, by=administrator(), authority=make.district(), role=Post.Role.OFFICER)


def test_a_post_ends_once():
    post = make.holder("officer").posts.get()
    admin = administrator()
    end_post(post, by=admin)
    assert post.ended_at is not None
    with pytest.raises(Refused):
        end_post(post, by=admin)


def test_an_account_is_shut_out_and_let_in_again():
    admin, user = administrator(), make.user()
    suspend_user(user, by=admin, reason="离职")
    user.refresh_from_db()
    assert not user.is_active
    with pytest.raises(Refused):
        suspend_user(user, by=admin, reason="离职")
    restore_user(user, by=admin)
    user.refresh_from_db()
    assert user.is_active


def test_nobody_suspends_oneself():
    admin = administrator()
    with pytest.raises(PermissionDenied):
        suspend_user(admin, by=admin, reason="")


def test_a_second_administrator_is_made_and_ended():
    admin, other = administrator(), make.user()
    make_admin(other, by=admin)
    other.refresh_from_db()
    assert other.is_admin
    with pytest.raises(Refused):
        make_admin(other, by=admin)
    end_admin(other, by=admin)
    other.refresh_from_db()
    assert not other.is_admin
    with pytest.raises(Refused):
        end_admin(other, by=admin)


def test_the_last_administrator_stays():
    admin = administrator()
    with pytest.raises(PermissionDenied):
        end_admin(admin, by=admin)


@pytest.mark.parametrize(
    "person", [make.applicant, lambda: make.holder("officer"), lambda: make.expert().user]
)
def test_who_has_a_part_in_cases_keeps_no_accounts(person):
    with pytest.raises(Refused):
        make_admin(person(), by=administrator())


def test_a_suspended_account_becomes_no_administrator():
    admin, user = administrator(), make.user(is_active=False)
    with pytest.raises(Refused):
        make_admin(user, by=admin)


@pytest.mark.parametrize(
    "deed",
    [
        lambda by: create_official(by=by, username="x", name="x", email=""),
        lambda by: give_post(make.user(), by=by, authority=make.district(), role="officer"),
        lambda by: end_post(make.holder("officer").posts.get(), by=by),
        lambda by: suspend_user(make.user(), by=by, reason=""),
        lambda by: restore_user(make.user(), by=by),
        lambda by: make_admin(make.user(), by=by),
        lambda by: end_admin(make.user(is_admin=True), by=by),
    ],
)
def test_only_administrators_keep_accounts(deed):
    with pytest.raises(PermissionDenied):
        deed(make.holder("approver"))
