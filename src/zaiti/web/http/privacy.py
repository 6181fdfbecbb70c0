"""What browsers and caches keep nothing of: signed-in pages, secret links; and devices no page may use."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zaiti.core.secret_links import PARAMETERS

NOTHING_KEPT = "private, no-store"
UNUSED = (
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media geolocation gyroscope hid",
    "idle-detection magnetometer microphone midi payment publickey-credentials-get screen-wake-lock serial",
    "usb xr-spatial-tracking",
)
PERMISSIONS = ", ".join(f"{device}=()" for devices in UNUSED for device in devices.split())


class Privacy:
    """Sets the headers; who has no session and no secret link gets public pages, which may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        secret = getattr(request, "is_secret", False)
        if secret:
            response["Referrer-Policy"], response["X-Robots-Tag"] = "no-referrer", "noindex"
        if hasattr(request, "session") and (secret or _has_session(request, response)):
            response["Cache-Control"] = NOTHING_KEPT
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        """Note an address that is itself a secret."""
        request.is_secret = not PARAMETERS.isdisjoint(kwargs)  # type: ignore[attr-defined]  # read above and by ui/base.html


def _has_session(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Told by the cookie: it asks nothing of the database, which may be away."""
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies
