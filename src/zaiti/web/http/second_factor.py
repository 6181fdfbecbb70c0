"""Leads those who must have a second factor to its set-up: with days of grace first, then from every page."""

from collections.abc import Callable
from math import ceil
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.accounts.second_factor import due
from zaiti.core import Refused
from zaiti.core.sealed import sealed, unsealed
from zaiti.web.http import errors

SET_UP = "mfa_activate_totp"
FREE = ("mfa_", "account_", "ui:language", "ui:look", "ui:healthz")
DAY = 24 * 3600


class SecondFactor:
    """Counts the days of grace on each page, and lets nobody past the set-up after them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Ask before the view does anything."""
        if settings.SECOND_FACTOR == "none" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        user = request.user
        until = due(user) if isinstance(user, User) else None
        if until is None:
            return None
        left = (until - clock.now()).total_seconds()
        request.factor_days = max(ceil(left / DAY), 0)  # type: ignore[attr-defined]  # shown by ui/base.html
        return None if left > 0 or _is_free(request) else _to_set_up(request)


def _is_free(request: HttpRequest) -> bool:
    """The set-up itself, the way out, language and look."""
    return request.resolver_match is not None and request.resolver_match.view_name.startswith(FREE)


def _to_set_up(request: HttpRequest) -> HttpResponse:
    if request.method in ("GET", "HEAD") and request.headers.get("HX-Request") != "true":
        return redirect(SET_UP)
    if request.method in ("GET", "HEAD"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse(SET_UP)})
    no = _("Set your second factor up first, in another tab; what you typed stays on this page.")
    return errors.refused(request, Refused(no))


class SealedAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; those kept before sealing began are plain."""
        try:
            return unsealed(encrypted_text)
        except InvalidToken:
            return encrypted_text
