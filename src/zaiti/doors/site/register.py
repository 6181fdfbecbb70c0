"""The public register of carriers, and what became of each."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from zaiti.carriers.models import Carrier, Revocation
from zaiti.doors.site.register_tables import CarrierFilter, CarrierTable
from zaiti.doors.ui.pages import listing, page
from zaiti.doors.ui.pieces import Event, Paper
from zaiti.notices.models import Publication
from zaiti.publicity.models import Posting


def public_carriers() -> QuerySet[Carrier]:
    """Every carrier ever recognised, with what the public reads of it."""
    rows = Carrier.objects.select_related("organisation", "carrier_type", "authority")
    return rows.prefetch_related("organisation__former_names")


def register(request: HttpRequest) -> HttpResponse:
    """List the carriers."""
    return listing(
        request,
        "site/register.html",
        CarrierTable,
        CarrierFilter,
        public_carriers(),
        title=_("Register of carriers"),
        empty_what=_("No carrier has been recognised yet."),
        empty_how=_(
            "With the city's announcement carriers enter the register under their certificate numbers."
        ),
    )


def carrier(request: HttpRequest, certificate: str) -> HttpResponse:
    """Show one carrier with its public history."""
    rows = public_carriers().select_related("candidate__cycle__announcement__publication")
    one = get_object_or_404(rows, certificate_number=certificate)
    return page(request, "site/carrier.html", carrier=one, events=history(one))


def history(carrier: Carrier) -> list[Event]:
    """Posted, recognised, revoked: each with the text it was published by; the latest first."""
    announcement = getattr(carrier.candidate.cycle, "announcement", None)
    recognised = _event(
        carrier.recognised_on,
        _("Recognised and entered in the register"),
        announcement and announcement.publication,
        "done",
    )
    return [*_revoked(carrier), recognised, *_posted(carrier)]


def _posted(carrier: Carrier) -> list[Event]:
    rows = Posting.objects.filter(candidates=carrier.candidate_id).select_related("publication")
    return [
        _event(row.posted_at, _("Posted to the public"), row.publication)
        for row in rows.order_by("-posted_at")
    ]


def _revoked(carrier: Carrier) -> list[Event]:
    if not carrier.revoked_on:
        return []
    decided = carrier.revocations.filter(state=Revocation.State.DECIDED).select_related("publication").first()
    text = decided.publication if decided else None
    return [_event(carrier.revoked_on, _("Recognition revoked"), text, "late")]


def _event(at: date | datetime, what: str, text: Publication | None, tone: str = "") -> Event:
    papers = (
        [Paper(text.title, reverse("site:notice", args=[text.pk]), kind=str(text.get_kind_display()))]
        if text and not text.taken_down_at
        else []
    )
    return Event(at, what, tone=tone, papers=papers)


urlpatterns: list[URLPattern] = [
    path("register/", register, name="register"),
    path("register/<str:certificate>/", carrier, name="carrier"),
]
