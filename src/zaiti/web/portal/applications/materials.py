"""The slots of an application: one file, many files at once, taking back, a word beside."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from zaiti.applications.actions import explain_material, let_dropped_go, move_part, remove_material
from zaiti.applications.models import Application
from zaiti.applications.queries import slots
from zaiti.core import Refused
from zaiti.programmes.models import MaterialRequirement
from zaiti.screening.actions import join_parts
from zaiti.screening.dropped import Parts, dropped, parts
from zaiti.screening.many_files import fill_slot, put_in_place, take_all
from zaiti.web.portal.access import find, for_applicants
from zaiti.web.portal.applications.context import as_chosen, choices
from zaiti.web.portal.applications.views import show_application
from zaiti.web.ui.pages import Request, page


@require_POST
@for_applicants
def upload(request: Request, pk: int, slot: int) -> HttpResponse:
    """Put one file in its slot."""
    application, requirement = _slot(request, pk, slot)
    files = [(str(file.name), file) for file in request.FILES.getlist("file")]
    if not files:
        raise Refused(_("Please choose a file first."))
    problems = fill_slot(application, requirement, files, by=request.user)
    return _shown(request, pk, at=f"slot-{slot}", problems=problems)


@require_GET
@for_applicants
def show_parts(request: Request, pk: int, slot: int) -> HttpResponse:
    """Show the parts that wait in a slot, while PDFs are made of them and when they are done."""
    application, _requirement = _slot(request, pk, slot)
    filled = next(row for row in slots(application) if row.requirement.pk == slot)
    waiting = parts(application).get(slot, Parts())
    return page(
        request, "portal/applications/parts.html", application=application, slot=filled, parts=waiting
    )


@require_POST
@for_applicants
def change_parts(request: Request, pk: int, slot: int) -> HttpResponse:
    """Move one part up or down, or let it go."""
    application, _requirement = _slot(request, pk, slot)
    verb = next((verb for verb in ("up", "down", "let-go") if verb in request.POST), "")
    part = request.POST.get(verb, "")
    if part.isdecimal() and verb == "let-go":
        let_dropped_go(application, by=request.user, rows=[int(part)])
    elif part.isdecimal():
        move_part(application, int(part), by=request.user, up=verb == "up")
    return _shown(request, pk, at=f"slot-{slot}")


@require_POST
@for_applicants
def join(request: Request, pk: int, slot: int) -> HttpResponse:
    """Make one file of the parts of a slot."""
    application, requirement = _slot(request, pk, slot)
    version = join_parts(application, requirement, by=request.user)
    said = _("“%(material)s” is in its place: %(pages)s pages.")
    facts = {"material": requirement, "pages": version.pages}
    return _shown(request, pk, at=f"slot-{slot}", said=said % facts)


@require_POST
@for_applicants
def remove(request: Request, pk: int, slot: int) -> HttpResponse:
    """Take the file of a slot back."""
    application, requirement = _slot(request, pk, slot)
    remove_material(get_object_or_404(application.materials, requirement=requirement), by=request.user)
    return _shown(request, pk, at=f"slot-{slot}")


@require_POST
@for_applicants
def explain(request: Request, pk: int, slot: int) -> HttpResponse:
    """Keep a word about a material."""
    application, requirement = _slot(request, pk, slot)
    explain_material(application, requirement, by=request.user, text=request.POST.get("text", ""))
    return _shown(request, pk, at=f"slot-{slot}")


@require_POST
@for_applicants
def drop(request: Request, pk: int) -> HttpResponse:
    """Take many files in at once and sort them; the person confirms next."""
    application = find(request, pk)
    files = [(str(file.name), file) for file in request.FILES.getlist("files")]
    problems = take_all(application, files, by=request.user)
    return _shown(request, pk, at="sorted", problems=problems)


@require_POST
@for_applicants
def place(request: Request, pk: int) -> HttpResponse:
    """Put the sorted files in their slots."""
    application = find(request, pk)
    chosen = choices(request.POST, application)
    placed, problems = put_in_place(application, slots(application), chosen, by=request.user)
    said = ngettext("%s file is in its place.", "%s files are in their places.", placed) % placed
    return _shown(request, pk, at="materials", said=said, problems=problems)


@require_POST
@for_applicants
def put_aside(request: Request, pk: int) -> HttpResponse:
    """Let go of the sorted files."""
    let_dropped_go(find(request, pk), by=request.user)
    return _shown(request, pk, at="materials")


@require_GET
@for_applicants
def being_read(request: Request, pk: int) -> HttpResponse:
    """Say how many of the dropped files are still being read; after the last they are sorted anew."""
    application = find(request, pk)
    reading = sum(row.waiting for row in dropped(application, slots(application)))
    answer = page(request, "portal/applications/being_read.html", reading=reading)
    return answer if reading else trigger_client_event(answer, "zaiti:read")


@require_GET
@for_applicants
def sorting(request: Request, pk: int) -> HttpResponse:
    """Give the files that wait for their places anew, now that they are read."""
    application = find(request, pk)
    rows = as_chosen(request, dropped(application, filled := slots(application)))
    return page(
        request, "portal/applications/sorted.html", application=application, slots=filled, sorted=rows,
        reading=sum(row.waiting for row in rows),
    )  # fmt: skip


def _slot(request: Request, pk: int, slot: int) -> tuple[Application, MaterialRequirement]:
    application = find(request, pk)
    return application, get_object_or_404(application.carrier_type.materials, pk=slot)


def _shown(
    request: Request, pk: int, *, at: str, said: str = "", problems: Sequence[str] = ()
) -> HttpResponse:
    """The materials anew for htmx; else the page, at the same place, with the same words."""
    if request.htmx:
        return show_application(request, find(request, pk), said=said, problems=problems)
    for problem in problems:
        messages.error(request, problem)
    if said:
        messages.success(request, said)
    there = redirect("portal:application", pk)
    there["Location"] += f"#{at}"
    return there


urlpatterns = [
    path("applications/<int:pk>/slots/<int:slot>/", upload, name="upload"),
    path("applications/<int:pk>/slots/<int:slot>/parts/", show_parts, name="parts"),
    path("applications/<int:pk>/slots/<int:slot>/parts/change/", change_parts, name="change_parts"),
    path("applications/<int:pk>/slots/<int:slot>/parts/join/", join, name="join_parts"),
    path("applications/<int:pk>/slots/<int:slot>/remove/", remove, name="remove_file"),
    path("applications/<int:pk>/slots/<int:slot>/explain/", explain, name="explain"),
    path("applications/<int:pk>/drop/", drop, name="drop"),
    path("applications/<int:pk>/drop/place/", place, name="place"),
    path("applications/<int:pk>/drop/reading/", being_read, name="being_read"),
    path("applications/<int:pk>/drop/sorted/", sorting, name="sorted"),
    path("applications/<int:pk>/drop/aside/", put_aside, name="put_aside"),
]
