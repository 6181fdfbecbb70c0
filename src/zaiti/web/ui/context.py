"""What every page knows: look, demo mode, the demo's clock.  It asks the database for nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from zaiti import clock
from zaiti.web.http.cities import place_known, programme_known
from zaiti.web.http.session import kept_for
from zaiti.web.ui.demo import demo_accounts

THEMES = ("auto", "light", "dark")


def interface(request: HttpRequest) -> dict[str, Any]:
    """Give each page its look and its banner."""
    theme = request.COOKIES.get("theme", "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "elder": request.COOKIES.get("elder") == "on",
        "site_name": SimpleLazyObject(lambda: site_name(request)),
        "demo": settings.DEMO,
        "demo_now": SimpleLazyObject(clock.now) if settings.DEMO else None,
        "demo_password": getattr(settings, "DEMO_PASSWORD", "") if settings.DEMO else "",
        "demo_accounts": demo_accounts if settings.DEMO else (),
        "kept_for": SimpleLazyObject(lambda: kept_for(getattr(request, "user", None))),
        "session_seconds": _session_seconds(request),
        "factor_days": getattr(request, "factor_days", None),
        "timed_out": request.GET.get("timeout") == "1",
    }


def site_name(request: HttpRequest) -> str:
    """The site's name, in Chinese with its city and programme as far as the request has found out."""
    if not (get_language() or "").startswith("zh"):
        return str(settings.SITE_NAME)
    programme = programme_known(request)
    return f"{place_known(request)}{f'{programme}服务平台' if programme else settings.SITE_NAME}"


def _session_seconds(request: HttpRequest) -> int:
    """How long one may be idle: when signed in, the least it can be, as not every request is noted."""
    user = getattr(request, "user", None)
    slack = settings.SESSION_KEPT_EVERY if user is not None and user.is_authenticated else 0
    return int(settings.SESSION_COOKIE_AGE - slack)
