"""Rows that a query of something else read along, as JSON."""

from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def row_of(model: type[M], values: dict[str, Any]) -> M:
    """The row again, with the columns that were read."""
    field = model._meta.get_field
    return model(**{name: field(name).to_python(value) for name, value in values.items()})  # type: ignore[union-attr]  # plain fields
