"""Every address of the site, with the objects its parameters stand for."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Addresses of other people's applications, tested by them.
NOT_OURS = ("account_", "mfa_", "socialaccount_", "openid_connect_", "api-1")
ONLY_IN_DEMO = ("ui:styleguide",)
# What `pk` and the other parameters mean, by the start of an address's name; the longest match counts.
PARAMETERS: dict[str, dict[str, str]] = {
    "ui:paper": {"pk": "paper"},
    "ui:file": {"pk": "version.file"},
    "ui:picture": {"pk": "version.file"},
    "ui:attachment": {"publication": "publication", "pk": "version.file"},
    "portal:": {"pk": "application", "slot": "material.requirement"},
    "portal:receipt_proof": {"pk": "application", "submission": "submission"},
    "portal:remove": {"pk": "member"},
    "portal:remove_file": {"pk": "application", "slot": "material.requirement"},
    "portal:hand_over": {"pk": "member"},
    "portal:revoke": {"pk": "invitation"},
    "portal:invitation": {"token": "invitation.token"},
    "portal:join": {"token": "invitation.token"},
    "portal:join_parts": {"pk": "application", "slot": "material.requirement"},
    "portal:begin": {"pk": "open call"},
    "portal:message": {"pk": "message"},
    "desk:plan": {"pk": "cycle", "authority": "authority"},
    "desk:city_notice": {"pk": "cycle", "authority": "authority"},
    "desk:year_draft": {"pk": "year draft", "section": "=terms"},
    "desk:calendar": {"year": "=2025"},
    "desk:call": {"pk": "call", "cycle": "cycle", "authority": "authority", "kind": "kind"},
    "desk:text": {"pk": "publication"},
    "desk:amendment": {"pk": "amendment"},
    "desk:unit": {"pk": "mandate"},
    "desk:screening": {"pk": "application", "requirement": "material.requirement", "version": "version"},
    "desk:screening_answers_of": {"kind": "kind"},
    "desk:panel": {"pk": "panel", "application": "application"},
    "desk:draw": {"pk": "draw"},
    "desk:review": {"pk": "review"},
    "desk:seat": {"pk": "seat"},
    "desk:expert": {"pk": "expert"},
    "desk:ranking": {"pk": "list"},
    "desk:ranking_make": {"pk": "panel"},
    "desk:ranking_successor": {"pk": "candidate"},
    "desk:posting_correction": {"pk": "posting correction"},
    "desk:posting": {"pk": "posting", "cycle": "cycle", "authority": "authority"},
    "desk:objection": {"pk": "objection"},
    "desk:report": {"pk": "report", "cycle": "cycle", "authority": "authority"},
    "desk:announcement": {"cycle": "cycle"},
    "jury:": {"pk": "judged review"},
    "jury:spread": {"pk": "judged panel"},
    "jury:sheet": {"pk": "judged sheet"},
    "portal:renaming": {"pk": "renaming"},
    "desk:renaming": {"pk": "renaming"},
    "portal:carrier": {"pk": "carrier"},
    "portal:training": {"pk": "carrier"},
    "portal:rectification": {"pk": "rectification"},
    "portal:defence": {"pk": "revocation"},
    "desk:carrier": {"pk": "carrier"},
    "desk:training_verify": {"pk": "training"},
    "desk:rectification": {"pk": "rectification"},
    "desk:inactivity": {"pk": "inactivity check"},
    "desk:revocation": {"pk": "revocation"},
    "desk:audit": {"pk": "entry"},
    "desk:person": {"pk": "user"},
    "desk:post_give": {"pk": "user"},
    "desk:post_end": {"pk": "post"},
    "api:carrier": {"certificate": "carrier.certificate_number"},
    "api:notice": {"number": "publication"},
    "site:notice": {"pk": "publication"},
    "site:posting": {"pk": "posting"},
    "site:carrier": {"certificate": "carrier.certificate_number"},
    "site:draw": {"pk": "draw"},
    "site:object": {"pk": "posting", "candidate": "candidate"},
    "site:log_": {"level": "=0", "number": "=0", "width": "=1"},
    "site:objection": {"token": "objection.token"},
}


# A table of the form among them.
PLAIN = {"number": 1, "size": "small", "kind": "acceptance", "field": "plan", "code": "teachers"}


def every_address() -> Iterator[tuple[str, set[str]]]:
    """Name every address with the parameters it takes."""
    for name, pattern in _walk(get_resolver(), ""):
        if not name.startswith(NOT_OURS) and not name.startswith(ONLY_IN_DEMO):
            yield name, set(pattern.pattern.converters)


def arguments(name: str, parameters: set[str], things: dict[str, Any]) -> dict[str, Any]:
    """Fill an address's parameters with the town's objects."""
    meanings = _meanings(name)
    return {p: _value(meanings[p], things) if p in meanings else PLAIN[p] for p in parameters}


def _meanings(name: str) -> dict[str, str]:
    fitting = [start for start in PARAMETERS if name.startswith(start)]
    return PARAMETERS[max(fitting, key=len)] if fitting else {}


def _value(meaning: str, things: dict[str, Any]) -> Any:
    if meaning.startswith("="):
        return meaning[1:]
    first, *rest = meaning.split(".")
    value = things[first]
    for step in rest:
        value = getattr(value, step)
    return getattr(value, "pk", value)


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}", pattern
