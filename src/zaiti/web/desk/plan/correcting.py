"""Begin to correct the forms of a year that is under way; it is written on the studio's pages."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.core import require
from zaiti.studio.actions import begin_correction
from zaiti.studio.models import YearDraft
from zaiti.studio.rules import may_make
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.plan.context import find_cycle
from zaiti.web.desk.plan.dashboard import show
from zaiti.web.desk.reasons import with_reason
from zaiti.web.ui.pages import Request, onward


@require_POST
@at_desk(in_city_bureau)
def begin(request: Request, pk: int) -> HttpResponse:
    """Begin, with the reason that will be told."""
    cycle = find_cycle(request, pk)
    require(may_make(request.user, cycle.city))
    refused = with_reason(request, begin_correction, cycle, lambda reason: show(request, cycle, why=reason))
    if refused:
        return refused
    messages.success(request, _("Write the corrected form here; the one in force stays as it is meanwhile."))
    return onward(request, "desk:year_draft", YearDraft.objects.in_preparation().get(corrects=cycle).pk)


urlpatterns = [path("plan/<int:pk>/correct-form/", begin, name="plan_correct_form")]
