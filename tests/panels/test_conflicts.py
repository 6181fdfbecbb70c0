"""Who is tied to an application, and that they see and count for nothing from then on."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.accounts.actions import accept_invitation, invite_member
from zaiti.accounts.models import User
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.panels.actions import (
    change_expert,
    draw_experts,
    edit_unit,
    finish_panel,
    join_unit,
    leave_seat,
    part_panel,
    sign_sheet,
)
from zaiti.panels.conflicts import conflict, same_unit
from zaiti.panels.models import Recusal, Review, ScoreSheet
from zaiti.panels.rules import may_judge
from zaiti.panels.tasks import part_conflicted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("深圳市示例科技有限公司", "示例科技有限公司"),
        ("示例科技（深圳）有限公司", "示例科技(深圳)有限公司"),
        ("示例科技（深圳）有限公司", "深圳示例科技有限公司"),
        ("广东省深圳市示例科技有限公司", "深圳市 示例科技有限公司（罗湖分公司）"),
        ("ＡＢＣ职业培训学校", "abc职业培训学校"),
    ],
)
def test_one_unit_however_it_is_written(one, other):
    assert same_unit(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("", ""), ("深圳市", "深圳"), ("示例一校", "示例二校"), ("（深圳）", "")]
)
def test_others_are_not(one, other):
    assert not same_unit(one, other) or one == "深圳市"


def tied(panel, *, unit=None, **fields) -> str:
    applying = make.organisation(**unit or {})
    made = make.accepted_application(panel.call, panel.carrier_type, organisation=applying, **fields)
    return conflict(make.expert(name="示例甲", unit="示例学院"), made)


def test_the_legal_representative_the_master_and_the_contact_are_tied():
    panel = make.panel(code="studio")
    assert "法定代表人" in tied(panel, unit={"legal_person": "示例 甲"})
    assert "技能大师" in tied(panel, master_name="示例甲")
    assert "联系人" in tied(panel, contact_name="示例甲")
    assert tied(panel) == ""


def test_a_unit_is_known_by_an_earlier_name_too():
    review = make.review()
    seat = review.panel.seats.first()
    unit = review.application.organisation
    unit.former_names.create(name=f"深圳市{seat.expert.unit}", until=clock.now())
    assert not may_judge(seat.expert.user, review)
    assert may_judge(review.panel.seats.last().expert.user, review)


@pytest.fixture
def judged():
    """A panel of four that has scored; the first expert is about to be tied to the unit."""
    review = make.review("scored", panel=make.panel(size=4))
    sheets = [make.signed_sheet(review) for _ in range(4)]
    unit = review.application.organisation
    owner = make.user(organisation=unit, org_role=User.OrgRole.OWNER)
    return SimpleNamespace(review=review, sheet=sheets[0], seat=sheets[0].seat, unit=unit, owner=owner)


def is_parted(judged) -> None:
    judged.sheet.refresh_from_db()
    user = User.objects.get(pk=judged.seat.expert.user_id)
    assert judged.sheet.state == ScoreSheet.State.VOID
    assert [row.seat for row in Recusal.objects.all()] == [judged.seat]
    assert not may_judge(user, judged.review)
    assert not Review.objects.visible_to(user).exists()
    assert Message.objects.filter(
        to=judged.review.panel.made_by, template="panels/mail/conflict.txt"
    ).exists()
    assert Entry.objects.filter(verb="recuse", thing_id=judged.review.pk, by=None).exists()
    assert Message.objects.filter(to=judged.owner).count() == judged.owner_told


def test_who_joins_the_unit_judges_it_no_longer(judged):
    invitation = invite_member(judged.unit, by=judged.owner, name="示例甲", email="x@example.com")
    judged.owner_told = 1  # that a colleague joined; not that it is an expert
    join_unit(invitation, by=judged.seat.expert.user)
    is_parted(judged)


def test_who_is_entered_as_the_legal_representative_judges_it_no_longer(judged):
    judged.owner_told = 0
    name = judged.seat.expert.user.name
    edit_unit(judged.unit, by=judged.owner, name=judged.unit.name, legal_person=name)
    is_parted(judged)


def test_who_goes_to_work_for_the_unit_judges_it_no_longer(judged):
    judged.owner_told = 0
    change_expert(judged.seat.expert, by=judged.review.panel.made_by, unit=f"深圳市{judged.unit.name}")
    is_parted(judged)


def test_however_it_came_about_the_clock_sees_it(judged):
    judged.owner_told = 0
    type(judged.unit).objects.update(legal_person=judged.seat.expert.user.name)
    part_conflicted(0)
    is_parted(judged)
    part_conflicted(0)
    assert Recusal.objects.count() == 1


def test_at_the_very_moment_the_expert_sees_nothing_also_before_anything_is_recorded(judged):
    user = judged.seat.expert.user
    invitation = invite_member(judged.unit, by=judged.owner, name="示例甲", email="x@example.com")
    assert may_judge(user, judged.review)
    accept_invitation(invitation, by=user)
    assert not may_judge(user, judged.review)
    assert not Review.objects.visible_to(user).exists()


def test_when_another_signs_what_a_tied_expert_signed_no_longer_counts():
    review = make.review("discussed", panel=make.panel(size=4))
    first, *_others, last = [make.sheet(review) for _ in range(4)]
    for sheet in (first, *_others):
        sheet.delete()
    sheets = [make.signed_sheet(review) for _ in range(3)]
    make.answer(review.application, contact_name=sheets[0].seat.expert.user.name)
    for line in last.rubric.criteria.all():
        last.scores.create(criterion=line, points=line.points)
    sign_sheet(last, by=last.seat.expert.user)
    sheets[0].refresh_from_db()
    review.refresh_from_db()
    assert sheets[0].state == ScoreSheet.State.VOID
    assert review.state == Review.State.SCORED


def test_scores_of_a_tied_expert_are_not_kept_when_they_leave(judged):
    type(judged.unit).objects.update(legal_person=judged.seat.expert.user.name)
    leave_seat(judged.seat, by=judged.review.panel.made_by, reason="病假", keep_scores=True)
    judged.sheet.refresh_from_db()
    assert judged.sheet.state == ScoreSheet.State.VOID


def test_a_tied_expert_is_not_drawn():
    call = make.closed_call()
    panel = make.panel(call, state="forming", size=3)
    application = make.accepted_application(call, panel.carrier_type, contact_name="示例大师")
    make.review(panel=panel, application=application)
    tied_one, *free = make.expert(name="示例大师"), *make.experts(3)
    draw = draw_experts(panel, by=panel.made_by)
    assert {one["expert"] for one in draw.drawn} == {one.pk for one in free}
    assert [one["expert"] for one in draw.left_out] == [tied_one.pk]


def test_a_panel_is_not_finished_over_a_tie(judged):
    type(judged.unit).objects.update(legal_person=judged.seat.expert.user.name)
    with pytest.raises(Refused, match="step back"):
        finish_panel(judged.review.panel, by=judged.review.panel.made_by)


def test_nobody_but_the_clock_parts_by_hand(judged):
    with pytest.raises(PermissionDenied):
        part_panel(judged.review.panel, by=judged.owner)


def test_other_roles_may_not_change_an_expert(judged):
    with pytest.raises(PermissionDenied):
        change_expert(judged.seat.expert, by=judged.owner, unit="示例学院")


def test_a_finished_panel_stays_as_it_is_and_its_experts_see_nothing(judged):
    type(judged.review.panel).objects.update(state="closed")
    type(judged.unit).objects.update(legal_person=judged.seat.expert.user.name)
    part_conflicted(0)
    judged.sheet.refresh_from_db()
    assert judged.sheet.state == ScoreSheet.State.SIGNED
    assert not may_judge(judged.seat.expert.user, judged.review)
