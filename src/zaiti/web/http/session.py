"""Whose page this is: what the browser keeps for an account, and whether that account is still signed in."""

import base64
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

SALT = "zaiti.web.forms.kept"


def kept_for(user: Any) -> dict[str, str]:
    """The account's name for its browser, which tells nothing, and the key that seals what is kept there."""
    if user is None or not user.is_authenticated:
        return {"owner": "", "key": ""}
    return {
        "owner": _digest("owner", user).hexdigest()[:16],
        "key": base64.b64encode(
            salted_hmac(f"{SALT}.key", str(user.pk), algorithm="sha256").digest()
        ).decode(),
    }


def _digest(what: str, user: Any) -> Any:
    return salted_hmac(f"{SALT}.{what}", str(user.pk), algorithm="sha256")


@require_GET
@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Say for whom the browser is signed in now; a page asks before it sends what was typed."""
    return JsonResponse({"owner": kept_for(request.user)["owner"]})
