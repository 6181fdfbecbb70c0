"""Addresses for the interface's own tests: the base pages and a few views that say no."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from zaiti.core import Refused
from zaiti.web.ui.pages import page


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused("The window has closed.")


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def garble(request: HttpRequest) -> HttpResponse:
    raise BadRequest


def break_down(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@login_required
def inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@csrf_protect
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("text", ""))


def parts(request: HttpRequest) -> HttpResponse:
    return page(request, "ui_tests/whole.html", "name", title="Whole")


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("zaiti.web.ui.urls")),
    path("refuse/", refuse),
    path("forbid/", forbid),
    path("garble/", garble),
    path("break/", break_down),
    path("inside/", inside),
    path("echo/", echo),
    path("parts/", parts),
]
handler400 = "zaiti.web.http.errors.bad_request"
handler403 = "zaiti.web.http.errors.forbidden"
handler404 = "zaiti.web.http.errors.not_found"
handler429 = "zaiti.web.http.errors.too_many"
handler500 = "zaiti.web.http.errors.server_error"
