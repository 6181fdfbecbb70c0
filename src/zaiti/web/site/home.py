"""The front page: what is going on now, one search box, and the way a year goes."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from zaiti import clock
from zaiti.carriers.models import Carrier
from zaiti.notices.models import Call, Publication
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Posting
from zaiti.publicity.queries import standing_postings
from zaiti.web.http.cities import bureaus_here, city_here, may_choose
from zaiti.web.site.procedure import stages
from zaiti.web.ui.pages import page

LATEST = 8
YEARS_SHOWN = 3
PRIVATE = ("/accounts/", "/desk/", "/jury/", "/look/", "/my/", "/objections/", "/papers/", "/search/")


def home(request: HttpRequest) -> HttpResponse:
    """Show what is going on."""
    cycle = live_cycles(request).first()
    return page(
        request,
        "site/home.html",
        calls=open_calls(request),
        postings=running_postings(request),
        texts=Publication.objects.standing()
        .filter(authority__in=bureaus_here(request))
        .select_related("authority")[:LATEST],
        register=recognised_by_year(request),
        stages=stages(cycle) if cycle else [],
        cycle=cycle,
        city=city_here(request),
        choosing=may_choose(request),
    )


def live_cycles(request: HttpRequest) -> QuerySet[Cycle]:
    """Years the city has opened, the latest first."""
    here = Cycle.objects.filter(city__in=bureaus_here(request))
    return here.exclude(state__in=[Cycle.State.PLANNED, Cycle.State.ABANDONED])


def open_calls(request: HttpRequest) -> QuerySet[Call]:
    """Published calls whose window has not closed, the first to close first."""
    here = Call.objects.filter(authority__in=bureaus_here(request))
    rows = here.filter(state=Call.State.PUBLISHED, closes_at__gt=clock.now())
    return rows.select_related("authority", "cycle").order_by("closes_at")


def running_postings(request: HttpRequest) -> QuerySet[Posting]:
    """Postings one can still object to in time, the first to end first."""
    here = standing_postings().filter(authority__in=bureaus_here(request))
    rows = here.filter(state=Posting.State.OPEN, last_day__gte=clock.today())
    return rows.select_related("authority", "cycle").annotate(count=Count("names")).order_by("last_day")


def recognised_by_year(request: HttpRequest) -> list[tuple[int, list[Mapping[str, Any]]]]:
    """How many carriers each district has, year by year, the latest first."""
    counted = (
        Carrier.objects.filter(authority__in=bureaus_here(request))
        .values("year", "authority__code", "authority__district")
        .annotate(count=Count("pk"))
        .order_by("-year", "authority_id")
    )
    years: list[tuple[int, list[Mapping[str, Any]]]] = [
        (year, list(rows)) for year, rows in groupby(counted, key=lambda row: row["year"])
    ]
    return years[:YEARS_SHOWN]


def robots(_request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is not for them."""
    lines = ["User-agent: *", *(f"Disallow: {start}" for start in PRIVATE)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


urlpatterns: list[URLPattern] = [path("", home, name="home"), path("robots.txt", robots, name="robots")]
