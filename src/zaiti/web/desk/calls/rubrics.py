"""A district's own version of a rubric, beside the city's."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.notices.models import Call, CallType
from zaiti.programmes.actions import NotNewest, adapt_rubric, confirm_rubric
from zaiti.programmes.models import CarrierType, Rubric
from zaiti.programmes.queries import city_rubric, rubric_difference, rubric_for
from zaiti.programmes.rules import may_adapt, may_confirm
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.calls.context import find_call
from zaiti.web.desk.calls.forms import Lines, RubricForm, SourceForm, filled, lines_of
from zaiti.web.desk.screening.forms import said
from zaiti.web.ui.pages import Request, onward, page


@at_desk(in_bureau)
def rubric(request: Request, pk: int, kind: int) -> HttpResponse:
    """Show what differs from the city's rubric, and change it while the call is a draft."""
    call = find_call(request, pk)
    row = get_object_or_404(call.types.select_related("carrier_type__cycle", "rubric"), carrier_type=kind)
    shown = shown_of(call, row)
    form, lines = _forms(shown, request.POST if request.method == "POST" else None)
    sound = form.is_bound and form.is_valid() and lines.is_valid()
    if not sound or not _adapts(request, call, shown, form, lines):
        return _show(request, call, row.carrier_type, shown, form=form, lines=lines)
    messages.success(request, _("The district's rubric is saved as a new version."))
    return onward(request, "desk:call_rubric", pk, kind)


@require_POST
@at_desk(in_bureau)
def confirm(request: Request, pk: int, kind: int) -> HttpResponseBase:
    """Say that the rubric is the real one."""
    call = find_call(request, pk)
    row = get_object_or_404(call.types.select_related("carrier_type__cycle", "rubric"), carrier_type=kind)
    given = said(SourceForm(request.POST, prefix="source"))
    confirm_rubric(shown_of(call, row), by=request.user, **given)
    messages.success(request, _("The rubric is confirmed as the real one; the mark “sample” is gone."))
    return onward(request, "desk:call_rubric", pk, kind)


def _adapts(request: Request, call: Call, shown: Rubric, form: RubricForm, lines: Any) -> bool:
    """Save it as a new version, unless another came first: then the next time it goes over that one."""
    given = {**form.cleaned_data, "lines": filled(lines)}
    seen = given.pop("version") or shown.pk
    made_from = shown.carrier_type.rubrics.filter(pk=seen).first() or shown
    try:
        adapt_rubric(made_from, by=request.user, authority=call.authority, **given)
    except NotNewest as no:
        form.add_error(None, no.message)
        again = request.POST.copy()
        again["version"] = str(no.newest.pk)
        form.data = again
    return not form.errors


def shown_of(call: Call, row: CallType) -> Rubric:
    """The rubric that counts: while the call is a draft the newest, then the call's own."""
    return rubric_for(row.carrier_type, call.authority) if call.state == Call.State.DRAFT else row.rubric


def _show(request: Request, call: Call, kind: CarrierType, shown: Rubric, **forms: Any) -> HttpResponse:
    return page(
        request,
        "desk/calls/rubric.html",
        "editor",
        status=422 if forms["form"].is_bound else 200,
        call=call,
        kind=kind,
        rubric=shown,
        city=city_rubric(shown),
        difference=rubric_difference(shown),
        may_adapt=_may(request, call),
        may_confirm=shown.sample and may_confirm(request.user, shown),
        source_form=SourceForm(prefix="source"),
        **forms,
    )


def _may(request: Request, call: Call) -> bool:
    adaptable = call.state == Call.State.DRAFT and call.cycle.policy.get("rubric_adaptable", True)
    return bool(adaptable) and may_adapt(request.user, call.authority)


def _forms(shown: Rubric, data: Any) -> tuple[RubricForm, Any]:
    values: dict[str, Any] = {"version": shown.pk}
    values |= {"pass_line": shown.pass_line, "category_min_ratio": shown.category_min_ratio}
    return RubricForm(data, initial=values), Lines(data, initial=lines_of(shown), prefix="lines")


urlpatterns = [
    path("calls/<int:pk>/rubric/<int:kind>/", rubric, name="call_rubric"),
    path("calls/<int:pk>/rubric/<int:kind>/confirm/", confirm, name="call_rubric_confirm"),
]
