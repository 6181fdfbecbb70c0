"""What the pre-check says of a slot's file, page by page, and the applicant's word on it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaiti.applications.actions import explain_finding
from zaiti.applications.models import Application, MaterialVersion
from zaiti.applications.queries import Slot, slots
from zaiti.screening.queries import look_at
from zaiti.web.portal.access import find, for_applicants
from zaiti.web.ui.pages import Request, onward, page

TOGETHER = 20  # pages of a file on one page


@require_GET
@for_applicants
def reading(request: Request, pk: int, slot: int) -> HttpResponse:
    """Give what the pre-check says of a slot's file, while it reads and when it is done."""
    application, filled = _filled(request, pk, slot)
    return page(
        request, "portal/applications/reading.html", application=application, **_reading(application, filled)
    )


@require_GET
@for_applicants
def pages(request: Request, pk: int, slot: int) -> HttpResponse:
    """Show the pages of a slot's file with what the pre-check found on them."""
    application, filled = _filled(request, pk, slot)
    context = _reading(application, filled)
    at = request.GET.get("at", "1")
    leaf = (int(at) - 1) // TOGETHER + 1 if at.isdecimal() else 1
    leaves = Paginator(context["seen"].sheets if context["seen"] else [], TOGETHER)
    return page(
        request,
        "portal/applications/pages.html",
        application=application,
        leaf=leaves.get_page(leaf),
        originals=_version(filled).originals.all(),
        **context,
    )


@require_POST
@for_applicants
def explain_found(request: Request, pk: int, slot: int) -> HttpResponse:
    """Keep a word about a finding."""
    application, filled = _filled(request, pk, slot)
    known = _reading(application, filled)["seen"]
    key = request.POST.get("finding", "")
    if known is None or key not in {found.key for found in known.findings}:
        raise Http404
    explain_finding(_version(filled), by=request.user, finding=key, text=request.POST.get("text", ""))
    messages.success(request, _("Your word is kept; the officer sees it beside the finding."))
    return onward(request, "portal:pages", pk, slot)


def _filled(request: Request, pk: int, slot: int) -> tuple[Application, Slot]:
    """A slot with the file that counts."""
    application = find(request, pk)
    found = next((row for row in slots(application) if row.requirement.pk == slot and row.version), None)
    if found is None:
        raise Http404
    return application, found


def _version(slot: Slot) -> MaterialVersion:
    assert slot.version is not None  # asked by _filled
    return slot.version


def _reading(application: Application, slot: Slot) -> dict[str, Any]:
    view = look_at([slot], application).get(_version(slot).pk)
    return {"slot": slot, "seen": view}


urlpatterns = [
    path("applications/<int:pk>/slots/<int:slot>/reading/", reading, name="reading"),
    path("applications/<int:pk>/slots/<int:slot>/pages/", pages, name="pages"),
    path("applications/<int:pk>/slots/<int:slot>/pages/explain/", explain_found, name="explain_finding"),
]
