"""Postings: preparing, publishing, closing."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.core import Refused
from zaiti.programmes.models import Cycle
from zaiti.publicity import actions
from zaiti.publicity.models import Objection, Posting
from zaiti.publicity.papers import POSTING, posting_body, posting_facts, posting_title
from zaiti.publicity.queries import waiting
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.publicity import corrections, objections
from zaiti.web.desk.publicity.corrections import find_posting, show_posting
from zaiti.web.desk.publicity.forms import NamesForm
from zaiti.web.desk.publicity.tables import PostingFilter, PostingTable
from zaiti.web.ui.pages import Request, listing, onward, page

COUNTS = {
    "count": Count("names", distinct=True),
    "disputed": Count("objections", filter=Q(objections__state__in=Objection.OPEN), distinct=True),
}


@at_desk(in_bureau)
def index(request: Request) -> HttpResponse:
    """Approved names that wait for posting, and all postings."""
    shown = Posting.objects.filter(Q(authority__in=_served(request)) | Q(cycle__city__in=_served(request)))
    rows = shown.select_related("authority", "cycle", "publication").annotate(**COUNTS)
    title = _("Publicity")
    return listing(
        request,
        "desk/publicity/index.html",
        PostingTable,
        PostingFilter,
        rows,
        due=_due(request),
        title=title,
    )


@at_desk(in_bureau)
def prepare(request: Request, cycle: int, authority: int) -> HttpResponse:
    """The text as it would be published, and the names to choose."""
    year, bureau, rows = _place(request, cycle, authority)
    return _prepare(request, year, bureau, NamesForm(choose_from=rows))


@require_POST
@at_desk(in_bureau)
def publish(request: Request, cycle: int, authority: int) -> HttpResponse:
    """Publish the posting."""
    year, bureau, rows = _place(request, cycle, authority)
    form = NamesForm(request.POST, choose_from=rows)
    if not form.is_valid():
        return _prepare(request, year, bureau, form)
    posting = actions.post_candidates(year, bureau, by=request.user, candidates=form.cleaned_data["names"])
    return onward(request, "desk:posting", posting.pk)


@at_desk(in_bureau)
def letter(request: Request, cycle: int, authority: int) -> HttpResponse:
    """The posting's letter as it would be issued now, with all names that wait."""
    year, bureau, rows = _place(request, cycle, authority)
    if not rows:
        raise Refused(_("No name of an approved candidate list waits to be posted."))
    facts, title = _facts(year, bureau, rows), posting_title(year, bureau)
    return draft(POSTING, authority=bureau, title=title, facts=facts)


@at_desk(in_bureau)
def show(request: Request, pk: int) -> HttpResponse:
    """One posting."""
    return show_posting(request, find_posting(request, pk))


@require_POST
@at_desk(in_bureau)
def close(request: Request, pk: int) -> HttpResponse:
    """End a posting whose last day is over."""
    actions.close_posting(find_posting(request, pk), by=request.user)
    return onward(request, "desk:posting", pk)


def _served(request: Request) -> list[int]:
    return request.user.authority_ids()


def _due(request: Request) -> list[dict[str, object]]:
    lists = Q(list__state=CandidateList.State.APPROVED, authority__in=_served(request))
    rows = Candidate.objects.filter(lists, state=Candidate.State.LISTED).select_related("cycle", "authority")
    ordered = rows.order_by("cycle_id", "authority_id")
    return [
        {"cycle": cycle, "authority": authority, "count": len(list(names))}
        for (cycle, authority), names in groupby(ordered, key=lambda row: (row.cycle, row.authority))
    ]


def _place(request: Request, cycle: int, authority: int) -> tuple[Cycle, Authority, QuerySet[Candidate]]:
    bureau = get_object_or_404(Authority, pk=authority, pk__in=_served(request))
    years = Cycle.objects.select_related("stated", "programme", "city")
    year = get_object_or_404(years, pk=cycle, districts=bureau)
    return year, bureau, waiting(year, bureau)


def _prepare(request: Request, cycle: Cycle, authority: Authority, form: NamesForm) -> HttpResponse:
    rows = form.rows
    unready = CandidateList.objects.filter(cycle=cycle, authority=authority).exclude(
        state=CandidateList.State.APPROVED
    )
    facts = _facts(cycle, authority, rows) if rows else None
    return page(
        request,
        "desk/publicity/prepare.html",
        status=422 if form.is_bound else 200,
        title=posting_title(cycle, authority),
        cycle=cycle,
        authority=authority,
        form=form,
        facts=facts,
        body=posting_body(facts) if facts else "",
        unready=list(unready.select_related("authority", "carrier_type")),
        today=clock.today(),
        day_one=clock.today() + timedelta(days=1),
    )


def _facts(cycle: Cycle, authority: Authority, rows: Iterable[Candidate]) -> dict[str, object]:
    last_day = clock.add_working_days(clock.today(), cycle.publicity_days)
    return posting_facts(cycle, authority, [(row, last_day, False) for row in rows])


urlpatterns = [
    path("publicity/", index, name="publicity"),
    path("publicity/prepare/<int:cycle>/<int:authority>/", prepare, name="posting_prepare"),
    path("publicity/prepare/<int:cycle>/<int:authority>/publish/", publish, name="posting_publish"),
    path("publicity/prepare/<int:cycle>/<int:authority>/letter/", letter, name="posting_letter"),
    path("publicity/<int:pk>/", show, name="posting"),
    path("publicity/<int:pk>/close/", close, name="posting_close"),
    *corrections.urlpatterns,
    *objections.urlpatterns,
]
