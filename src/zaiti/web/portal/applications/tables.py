"""A table of the form as a spreadsheet: taken, sent back, looked at before it is taken over."""

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaiti.applications.answered import Said
from zaiti.applications.models import Application
from zaiti.applications.tables import sheet_of, text_of
from zaiti.core import Refused
from zaiti.programmes.packs.form import Entry
from zaiti.web.http.downloads import XLSX, download
from zaiti.web.portal.access import find, for_applicants
from zaiti.web.portal.applications.forms import ApplicationForm
from zaiti.web.ui.pages import Request, page


@require_GET
@for_applicants
def table(request: Request, pk: int, code: str) -> HttpResponse:
    """Give the table as XLSX, with the lines that are there."""
    application = find(request, pk)
    entry = _entry(application, code)
    return download(sheet_of(entry, application.answer(code) or []), f"{entry.name}.xlsx", XLSX)


@require_POST
@for_applicants
def look(request: Request, pk: int, code: str) -> HttpResponse:
    """Show what a sheet holds, with what is wrong by line, before it takes the table's place."""
    application = find(request, pk)
    entry = _entry(application, code)
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("Please choose a file first."))
    form = ApplicationForm({code: text_of(entry, file)}, instance=application)
    form.fields = {name: field for name, field in form.fields.items() if name == code}
    if not form.fields:
        raise Refused(_("The form can be changed only while it is a draft."))
    said = Said(entry, form.cleaned_data[code]) if form.is_valid() else None
    facts = {"application": application, "entry": entry, "said": said, "form": form, "field": form[code]}
    return page(request, "portal/applications/table.html", None, status=200 if said else 422, **facts)


def _entry(application: Application, code: str) -> Entry:
    for entry in application.answers.shape.entries:
        if entry.code == code and entry.kind == "rows":
            return entry
    raise Http404


urlpatterns = [
    path("applications/<int:pk>/tables/<slug:code>.xlsx", table, name="table"),
    path("applications/<int:pk>/tables/<slug:code>/", look, name="look_at_table"),
]
