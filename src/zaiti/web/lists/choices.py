"""A list's filter by one field's value, whose choices are read for who asks."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import django_filters
from django.forms import Field

Choices = Sequence[tuple[Any, Any]]


class Choice(django_filters.ChoiceFilter):
    """A choice; its choices may be a function of the request."""

    def __init__(
        self,
        choices: Choices | Callable[[Any], Choices],
        *,
        field: str,
        label: Any,
        any_label: Any,
        **more: Any,
    ) -> None:
        self.choose = choices
        super().__init__(choices=(), field_name=field, label=label, empty_label=any_label, **more)

    @property
    def field(self) -> Field:
        """The form's field, with the choices of this request; read once, and only if somebody asks."""
        choose, request = self.choose, self.parent.request
        self.extra["choices"] = cache(lambda: choose(request)) if callable(choose) else choose
        made: Field = super().field
        return made
