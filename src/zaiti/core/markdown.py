"""People's words inside published Markdown: they read as they were written, and are never markup."""

import re
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from zaiti.core.text import one_line, plain

MARKS = re.compile(r"[\\`*_\[\]<>&|~]")
# What begins a heading, list, quotation, rule, table or indented code, if it stands first on its line.
FIRST = re.compile(r"^[ \t]*(?:([-+=#>])|(\d{1,9})([.)])(?=\s|$)|(?=\S)|$)", re.MULTILINE)


def escape(text: str) -> str:
    """Write a text so that Markdown shows it as it is; its lines are kept."""
    return FIRST.sub(_first, MARKS.sub(r"\\\g<0>", plain(text)))


def cell(text: object) -> str:
    """The same for a table's cell or a heading: one line."""
    return escape(one_line(text))


def fill(template: str, facts: Mapping[str, Any]) -> str:
    """Render a public text in which every fact is data; what stands in rows and groups keeps to one line."""
    return render_to_string(
        template, {name: escape(v) if isinstance(v, str) else _inside(v) for name, v in facts.items()}
    ).strip()


def _first(found: re.Match[str]) -> str:
    mark, number, stop = found.groups()
    return f"\\{mark}" if mark else f"{number}\\{stop}" if number else ""


def _inside(value: Any) -> Any:
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, Mapping):
        return {key: _inside(inner) for key, inner in value.items()}
    return [_inside(inner) for inner in value] if isinstance(value, list | tuple) else value
