"""Whose request it is, for counting: the client's address, and what a visitor may do how often."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import IPv6Network, ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from zaiti.limits import TooMany, spend

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HOUSEHOLD = 64  # bits: what one subscriber is given of IPv6
LOCKED_FOR = 15 * 60  # seconds: the longest window of ACCOUNT_RATE_LIMITS
LOCKED = {"too_many_login_attempts", "rate_limited"}


def address(request: HttpRequest) -> str:
    """The client's address: behind proxies of ours, the one the outermost of them saw."""
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    ours = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = passed[-ours].strip() if 0 < ours <= len(passed) else ""
    return seen or str(request.META.get("REMOTE_ADDR", ""))


def limited(
    scope: str, *, most: int, per: timedelta = MINUTE
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let an address ask for this so often; more is answered 429."""

    def around(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            spend(scope, household(request), most=most, per=per)
            return view(request, *args, **kwargs)

        return counted

    return around


def household(request: HttpRequest) -> str:
    """What is counted as one visitor: an IPv4 address, or a subscriber's whole IPv6 network."""
    given = address(request)
    try:
        found = ip_address(given)
    except ValueError:
        return given
    return str(IPv6Network((found, HOUSEHOLD), strict=False)) if found.version == 6 else given


class Adapter(DefaultAccountAdapter):
    """Signing in: too many tries are answered 429, as everywhere."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the client's address by the house's one rule."""
        return address(request)

    def validation_error(self, code: str, *args: Any) -> Exception:
        """Say no to a form; for too many tries, to the whole request."""
        return TooMany(LOCKED_FOR) if code in LOCKED else super().validation_error(code, *args)
