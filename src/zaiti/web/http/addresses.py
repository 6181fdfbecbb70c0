"""Addresses that no page of ours makes: not found, or not understood, before any view sees them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from zaiti.core.text import CONTROL

LARGEST_KEY = 2**63 - 1  # of a bigint
NUL = "\0"


class AddressMiddleware:
    """Answers 404 for absurd parts of an address, and 400 for what no database can hold in its query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, parts: dict[str, Any]) -> None:
        """Look at the address before the view does."""
        if any(_absurd(part) for part in parts.values()):
            raise Http404
        if any(NUL in text for name, values in request.GET.lists() for text in (name, *values)):
            raise SuspiciousOperation


def _absurd(part: object) -> bool:
    return part > LARGEST_KEY if isinstance(part, int) else bool(CONTROL.search(str(part)))
