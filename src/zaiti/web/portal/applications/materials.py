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

from zaiti.applications.actions import explain_material, let_dropped_go, remove_material
from zaiti.applications.models import Application
from zaiti.applications.queries import slots
from zaiti.core import Refused
from zaiti.programmes.models import MaterialRequirement
from zaiti.screening.actions import put_in_slot
from zaiti.screening.dropped import dropped
from zaiti.screening.many_files import put_in_place, take_all
from zaiti.web.portal.access import find, for_applicants
from zaiti.web.portal.applications.context import as_chosen, choices
from zaiti.web.portal.applications.views import show_application
from zaiti.web.ui.pages import Request, page


@require_POST
@for_applicants
def upload(request: Request, pk: int, slot: int) -> HttpResponse:
    """Put one file in its slot."""
    application, requirement = _slot(request, pk, slot)
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("Please choose a file first."))
    put_in_slot(application, requirement, by=request.user, content=file, original_name=str(file.name))
    return _shown(request, pk, at=f"slot-{slot}")


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
    path("applications/<int:pk>/slots/<int:slot>/remove/", remove, name="remove_file"),
    path("applications/<int:pk>/slots/<int:slot>/explain/", explain, name="explain"),
    path("applications/<int:pk>/drop/", drop, name="drop"),
    path("applications/<int:pk>/drop/place/", place, name="place"),
    path("applications/<int:pk>/drop/reading/", being_read, name="being_read"),
    path("applications/<int:pk>/drop/sorted/", sorting, name="sorted"),
    path("applications/<int:pk>/drop/aside/", put_aside, name="put_aside"),
]
