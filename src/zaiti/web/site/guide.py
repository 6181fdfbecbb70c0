"""The guide to applying, written from the latest year's policy."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from zaiti import clock
from zaiti.notices.models import Call
from zaiti.programmes.models import CarrierType, Cycle, MaterialRequirement
from zaiti.programmes.queries import policy
from zaiti.web.site.home import live_cycles
from zaiti.web.ui.pages import page


def guide(request: HttpRequest) -> HttpResponse:
    """Who may apply, for what, with which materials, by when and where."""
    cycle = live_cycles(request).first()
    if cycle is None:
        return page(request, "site/guide.html", cycle=None)
    now, pack = clock.now(), policy(cycle)
    return page(
        request,
        "site/guide.html",
        cycle=cycle,
        pack=pack,
        city_phone=cycle.city.phone or (pack.contact.phone if pack.level == "city" else ""),
        types=_types(cycle),
        calls=_calls(cycle, now),
        now=now,
    )


def _types(cycle: Cycle) -> QuerySet[CarrierType]:
    return cycle.types.prefetch_related(Prefetch("materials", MaterialRequirement.objects.order_by("order")))


def _calls(cycle: Cycle, now: datetime) -> list[Call]:
    """The next to close first; those that have closed at the end."""
    published = cycle.calls.filter(state=Call.State.PUBLISHED).select_related("authority")
    return sorted(published, key=lambda call: (call.closes_at <= now, call.closes_at))


urlpatterns: list[URLPattern] = [path("guide/", guide, name="guide")]
