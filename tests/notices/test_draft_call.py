from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.notices.actions import draft_call, edit_call
from zaiti.notices.models import Call
from zaiti.notices.queries import defaults
from zaiti.programmes.actions import open_year
from zaiti.programmes.models import Cycle


def draft(by=None, **changes):
    cycle, now = make.cycle(), clock.now()
    given = {
        "authority": make.district(),
        "opens_at": now + timedelta(days=1),
        "closes_at": now + timedelta(days=15),
        "types": list(cycle.types.all()),
    } | changes
    return draft_call(cycle, given.pop("authority"), by=by or make.holder("officer"), **given)


def test_it_begins_a_draft_with_each_types_rubric():
    call = draft(contact_phone="00000000")
    assert (call.state, call.contact_phone) == (Call.State.DRAFT, "00000000")
    assert call.title == "示例luohu区人力资源局关于开展2024年度终身职业技能培训载体认定工作的通知"
    assert [(row.carrier_type.code, row.rubric.version) for row in call.types.all()] == [
        ("base", 1),
        ("studio", 1),
        ("station", 1),
    ]
    assert Entry.objects.get(verb="draft").facts["types"] == ["base", "studio", "station"]


def test_a_second_call_of_the_district_is_refused():
    draft()
    with pytest.raises(Refused):
        draft()


def test_a_window_that_closes_before_it_opens_is_refused():
    with pytest.raises(Refused):
        draft(closes_at=clock.now())


def test_no_type_or_another_years_type_is_refused():
    with pytest.raises(Refused):
        draft(types=[])
    with pytest.raises(Refused):
        draft(types=[make.carrier_type("base", make.cycle(2025))])


def test_a_district_outside_the_year_is_refused():
    stranger = make.district("elsewhere")
    with pytest.raises(Refused):
        draft(by=make.holder("officer", stranger), authority=stranger)


@pytest.mark.parametrize("state", [Cycle.State.PLANNED, Cycle.State.CLOSED])
def test_a_year_that_is_not_under_way_is_refused(state):
    make.cycle()
    Cycle.objects.update(state=state)
    with pytest.raises(Refused):
        draft()


@pytest.mark.parametrize("role", ["reviewer", "approver"])
def test_only_the_districts_officers_may(role):
    with pytest.raises(PermissionDenied):
        draft(by=make.holder(role))


def test_the_city_or_another_district_may_not():
    with pytest.raises(PermissionDenied):
        draft(by=make.holder("officer", make.city()))
    with pytest.raises(PermissionDenied):
        draft(by=make.holder("officer", make.district("yantian")))


def test_the_pack_gives_what_it_states_for_the_district():
    cycle = open_year(make.pack("luohu-2024"), by=make.holder("officer", make.city()))
    given = defaults(cycle, cycle.districts.get())
    assert given["closes_at"].isoformat() == "2024-08-25T18:00:00+08:00"
    assert (given["contact_phone"], given["contact_address"]) == (
        "25438355",
        "罗湖区沿河北路2019号2号楼204室",
    )
    assert (given["paper_required"], given["paper_copies"]) == (True, 2)


def test_a_citys_pack_leaves_window_and_contact_to_the_district():
    cycle = open_year(make.pack("shenzhen-2025"), by=make.holder("officer", make.city()))
    given = defaults(cycle, cycle.districts.get(code="futian"))
    assert (given["opens_at"], given["contact_phone"], given["paper_required"]) == (None, "", False)
    assert given["title"] == "深圳市福田区人力资源局关于开展2025年度终身职业技能培训载体认定工作的通知"


def test_a_draft_can_be_changed_and_its_types_chosen_anew():
    call, by = draft(), make.holder("officer")
    edit_call(call, by=by, requirements="请提前预约。", types=[make.carrier_type("studio")])
    call = Call.objects.get(pk=call.pk)
    assert call.requirements == "请提前预约。"
    assert [row.carrier_type.code for row in call.types.all()] == ["studio"]


@pytest.mark.parametrize("state", [Call.State.PREPARED, Call.State.PUBLISHED])
def test_a_call_that_is_no_draft_cannot_be_changed(state):
    call = make.call(state=state)
    with pytest.raises(Refused):
        edit_call(call, by=make.holder("officer"), requirements="新要求")


def test_another_district_may_not_change_it():
    with pytest.raises(PermissionDenied):
        edit_call(draft(), by=make.holder("officer", make.district("yantian")), requirements="新要求")


def test_a_field_that_calls_do_not_have_is_an_error():
    with pytest.raises(TypeError):
        edit_call(draft(), by=make.holder("officer"), state="published")
