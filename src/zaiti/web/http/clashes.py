"""A request whose deed PostgreSQL undid, because it met another half-way, is tried again from its start."""

import os
from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zaiti.core import Refused
from zaiti.ledger.turns import again, deeds_done, is_clash
from zaiti.web.http import errors

DEEDS = "zaiti.deeds"  # in `META`: how many deeds stood when the request came


def note(request: HttpRequest) -> None:
    """Remember what stood before the request."""
    request.META[DEEDS] = deeds_done()


def try_again(request: HttpRequest) -> HttpResponseBase:
    """Run the view anew if nothing stands of it and its body can be read again; else say so."""
    if stands(request):
        return errors.clashed(request)
    try:
        return again(anew(request))()
    except Refused as no:
        return errors.refused(request, no)
    except Exception as failure:
        if is_clash(failure) or isinstance(failure, Spent):
            return errors.clashed(request)
        raise


def stands(request: HttpRequest) -> bool:
    """Tell whether a deed of the request stands: then its view must not run again."""
    return request.META.get(DEEDS) != deeds_done()


class Spent(Exception):  # noqa: N818 - no error: what was sent was put away by the first try
    """The files that came with the request are no longer there to be read."""


def anew(request: HttpRequest) -> Callable[[], HttpResponseBase]:
    """The view with all that was sent, as if it had come just now."""
    match: Any = request.resolver_match

    def view() -> HttpResponseBase:
        _rewind(request)
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answer

    return view


def _rewind(request: HttpRequest) -> None:
    for _name, files in request.FILES.lists():
        for file in files:
            gone = isinstance(file, TemporaryUploadedFile) and not os.path.exists(file.temporary_file_path())
            if gone or file.closed:
                raise Spent
            file.seek(0)
    vars(request).pop("_cached_user", None)  # the first try may have changed it
    AuthenticationMiddleware(lambda _request: errors.clashed(_request)).process_request(request)
