"""Who comes in here, and which applications they find."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from zaiti.accounts.rules import is_applicant, may_found
from zaiti.applications.models import Application
from zaiti.applications.queries import with_last_files
from zaiti.web.ui.pages import Request

View = Callable[..., HttpResponseBase]


def for_applicants(view: View) -> View:
    """Let members of a unit in; lead who has none yet to its registration."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_applicant(request.user):
            return view(request, *args, **kwargs)
        if may_found(request.user):
            return redirect("portal:register")
        raise PermissionDenied

    return login_required(guarded)


def find(request: Request, pk: int) -> Application:
    """Find one of the unit's own applications."""
    related = ("call__authority", "call__cycle", "carrier_type", "organisation", "contact")
    answers = ("answers__form", "answers__before")
    own = Application.objects.filter(organisation=request.user.organisation_id)
    return get_object_or_404(with_last_files(own.select_related(*related, *answers)), pk=pk)
