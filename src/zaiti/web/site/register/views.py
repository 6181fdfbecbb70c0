"""The public register of carriers, and what became of each."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from zaiti.carriers.models import Carrier
from zaiti.dossiers.public import public_history
from zaiti.web.http.cities import bureaus_here
from zaiti.web.site.register.tables import CarrierFilter, CarrierTable
from zaiti.web.ui.pages import listing, page


def public_carriers(request: HttpRequest) -> QuerySet[Carrier]:
    """Every carrier ever recognised, with what the public reads of it."""
    here = Carrier.objects.filter(authority__in=bureaus_here(request))
    rows = here.select_related("organisation", "carrier_type", "authority")
    return rows.prefetch_related("organisation__former_names")


def register(request: HttpRequest) -> HttpResponse:
    """List the carriers."""
    return listing(
        request,
        "site/register/index.html",
        CarrierTable,
        CarrierFilter,
        public_carriers(request),
        title=_("Register of carriers"),
        empty_what=_("No carrier has been recognised yet."),
        empty_how=_(
            "With the city's announcement carriers enter the register under their certificate numbers."
        ),
    )


def carrier(request: HttpRequest, certificate: str) -> HttpResponse:
    """Show one carrier with its public history."""
    rows = public_carriers(request).select_related("candidate__cycle__announcement__publication")
    one = get_object_or_404(rows, certificate_number=certificate)
    return page(request, "site/register/carrier.html", carrier=one, events=public_history(one))


urlpatterns: list[URLPattern] = [
    path("register/", register, name="register"),
    path("register/<str:certificate>/", carrier, name="carrier"),
]
