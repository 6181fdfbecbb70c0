"""A list's rows, drawn: what django-tables2 finds out anew for each cell is found out once for the table."""

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from django.template.base import render_value_in_context
from django.template.context import Context
from django.template.defaultfilters import date as as_date
from django.template.defaultfilters import default as or_default
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django_tables2 import Column, DateColumn, DateTimeColumn, ManyToManyColumn, Table
from django_tables2.columns import BoundColumn
from django_tables2.columns.base import LinkTransform
from django_tables2.columns.linkcolumn import BaseLinkColumn
from django_tables2.rows import BoundRow

Read = Callable[[Any], Any]
Draw = Callable[[Any, Any], Any]  # of a row and its value
USUAL = Context()
HELD = 1000  # rows in hand at a time


def drawn_rows(table: Table) -> SafeString:
    """The rows of the page in view."""
    cells = [_cell(table, column) for column in table.columns]
    rows = "".join(_rows(table, cells))
    return mark_safe(rows)  # noqa: S308  # each cell is escaped


def exported_rows(table: Table) -> Iterator[list[Any]]:
    """The columns' names, then every row's plain values, a few rows in hand at a time."""
    columns = [column for column in table.columns.iterall() if not column.column.exclude_from_export]
    yield [str(column.header) for column in columns]
    values = [_value(table, column) for column in columns]
    data = table.data.data
    for record in data.iterator(chunk_size=HELD) if isinstance(data, QuerySet) else data:
        row = BoundRow(record, table=table)
        yield [value(row) for value in values]


def _value(table: Table, column: BoundColumn) -> Callable[[BoundRow], Any]:
    """How a column's values for a file are read."""
    if not _is_plain(table, column):
        return lambda row: row.get_cell_value(column.name)
    read, without = _reader(table.data.data.model, column.accessor), column.column.empty_values
    say = _called_with(column.value, table, column)

    def value(row: BoundRow) -> Any:
        found = read(row.record)
        return None if found in without else say(row, found)

    return value


def _rows(table: Table, cells: list[Callable[[BoundRow], str]]) -> Iterator[str]:
    for row in table.paginated_rows:
        of_row = row.attrs.as_html() if table.row_attrs else f'class="{row.get_even_odd_css_class()}"'
        yield f"<tr {of_row}>{''.join([cell(row) for cell in cells])}</tr>"


def _cell(table: Table, column: BoundColumn) -> Callable[[BoundRow], str]:
    """How a column's cells are drawn."""
    begin = format_html('<td data-label="{}" {}>', column.header, column.attrs["td"].as_html())
    if not _is_plain(table, column):
        return lambda row: f"{begin}{_written(column, row.get_cell(column.name))}</td>"
    read, draw, empty = _reader(table.data.data.model, column.accessor), _draw(table, column), column.default
    without = column.column.empty_values

    def cell(row: BoundRow) -> str:
        value = read(row.record)
        drawn = empty if value in without else draw(row, value)
        return f"{begin}{_written(column, drawn)}</td>"

    return cell


def _is_plain(table: Table, column: BoundColumn) -> bool:
    """Whether it reads a model's row in the usual way."""
    of_model = hasattr(table.data, "data") and issubclass(getattr(table.data.data, "model", type), Model)
    own_way = isinstance(column.column, BaseLinkColumn | ManyToManyColumn)
    return of_model and isinstance(column.accessor, str) and not own_way


def _written(column: BoundColumn, drawn: Any) -> str:
    """A cell's value as a template writes it."""
    if isinstance(drawn, SafeString):
        return drawn
    if column.column.localize is None:
        return render_value_in_context(drawn, USUAL)
    return str(conditional_escape(drawn))


def _reader(model: type[Model], accessor: Any) -> Read:
    """Read what an accessor names; a choice by its word, nothing where the way there ends."""
    *way, last = accessor.bits
    field = accessor.get_field(model)
    word = f"get_{last}_display" if getattr(field, "choices", None) else ""

    def read(record: Any) -> Any:
        try:
            for bit in way:
                record = _called(getattr(record, bit))
            return _called(getattr(record, word if word and hasattr(record, word) else last))
        except AttributeError:
            return None

    return read


def _called(value: Any) -> Any:
    return value() if callable(value) and not getattr(value, "do_not_call_in_templates", False) else value


def _draw(table: Table, column: BoundColumn) -> Draw:
    """Draw a value: by the table's own function, the column's, or as it is; then as a link."""
    own = _own(table, column)
    link: LinkTransform | None = column.link
    if link is None:
        return own

    def linked(row: BoundRow, value: Any) -> Any:
        return link(own(row, value), **_facts(table, column, row, value))

    return linked


def _own(table: Table, column: BoundColumn) -> Draw:
    render = column.render
    if getattr(render, "__func__", None) is Column.render:
        return lambda _row, value: value
    if getattr(render, "__self__", None) is column.column and type(column.column) in (
        DateColumn,
        DateTimeColumn,
    ):
        return _dated(column)
    return _called_with(render, table, column)


def _called_with(function: Callable[..., Any], table: Table, column: BoundColumn) -> Draw:
    """Call a function with the facts it wants."""
    names = _arguments(getattr(function, "__func__", function))

    def call(row: BoundRow, value: Any) -> Any:
        facts = _facts(table, column, row, value)
        return function(**(facts if names is None else {name: facts[name] for name in names}))

    return call


def _dated(column: BoundColumn) -> Draw:
    """The library compiles a template for each cell."""
    form = column.column.template_code.partition('"')[2].partition('"')[0]
    empty = column.default
    return lambda _row, value: or_default(as_date(_here(value), form), empty)


def _here(value: Any) -> Any:
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value


def _facts(table: Table, column: BoundColumn, row: BoundRow, value: Any) -> dict[str, Any]:
    return {
        "value": value,
        "record": row.record,
        "column": column.column,
        "bound_column": column,
        "bound_row": row,
        "table": table,
    }


@cache
def _arguments(function: Callable[..., Any]) -> tuple[str, ...] | None:
    """The arguments a function wants, but itself; nothing where it takes all."""
    wanted = list(inspect.signature(function).parameters.values())
    if any(one.kind is one.VAR_KEYWORD for one in wanted):
        return None
    return tuple(one.name for one in wanted if one.name != "self")
