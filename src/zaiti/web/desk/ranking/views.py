"""Rankings: making them, the meeting's decision, its approval, successors."""

from functools import partial

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.panels.models import Panel
from zaiti.ranking import actions
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.ranking.papers import SUMMARY, summary_facts, summary_title
from zaiti.ranking.queries import next_in_line
from zaiti.ranking.rules import may_rank
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.ranking.context import Ranking, board
from zaiti.web.desk.ranking.forms import DecisionForm, SuccessorForm
from zaiti.web.desk.ranking.tables import ListFilter, ListTable
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.ui.pages import Request, listing, onward, page

NAMES = {
    "names": Count("candidates"),
    "placed": Count("candidates", filter=Q(candidates__state__in=Candidate.PLACED)),
}


@at_desk(in_bureau)
def index(request: Request) -> HttpResponse:
    """All rankings one may see, and finished panels that wait for theirs."""
    panels = Panel.objects.visible_to(request.user).filter(state=Panel.State.CLOSED, candidate_list=None)
    waiting = [
        (panel, may_rank(request.user, panel.authority))
        for panel in panels.select_related("authority", "carrier_type", "cycle")
    ]
    lists = CandidateList.objects.visible_to(request.user).select_related(
        "cycle", "authority", "carrier_type"
    )
    title = _("Ranking and candidate lists")
    rows = lists.annotate(**NAMES)
    return listing(
        request, "desk/ranking/index.html", ListTable, ListFilter, rows, waiting=waiting, title=title
    )


@require_POST
@at_desk(in_bureau)
def make(request: Request, pk: int) -> HttpResponse:
    """Rank a finished panel's applications."""
    panel = get_object_or_404(Panel.objects.visible_to(request.user), pk=pk)
    made = actions.make_list(panel, by=request.user)
    return onward(request, "desk:ranking_list", made.pk)


@at_desk(in_bureau)
def show(request: Request, pk: int) -> HttpResponse:
    """One ranking."""
    return _show(request, Ranking(_find(request, pk), request.GET.get("page")))


@require_POST
@at_desk(in_bureau)
def decide(request: Request, pk: int) -> HttpResponse:
    """Write down the meeting's decision."""
    ranking = Ranking(_find(request, pk), request.POST.get("turn") or request.POST.get("at"))
    form = ranking.form(request.POST)
    if form.turning or not form.is_valid():
        return _show(request, ranking, form)
    deed = partial(actions.decide_list, ranking.of, by=request.user)
    if not form.carries_out(deed, **ranking.decision(form)):
        return _show(request, ranking, form)
    return onward(request, "desk:ranking_list", pk)


@require_POST
@at_desk(in_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Send a decision back to its writer."""
    ranking = _find(request, pk)
    again = partial(_show, request, Ranking(ranking, None))
    refused = with_reason(request, actions.send_back_list, ranking, again)
    return refused or onward(request, "desk:ranking_list", pk)


@require_POST
@at_desk(in_bureau)
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve a decision."""
    actions.approve_list(_find(request, pk), by=request.user)
    return onward(request, "desk:ranking_list", pk)


@at_desk(in_bureau)
def summary(request: Request, pk: int) -> HttpResponse:
    """The score summary as it would be issued now."""
    ranking = _find(request, pk)
    facts = summary_facts(ranking) | {"meeting_on": ranking.meeting_on or clock.today()}
    title = summary_title(ranking)
    return draft(SUMMARY, authority=ranking.authority, title=title, facts=facts)


@require_POST
@at_desk(in_bureau)
def successor(request: Request, pk: int) -> HttpResponse:
    """Open a blocked name's place to the next in the ranking."""
    lists = CandidateList.objects.visible_to(request.user)
    blocked = get_object_or_404(Candidate.objects.select_related("list"), pk=pk, list__in=lists)
    form = SuccessorForm(request.POST, equals=next_in_line(blocked))
    if not form.is_valid():
        return _show(request, Ranking(_find(request, blocked.list_id), None), successor=form)
    choice = get_object_or_404(Candidate, pk=form.cleaned_data["choice"])
    actions.name_successor(blocked, by=request.user, reason=form.cleaned_data["reason"], choice=choice)
    return onward(request, "desk:ranking_list", blocked.list_id)


def _find(request: Request, pk: int) -> CandidateList:
    lists = CandidateList.objects.visible_to(request.user)
    return get_object_or_404(
        lists.select_related(
            "cycle", "authority", "carrier_type", "panel__rubric", "prepared_by", "approved_by", "paper__pdf"
        ),
        pk=pk,
    )


def _show(
    request: Request,
    ranking: Ranking,
    form: DecisionForm | None = None,
    *,
    reason: ReasonForm | None = None,
    successor: SuccessorForm | None = None,
) -> HttpResponse:
    facts = board(ranking, request.user)
    facts["form"] = form or ranking.form(initial=_initial(ranking.of))
    facts["reason_form"] = reason or ReasonForm()
    facts["successor_form"] = successor
    status = 422 if (form and not form.turning) or reason or successor else 200
    return page(request, "desk/ranking/list.html", status=status, list=ranking.of, **facts)


def _initial(ranking: CandidateList) -> dict[str, object]:
    return {"meeting_on": ranking.meeting_on or clock.today(), "meeting_text": ranking.meeting_text}


urlpatterns = [
    path("ranking/", index, name="ranking"),
    path("ranking/panels/<int:pk>/make/", make, name="ranking_make"),
    path("ranking/candidates/<int:pk>/successor/", successor, name="ranking_successor"),
    path("ranking/<int:pk>/", show, name="ranking_list"),
    path("ranking/<int:pk>/decide/", decide, name="ranking_decide"),
    path("ranking/<int:pk>/send-back/", send_back, name="ranking_send_back"),
    path("ranking/<int:pk>/approve/", approve, name="ranking_approve"),
    path("ranking/<int:pk>/summary/", summary, name="ranking_summary"),
]
