from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests import make
from zaiti import clock
from zaiti.applications.actions import ask_to_rename, refuse_renaming
from zaiti.applications.models import Application
from zaiti.notices.models import Call
from zaiti.programmes.models import Cycle
from zaiti.web.desk.start.views import dues_of, progress_for

START = "/desk/"


def named(user):
    return {due.url: due.count for due in all_dues(type(user).objects.get(pk=user.pk))}


def all_dues(user):
    return dues_of(user, progress_for(user))


def test_an_officer_sees_the_call_to_prepare_with_its_deadline(client):
    officer, cycle = make.holder("officer"), make.cycle()
    Cycle.objects.update(call_deadline=clock.today())
    client.force_login(officer)
    begin = reverse("desk:call_new", args=[cycle.pk, make.district().pk])
    (due,) = all_dues(officer)
    assert (due.url, due.today, due.late) == (begin, True, False)
    assert begin in client.get(START).content.decode()


def test_an_approver_sees_the_call_to_approve_and_its_preparer_does_not():
    call = make.call(state=Call.State.PREPARED)
    approve = reverse("desk:call", args=[call.pk])
    assert named(make.holder("approver")) == {approve: 1}
    make.now_approves(call.prepared_by, call.authority)
    assert approve not in named(call.prepared_by)


def test_an_officer_sees_the_queue_with_its_soonest_term():
    call = make.call()
    for days in (0, 1):
        application = make.application(call=call, state="submitted")
        Application.objects.filter(pk=application.pk).update(answer_due=clock.today() - timedelta(days=days))
    (due,) = [due for due in all_dues(make.holder("officer")) if due.url == "/desk/screening/next/"]
    assert (due.count, due.late) == (2, True)


def test_the_city_sees_late_districts_and_an_empty_plan():
    cycle = make.cycle()
    seen = named(make.holder("officer", make.city()))
    assert seen[reverse("desk:plan_year", args=[cycle.pk])] == 1
    assert seen[reverse("desk:plan_quotas", args=[cycle.pk])] == 1


def test_a_city_officer_reminds_a_late_district_from_here_in_one_click(client):
    cycle, officer = make.cycle(), make.holder("officer", make.city())
    client.force_login(officer)
    remind = reverse("desk:plan_remind", args=[cycle.pk, make.district().pk])
    assert remind in client.get(START).content.decode()
    client.force_login(make.holder("approver", make.city()))
    assert remind not in client.get(START).content.decode()


def test_closed_years_and_other_districts_ask_for_nothing():
    make.cycle()
    assert named(make.holder("officer", make.district("yantian"))) == {}
    Cycle.objects.update(state=Cycle.State.CLOSED)
    assert named(make.holder("officer")) == {}


@pytest.mark.parametrize("role", ["auditor", "supervisor"])
def test_other_posts_come_in_and_owe_nothing(client, role):
    client.force_login(make.holder(role, make.city()))
    assert client.get(START).status_code == 200


def test_an_applicant_is_told_no_and_a_visitor_to_sign_in(client):
    assert client.get(START).status_code == 302
    client.force_login(make.applicant())
    assert client.get(START).status_code == 403


@pytest.mark.parametrize("districts", [1, 12])
@pytest.mark.parametrize("roles", [("officer",), ("officer", "reviewer")])
def test_it_costs_at_most_twelve_queries(client, districts, roles, django_assert_max_num_queries):
    person = make.holder(roles[0], make.city())
    for role in roles[1:]:
        person.posts.create(authority=make.city(), role=role)
    for n in range(districts):
        make.call(authority=make.district(f"d{n}"))
    client.force_login(person)
    client.get(START)
    with django_assert_max_num_queries(12):
        client.get(START)


def test_an_officer_sees_the_new_names_that_wait_for_the_district(client):
    carrier = make.carrier()
    owner = make.applicant(carrier.organisation)
    officer, there = make.holder("officer", carrier.authority), "/desk/renamings/?state=asked"
    assert there not in named(officer)
    renaming = ask_to_rename(carrier.organisation, by=owner, name="示例新名", reason="示例")
    assert named(officer)[there] == 1
    assert there not in named(make.holder("approver", carrier.authority))
    client.force_login(officer)
    assert escape(there) in client.get(START).content.decode()
    refuse_renaming(renaming, by=officer, reason="不符")
    assert there not in named(officer)


def test_a_year_waiting_to_be_opened_is_owed_by_the_approver_and_not_by_who_prepared_it(client):
    draft = make.prepared_draft()
    client.force_login(make.holder("approver", make.city()))
    assert reverse("desk:year_draft", args=[draft.pk]) in client.get(START).text
    client.force_login(draft.prepared_by)
    assert reverse("desk:year_draft", args=[draft.pk]) not in client.get(START).text


def test_a_year_to_be_abandoned_is_owed_by_the_approver(client, django_assert_max_num_queries):
    asked = make.prepared_abandonment()
    client.force_login(make.holder("approver", make.city()))
    client.get(START)
    with django_assert_max_num_queries(12):
        page = client.get(START).text
    assert reverse("desk:plan_year", args=[asked.cycle.pk]) in page
