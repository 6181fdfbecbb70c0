"""Objections: taking them up, answering them by two persons."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.publicity import actions
from zaiti.publicity.models import Objection
from zaiti.publicity.papers import ANSWER, answer_facts
from zaiti.results.actions import settle_objection
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.publicity.context import objection_board
from zaiti.web.desk.publicity.forms import AnswerForm
from zaiti.web.desk.publicity.tables import ObjectionFilter, ObjectionTable
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.ui.pages import Request, listing, onward, page

SHOWN = (
    "posting__authority",
    "posting__cycle",
    "posting__publication",
    "candidate__review__application__organisation",
    "candidate__carrier_type",
    "receipt__pdf",
    "answer_paper__pdf",
    "handled_by",
    "prepared_by",
    "approved_by",
)


@at_desk(in_bureau)
def index(request: Request) -> HttpResponse:
    """The objections one may see, without who raised them."""
    rows = Objection.objects.visible_to(request.user).select_related(
        "candidate__review__application__organisation", "posting__authority"
    )
    title = _("Objections")
    return listing(
        request, "desk/publicity/objections.html", ObjectionTable, ObjectionFilter, rows, title=title
    )


@at_desk(in_bureau)
def show(request: Request, pk: int) -> HttpResponse:
    """One objection."""
    return _show(request, _find(request, pk))


@require_POST
@at_desk(in_bureau)
def take_up(request: Request, pk: int) -> HttpResponse:
    """Start looking into it."""
    actions.take_up(_find(request, pk), by=request.user)
    return onward(request, "desk:objection", pk)


@require_POST
@at_desk(in_bureau)
def turn_away(request: Request, pk: int) -> HttpResponse:
    """Not to admit it."""
    objection = _find(request, pk)
    refused = with_reason(request, actions.turn_away, objection, partial(_show, request, objection))
    return refused or onward(request, "desk:objection", pk)


@require_POST
@at_desk(in_bureau)
def propose(request: Request, pk: int) -> HttpResponse:
    """Propose an answer."""
    objection, form = _find(request, pk), AnswerForm(request.POST)
    if not form.is_valid() or not form.carries_out(
        actions.propose_answer, objection, by=request.user, **form.cleaned_data
    ):
        return _show(request, objection, form)
    return onward(request, "desk:objection", pk)


@require_POST
@at_desk(in_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Send a proposed answer back."""
    objection = _find(request, pk)
    refused = with_reason(request, actions.send_back_answer, objection, partial(_show, request, objection))
    return refused or onward(request, "desk:objection", pk)


@require_POST
@at_desk(in_bureau)
def decide(request: Request, pk: int) -> HttpResponse:
    """Answer as proposed."""
    settle_objection(_find(request, pk), by=request.user)
    return onward(request, "desk:objection", pk)


@at_desk(in_bureau)
def letter(request: Request, pk: int) -> HttpResponse:
    """The answer as it would be sent now."""
    objection = _find(request, pk)
    return draft(ANSWER, authority=objection.posting.authority, facts=answer_facts(objection))


def _find(request: Request, pk: int) -> Objection:
    return get_object_or_404(Objection.objects.visible_to(request.user).select_related(*SHOWN), pk=pk)


def _show(
    request: Request,
    objection: Objection,
    form: AnswerForm | None = None,
    *,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    facts = objection_board(objection, request.user)
    upholds = "" if objection.upholds is None else str(int(objection.upholds))
    kept = {"upholds": upholds, "answer": objection.answer}
    facts |= {"form": form or AnswerForm(initial=kept), "reason_form": reason or ReasonForm()}
    status = 422 if form or reason else 200
    return page(request, "desk/publicity/objection.html", status=status, objection=objection, **facts)


urlpatterns = [
    path("publicity/objections/", index, name="objections"),
    path("publicity/objections/<int:pk>/", show, name="objection"),
    path("publicity/objections/<int:pk>/take-up/", take_up, name="objection_take_up"),
    path("publicity/objections/<int:pk>/turn-away/", turn_away, name="objection_turn_away"),
    path("publicity/objections/<int:pk>/propose/", propose, name="objection_propose"),
    path("publicity/objections/<int:pk>/send-back/", send_back, name="objection_send_back"),
    path("publicity/objections/<int:pk>/decide/", decide, name="objection_decide"),
    path("publicity/objections/<int:pk>/letter/", letter, name="objection_letter"),
]
