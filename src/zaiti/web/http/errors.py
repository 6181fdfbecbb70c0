"""Every “no” as a calm sentence: what happened, what is kept, and the way on."""

import logging
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.loader import get_template, render_to_string
from django.utils.crypto import get_random_string
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.core.outages import is_outage
from zaiti.limits import TooMany

log = logging.getLogger(__name__)
AWAY_S = 10  # how soon to ask again when the database is away
ALLAUTH_WAITS = 60  # seconds: the window of its limits by request, which are all by the minute


@dataclass(frozen=True)
class No:
    """A refusal as a person reads it."""

    status: int
    title: str
    sentence: str
    hint: str = ""
    sign_in: str = ""


class Said(HttpResponse):
    """A refusal, with what it says."""

    def __init__(self, no: No, content: str) -> None:
        super().__init__(content, status=no.status)
        self.no = no


def refused(request: HttpRequest, exception: Refused) -> HttpResponse:
    """409: the step cannot be taken now; 429 when it was taken too often."""
    if isinstance(exception, TooMany):
        return too_many(request, exception)
    kept = _("Nothing was changed. Go back to the page: what you had typed is still there.")
    return _say(request, No(409, _("This step was not taken"), exception.message, kept))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when more was sent than is taken."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    if isinstance(exception, DisallowedHost):
        return unknown_host(request)
    if exception and isinstance(exception.__cause__, Refused):  # while the request was still being read
        return refused(request, exception.__cause__)
    sentence = _("The request could not be understood. Please open the page again and repeat the step.")
    return _say(request, No(400, _("The request could not be read"), sentence))


def unknown_host(request: HttpRequest) -> HttpResponse:
    """400: the browser asked for another site; said without any page that needs to know our name."""
    log.warning("A request for another host: %s", request.META.get("HTTP_HOST", ""))
    return HttpResponse(get_template("ui/errors/host.html").render(), status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent at once than is taken."""
    if not (request.content_type or "").startswith("multipart/"):
        return _too_long(request)
    sentence = _("More was sent at once than this page takes (at most %(size)s MB a file).")
    hint = _("Nothing was changed. Send the files one by one, or scan at 300 dpi, which makes them smaller.")
    size = settings.UPLOAD_MAX_BYTES // 2**20
    return _say(request, No(413, _("What was sent is too large"), sentence % {"size": size}, hint))


def _too_long(request: HttpRequest) -> HttpResponse:
    sentence = _("The text is longer than can be taken at once (at most %(size)s MB).")
    hint = _("Nothing was changed. Go back: what you typed is still there. Shorten it, or send it as a file.")
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    return _say(request, No(413, _("The text is too long"), sentence % {"size": size}, hint))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not this person's to do or to see."""
    sentence = _("Your account has no right to this page or step.")
    hint = _("If it belongs to your duties, ask your unit's administrator to give your account the post.")
    return _say(request, No(403, _("Not open to your account"), sentence, hint))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was no longer valid (signed in elsewhere, cookies off)."""
    sentence = _("The form was opened before you last signed in, or your browser keeps no cookies.")
    hint = _("Nothing was changed. Go back, reload the page and send it again.")
    return _say(request, No(403, _("Please send the form again"), sentence, hint))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing stands at this address."""
    sentence = _(
        "There is nothing at this address. It may have been typed wrongly, or is not open to your account."
    )
    return _say(
        request, No(404, _("Page not found"), sentence, _("Please start from the home page or go back."))
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: tried too often; allauth calls it without saying for how long."""
    no = exception if isinstance(exception, TooMany) else TooMany(ALLAUTH_WAITS)
    kept = _("Nothing was changed. Go back to the page: what you had typed is still there.")
    answer = _say(request, No(429, _("Please wait a little"), no.message, kept))
    answer["Retry-After"] = str(no.retry_after)
    return answer


def clashed(request: HttpRequest) -> HttpResponse:
    """503: others were at the same thing at the same moment, again and again."""
    sentence = _(
        "Others were changing the same things at the same moment, so this step could not be finished."
    )
    answer = _say(
        request,
        No(
            503,
            _("Please try again"),
            sentence,
            _("Look at the page whether the step was taken; if not, please repeat it."),
        ),
    )
    answer["Retry-After"] = "5"
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; said without the help of anything that may be broken."""
    if is_outage(sys.exc_info()[1]):
        return away(request)
    number = get_random_string(8, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    log.error("Fault %s at %s %s", number, request.method, request.path)
    name = "ui/errors/fault_part.html" if is_htmx(request) else "ui/errors/500.html"
    return _near_action(HttpResponse(get_template(name).render({"number": number}), status=500))


def away(request: HttpRequest) -> HttpResponse:
    """503: the database is away; it is asked again with the next request."""
    log.warning("The database did not answer at %s %s", request.method, request.path)
    name = "ui/errors/away_part.html" if is_htmx(request) else "ui/errors/503.html"
    answer = HttpResponse(get_template(name).render(), status=503, headers={"Retry-After": str(AWAY_S)})
    return _near_action(answer)


def signed_out(request: HttpRequest, redirect: HttpResponseBase) -> HttpResponseBase:
    """401 for htmx, beside the action; else the sign-in page, which says why."""
    login = resolve_url(settings.LOGIN_URL)
    if not is_htmx(request):
        assert isinstance(redirect, HttpResponseRedirect)
        back = _back(request) if request.method == "POST" else ""  # what is only posted to can't be opened
        to = f"{login}?{urlencode({'next': back})}" if back else redirect.url
        redirect["Location"] = f"{to}&timeout=1"
        return redirect
    sentence = _("For safety you were signed out after a time without activity.")
    hint = _("What you typed stays here: sign in again in a new window, come back and repeat the step.")
    no = No(401, _("Please sign in again"), sentence, hint, f"{login}?{urlencode({'timeout': 1})}")
    return _say(request, no)


def sent_twice(request: HttpRequest) -> HttpResponse:
    """409: the same form is on its way still."""
    sentence = _("This form was sent twice at the same moment; the first one counts.")
    hint = _("Go back to the page and see whether it was done; if not, send it again.")
    return _say(request, No(409, _("Sent twice"), sentence, hint))


def not_the_same(request: HttpRequest) -> HttpResponse:
    """401: the page belongs to another account than the one signed in now, or to nobody any more."""
    sentence = _("The page was opened by another account than the one that is signed in now.")
    hint = _("What you typed stays here: sign in again with your own account.")
    no = No(401, _("Please sign in again"), sentence, hint, resolve_url(settings.LOGIN_URL))
    return _say(request, no)


def _say(request: HttpRequest, no: No) -> HttpResponse:
    if is_htmx(request):
        return _near_action(Said(no, render_to_string("ui/errors/part.html", {"no": no}, request)))
    context = {"no": no, "title": no.title, "back": _back(request)}
    return Said(no, render_to_string("ui/errors/page.html", context, request))


def _near_action(response: HttpResponse) -> HttpResponse:
    response["HX-Retarget"], response["HX-Reswap"] = "#refusal", "innerHTML"
    response["HX-Push-Url"] = "false"
    response["HX-Reselect"] = "unset"  # a form that takes one part of the answer takes the whole refusal
    return response


def is_htmx(request: HttpRequest) -> bool:
    """Tell whether the page stays and takes the answer into itself."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def _back(request: HttpRequest) -> str:
    """The page the person came from, if it is ours."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return urlsplit(page)._replace(scheme="", netloc="").geturl() if page and ours else ""
