"""Entries of the form that are wrong, and one more return than the year allows."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.screening.actions import (
    approve_extra_return,
    ask_extra_return,
    mark_field,
    refuse_extra_return,
)
from zaiti.screening.models import ExtraReturn
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.screening.context import find
from zaiti.web.desk.screening.forms import FieldForm, NoForm, WhyForm, said
from zaiti.web.desk.screening.views import marked, seen
from zaiti.web.ui.pages import Request, onward


@require_POST
@at_desk(in_bureau)
def mark_entry(request: Request, pk: int, field: str) -> HttpResponseBase:
    """Mark an entry of the form, or take the mark back."""
    application = find(request, pk)
    given = said(FieldForm(request.POST))
    mark_field(application, by=request.user, field=field, seen=seen(request), **given)
    return marked(request, application)


@require_POST
@at_desk(in_bureau)
def ask(request: Request, pk: int) -> HttpResponseBase:
    """Ask a senior for one more return."""
    ask_extra_return(find(request, pk), by=request.user, **said(WhyForm(request.POST, prefix="why")))
    messages.success(request, _("A further return was asked for; reviewers and approvers were told."))
    return onward(request, "desk:screening_case", pk)


@require_POST
@at_desk(in_bureau)
def approve(request: Request, pk: int) -> HttpResponseBase:
    """Give one more chance."""
    approve_extra_return(_waiting(request, pk), by=request.user)
    messages.success(request, _("One more return was approved; the officer was told."))
    return onward(request, "desk:screening_case", pk)


@require_POST
@at_desk(in_bureau)
def refuse(request: Request, pk: int) -> HttpResponseBase:
    """Give no further chance."""
    refuse_extra_return(_waiting(request, pk), by=request.user, **said(NoForm(request.POST, prefix="no")))
    messages.success(request, _("The further return was refused; the officer was told."))
    return onward(request, "desk:screening_case", pk)


def _waiting(request: Request, pk: int) -> ExtraReturn:
    asks = find(request, pk).extra_returns.select_related("application__call__authority", "asked_by")
    return get_object_or_404(asks, state=ExtraReturn.State.ASKED)


urlpatterns = [
    path("screening/<int:pk>/entries/<slug:field>/", mark_entry, name="screening_entry"),
    path("screening/<int:pk>/further/", ask, name="screening_further"),
    path("screening/<int:pk>/further/approve/", approve, name="screening_further_approve"),
    path("screening/<int:pk>/further/refuse/", refuse, name="screening_further_refuse"),
]
