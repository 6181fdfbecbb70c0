"""The unit's own carriers: training year by year, notices to correct, an intended revocation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.carriers import actions
from zaiti.carriers.models import Carrier, Rectification, Revocation
from zaiti.carriers.queries import YearRow, open_rectification, training_years
from zaiti.dossiers.case import things
from zaiti.dossiers.queries import story
from zaiti.dossiers.story import documents
from zaiti.files.evidence import check
from zaiti.web.forms.fields import Form
from zaiti.web.forms.kept import FilesField
from zaiti.web.http.arrival import arrived_at
from zaiti.web.portal.access import for_applicants
from zaiti.web.ui.pages import Request, onward, page

WITHIN = "review__candidate__carrier"
LOADED = [f"{WITHIN}__{name}" for name in ("carrier_type", "authority", "organisation", "certificate__pdf")]


class TrainingForm(Form):
    """One year's training."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    sessions = forms.IntegerField(label=_("Courses held"), min_value=0)
    people = forms.IntegerField(
        label=_("People trained"),
        min_value=0,
        help_text=_("Counted by attendance. Write 0 in both only if there was no training that year."),
    )
    last_training_on = forms.DateField(label=_("Last training on"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, years: list[YearRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in _unverified(years)]  # type: ignore[attr-defined]  # a choice field


class AnswerForm(Form):
    """What was put right."""

    answer = forms.CharField(
        label=_("What was put right"), widget=forms.Textarea(attrs={"rows": 5}), max_length=3000
    )
    evidence = FilesField(label=_("Evidence"), required=False, check=check, help_text=_("PDF, JPEG or PNG."))


class DefenceForm(Form):
    """What the unit has to say."""

    defence = forms.CharField(
        label=_("Statement and defence"), widget=forms.Textarea(attrs={"rows": 8}), max_length=5000
    )


@for_applicants
def index(request: Request) -> HttpResponse:
    """List the unit's carriers."""
    rows = _own(request).select_related("carrier_type", "authority")
    return page(request, "portal/carriers/index.html", carriers=rows)


@for_applicants
def show(request: Request, pk: int) -> HttpResponse:
    """One carrier and what it owes."""
    return _show(request, _find(request, pk))


@require_POST
@for_applicants
def report(request: Request, pk: int) -> HttpResponse:
    """Report a year's training."""
    carrier = _find(request, pk)
    form = TrainingForm(request.POST, years=training_years(carrier))
    if not form.is_valid():
        return _show(request, carrier, training_form=form)
    row = actions.report_training(carrier, by=request.user, **form.cleaned_data)
    messages.success(request, _now("The training of %s was reported; the bureau verifies it.") % row.year)
    return onward(request, "portal:carrier", pk)


@require_POST
@for_applicants
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer a notice to correct."""
    told = get_object_or_404(Rectification.objects.filter(carrier__in=_own(request)), pk=pk)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, _find(request, told.carrier_id), answer_form=form)
    actions.answer_rectification(told, by=request.user, arrived=arrived_at(request), **form.cleaned_data)
    messages.success(request, _now("The answer was handed in; the bureau checks it."))
    return onward(request, "portal:carrier", told.carrier_id)


@require_POST
@for_applicants
def defend(request: Request, pk: int) -> HttpResponse:
    """Make a statement and defence."""
    revocation = get_object_or_404(Revocation.objects.filter(carrier__in=_own(request)), pk=pk)
    form = DefenceForm(request.POST)
    if not form.is_valid():
        return _show(request, _find(request, revocation.carrier_id), defence_form=form)
    actions.defend(revocation, by=request.user, arrived=arrived_at(request), **form.cleaned_data)
    messages.success(request, _now("The statement and defence was handed in."))
    return onward(request, "portal:carrier", revocation.carrier_id)


def _own(request: Request) -> Any:
    return Carrier.objects.filter(organisation=request.user.organisation_id)


def _find(request: Request, pk: int) -> Carrier:
    cases = things().filter(organisation=request.user.organisation_id)
    application = get_object_or_404(cases.select_related(*LOADED), **{WITHIN: pk})
    found: Carrier = application.review.candidate.carrier
    return found


def _show(request: Request, carrier: Carrier, **given: Any) -> HttpResponse:
    told, years = open_rectification(carrier), training_years(carrier)
    running = (
        carrier.revocations.exclude(state__in=("decided", "dropped")).select_related("notice__pdf").first()
    )
    live = carrier.state != Carrier.State.REVOKED
    shown: dict[str, Any] = {
        "carrier": carrier,
        "years": years,
        "told": told,
        "running": running,
        "may_defend": bool(running and running.can("defend") and _in_time(running)),
        "may_answer": bool(told and told.can("answer")),
        "papers": documents(
            carrier.certificate, told.paper if told else None, running.notice if running else None
        ),
        "training_form": TrainingForm(years=years) if live and _unverified(years) else None,
        "answer_form": AnswerForm(),
        "defence_form": DefenceForm(),
        **story(carrier.candidate.review.application, request.user)._asdict(),
    }
    return page(request, "portal/carriers/carrier.html", status=422 if given else 200, **shown | given)


def _in_time(revocation: Revocation) -> bool:
    return clock.now() < clock.end_of_day(revocation.defence_due)


def _unverified(years: list[YearRow]) -> list[int]:
    """Years that may still be reported."""
    return [row.year for row in years if not (row.data and row.data.verified_at)]


urlpatterns = [
    path("carriers/", index, name="carriers"),
    path("carriers/<int:pk>/", show, name="carrier"),
    path("carriers/<int:pk>/training/", report, name="training"),
    path("carriers/rectifications/<int:pk>/", answer, name="rectification"),
    path("carriers/revocations/<int:pk>/", defend, name="defence"),
]
