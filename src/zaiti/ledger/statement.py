"""What an entry says, in one form (RFC 8785), the personal part as salted commitments; and its digest."""

import hmac
import json
from datetime import UTC
from typing import Any, Protocol

import rfc8785
from django.core.serializers.json import DjangoJSONEncoder

from zaiti.ledger.verify import commitment, entry_of

RULE = 2  # of the digests; entries of the first rule keep their old hash beside it


class Said(Protocol):
    """The columns of an entry that are part of what it says."""

    pk: Any
    at: Any
    by_id: Any
    actor: Any
    verb: Any
    thing_type: Any
    thing_id: Any
    thing_label: Any
    facts: Any
    city_id: Any
    rule: Any
    salt: Any


def digest(entry: Said) -> bytes:
    """What the log holds of an entry."""
    return entry_of(statement(entry))


def statement(entry: Said) -> str:
    """The entry's text, as it is hashed."""
    salt = bytes(entry.salt)
    facts = {name: _hidden(salt, f"facts.{name}", value) for name, value in entry.facts.items()}
    hidden = {name: _hidden(salt, name, value) for name, value in personal(entry).items()}
    said = {
        "rule": entry.rule,
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "verb": entry.verb,
        "thing": entry.thing_type,
        "thing_id": entry.thing_id,
        "city": entry.city_id,
        "facts": facts,
        **hidden,
    }
    return canonical(said)


def personal(entry: Said) -> dict[str, Any]:
    """What may lead to a person, beside the facts."""
    return {"actor": entry.actor, "by": entry.by_id, "label": entry.thing_label}


def canonical(value: Any) -> str:
    """The one spelling of a value; whole numbers that no JSON reader holds exactly are spelled as text."""
    try:
        return rfc8785.dumps(value).decode()
    except rfc8785.IntegerDomainError:
        return rfc8785.dumps(exact(value)).decode()


def exact(value: Any) -> Any:
    """The value with whole numbers beyond JSON's reach as text."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder), parse_int=_whole)


def _whole(digits: str) -> int | str:
    return digits if abs(int(digits)) >= 2**53 else int(digits)


def salt_of(salt: bytes, name: str) -> bytes:
    """The salt of one word of an entry: whoever is shown it learns nothing of the others."""
    return hmac.digest(salt, name.encode(), "sha256")


def _hidden(salt: bytes, name: str, value: Any) -> str:
    return commitment(salt_of(salt, name), canonical(value))


def disclosing(entry: Said) -> dict[str, list[str]]:
    """The words of an entry with what it takes to check each; a reader may be given some of them alone."""
    told = {**personal(entry), **{f"facts.{name}": value for name, value in entry.facts.items()}}
    salt = bytes(entry.salt)
    return {name: [salt_of(salt, name).hex(), canonical(value)] for name, value in told.items()}
