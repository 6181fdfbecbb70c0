"""Deeds in any order, by anybody, at any time: whatever is let through, the promises hold."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.machine.deeds import STRAY, WAY, Deed, Little, Nothing, found, places_left
from zaiti import clock
from zaiti.core import Refused
from zaiti.countersigned.models import Countersigned
from zaiti.ledger.chain import first_break
from zaiti.panels.models import Minutes, ScoreSheet
from zaiti.programmes.models import Cycle, Quota
from zaiti.publicity.models import Posting
from zaiti.ranking.models import Candidate
from zaiti.screening.models import Ruling

SHANGHAI = clock.now().tzinfo
FIRST_DAY = datetime(2024, 8, 1, 9, tzinfo=SHANGHAI)
WAIT = timedelta(days=12)
PLACED = [str(state) for state in Candidate.PLACED]


class Year(RuleBasedStateMachine):
    """One year: its proper next deed, or any other deed by any person."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.moment, self.step = FIRST_DAY, 0
        self.signed: dict[int, tuple] = {}
        with clock.at(self.moment):
            self.world: Little = found()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @precondition(lambda self: self.step < len(WAY))
    @rule(count=st.integers(1, 6))
    def go_on(self, count: int) -> None:
        """Do the next deeds of the year as they should be done."""
        for deed in WAY[self.step : self.step + count]:
            if deed.role == "wait":
                self.moment += WAIT
            self.attempt(deed, deed.role)
            self.step += 1

    @rule(deed=st.sampled_from(WAY + STRAY), who=st.integers(0, 99), turn=st.integers(0, 5))
    def meddle(self, deed: Deed, who: int, turn: int) -> None:
        """Somebody tries something."""
        self.world.turn = turn
        names = sorted(self.world.people)
        self.attempt(deed, names[who % len(names)])

    @rule(deed=st.sampled_from(STRAY), turn=st.integers(0, 5))
    def stray(self, deed: Deed, turn: int) -> None:
        """The right person does something off the way."""
        self.world.turn = turn
        self.attempt(deed, deed.role)

    @rule(hours=st.integers(1, 24 * 9))
    def wait(self, hours: int) -> None:
        """Time goes by."""
        self.moment += timedelta(hours=hours)

    def attempt(self, deed: Deed, role: str) -> None:
        by = self.world.people.get(role)
        if by is not None and hasattr(by, "_live_posts"):
            del by._live_posts
        try:
            with clock.at(self.moment), transaction.atomic():
                deed.do(self.world, by if by is not None else self.world.people["officer"])
        except (Refused, PermissionDenied, Nothing):
            pass

    @invariant()
    def quotas_never_pass_the_cap(self) -> None:
        cap = Cycle.objects.get(pk=self.world.cycle.pk).cap
        assert sum(Quota.objects.filter(cycle=self.world.cycle).values_list("places", flat=True)) <= cap

    @invariant()
    def names_never_pass_the_quota(self) -> None:
        held = Candidate.objects.filter(cycle=self.world.cycle, state__in=PLACED).count()
        assert held <= places_left(self.world)

    @invariant()
    def publicity_is_never_cut_short(self) -> None:
        days = self.world.cycle.publicity_days
        for posting in Posting.objects.filter(cycle=self.world.cycle):
            assert posting.last_day >= clock.add_working_days(
                posting.posted_at.astimezone(SHANGHAI).date(), days
            )
            if posting.state == Posting.State.CLOSED:
                assert posting.closed_at >= clock.end_of_day(posting.last_day)

    @invariant()
    def nobody_is_accepted_unsubmitted_or_scored_undiscussed(self) -> None:
        assert not Ruling.objects.filter(application__submitted_at=None).exists()
        discussed = Minutes.objects.values("reviews")
        assert not ScoreSheet.objects.exclude(review__in=discussed).exists()

    @invariant()
    def who_prepares_never_approves(self) -> None:
        for model in (one for one in apps.get_models() if issubclass(one, Countersigned)):
            for row in model._base_manager.exclude(approved_by=None):
                assert row.approved_by_id != row.prepared_by_id

    @invariant()
    def a_signed_sheet_never_changes(self) -> None:
        for sheet in ScoreSheet.objects.exclude(signed_at=None):
            kept = (sheet.total, sheet.comment, tuple(sheet.scores.values_list("criterion_id", "points")))
            assert self.signed.setdefault(sheet.pk, kept) == kept

    @invariant()
    def the_chain_holds(self) -> None:
        assert first_break() is None


@pytest.mark.slow
def test_the_promises_hold_in_any_order():
    run_state_machine_as_test(
        Year,
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_straight_way_leads_to_the_register():
    """The machine's way is a real one: with nobody in between it ends in two carriers."""
    year = Year()
    while year.step < len(WAY):
        year.go_on(1)
        year.names_never_pass_the_quota()
    assert Cycle.objects.get(pk=year.world.cycle.pk).state == Cycle.State.CLOSED
    assert Candidate.objects.filter(state=Candidate.State.RECOGNISED).count() == 2
    year.teardown()
