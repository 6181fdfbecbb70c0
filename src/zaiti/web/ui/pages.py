"""Answering a request: a whole page or its named part; a list with filter, sort, pages and export."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django_filters import FilterSet
from django_htmx.middleware import HtmxDetails
from django_tables2 import RequestConfig, Table

from zaiti.accounts.models import User
from zaiti.web.forms.fields import dress
from zaiti.web.lists.exports import export
from zaiti.web.lists.neighbours import neighbours as neighbours

SIZES = (25, 50, 100)


class Request(HttpRequest):
    """A request as views behind sign-in see it."""

    user: User
    htmx: HtmxDetails


def page(
    request: HttpRequest, template: str, part: str | None = None, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render the whole page, or for htmx its named part."""
    name = f"{template}#{part}" if part and wants_part(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_part(request: HttpRequest) -> bool:
    """Tell whether htmx asked for a part of the page, not for a page to go to."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def listing(
    request: HttpRequest,
    template: str,
    table_class: type[Table],
    filter_class: type[FilterSet],
    queryset: QuerySet[Any],
    **context: Any,
) -> HttpResponse:
    """Show a list filtered, sorted and paged by its address; or export exactly what it shows."""
    chosen = filter_class(request.GET, queryset=queryset, request=request)
    dress(chosen.form, _("Any"))
    table = _table(request, table_class, chosen.qs)
    if request.GET.get("export") in {"csv", "xlsx"}:
        return export(table, request.GET["export"], title=_title(context, queryset))
    whole = "ui/listing.html" if _swaps_list(request) else template
    return page(
        request, whole, table=table, filter=chosen, **_listing_context(request, table, chosen), **context
    )


def onward(request: HttpRequest, url: str, *args: object) -> HttpResponse:
    """Go to another page after a post, also when htmx asked."""
    there = redirect(url, *args)
    if not wants_part(request):
        return there
    return HttpResponse(status=204, headers={"HX-Redirect": there.url})


def _swaps_list(request: HttpRequest) -> bool:
    return wants_part(request) and request.headers.get("HX-Target") == "listing"


def _table(request: HttpRequest, table_class: type[Table], rows: QuerySet[Any]) -> Table:
    table = table_class(rows, exclude=_hidden(request, table_class))
    RequestConfig(request, paginate=False).configure(table)  # the order alone: page sizes are ours
    table.paginate(per_page=_size(request))
    table.page = table.paginator.get_page(request.GET.get("page"))
    return table


def _hidden(request: HttpRequest, table_class: type[Table]) -> tuple[str, ...]:
    chosen, names = set(request.GET.getlist("columns")), list(table_class.base_columns)
    if chosen & set(names):
        return tuple(name for name in names if name not in chosen and choosable(table_class, name))
    return tuple(getattr(table_class, "hidden_at_first", ()))


def choosable(table_class: type[Table], name: str) -> bool:
    """Tell whether a column may be hidden: the first may not, nor one without a title."""
    columns = table_class.base_columns
    return name != next(iter(columns)) and bool(
        columns[name].verbose_name or columns[name].verbose_name is None
    )


def _size(request: HttpRequest) -> int:
    wanted = request.GET.get("per_page", "")
    return int(wanted) if wanted in {str(size) for size in SIZES} else SIZES[0]


def _title(context: Mapping[str, Any], queryset: QuerySet[Any]) -> str:
    return str(context.get("title") or queryset.model._meta.verbose_name_plural)


def _listing_context(request: HttpRequest, table: Table, chosen: FilterSet) -> dict[str, Any]:
    filtered = any(request.GET.getlist(name) not in ([], [""]) for name in _parameters(chosen))
    return {"sizes": SIZES, "size": _size(request), "filtered": filtered, "column_choices": _choices(table)}


def _parameters(chosen: FilterSet) -> list[str]:
    names = list(chosen.form.fields)
    return [f"{name}{end}" for name in names for end in ("", "_after", "_before", "_min", "_max")]


def _choices(table: Table) -> list[dict[str, Any]]:
    shown = set(table.columns.names())
    return [
        {"name": name, "label": column.verbose_name or _model_label(table, name), "shown": name in shown}
        for name, column in type(table).base_columns.items()
        if choosable(type(table), name)
    ]


def _model_label(table: Table, name: str) -> str:
    return str(table.columns[name].header) if name in table.columns.names() else name
