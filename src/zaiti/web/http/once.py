"""One click, one deed: a form sent again as it was, by a second click or by going back, is not done twice."""

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from zaiti.drafts.models import Sent
from zaiti.web.http import errors

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # drawn anew with each page, so it tells the pages' forms apart
NOT_DEEDS = ("/accounts/", "/look/")
PATIENCE, LOOK_AGAIN = 10.0, 0.1  # seconds
STALE = timedelta(seconds=60)


class OnceMiddleware:
    """Takes each plain form once; htmx forms are held by their page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if sent := getattr(request, "sent_once", None):
            _keep(sent, response)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Let a form in the first time; answer it as then the next."""
        if request.method != "POST" or TOKEN not in request.POST or request.path.startswith(NOT_DEEDS):
            return None
        printed, until = print_of_form(request), time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if sent := _claim(printed):
                request.sent_once = sent  # type: ignore[attr-defined]  # read when the answer is there
                return None
            if first := Sent.objects.filter(print=printed).exclude(location="").first():
                return _as_before(request, first)
            time.sleep(LOOK_AGAIN)
        return errors.sent_twice(request)


def print_of_form(request: HttpRequest) -> str:
    """A form as it was sent: by whom, where, with which words and files."""
    made = hashlib.sha256(f"{request.user.pk} {request.path}".encode())
    for name, values in sorted(request.POST.lists()):
        made.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            made.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                made.update(chunk)
            file.seek(0)
    return made.hexdigest()


def _claim(printed: str) -> Sent | None:
    """Be the first to send it; or the next, when the first never came to an end."""
    Sent.objects.filter(print=printed, location="", at__lt=timezone.now() - STALE).delete()
    try:
        with transaction.atomic():
            return Sent.objects.create(print=printed, at=timezone.now())
    except IntegrityError:
        return None


def _keep(sent: Sent, response: HttpResponseBase) -> None:
    """Note where a deed led; what was refused may be sent again."""
    if isinstance(response, HttpResponseRedirect) and "/accounts/login/" not in response.url:
        Sent.objects.filter(pk=sent.pk).update(location=response.url[:500])
    else:
        Sent.objects.filter(pk=sent.pk).delete()


def _as_before(request: HttpRequest, first: Sent) -> HttpResponseBase:
    """Lead where the deed led, and say that it was not done again."""
    at = f"{timezone.localtime(first.at):%H:%M}"
    messages.info(request, _("This form was sent already at %s; nothing was done a second time.") % at)
    return HttpResponseRedirect(first.location)
