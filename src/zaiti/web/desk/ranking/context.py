"""A ranking at a glance: its rows, what may be done, where it stands, what happened."""

from typing import Any

from zaiti.accounts.models import User
from zaiti.dossiers.affairs import ranking_next, ranking_steps
from zaiti.dossiers.story import documents
from zaiti.dossiers.timeline import history
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.ranking.queries import next_in_line, places, present
from zaiti.ranking.rules import may_rank
from zaiti.web.desk.countersigned import signing
from zaiti.web.desk.ranking.forms import SuccessorForm


def board(ranking: CandidateList, user: User) -> dict[str, Any]:
    """What the page of a ranking shows to this person."""
    rows, may_write = present(ranking), may_rank(user, ranking.authority)
    placed = any(row.state == Candidate.State.LISTED for row in rows)
    return {
        "title": f"{ranking.authority.district}{ranking.carrier_type}",
        "rows": rows,
        "places": places(ranking),
        "share": f"{ranking.panel.rubric.category_min_ratio:.0%}",
        "taken": sum(row.state in Candidate.PLACED for row in rows),
        "may_decide": may_write and ranking.can("decide"),
        **signing(ranking, user),
        "vacancies": [(row, _successor(row, may_write=may_write)) for row in rows if _vacant(row, rows)],
        "papers": documents(ranking.paper),
        "steps": ranking_steps(ranking),
        "whereabouts": ranking_next(ranking, to_post=placed),
        "events": history(ranking, papers=[ranking.paper]),
    }


def _vacant(row: Candidate, rows: list[Candidate]) -> bool:
    return row.state == Candidate.State.BLOCKED and row.pk not in {other.successor_of_id for other in rows}


def _successor(blocked: Candidate, *, may_write: bool) -> SuccessorForm | None:
    equals = next_in_line(blocked)
    return SuccessorForm(equals=equals, prefix=None) if equals and may_write else None
