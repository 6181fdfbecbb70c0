"""A list's cells made by a template: compiled once, drawn in the page's own context."""

from functools import cache
from typing import Any

from django.template import Context, Template
from django.template.loader import get_template
from django_tables2 import TemplateColumn as Slow


class TemplateColumn(Slow):
    """The same as the library's, which compiles the template and asks context processors for each cell."""

    def render(self, record: Any, table: Any, value: Any, bound_column: Any, **kwargs: Any) -> str:
        """Draw one cell."""
        context = getattr(table, "context", None) or Context()
        facts = self.get_context_data(
            record=record, table=table, value=value, bound_column=bound_column, **kwargs
        )
        with context.update({"request": getattr(table, "request", None)} | facts):
            drawn: str = _compiled(self.template_code, self.template_name).render(context)
        return drawn


@cache
def _compiled(code: str | None, name: str | None) -> Template:
    if code:
        return Template(code)
    found: Template = get_template(name or "").template  # type: ignore[attr-defined]  # Django's own engine
    return found
