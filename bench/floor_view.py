"""The floor's one page."""

from django.http import HttpRequest, HttpResponse  # noqa: TID251 - this is all the site it has
from django.urls import path


def view(request: HttpRequest) -> HttpResponse:
    """Say who asks."""
    return HttpResponse(f"{request.user} {request.session.session_key}")


urlpatterns = [path("", view)]
