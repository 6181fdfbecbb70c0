"""Reports to the city, and the way to the year's announcement."""

from functools import partial
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.papers.typst import NO_NUMBER
from zaiti.programmes.models import Cycle
from zaiti.publicity.queries import open_objections
from zaiti.ranking.models import Candidate
from zaiti.results import actions, papers
from zaiti.results.models import Report
from zaiti.results.queries import reportable
from zaiti.results.rules import may_prepare
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.desk.results import announcements
from zaiti.web.desk.results.context import report_board
from zaiti.web.desk.results.forms import ReportForm
from zaiti.web.desk.results.tables import ReportFilter, ReportTable
from zaiti.web.ui.pages import Request, listing, onward, page


@at_desk(in_bureau)
def index(request: Request) -> HttpResponse:
    """Names that wait for a report, all reports one may see, and the years to announce."""
    rows = (
        Report.objects.visible_to(request.user)
        .select_related("authority", "cycle")
        .annotate(count=Count("candidates"))
    )
    years = Cycle.objects.filter(city__in=request.user.authority_ids()).select_related("city")
    facts = {"due": _due(request), "years": years, "title": _("Reports and results")}
    return listing(request, "desk/results/index.html", ReportTable, ReportFilter, rows, **facts)


@at_desk(in_bureau)
def write(request: Request, cycle: int, authority: int) -> HttpResponse:
    """Choose the names to report."""
    year, bureau, rows = _place(request, cycle, authority)
    return _write(request, year, bureau, ReportForm(choose_from=rows, initial=_kept(year, bureau)))


@require_POST
@at_desk(in_bureau)
def prepare(request: Request, cycle: int, authority: int) -> HttpResponse:
    """Put the names into a report that waits for approval."""
    year, bureau, rows = _place(request, cycle, authority)
    form = ReportForm(request.POST, choose_from=rows)
    if not form.is_valid() or not form.carries_out(
        actions.prepare_report, year, bureau, by=request.user, **form.report()
    ):
        return _write(request, year, bureau, form)
    return onward(request, "desk:report", form.outcome.pk)


@at_desk(in_bureau)
def show(request: Request, pk: int) -> HttpResponse:
    """One report."""
    return _show(request, _find(request, pk))


@require_POST
@at_desk(in_bureau)
def send(request: Request, pk: int) -> HttpResponse:
    """Send a report to the city."""
    actions.send_report(_find(request, pk), by=request.user)
    return onward(request, "desk:report", pk)


@require_POST
@at_desk(in_bureau)
def accept(request: Request, pk: int) -> HttpResponse:
    """Accept a report."""
    actions.accept_report(_find(request, pk), by=request.user)
    return onward(request, "desk:report", pk)


@require_POST
@at_desk(in_bureau)
def give_back(request: Request, pk: int) -> HttpResponse:
    """Return a report to its writer."""
    report = _find(request, pk)
    refused = with_reason(request, actions.return_report, report, partial(_show, request, report))
    return refused or onward(request, "desk:report", pk)


@require_POST
@at_desk(in_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Send a report back to the district."""
    report = _find(request, pk)
    refused = with_reason(request, actions.send_back_report, report, partial(_show, request, report))
    return refused or onward(request, "desk:report", pk)


@at_desk(in_bureau)
def letter(request: Request, pk: int) -> HttpResponse:
    """The letter as it would be sent now."""
    report = _find(request, pk)
    facts, title = papers.report_facts(report), papers.report_title(report)
    return draft(papers.REPORT, authority=report.authority, title=title, facts=facts)


@at_desk(in_bureau)
def enclosure(request: Request, pk: int) -> HttpResponse:
    """The list as it would be sent now."""
    report = _find(request, pk)
    facts = papers.list_facts(report) | {"letter": NO_NUMBER}
    return draft(
        papers.REPORT_LIST,
        authority=report.authority,
        title=papers.list_title(report),
        facts=facts,
    )


def _due(request: Request) -> list[dict[str, Any]]:
    mine = Candidate.objects.filter(state=Candidate.State.CLEARED, authority__in=request.user.authority_ids())
    rows = mine.select_related("cycle", "authority").order_by("cycle_id", "authority_id")
    return [
        {"cycle": cycle, "authority": authority, "count": len(list(names))}
        for (cycle, authority), names in groupby(rows, key=lambda row: (row.cycle, row.authority))
        if may_prepare(request.user, authority) and reportable(cycle, authority).exists()
    ]


def _place(request: Request, cycle: int, authority: int) -> tuple[Cycle, Authority, QuerySet[Candidate]]:
    bureau = get_object_or_404(Authority, pk=authority, pk__in=request.user.authority_ids())
    years = Cycle.objects.select_related("stated", "programme", "city")
    year = get_object_or_404(years, pk=cycle, districts=bureau)
    return year, bureau, reportable(year, bureau)


def _kept(cycle: Cycle, authority: Authority) -> dict[str, str]:
    unsent = Report.objects.filter(cycle=cycle, authority=authority, state__in=("draft", "sent_back")).first()
    return {"opinion": unsent.opinion if unsent else ""}


def _write(request: Request, cycle: Cycle, authority: Authority, form: ReportForm) -> HttpResponse:
    held_up = Candidate.objects.filter(cycle=cycle, authority=authority, state__in=("posted", "cleared"))
    return page(
        request,
        "desk/results/write.html",
        status=422 if form.is_bound else 200,
        title=_("Report to the city"),
        cycle=cycle,
        authority=authority,
        form=form,
        empty=not form.rows,
        disputed=list(
            open_objections(held_up).select_related("candidate__review__application__organisation")
        ),
        late=cycle.report_deadline is not None and clock.today() > cycle.report_deadline,
    )


def _find(request: Request, pk: int) -> Report:
    shown = ("authority", "cycle__city", "letter__pdf", "listing__pdf", "prepared_by", "approved_by")
    return get_object_or_404(Report.objects.visible_to(request.user).select_related(*shown), pk=pk)


def _show(request: Request, report: Report, reason: ReasonForm | None = None) -> HttpResponse:
    facts = report_board(report, request.user) | {"reason_form": reason or ReasonForm()}
    return page(request, "desk/results/report.html", status=422 if reason else 200, report=report, **facts)


urlpatterns = [
    path("results/", index, name="results"),
    path("results/reports/write/<int:cycle>/<int:authority>/", write, name="report_write"),
    path("results/reports/write/<int:cycle>/<int:authority>/prepare/", prepare, name="report_prepare"),
    path("results/reports/<int:pk>/", show, name="report"),
    path("results/reports/<int:pk>/send/", send, name="report_send"),
    path("results/reports/<int:pk>/return/", give_back, name="report_return"),
    path("results/reports/<int:pk>/accept/", accept, name="report_accept"),
    path("results/reports/<int:pk>/send-back/", send_back, name="report_send_back"),
    path("results/reports/<int:pk>/letter/", letter, name="report_letter"),
    path("results/reports/<int:pk>/list/", enclosure, name="report_list"),
    *announcements.urlpatterns,
]
