"""Make a year: begin it, look at what is still open, put it before another person, who opens it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.core import Refused, require
from zaiti.programmes.exporting import pack_of
from zaiti.programmes.packs import Pack, write_pack
from zaiti.studio.actions import (
    abandon_draft,
    begin_from_pack,
    begin_from_year,
    begin_year,
    confirm_field,
    correct_forms,
    open_draft,
    prepare_draft,
    send_back_draft,
)
from zaiti.studio.checking import checked
from zaiti.studio.models import YearDraft
from zaiti.studio.rules import may_make, may_write
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.plan.context import find_cycle, find_cycles
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.desk.studio import changes, editing, rehearsal
from zaiti.web.desk.studio.context import find, overview
from zaiti.web.desk.studio.forms import (
    BeginForm,
    FromFileForm,
    FromYearForm,
    PackForm,
    TextForm,
    city_of,
    correctable,
)
from zaiti.web.http.downloads import download
from zaiti.web.ui.pages import Request, onward, page


@at_desk(in_city_bureau)
def begin(request: Request) -> HttpResponse:
    """Choose what a year is made from."""
    _city(request)
    return _begin(request)


@require_POST
@at_desk(in_city_bureau)
def begin_empty(request: Request) -> HttpResponse:
    """Begin with an empty template."""
    city, form = _city(request), BeginForm(request.POST, prefix="empty")
    if not form.is_valid():
        return _begin(request, empty=form)
    return _to_draft(request, begin_year(city, by=request.user, **form.cleaned_data))


@require_POST
@at_desk(in_city_bureau)
def begin_again(request: Request) -> HttpResponse:
    """Begin with another year."""
    _city(request)
    form = FromYearForm(find_cycles(request), request.POST, prefix="again")
    if not form.is_valid():
        return _begin(request, again=form)
    given = form.cleaned_data
    return _to_draft(request, begin_from_year(given["cycle"], by=request.user, year=given["year"]))


@require_POST
@at_desk(in_city_bureau)
def begin_file(request: Request) -> HttpResponse:
    """Begin with a pack's file."""
    city, form = _city(request), FromFileForm(request.POST, request.FILES, prefix="file")
    if not form.is_valid():
        return _begin(request, file=form, written=correctable(form))
    given = form.cleaned_data
    made = begin_from_pack(city, by=request.user, pack=given["pack"], name=given["file"].name)
    return _to_draft(request, made)


@require_POST
@at_desk(in_city_bureau)
def begin_text(request: Request) -> HttpResponse:
    """Begin with the text of a file, put right in the page."""
    city, form = _city(request), TextForm(request.POST, prefix="written")
    if not form.is_valid():
        return _begin(request, written=form)
    given = form.cleaned_data
    return _to_draft(request, begin_from_pack(city, by=request.user, pack=given["pack"], name=given["name"]))


@require_POST
@at_desk(in_city_bureau)
def begin_site_pack(request: Request) -> HttpResponse:
    """Begin with a pack of this site."""
    city = _city(request)
    form = PackForm(city, request.POST, prefix="pack")
    if not form.is_valid():
        return _begin(request, pack=form)
    pack = form.cleaned_data["pack"]
    return _to_draft(request, begin_from_pack(city, by=request.user, pack=pack, name=f"{pack.id}.yaml"))


@at_desk(in_city_bureau)
def show(request: Request, pk: int) -> HttpResponse:
    """Read the year as it stands, and take the next step."""
    return _show(request, find(request, pk))


@at_desk(in_city_bureau)
def export_draft(request: Request, pk: int) -> HttpResponse:
    """The year in preparation as a pack's file, once nothing is missing."""
    pack, problems = checked(find(request, pk))
    if pack is None:
        raise Refused(
            _("%(n)s entries are missing or wrong; they are listed on the page.") % {"n": len(problems)}
        )
    return _file(pack)


@at_desk(in_city_bureau)
def export_year(request: Request, pk: int) -> HttpResponse:
    """A year that was opened as a pack's file, as it stands now."""
    return _file(pack_of(find_cycle(request, pk)))


@require_POST
@at_desk(in_city_bureau)
def confirm(request: Request, pk: int) -> HttpResponse:
    """Say that what was carried over holds this year too."""
    confirm_field(find(request, pk), by=request.user, path=request.POST.get("path", ""))
    return onward(request, "desk:year_draft", pk)


@require_POST
@at_desk(in_city_bureau)
def prepare(request: Request, pk: int) -> HttpResponse:
    """Put it before the approver."""
    prepare_draft(find(request, pk), by=request.user)
    messages.success(request, _("It waits for another person's approval."))
    return onward(request, "desk:year_draft", pk)


@require_POST
@at_desk(in_city_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Give it back to who prepared it."""
    draft = find(request, pk)
    refused = with_reason(request, send_back_draft, draft, partial(_show, request, draft))
    return refused or onward(request, "desk:year_draft", pk)


@require_POST
@at_desk(in_city_bureau)
def abandon(request: Request, pk: int) -> HttpResponse:
    """Give the year up."""
    draft = find(request, pk)
    require(may_write(request.user, draft))
    refused = with_reason(request, abandon_draft, draft, partial(_show, request, draft))
    return refused or onward(request, "desk:plan")


@require_POST
@at_desk(in_city_bureau)
def open_it(request: Request, pk: int) -> HttpResponse:
    """Approve it: the year is opened, or the corrected forms are in force."""
    draft = find(request, pk)
    if draft.corrects_id:
        return _correct(request, draft)
    cycle = open_draft(draft, by=request.user)
    messages.success(request, _("%(year)s is open; the districts are told.") % {"year": cycle.name})
    return onward(request, "desk:plan_year", cycle.pk)


def _correct(request: Request, draft: YearDraft) -> HttpResponse:
    correct_forms(draft, by=request.user)
    messages.success(request, _("The corrected form is in force; everyone concerned is told."))
    return onward(request, "desk:year_draft", draft.pk)


def _city(request: Request) -> Any:
    """The bureau whose year is made, for who may make it."""
    city = city_of(request.user)
    require(city is not None and may_make(request.user, city))
    return city


def _begin(request: Request, **bound: Any) -> HttpResponse:
    cycles = find_cycles(request)
    last = cycles.first()
    year = {"year": last.year + 1} if last else {}
    forms = {
        "again": FromYearForm(cycles, prefix="again", initial={"cycle": last, **year}),
        "file": FromFileForm(prefix="file"),
        "pack": PackForm(city_of(request.user), prefix="pack"),
        "empty": BeginForm(prefix="empty", initial=year),
    }
    return page(request, "desk/studio/begin.html", status=422 if bound else 200, **forms | bound)


def _to_draft(request: Request, draft: YearDraft) -> HttpResponse:
    messages.success(request, _("The year is in preparation; nobody but your bureau sees it."))
    return onward(request, "desk:year_draft", draft.pk)


def _show(request: Request, draft: YearDraft, reason: ReasonForm | None = None) -> HttpResponse:
    facts = overview(request, draft, reason)
    facts["differences"] = changes.compared(draft) if draft.state == YearDraft.State.PREPARED else []
    return page(request, "desk/studio/draft.html", status=422 if reason else 200, **facts)


def _file(pack: Pack) -> HttpResponse:
    return download(write_pack(pack), f"{pack.id}.yaml", "application/yaml; charset=utf-8")


urlpatterns = [
    path("plan/begin/", begin, name="year_begin"),
    path("plan/begin/empty/", begin_empty, name="year_begin_empty"),
    path("plan/begin/again/", begin_again, name="year_begin_again"),
    path("plan/begin/file/", begin_file, name="year_begin_file"),
    path("plan/begin/text/", begin_text, name="year_begin_text"),
    path("plan/begin/pack/", begin_site_pack, name="year_begin_pack"),
    path("plan/drafts/<int:pk>/", show, name="year_draft"),
    path("plan/drafts/<int:pk>/pack/", export_draft, name="year_draft_pack"),
    path("plan/drafts/<int:pk>/confirm/", confirm, name="year_draft_confirm"),
    path("plan/drafts/<int:pk>/prepare/", prepare, name="year_draft_prepare"),
    path("plan/drafts/<int:pk>/send-back/", send_back, name="year_draft_send_back"),
    path("plan/drafts/<int:pk>/abandon/", abandon, name="year_draft_abandon"),
    path("plan/drafts/<int:pk>/open/", open_it, name="year_draft_open"),
    path("plan/<int:pk>/pack/", export_year, name="plan_pack"),
    *editing.urlpatterns,
    *changes.urlpatterns,
    *rehearsal.urlpatterns,
]
