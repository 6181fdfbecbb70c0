"""The choice of a city, where several live at one host."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme

from zaiti.accounts.models import Authority
from zaiti.web.http.cities import CHOSEN, may_choose
from zaiti.web.ui.pages import page

YEAR = 365 * 24 * 3600


def cities(request: HttpRequest) -> HttpResponse:
    """Ask which city is meant, and remember it; where there is but one, nobody is asked."""
    there = _there(request)
    if not may_choose(request):
        return redirect("site:home")
    rows = Authority.objects.filter(level=Authority.Level.CITY)
    if request.method != "POST":
        return page(request, "site/cities.html", cities=rows, next=there)
    chosen = get_object_or_404(rows, code=request.POST.get("city", ""))
    answer = redirect(there)
    answer.set_cookie(CHOSEN, chosen.code, max_age=YEAR, httponly=True, samesite="Lax")
    return answer


def _there(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else "/"


urlpatterns: list[URLPattern] = [path("cities/", cities, name="cities")]
