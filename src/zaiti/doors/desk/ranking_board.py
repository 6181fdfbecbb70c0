"""A ranking at a glance: its rows, what comes next and who owes it, what happened."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zaiti.accounts.models import User
from zaiti.doors.desk.countersigned import signing
from zaiti.doors.desk.history import PUBLICITY, REVIEW, Happening, events, procedure
from zaiti.doors.desk.ranking_forms import SuccessorForm
from zaiti.doors.ui.pieces import Paper
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.ranking.queries import next_in_line, places, present
from zaiti.ranking.rules import may_rank

WORDS: dict[str, Happening] = {
    "make_list": (gettext_lazy("The applications were ranked"), "active"),
    "decide": (gettext_lazy("The meeting's decision was written down"), "active"),
    "send_back": (gettext_lazy("The decision was sent back"), "attention"),
    "approve": (gettext_lazy("The candidate list was approved"), "done"),
}


def board(ranking: CandidateList, user: User) -> dict[str, Any]:
    """What the page of a ranking shows to this person."""
    rows, may_write = present(ranking), may_rank(user, ranking.authority)
    papers = _papers(ranking)
    return {
        "title": f"{ranking.authority.district}{ranking.carrier_type}",
        "rows": rows,
        "places": places(ranking),
        "share": f"{ranking.panel.rubric.category_min_ratio:.0%}",
        "taken": sum(row.state in Candidate.PLACED for row in rows),
        "next": _next(ranking, rows),
        "may_decide": may_write and ranking.can("decide"),
        **signing(ranking, user),
        "vacancies": [(row, _successor(row, may_write=may_write)) for row in rows if _vacant(row, rows)],
        "papers": papers,
        "steps": procedure(PUBLICITY if ranking.state == CandidateList.State.APPROVED else REVIEW),
        "events": events(ranking, WORDS, {"approve": papers}),
    }


def _papers(ranking: CandidateList) -> list[Paper]:
    paper = ranking.paper
    if paper is None:
        return []
    return [
        Paper(
            paper.title,
            reverse("ui:paper", args=[paper.pk]),
            paper.pdf.size if paper.pdf else 0,
            note=paper.number,
        )
    ]


def _vacant(row: Candidate, rows: list[Candidate]) -> bool:
    return row.state == Candidate.State.BLOCKED and row.pk not in {other.successor_of_id for other in rows}


def _successor(blocked: Candidate, *, may_write: bool) -> SuccessorForm | None:
    equals = next_in_line(blocked)
    return SuccessorForm(equals=equals, prefix=None) if equals and may_write else None


def _next(ranking: CandidateList, rows: list[Candidate]) -> tuple[str, str]:
    bureau = str(ranking.authority)
    if ranking.state == CandidateList.State.RANKED:
        return _("Write down the meeting's decision"), bureau
    if ranking.state == CandidateList.State.DECIDED:
        return _("Approve or send back"), _("the approver of %(bureau)s") % {"bureau": bureau}
    if any(row.state == Candidate.State.LISTED for row in rows):
        return _("Post the candidates"), bureau
    return "", ""
