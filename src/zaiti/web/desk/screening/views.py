"""Form checks: the queue, the case with its pages, and what an officer decides."""

from base64 import b64encode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.applications.models import Application, Material
from zaiti.drafts.merging import Seen
from zaiti.papers.typst import render_pdf
from zaiti.screening import papers
from zaiti.screening.actions import (
    accept,
    decline,
    mark_material,
    mark_rest,
    receive_paper_copy,
    return_for_correction,
)
from zaiti.screening.pages import first_page
from zaiti.screening.queries import cases, checklist, default_due, next_in_queue
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.screening.context import everything, find, whole
from zaiti.web.desk.screening.forms import (
    AcceptForm,
    DeclineForm,
    MarkForm,
    PaperCopyForm,
    ReturnForm,
    said,
)
from zaiti.web.desk.screening.tables import CaseFilter, CaseTable, presets
from zaiti.web.http.arrival import arrived_at
from zaiti.web.ui.bound import bound_copy
from zaiti.web.ui.pages import Request, listing, onward, page, wants_part

CASE = "desk/screening/case.html"
PREVIEWED = {kind.code: kind for kind in (papers.ACCEPTANCE, papers.CORRECTION, papers.REFUSAL)}


@at_desk(in_bureau)
def queue(request: Request) -> HttpResponse:
    """List the cases, those that wait for the bureau first of all."""
    rows = cases(request.user).select_related(None).select_related("organisation", "carrier_type")
    return listing(
        request, "desk/screening/queue.html", CaseTable, CaseFilter, rows,
        title=_("Screening"), presets=presets(rows),
        empty_what=_("No application waits for screening."),
        empty_how=_("Applications appear here as soon as they are handed in."),
    )  # fmt: skip


@at_desk(in_bureau)
def open_next(request: Request) -> HttpResponseBase:
    """Open the case that is due first."""
    first = next_in_queue(request.user)
    return redirect("desk:screening_case", first.pk) if first else redirect("desk:screening")


@at_desk(in_bureau)
def case(request: Request, pk: int) -> HttpResponse:
    """Show a case: materials, the page in view, the checklist."""
    shown = everything if wants_part(request) else whole
    return page(request, CASE, "viewer", **shown(request, find(request, pk)))


@require_POST
@at_desk(in_bureau)
def mark(request: Request, pk: int, requirement: int) -> HttpResponseBase:
    """Mark one material."""
    application, form = find(request, pk), MarkForm(request.POST)
    said(form)
    slot = get_object_or_404(application.carrier_type.materials, pk=requirement)
    kept = Material.objects.filter(application=application, requirement=slot).first()
    material = kept or Material(application=application, requirement=slot)
    material.application = application
    mark_material(material, by=request.user, seen=seen(request), **form.mark())
    return marked(request, application)


def seen(request: Request) -> Seen | None:
    """How the page showed what is marked."""
    return Seen({"mark": request.POST["seen"]}) if "seen" in request.POST else None


@require_POST
@at_desk(in_bureau)
def mark_others(request: Request, pk: int) -> HttpResponseBase:
    """Mark all that is not marked yet: in order, or as the pre-check proposes."""
    application = find(request, pk)
    mark_rest(application, by=request.user, as_proposed="as_proposed" in request.POST)
    return marked(request, application)


@require_POST
@at_desk(in_bureau)
def accept_case(request: Request, pk: int) -> HttpResponseBase:
    """Accept, and open the next case."""
    application = find(request, pk)
    accept(application, by=request.user, **said(AcceptForm(request.POST)))
    return _go_on(request, application, _("Accepted: %s."))


@require_POST
@at_desk(in_bureau)
def return_case(request: Request, pk: int) -> HttpResponseBase:
    """Return with everything listed, and open the next case."""
    application = find(request, pk)
    given = said(ReturnForm(request.POST, prefix="return"))
    return_for_correction(application, by=request.user, arrived=arrived_at(request), **given)
    return _go_on(request, application, _("Returned for correction: %s."))


@require_POST
@at_desk(in_bureau)
def decline_case(request: Request, pk: int) -> HttpResponseBase:
    """Refuse to accept, and open the next case."""
    application = find(request, pk)
    given = said(DeclineForm(request.POST, prefix="decline"))
    decline(application, by=request.user, arrived=arrived_at(request), **given)
    return _go_on(request, application, _("Not accepted: %s."))


@require_POST
@at_desk(in_bureau)
def take_copy(request: Request, pk: int) -> HttpResponseBase:
    """Take in the bound copies."""
    application = find(request, pk)
    copy = receive_paper_copy(
        application, by=request.user, **said(PaperCopyForm(request.POST, prefix="copy"))
    )
    messages.success(request, _("Receipt %s was issued.") % (copy.paper.number if copy.paper else ""))
    return onward(request, "desk:screening_case", pk)


@at_desk(in_bureau)
def bound(request: Request, pk: int) -> HttpResponse:
    """One volume of all that was handed in."""
    application = get_object_or_404(cases(request.user), pk=pk)
    return bound_copy(
        request, application, "desk/screening/bound.html", reverse("desk:screening_bound", args=[pk])
    )


@require_POST
@at_desk(in_bureau)
def preview(request: Request, pk: int, kind: str) -> HttpResponse:
    """Show the notice that would be sent: its first page as a picture, or the whole as PDF."""
    if kind not in PREVIEWED:
        raise Http404
    application = find(request, pk)
    facts = _letter_facts(request, application, kind)
    letter = papers.preview(PREVIEWED[kind], application, facts)
    pdf = render_pdf(letter)
    if not wants_part(request):
        return HttpResponse(pdf, content_type="application/pdf")
    encoded = b64encode(first_page(pdf) or b"").decode()
    return page(request, "desk/screening/letter.html", encoded=encoded, title=letter.title)


def _letter_facts(request: Request, application: Application, kind: str) -> papers.Facts:
    if kind == papers.ACCEPTANCE.code:
        return papers.acceptance(application, checklist(application))
    if kind == papers.CORRECTION.code:
        given = said(ReturnForm(request.POST, prefix="return"))
        due = given["due"] or default_due(application)
        return papers.correction(application, given["reasons"], due)
    return papers.refusal(application, said(DeclineForm(request.POST, prefix="decline"))["reason"])


def marked(request: Request, application: Application) -> HttpResponseBase:
    """Show the marks anew beside the page in view."""
    if wants_part(request):
        return page(request, CASE, "marked", **everything(request, find(request, application.pk)))
    return redirect("desk:screening_case", application.pk)


def _go_on(request: Request, application: Application, sentence: str) -> HttpResponseBase:
    """Say what was done and open the next case, or the list when there is none."""
    following = next_in_queue(request.user, application)
    opened = _("The next case is open.") if following else _("No other case waits.")
    messages.success(request, f"{sentence % application.organisation} {opened}")
    to = reverse("desk:screening_case", args=[following.pk]) if following else reverse("desk:screening")
    return onward(request, to)


urlpatterns = [
    path("screening/", queue, name="screening"),
    path("screening/next/", open_next, name="screening_next"),
    path("screening/<int:pk>/", case, name="screening_case"),
    path("screening/<int:pk>/marks/<int:requirement>/", mark, name="screening_mark"),
    path("screening/<int:pk>/marks/", mark_others, name="screening_mark_rest"),
    path("screening/<int:pk>/accept/", accept_case, name="screening_accept"),
    path("screening/<int:pk>/return/", return_case, name="screening_return"),
    path("screening/<int:pk>/decline/", decline_case, name="screening_decline"),
    path("screening/<int:pk>/copy/", take_copy, name="screening_copy"),
    path("screening/<int:pk>/bound/", bound, name="screening_bound"),
    path("screening/<int:pk>/letter/<slug:kind>/", preview, name="screening_letter"),
]
