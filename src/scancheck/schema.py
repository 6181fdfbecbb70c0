"""The JSON Schema of reports, made from their classes and from the checks there are."""

from typing import Any

from pydantic import TypeAdapter

from scancheck.registry import Plugins, registered
from scancheck.report import REPORT, SCHEMA_VERSION

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(plugins: Plugins = ()) -> dict[str, Any]:
    """The schema; checks and the codes of their findings are named with what they mean."""
    known = registered(plugins)
    made = REPORT.json_schema(mode="serialization")
    finding = made["$defs"]["Finding"]["properties"]
    finding["check"] |= {"oneOf": [_meant(check.name, check.about[1]) for check in known]}
    said = (_meant(code, words[1]) for check in known for code, words in check.words.items())
    finding["code"] |= {"oneOf": list(said)}
    made["$defs"]["PageReport"]["properties"]["measured"]["properties"] = {
        check.name: TypeAdapter(check.value).json_schema()
        for check in known
        if check.page and not check.field and check.value
    }
    return {"$schema": DRAFT, "$id": f"scancheck-report-{SCHEMA_VERSION}", **made}


def _meant(value: str, meaning: str) -> dict[str, str]:
    return {"const": value, "description": meaning}
