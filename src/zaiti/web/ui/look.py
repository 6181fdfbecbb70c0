"""Choosing the look: light or dark, and the elder-friendly mode; kept in cookies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

CHOICES = {"theme": ("auto", "light", "dark"), "elder": ("on", "off")}
A_YEAR_S = 365 * 24 * 3600


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the look that was chosen and return to the page."""
    onward = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    response = redirect(onward if safe else "/")
    for name, values in CHOICES.items():
        if (value := request.POST.get(name)) in values:
            response.set_cookie(
                name, str(value), max_age=A_YEAR_S, samesite="Lax", secure=request.is_secure()
            )
    return response
