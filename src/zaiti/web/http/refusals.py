"""A form with files whose deed was refused is shown again with them, as if a field had been wrong."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import escape

from zaiti.core import Refused
from zaiti.web.forms.kept import KEPT, READ, REFUSED
from zaiti.web.http import clashes
from zaiti.web.http.errors import Said, is_htmx


def with_form(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Give the form with the sentence and all that was uploaded in place of the sentence alone.

    The view runs again, but its form isn't valid any more, so it does nothing but show it.
    """
    if not isinstance(answer, Said) or not _carries_files(request) or clashes.stands(request):
        return answer
    request.POST = request.POST.copy()  # type: ignore[assignment]  # it carries one word more
    setattr(request.POST, REFUSED, answer.no.sentence)
    try:
        form = clashes.anew(request)()
    except (Refused, PermissionDenied, clashes.Spent):
        return answer
    return _as(answer, form)


def is_again(request: HttpRequest) -> bool:
    """Tell whether the view is only asked for its form: what was counted once is not counted again."""
    return hasattr(request.POST, REFUSED)


def _carries_files(request: HttpRequest) -> bool:
    if is_htmx(request) or is_again(request) or not hasattr(request.POST, READ):  # with htmx the page stays
        return False
    return bool(request.FILES) or any(name.endswith(KEPT) for name in request.POST)


def _as(answer: Said, form: HttpResponseBase) -> HttpResponseBase:
    """The form under the refusal's own status; a page that no longer has the form says nothing of it."""
    if form.status_code != 422 or escape(answer.no.sentence) not in getattr(form, "text", ""):
        return answer
    form.status_code = answer.status_code
    if "Retry-After" in answer:
        form["Retry-After"] = answer["Retry-After"]
    return form
