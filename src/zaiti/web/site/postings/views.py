"""Public postings of candidates: whose names, until when, and where to object."""

from datetime import date, timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from zaiti.notices.models import Call
from zaiti.publicity.models import Posted, Posting
from zaiti.publicity.queries import may_still_object, names_of, standing_postings
from zaiti.web.http.cities import bureaus_here
from zaiti.web.site.notices.views import taken_down
from zaiti.web.site.postings.tables import PostingFilter, PostingTable
from zaiti.web.ui.pages import listing, page

Name = dict[str, object]


def postings(request: HttpRequest) -> HttpResponse:
    """List the postings, the latest first."""
    here = standing_postings().filter(authority__in=bureaus_here(request))
    rows = here.select_related("authority", "cycle", "publication")
    return listing(
        request,
        "site/postings/index.html",
        PostingTable,
        PostingFilter,
        rows.annotate(count=Count("names")).order_by("-posted_at"),
        title=_("Postings"),
        empty_what=_("No candidates have been posted yet."),
        empty_how=_("When a district posts its candidates, their names stand here for objections."),
    )


def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one posting."""
    rows = Posting.objects.filter(authority__in=bureaus_here(request)).select_related(
        "authority",
        "cycle",
        "publication__paper",
        "publication__authority",
        "publication__replaced_by",
        "replaces__publication",
        "replaced_by__publication",
    )
    one = get_object_or_404(rows, pk=pk)
    if one.publication.taken_down_at:
        return taken_down(request, one.publication, one)
    posted_on = timezone.localtime(one.posted_at).date()
    return page(
        request,
        "site/postings/posting.html",
        posting=one,
        names=[public_name(row, one) for row in names_of(one)],
        call=Call.objects.filter(cycle=one.cycle, authority=one.authority).first(),
        posted_on=posted_on,
        day_one=_day_after(posted_on),
    )


def public_name(row: Posted, posting: Posting) -> Name:
    """What a posting says of one name, and nothing else of its application."""
    standing = posting.state != Posting.State.REPLACED
    return {
        "type": row.candidate.carrier_type.name,
        "unit": row.unit,
        "carrier": row.carrier_name,
        "last_day": row.last_day,
        "changed": row.changed,
        "candidate": row.candidate_id if standing and may_still_object(row.candidate) else None,
    }


def _day_after(day: date) -> date:
    return day + timedelta(days=1)


urlpatterns: list[URLPattern] = [
    path("postings/", postings, name="postings"),
    path("postings/<int:pk>/", posting, name="posting"),
]
