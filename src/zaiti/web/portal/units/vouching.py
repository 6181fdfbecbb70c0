"""For which unit the unified sign-in says that a person acts."""

from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from zaiti.accounts import uscc
from zaiti.core import Refused
from zaiti.web.ui.pages import Request


def vouched_for(request: Request) -> str:
    """Give the code that this session's own sign-in named; what an earlier one said counts no more."""
    for record in reversed(get_authentication_records(request, request.user)):
        if record.get("method") == "socialaccount":
            said = SocialAccount.objects.filter(
                user=request.user, provider=record.get("provider"), uid=record.get("uid")
            ).first()
            return _code_in(said.extra_data if said else {})
    return ""


def _code_in(claims: dict[str, object]) -> str:
    """OpenID Connect keeps what the server said of a person under `userinfo` and `id_token`."""
    parts = [claims, *(part for part in claims.values() if isinstance(part, dict))]
    named = [part[name] for name in settings.OIDC_UNIT_CLAIMS for part in parts if part.get(name)]
    try:
        return uscc.normalise(str(named[0])) if named else ""
    except Refused:
        return ""
