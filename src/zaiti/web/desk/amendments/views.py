"""Changes of what is published: prepared by an officer, read and published by another person."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.core import require
from zaiti.dossiers.affairs import amendment_next
from zaiti.dossiers.timeline import history
from zaiti.notices.actions import (
    prepare_correction,
    prepare_extension,
    publish_amendment,
    send_back_amendment,
)
from zaiti.notices.amending import alterations, paper_facts, paper_kind, paper_title
from zaiti.notices.models import Amendment, CityNotice
from zaiti.notices.queries import call_of, origin, written
from zaiti.notices.rules import may_amend
from zaiti.notices.to_districts import with_plan_as_it_is
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.amendments.forms import CorrectForm, ExtendForm
from zaiti.web.desk.calls.context import find_call, texts_of
from zaiti.web.desk.countersigned import signing
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.ui.pages import Request, onward, page


@at_desk(in_bureau)
def extend(request: Request, pk: int) -> HttpResponse:
    """Prepare a later closing time of a call."""
    call = find_call(request, pk)
    require(may_amend(request.user, call.authority))
    form = ExtendForm(request.POST or None, initial=_begun(call.publication, Amendment.Kind.EXTENSION))
    if not form.is_valid():
        return _write(request, form, call=call, text=call.publication)
    made = prepare_extension(call, by=request.user, **form.cleaned_data)
    messages.success(request, _("The extension waits for another person's approval."))
    return onward(request, "desk:amendment", made.pk)


@at_desk(in_bureau)
def correct(request: Request, pk: int) -> HttpResponse:
    """Prepare a corrected version of a published text."""
    text = get_object_or_404(texts_of(request), pk=pk)
    require(may_amend(request.user, text.authority))
    title, body = written(text)
    if told := CityNotice.objects.filter(publication=origin(text)).select_related("cycle").first():
        body = with_plan_as_it_is(body, told.cycle)
    begun = {"title": title, "body": body} | _begun(text, Amendment.Kind.CORRECTION)
    form = CorrectForm(request.POST or None, initial=begun)
    if not form.is_valid():
        return _write(request, form, text=text)
    made = prepare_correction(text, by=request.user, **form.cleaned_data)
    messages.success(request, _("The correction waits for another person's approval."))
    return onward(request, "desk:amendment", made.pk)


@at_desk(in_bureau)
def show(request: Request, pk: int) -> HttpResponse:
    """Read a change, old against new, and take the next step."""
    return _show(request, _find(request, pk))


@at_desk(in_bureau)
def preview(request: Request, pk: int) -> HttpResponse:
    """Show the paper as it would be issued now."""
    found = _find(request, pk)
    facts, title = paper_facts(found), paper_title(found)
    return draft(paper_kind(found), authority=found.bureau(), title=title, facts=facts)


@require_POST
@at_desk(in_bureau)
def publish(request: Request, pk: int) -> HttpResponse:
    """Approve and publish it."""
    text = publish_amendment(_find(request, pk), by=request.user)
    messages.success(request, _("Published as %(n)s; everyone concerned is told.") % {"n": text.doc_number})
    return onward(request, "desk:amendment", pk)


@require_POST
@at_desk(in_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Give it back to who prepared it."""
    found = _find(request, pk)
    refused = with_reason(request, send_back_amendment, found, partial(_show, request, found))
    return refused or onward(request, "desk:amendment", pk)


def _begun(text: Any, kind: str) -> dict[str, Any]:
    """What was written before it was sent back."""
    back = Amendment.objects.filter(publication=text, kind=kind, state=Amendment.State.SENT_BACK).first()
    return {name: getattr(back, name) for name in ("closes_at", "title", "body", "reason")} if back else {}


def _write(request: Request, form: ExtendForm | CorrectForm, **facts: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return page(request, "desk/amendments/write.html", status=status, form=form, **facts)


def _find(request: Request, pk: int) -> Amendment:
    rows = Amendment.objects.filter(publication__in=texts_of(request)).select_related(
        "publication__authority__city", "publication__replaces", "prepared_by", "published__paper__pdf"
    )
    return get_object_or_404(rows, pk=pk)


def _show(request: Request, found: Amendment, reason: ReasonForm | None = None) -> HttpResponse:
    mine = may_amend(request.user, found.bureau()) and found.can("prepare")
    facts: dict[str, Any] = {
        "amendment": found,
        "title": paper_title(found),
        "changes": alterations(found),
        "call": call_of(found.publication),
        "may_prepare": mine,
        "reason_form": reason or ReasonForm(),
        "whereabouts": amendment_next(found),
        "events": history(found, papers=[found.published.paper if found.published else None]),
    }
    status = 422 if reason else 200
    return page(
        request, "desk/amendments/amendment.html", status=status, **facts, **signing(found, request.user)
    )


urlpatterns = [
    path("calls/<int:pk>/extend/", extend, name="call_extend"),
    path("texts/<int:pk>/correct/", correct, name="text_correct"),
    path("texts/amendments/<int:pk>/", show, name="amendment"),
    path("texts/amendments/<int:pk>/preview/", preview, name="amendment_preview"),
    path("texts/amendments/<int:pk>/publish/", publish, name="amendment_publish"),
    path("texts/amendments/<int:pk>/send-back/", send_back, name="amendment_send_back"),
]
