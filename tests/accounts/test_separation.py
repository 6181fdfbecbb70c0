"""Duties that one person never holds together."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests import make
from zaiti.accounts.actions import give_post, make_admin, register_organisation
from zaiti.accounts.models import Post, User
from zaiti.accounts.separation import clashes
from zaiti.core import Refused
from zaiti.panels.actions import add_expert

APART = [
    ("officer", "luohu", "approver", "luohu"),
    ("auditor", "sz", "officer", "luohu"),
    ("auditor", "sz", "supervisor", "sz"),
    ("supervisor", "luohu", "reviewer", "luohu"),
    ("supervisor", "sz", "officer", "luohu"),
]
TOGETHER = [
    ("officer", "luohu", "reviewer", "luohu"),
    ("officer", "luohu", "approver", "futian"),
    ("auditor", "sz", "auditor", "luohu"),
    ("supervisor", "luohu", "officer", "futian"),
    ("supervisor", "luohu", "officer", "sz"),
]


def bureau(code):
    return make.city() if code == "sz" else make.district(code)


def both_ways(rows):
    return [*rows, *((role2, code2, role1, code1) for role1, code1, role2, code2 in rows)]


@pytest.mark.parametrize(("held", "at", "role", "where"), both_ways(APART))
def test_posts_that_exclude_each_other_are_refused_by_the_action_and_by_the_database(held, at, role, where):
    person = make.holder(held, bureau(at))
    with pytest.raises(Refused):
        give_post(person, by=make.user(is_admin=True), authority=bureau(where), role=role)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(user=person, authority=bureau(where), role=role)


@pytest.mark.parametrize(("held", "at", "role", "where"), both_ways(TOGETHER))
def test_other_posts_go_together(held, at, role, where):
    person = make.holder(held, bureau(at))
    give_post(person, by=make.user(is_admin=True), authority=bureau(where), role=role)
    assert person.posts.count() == 2


def test_a_post_that_ended_excludes_nothing():
    person = make.holder("officer")
    make.now_approves(person, make.district())
    assert [post.role for post in person.live_posts()] == ["approver"]


def test_experts_hold_no_post_and_officials_do_not_judge():
    with pytest.raises(Refused):
        give_post(make.expert().user, by=make.user(is_admin=True), authority=make.district(), role="officer")
    with pytest.raises(Refused):
        add_expert(make.holder("auditor"), by=make.holder("officer"), unit="示例学院")


@pytest.mark.parametrize("duty", [{"is_admin": True}, {"organisation": "a unit"}])
def test_the_database_keeps_officials_from_accounts_and_units(duty):
    fields = duty if "is_admin" in duty else {"organisation": make.organisation()}
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=make.holder("officer").pk).update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(user=make.user(**fields), authority=make.district(), role="officer")


def test_what_was_read_of_a_person_before_counts_for_nothing():
    """The page had read the posts; another administrator gave one meanwhile."""
    person = make.user()
    assert person.live_posts() == []
    Post.objects.create(user=person, authority=make.district(), role="officer")
    admin = make.user(is_admin=True)
    with pytest.raises(Refused):
        give_post(person, by=admin, authority=make.district(), role="approver")
    with pytest.raises(Refused):
        make_admin(person, by=admin)
    with pytest.raises(PermissionDenied):
        register_organisation(by=person, **make.registration())


def test_duties_given_before_the_rule_are_named():
    officer = make.holder("officer")
    approver = Post(user=officer, authority=make.district(), role="approver")
    (why,) = clashes(officer, [officer.posts.get(), approver])
    assert "Officer and approver" in why
