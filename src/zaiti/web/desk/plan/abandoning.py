"""Abandon an opened year: one person asks, another decides."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.core import Refused, require
from zaiti.countersigned.rules import may_send_back
from zaiti.programmes.models import Cycle
from zaiti.programmes.rules import may_plan
from zaiti.studio.actions import decide_abandonment, prepare_abandonment, send_back_abandonment
from zaiti.studio.models import Abandonment
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.plan.context import find_cycle
from zaiti.web.desk.plan.dashboard import show
from zaiti.web.desk.reasons import with_reason
from zaiti.web.ui.pages import Request, onward


@require_POST
@at_desk(in_city_bureau)
def ask(request: Request, pk: int) -> HttpResponse:
    """Put it before the approver."""
    cycle = find_cycle(request, pk)
    require(may_plan(request.user, cycle))
    refused = with_reason(request, prepare_abandonment, cycle, partial(show, request, cycle))
    if not refused:
        messages.success(request, _("It waits for another person's approval; until then the year goes on."))
    return refused or onward(request, "desk:plan_year", pk)


@require_POST
@at_desk(in_city_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Say no: the year goes on."""
    asked = _asked(request, find_cycle(request, pk))
    refused = with_reason(request, send_back_abandonment, asked, partial(show, request, asked.cycle))
    return refused or onward(request, "desk:plan_year", pk)


@require_POST
@at_desk(in_city_bureau)
def decide(request: Request, pk: int) -> HttpResponse:
    """Say yes: the year is over."""
    decide_abandonment(_asked(request, find_cycle(request, pk)), by=request.user)
    messages.success(request, _("The year is abandoned; the districts are told."))
    return onward(request, "desk:plan_year", pk)


def _asked(request: Request, cycle: Cycle) -> Abandonment:
    asked = Abandonment.objects.filter(cycle=cycle).first() or Abandonment(cycle=cycle)
    require(may_send_back(request.user, asked))
    if asked.pk is None:
        raise Refused(_("Nobody has asked to abandon this year."))
    return asked


urlpatterns = [
    path("plan/<int:pk>/abandon/", ask, name="plan_abandon"),
    path("plan/<int:pk>/abandon/send-back/", send_back, name="plan_abandon_send_back"),
    path("plan/<int:pk>/abandon/decide/", decide, name="plan_abandon_decide"),
]
