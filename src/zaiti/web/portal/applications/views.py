"""One application: its draft, its handing in, its correction, and the case from then on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaiti.applications.actions import note_changes, reopen, save_form, submit, withdraw
from zaiti.applications.answered import answered
from zaiti.applications.changed import changes, no_longer_asked
from zaiti.applications.intake import Taken
from zaiti.applications.models import Application
from zaiti.applications.papers import TITLE, form_to_seal
from zaiti.applications.queries import Gap, missing, slots, unjoined
from zaiti.dossiers.queries import story
from zaiti.ledger.models import Entry
from zaiti.screening.actions import answer_correction
from zaiti.screening.dropped import Parts, dropped, parts
from zaiti.screening.queries import look_at, open_correction
from zaiti.web.forms.saving import answer as answer_saving
from zaiti.web.http.arrival import arrived_at
from zaiti.web.http.downloads import PDF, download
from zaiti.web.http.proofs import proof_of
from zaiti.web.portal.access import find, for_applicants
from zaiti.web.portal.applications.context import as_chosen
from zaiti.web.portal.applications.forms import ApplicationForm
from zaiti.web.ui.bound import bound_copy
from zaiti.web.ui.pages import Request, onward, page, wants_part

State = Application.State
TEMPLATES = {
    State.DRAFT: "portal/applications/draft.html",
    State.RETURNED: "portal/applications/correction.html",
}


@require_GET
@for_applicants
def show(request: Request, pk: int) -> HttpResponse:
    """Show the application as its state asks: to fill in, to correct, or to follow."""
    return show_application(request, find(request, pk))


@require_GET
@for_applicants
def owing(request: Request, pk: int) -> HttpResponse:
    """Give what is missing anew, after the form was saved by itself."""
    application = find(request, pk)
    return page(request, "portal/applications/owing.html", **_work(request, application))


@require_POST
@for_applicants
def save(request: Request, pk: int) -> HttpResponse:
    """Save what is valid of the form, by itself or by the button."""
    application = find(request, pk)
    form = ApplicationForm(request.POST, instance=find(request, pk))
    form.is_valid()
    form.settle(save_form(application, by=request.user, seen=form.seen, **form.sent()))
    if request.htmx:
        return answer_saving(form)
    if form.unsaved():
        return show_application(request, application, form, status=422)
    if "seen_changes" in request.POST:
        note_changes(application, by=request.user)
    return redirect("portal:application", pk)


@require_GET
@for_applicants
def form_pdf(request: Request, pk: int) -> HttpResponse:
    """Give the form as it stands, to print, sign, seal and scan."""
    return download(form_to_seal(find(request, pk)), f"{TITLE}.pdf", PDF)


@require_POST
@for_applicants
def hand_in(request: Request, pk: int) -> HttpResponse:
    """Hand it in."""
    submission = submit(find(request, pk), by=request.user, arrived=arrived_at(request))
    messages.success(
        request, _("Handed in under number %s. Please keep the receipt.") % submission.application.number
    )
    return onward(request, "portal:receipt", pk)


@require_POST
@for_applicants
def take_back(request: Request, pk: int) -> HttpResponse:
    """Withdraw it."""
    withdraw(find(request, pk), by=request.user, arrived=arrived_at(request))
    messages.success(request, _("The application was withdrawn; form and files are kept."))
    return onward(request, "portal:application", pk)


@require_POST
@for_applicants
def open_again(request: Request, pk: int) -> HttpResponse:
    """Make it a draft again."""
    reopen(find(request, pk), by=request.user, arrived=arrived_at(request))
    messages.success(request, _("It is a draft again. Hand it in before the deadline."))
    return onward(request, "portal:application", pk)


@require_POST
@for_applicants
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer the correction notice."""
    answer_correction(find(request, pk), by=request.user, arrived=arrived_at(request))
    messages.success(request, _("The correction was handed in. Please keep the new receipt."))
    return onward(request, "portal:receipt", pk)


@require_GET
@for_applicants
def receipt(request: Request, pk: int) -> HttpResponse:
    """Show the receipts, newest first: number, time, and each file's SHA-256."""
    application = find(request, pk)
    receipts = application.submissions.select_related("by", "paper__pdf")
    chosen = (
        get_object_or_404(receipts, number=request.GET["number"])
        if "number" in request.GET
        else receipts.first()
    )
    if chosen is None:
        return redirect("portal:application", pk)
    return page(
        request,
        "portal/applications/receipt.html",
        application=application,
        receipt=chosen,
        receipts=receipts,
    )


@require_GET
@for_applicants
def receipt_proof(request: Request, pk: int, submission: int) -> HttpResponse:
    """What anyone needs to check that this was handed in then, and with these files."""
    chosen = get_object_or_404(find(request, pk).submissions, pk=submission)
    deed = Entry.objects.filter(thing_type=chosen._meta.label_lower, thing_id=chosen.pk, verb="hand_in")
    return proof_of(get_object_or_404(deed))


@for_applicants
def bound(request: Request, pk: int) -> HttpResponse:
    """One volume of all that was handed in."""
    return bound_copy(
        request, find(request, pk), "portal/applications/bound.html", reverse("portal:bound", args=[pk])
    )


def show_application(
    request: Request,
    application: Application,
    form: ApplicationForm | None = None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Show it as its state asks; htmx gets the materials alone."""
    template = TEMPLATES.get(State(application.state), "portal/applications/case.html")
    context = _work(request, application) | {"form": form or ApplicationForm(instance=application)} | context
    told = {} if wants_part(request) else story(application, request.user)._asdict()
    return page(request, template, "materials", status=status, **told, **context)


def _work(request: Request, application: Application) -> dict[str, Any]:
    filled, views, waiting = slots(application), {}, []
    apart: dict[int, Parts] = {}
    gaps: list[Gap] = []
    if application.state in TEMPLATES:
        views = look_at(filled, application)
        waiting = as_chosen(request, dropped(application, filled))
        apart = parts(application)
        gaps = missing(application, filled) + unjoined(filled, apart)
    return {
        "application": application,
        "answered": answered(application.answers.shape, application.answers.said),
        "call": application.call,
        "changes": changes(application.answers) if application.state in TEMPLATES else None,
        "kept_aside": no_longer_asked(application.answers) if application.state in TEMPLATES else [],
        "slots": filled,
        "rows": [
            (slot, views.get(slot.version.pk) if slot.version else None, apart.get(slot.requirement.pk))
            for slot in filled
        ],
        "gaps": gaps,
        "taken": Taken(application.call.cycle),
        "done": sum(slot.version is not None for slot in filled if slot.requirement.required),
        "wanted": sum(slot.requirement.required for slot in filled),
        "correction": open_correction(application) if application.state == State.RETURNED else None,
        "sorted": waiting,
        "reading": sum(row.waiting for row in waiting),
        "receipts": application.submissions.select_related("paper"),
    }


urlpatterns = [
    path("applications/<int:pk>/", show, name="application"),
    path("applications/<int:pk>/owing/", owing, name="owing"),
    path("applications/<int:pk>/form.pdf", form_pdf, name="form"),
    path("applications/<int:pk>/save/", save, name="save"),
    path("applications/<int:pk>/submit/", hand_in, name="submit"),
    path("applications/<int:pk>/withdraw/", take_back, name="withdraw"),
    path("applications/<int:pk>/reopen/", open_again, name="reopen"),
    path("applications/<int:pk>/answer/", answer, name="answer"),
    path("applications/<int:pk>/receipt/", receipt, name="receipt"),
    path("applications/<int:pk>/receipt/<int:submission>.json", receipt_proof, name="receipt_proof"),
    path("applications/<int:pk>/bound/", bound, name="bound"),
]
