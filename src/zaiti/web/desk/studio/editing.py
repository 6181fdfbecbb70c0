"""Write in a year: page by page, saved by field as typed; lines are added, removed and moved."""

from typing import Any, get_args

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.core import Refused, require
from zaiti.dossiers.affairs import draft_next
from zaiti.studio.actions import arrange, confirm_sample, write_fields
from zaiti.studio.actions.writing import How
from zaiti.studio.models import YearDraft
from zaiti.studio.rules import may_remark, may_write
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.studio.context import find, last_change, remarked
from zaiti.web.desk.studio.forms import SourceForm
from zaiti.web.desk.studio.labels import trail
from zaiti.web.desk.studio.sections import Section, pages_of
from zaiti.web.desk.studio.writing import SectionForm
from zaiti.web.forms.saving import answer
from zaiti.web.ui.pages import Request, onward, page

WAYS: dict[str, How] = {way: way for way in get_args(How)}


@at_desk(in_city_bureau)
def write(request: Request, pk: int, section: str) -> HttpResponse:
    """Show a page of the year; save what was sent, then add, remove or move a line."""
    draft = find(request, pk)
    here = _section(draft, section)
    if request.method != "POST":
        return _show(request, draft, here, SectionForm(draft, here))
    form = _saved(request, draft, here)
    if form.unsaved():
        return _show(request, draft, here, form, status=422)
    at = _arranged(request, draft) if "arrange" in request.POST else ""
    messages.success(request, _("Saved"))
    return redirect(reverse("desk:year_draft_write", args=[pk, section]) + (f"#{at}" if at else ""))


@require_POST
@at_desk(in_city_bureau)
def save(request: Request, pk: int, section: str) -> HttpResponse:
    """Save what was typed, by itself."""
    draft = find(request, pk)
    return answer(_saved(request, draft, _section(draft, section)))


@require_POST
@at_desk(in_city_bureau)
def confirm(request: Request, pk: int) -> HttpResponse:
    """Say that a part is no sample, and by which document."""
    draft, form = find(request, pk), SourceForm(request.POST)
    require(may_write(request.user, draft))
    if not form.is_valid():
        raise Refused(_("Name the document that it comes from."))
    confirm_sample(draft, by=request.user, **form.cleaned_data)
    return onward(request, "desk:year_draft", pk)


def _section(draft: YearDraft, slug: str) -> Section:
    for section in pages_of(draft):
        if section.slug == slug:
            return section
    raise Http404


def _saved(request: Request, draft: YearDraft, section: Section) -> SectionForm:
    require(may_write(request.user, draft))
    form = SectionForm(draft, section, request.POST)
    form.is_valid()
    form.settle(write_fields(draft, by=request.user, values=form.sent(), seen=form.seen))
    return form


def _arranged(request: Request, draft: YearDraft) -> str:
    how, _colon, rest = request.POST["arrange"].partition(":")
    place, _colon, at = rest.partition(":") if how == "to" else ("0", "", rest)
    if how not in WAYS or not place.isdecimal():
        raise Refused(_("There is no such part; load the page again."))
    return arrange(draft, by=request.user, path=at, how=WAYS[how], place=int(place))


def _show(
    request: Request, draft: YearDraft, section: Section, form: SectionForm, status: int = 200
) -> HttpResponse:
    facts: dict[str, Any] = {
        "draft": draft,
        "section": section,
        "sections": pages_of(draft),
        "form": form,
        "nodes": form.nodes(),
        "may_write": may_write(request.user, draft) and draft.can("prepare"),
        "last_change": last_change(request, draft) if draft.can("prepare") else None,
        "remarks": remarked(draft, section),
        "places": [(path, trail(draft.facts, path)) for path in [*section.paths, *form.fields]],
        "may_remark": may_remark(request.user, draft) and bool(draft_next(draft)),
    }
    return page(request, "desk/studio/section.html", status=status, **facts)


urlpatterns = [
    path("plan/drafts/<int:pk>/write/<slug:section>/", write, name="year_draft_write"),
    path("plan/drafts/<int:pk>/write/<slug:section>/save/", save, name="year_draft_save"),
    path("plan/drafts/<int:pk>/sample/", confirm, name="year_draft_sample"),
]
