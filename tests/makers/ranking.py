"""Rankings, candidate lists and candidates with dull defaults."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.makers.panels import closed_call, panel, review
from tests.makers.people import district, holder
from tests.makers.programmes import cycle, quota
from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.notices.models import Call
from zaiti.panels.models import Panel
from zaiti.ranking.actions import approve_list, decide_list, make_list
from zaiti.ranking.models import Candidate, CandidateList

TOTALS = (90, 85, 80)


def finished_panel(
    totals: Sequence[float] = TOTALS,
    *,
    places: int = 2,
    code: str = "base",
    authority: Authority | None = None,
    categories: Sequence[Mapping[str, float]] | None = None,
    call: Call | None = None,
) -> Panel:
    """A finished panel with one scored review for each total; six tenths of it in 甲类 unless told."""
    made = panel(call or _call_of(authority or district()), code=code)
    quota(places, authority=made.authority, carrier_type=made.carrier_type)
    for number, total in enumerate(totals):
        points = Decimal(str(total))
        split = categories[number] if categories else {"甲类": points * 6 / 10, "乙类": points * 4 / 10}
        figures = {name: f"{Decimal(str(value)):.2f}" for name, value in split.items()}
        review("scored", panel=made, total=points, category_totals=figures)
    made.state = Panel.State.CLOSED
    made.save(update_fields=["state"])
    return made


def candidate_list(
    state: str = CandidateList.State.RANKED, *, of: Panel | None = None, **panel_fields: Any
) -> CandidateList:
    """A ranking; decided and approved as suggested when asked for."""
    board = of or finished_panel(**panel_fields)
    made = make_list(board, by=holder("officer", board.authority))
    if state != CandidateList.State.RANKED:
        decide_as_suggested(made)
    if state == CandidateList.State.APPROVED:
        approve_list(made, by=holder("approver", board.authority))
    return made


def decide_as_suggested(made: CandidateList, *, by: User | None = None) -> None:
    """The meeting takes the ranking as it is."""
    listed = set(made.candidates.filter(suggested=True).values_list("pk", flat=True))
    decide_list(
        made,
        by=by or holder("officer", made.authority),
        meeting_on=clock.today(),
        meeting_text="会议同意按排名列入。",
        listed=listed,
        reasons={},
    )


def candidates(made: CandidateList, state: str = Candidate.State.LISTED) -> list[Candidate]:
    """The names of a list in this state, by rank."""
    return list(made.candidates.filter(state=state).order_by("rank"))


def _call_of(authority: Authority) -> Call:
    return Call.objects.filter(cycle=cycle(), authority=authority).first() or closed_call(authority)
