"""A ranking at a glance: a page of its names, what may be done, where it stands, what happened."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import QueryDict

from zaiti.accounts.models import User
from zaiti.dossiers.affairs import ranking_next, ranking_steps
from zaiti.dossiers.story import documents
from zaiti.dossiers.timeline import history
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.ranking.queries import Line, line_of, next_in_line, places, ranking_of
from zaiti.ranking.rules import may_rank
from zaiti.web.desk.countersigned import signing
from zaiti.web.desk.ranking.forms import DecisionForm, SuccessorForm, named

SHOWN = 50  # names at once
State = Candidate.State


class Ranking:
    """A page of a ranking, and what is asked of the whole."""

    def __init__(self, of: CandidateList, number: str | None) -> None:
        self.of, self.places = of, places(of)
        found = of.candidates.order_by().values_list("state").annotate(Count("pk"))
        self.states: Mapping[str, int] = dict(found)
        pages = Paginator(ranking_of(of), SHOWN)
        pages.count = sum(self.states.values())
        self.rows: Page[Candidate] = pages.get_page(number)
        open_still = of.state == CandidateList.State.RANKED
        self.line = line_of(of, self.places) if open_still else None
        self.rows.object_list = self.drawn(list(self.rows.object_list))

    def drawn(self, rows: list[Candidate]) -> list[Candidate]:
        """These names, with where the quota's line leaves each."""
        if self.line:
            self.line.draw(rows)
        return rows

    def form(self, data: QueryDict | None = None, **fields: Any) -> DecisionForm:
        """The meeting's decision: the page's names, and those of other pages that somebody touched."""
        shown = list(self.rows)
        others = named(data) - {row.pk for row in shown} if data else set()
        rows = self.drawn(list(ranking_of(self.of).filter(pk__in=others))) if others else []
        line = self.line or Line(0, 0)
        return DecisionForm(
            data, rows=shown, others=rows, places=self.places, suggested=line.number, **fields
        )

    def decision(self, form: DecisionForm) -> dict[str, Any]:
        """What the form says, and of all names it does not bear what the ranking suggests."""
        rest = self.of.candidates.exclude(pk__in=[row.pk for row in form.all_rows])
        kept = dict(rest.exclude(deviation_reason="").values_list("pk", "deviation_reason"))
        listed = {row.pk for row in self.drawn(list(rest)) if row.suggested}
        told = form.decision()
        return told | {"listed": told["listed"] | listed, "reasons": kept | told["reasons"]}


def board(ranking: Ranking, user: User) -> dict[str, Any]:
    """What the page of a ranking shows to this person."""
    whole, states = ranking.of, ranking.states
    may_write = may_rank(user, whole.authority)
    return {
        "title": f"{whole.authority.district}{whole.carrier_type}",
        "rows": ranking.rows,
        "numbers": list(ranking.rows.paginator.get_elided_page_range(ranking.rows.number)),
        "places": ranking.places,
        "share": f"{whole.panel.rubric.category_min_ratio:.0%}",
        "taken": sum(states.get(state, 0) for state in Candidate.PLACED),
        "may_decide": may_write and whole.can("decide"),
        **signing(whole, user),
        "vacancies": _vacancies(whole, may_write=may_write) if states.get(State.BLOCKED) else [],
        "papers": documents(whole.paper),
        "steps": ranking_steps(whole),
        "whereabouts": ranking_next(whole, to_post=bool(states.get(State.LISTED))),
        "events": history(whole, papers=[whole.paper]),
    }


def _vacancies(ranking: CandidateList, *, may_write: bool) -> list[tuple[Candidate, SuccessorForm | None]]:
    """The places that are open; whoever is next is next for each."""
    rows = list(ranking_of(ranking).filter(state=State.BLOCKED, successor=None))
    equals = next_in_line(rows[0]) if rows and may_write else []
    return [(row, SuccessorForm(equals=equals, prefix=None) if equals else None) for row in rows]
