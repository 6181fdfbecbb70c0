import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.panels.actions import draw_experts, leave_seat, recuse
from zaiti.panels.models import Draw, Panel, Recusal, Seat
from zaiti.panels.queries import places_open, replay, states
from zaiti.papers.models import Paper
from zaiti.papers.typst import render_pdf


def forming(size: int = 3, pool: int = 6):
    panel = make.panel(state="forming", size=size)
    make.review(panel=panel)
    return panel, make.experts(pool), panel.made_by


def test_it_seats_as_many_as_the_panel_has_places_and_puts_it_to_work():
    panel, pool, officer = forming()
    draw = draw_experts(panel, by=officer)
    assert panel.state == Panel.State.WORKING
    assert [seat.expert_id for seat in panel.seats.all()] == [one["expert"] for one in draw.drawn]
    assert {one["expert"] for one in draw.pool} == {expert.pk for expert in pool}


def test_it_can_be_repeated_from_its_record_and_a_forged_one_is_named(capsys):
    panel, _pool, officer = forming()
    draw = draw_experts(panel, by=officer)
    call_command("replay_draw", str(draw.pk))
    assert "holds" in capsys.readouterr().out
    draw.pool[0]["name"] = "另一人"
    draw.drawn.reverse()
    draw.save()
    assert replay(draw) == ["pool", "drawn"]
    with pytest.raises(CommandError, match="pool, drawn"):
        call_command("replay_draw", str(draw.pk))
    with pytest.raises(CommandError, match="no draw"):
        call_command("replay_draw", "0")


def test_seed_pool_and_result_go_into_the_ledger_without_names():
    panel, pool, officer = forming()
    draw = draw_experts(panel, by=officer)
    facts = Entry.objects.get(verb="draw").facts
    assert facts["seed"] == draw.seed
    assert facts["drawn"] == [one["line"] for one in draw.drawn]
    assert pool[0].user.name not in str(facts)


def test_the_experts_and_the_supervisor_are_told_and_the_supervisor_may_read_the_record():
    panel, _pool, officer = forming()
    watcher = make.holder("supervisor")
    draw = draw_experts(panel, by=officer, watched_by=watcher)
    assert [m.template for m in watcher.inbox.all()] == ["panels/mail/watched.txt"]
    assert all(
        seat.expert.user.inbox.get().template == "panels/mail/seated.txt" for seat in panel.seats.all()
    )
    assert list(Paper.objects.visible_to(watcher)) == [draw.paper]
    assert render_pdf(draw.paper).startswith(b"%PDF")


def test_an_expert_of_an_applying_unit_is_left_out_by_name_code_or_membership():
    panel, _pool, officer = forming()
    unit = panel.reviews.get().application.organisation
    own = [
        make.expert(unit=f" {unit.name} "),
        make.expert(unit_uscc=unit.uscc),
        make.expert(user=make.user(organisation=unit)),
    ]
    draw = draw_experts(panel, by=officer)
    assert {one["expert"] for one in draw.left_out} == {expert.pk for expert in own}
    assert not {expert.pk for expert in own} & {one["expert"] for one in draw.pool}


def test_retired_experts_and_those_of_another_type_are_not_in_the_pool():
    panel, _pool, officer = forming(pool=3)
    make.expert(active=False)
    make.expert(types=["studio"])
    assert len(draw_experts(panel, by=officer).pool) == 3


def test_it_is_refused_when_the_pool_is_too_small():
    panel, _pool, officer = forming(pool=2)
    with pytest.raises(Refused, match="2"):
        draw_experts(panel, by=officer)
    assert not Draw.objects.exists()


def test_it_is_refused_when_every_seat_is_taken():
    panel, _pool, officer = forming()
    draw_experts(panel, by=officer)
    with pytest.raises(Refused):
        draw_experts(panel, by=officer, reason="再抽")


def test_a_further_draw_needs_a_reason_and_never_draws_the_same_expert():
    panel, _pool, officer = forming()
    draw_experts(panel, by=officer)
    gone = panel.seats.first()
    leave_seat(gone, by=officer, reason="生病", keep_scores=True)
    with pytest.raises(Refused):
        draw_experts(panel, by=officer)
    second = draw_experts(panel, by=officer, reason="专家因病退出")
    assert second.places == 1
    assert gone.expert_id not in {one["expert"] for one in second.pool}
    assert panel.seats.filter(left_at=None).count() == 3


def test_one_more_is_drawn_when_a_recusal_leaves_a_review_too_thin():
    panel, _pool, officer = forming()
    draw_experts(panel, by=officer)
    seat = panel.seats.first()
    recuse(panel.reviews.get(), seat, by=seat.expert.user, reason="亲属任职")
    assert draw_experts(panel, by=officer, reason="回避后人数不足").places == 1
    assert Seat.objects.filter(panel=panel).count() == 4


def test_only_a_supervisor_of_the_district_or_the_city_watches():
    panel, _pool, officer = forming()
    for stranger in (make.user(), make.holder("supervisor", make.district("futian")), officer):
        with pytest.raises(Refused):
            draw_experts(panel, by=officer, watched_by=stranger)
    assert draw_experts(panel, by=officer, watched_by=make.holder("supervisor", make.city()))


def test_it_is_refused_once_the_panel_has_finished():
    panel = make.panel(state="closed")
    with pytest.raises(Refused):
        draw_experts(panel, by=panel.made_by, reason="…")


@pytest.mark.parametrize("role", ["reviewer", "approver", "supervisor", "auditor"])
def test_other_roles_may_not_draw(role):
    panel, _pool, _officer = forming()
    with pytest.raises(PermissionDenied):
        draw_experts(panel, by=make.holder(role))


def test_officers_of_another_district_may_not_draw():
    panel, _pool, _officer = forming()
    with pytest.raises(PermissionDenied):
        draw_experts(panel, by=make.holder("officer", make.district("futian")))


def test_a_draw_seats_what_the_thinnest_open_review_lacks():
    panel = make.panel(size=4)
    review, _other = make.review("discussed", panel=panel), make.review("discussed", panel=panel)
    minimum, seats = panel.cycle.minimum_panel, list(panel.seats.all())
    assert opened(panel) == 0
    make.signed_sheet(review, seat=seats[0])
    panel.seats.filter(pk=seats[0].pk).update(left_at=clock.now())
    assert opened(panel) == 1
    for seat in seats[1:]:
        Recusal.objects.create(review=review, seat=seat, reason="回避", at=clock.now())
    assert opened(panel) == max(1, minimum - 1)
    panel.reviews.filter(pk=review.pk).update(state="scored")
    assert opened(panel) == 1


def opened(panel):
    return places_open(panel, panel.seats.filter(left_at=None).count(), states(panel))
