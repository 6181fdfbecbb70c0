"""Turns a “no” into a page or a sentence beside the action, so that nothing typed is lost; keeps sessions."""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from zaiti.core import Refused
from zaiti.ledger.turns import is_clash
from zaiti.web.http import clashes, errors, refusals
from zaiti.web.http.cities import NoCity, choose_city
from zaiti.web.http.session import kept_for

log = logging.getLogger(__name__)
KEPT_AT = "kept_at"  # in the session: when it was last kept
NUL_IN_TEXT = "NUL (0x00)"  # psycopg's ValueError
KEPT_UNDER = re.compile(r"[a-z0-9]{1,16}")
WAS_IN = "was_in"  # outlives the session, so that its end can be told from never having signed in


class SessionKeeper:
    """Keeps the session of someone at work alive; one save a minute will do, not one a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        session, now = request.session, int(time.time())
        if session.accessed and SESSION_KEY in session:
            due = now - session.get(KEPT_AT, now) >= settings.SESSION_KEPT_EVERY
            if due or session.modified:  # as at sign-in: saved anyway
                session[KEPT_AT] = now
        return response


class Acknowledger:
    """Tells the browser, by the number it keeps it under, that what was posted is taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            kept = request.POST.get("kept", "")
            if KEPT_UNDER.fullmatch(kept) and not _sends_to_sign_in(response):
                response.set_cookie("kept_done", kept, max_age=600, samesite="Lax")
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Take nothing in another's name: the page was drawn for somebody who is no longer signed in."""
        sender = request.headers.get("X-Owner")
        if sender and sender != kept_for(request.user)["owner"]:
            return errors.not_the_same(request)
        return None


class RefusalMiddleware:
    """Answers Refused and oversized requests, and says so when a session has timed out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        clashes.note(request)
        response = self.get_response(request)
        if _sends_to_sign_in(response):
            return (
                errors.signed_out(request, response) if _was_in(request) else _whole_page(request, response)
            )
        _remember_sign_in(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer what a view refused; what clashed is tried again."""
        if is_clash(exception):
            return refusals.with_form(request, clashes.try_again(request))
        if isinstance(exception, NoCity):
            return choose_city(request)
        if isinstance(exception, Refused):
            return refusals.with_form(request, errors.refused(request, exception))
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
            request._mark_post_parse_error()  # type: ignore[attr-defined]  # as Django does: the body can't be read again
            return errors.bad_request(request, exception)
        if isinstance(exception, DataError) or NUL_IN_TEXT in str(exception):
            log.warning("The database can't hold what was sent to %s: %s", request.path, exception)
            return errors.bad_request(request, exception)
        return None


def _sends_to_sign_in(response: HttpResponseBase) -> bool:
    if not isinstance(response, HttpResponseRedirect):
        return False
    return response.url.partition("?")[0] == resolve_url(settings.LOGIN_URL) and "next=" in response.url


def _whole_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Send a person, not a fragment of the page, to the sign-in page."""
    if request.headers.get("HX-Request") != "true" or not isinstance(response, HttpResponseRedirect):
        return response
    back = urlencode({"next": request.headers.get("HX-Current-URL", "/")})
    return HttpResponse(status=204, headers={"HX-Redirect": f"{resolve_url(settings.LOGIN_URL)}?{back}"})


def _was_in(request: HttpRequest) -> bool:
    return request.COOKIES.get(WAS_IN) == "1"


def _remember_sign_in(request: HttpRequest, response: HttpResponseBase) -> None:
    user, known = getattr(request, "user", None), _was_in(request)
    if user is None or user.is_authenticated == known:
        return
    if user.is_authenticated:
        response.set_cookie(WAS_IN, "1", httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
    elif request.method == "POST":  # signed out by one's own hand
        response.delete_cookie(WAS_IN, samesite="Lax")
