"""The machine door's own page, written from its schema."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zaiti.web.api.v1 import PAGE, PAGE_MOST, api
from zaiti.web.ui.pages import page

KINDS = {
    "integer": gettext_lazy("a whole number"),
    "string": gettext_lazy("some text"),
    "date": gettext_lazy("a day, such as 2025-07-04"),
}


def docs(request: HttpRequest) -> HttpResponse:
    """Describe each address, what it takes and what it gives."""
    schema: dict[str, Any] = api.get_openapi_schema()
    models = schema["components"]["schemas"]
    addresses = [_address(where, verbs["get"], models) for where, verbs in schema["paths"].items()]
    return page(request, "api/docs.html", addresses=addresses, size=PAGE, most=PAGE_MOST)


def _address(where: str, operation: dict[str, Any], models: dict[str, Any]) -> dict[str, Any]:
    what = operation["summary"]
    content = operation["responses"][200]["content"]["application/json"]["schema"]
    return {
        "where": where,
        "what": _(what),
        "parameters": [_parameter(one) for one in operation["parameters"]],
        "fields": list(_item(content, models)["properties"]),
        "example": where if "{" not in where else "",
    }


def _parameter(given: dict[str, Any]) -> dict[str, Any]:
    note = given.get("description")
    kinds = [one for one in given["schema"].get("anyOf", [given["schema"]]) if one.get("type") != "null"]
    return {
        "name": given["name"],
        "kind": KINDS[kinds[0].get("format") or kinds[0]["type"]],
        "choices": kinds[0].get("enum", []),
        "note": _(note) if note else "",
    }


def _item(content: dict[str, Any], models: dict[str, Any]) -> dict[str, Any]:
    """The thing an address gives, out of its page where it gives pages."""
    model: dict[str, Any] = _model(content["$ref"], models)
    items = model["properties"].get("items")
    return _model(items["items"]["$ref"], models) if items else model


def _model(reference: str, models: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = models[reference.rpartition("/")[2]]
    return found


urlpatterns: list[URLPattern] = [path("", docs, name="docs")]
