"""What takes long to make, made once for all tests of a module and given to the first of each that asks.

A module says `pytestmark = pytest.mark.stands("posting")`; conftest makes it, each test leaves it so.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from zaiti import clock

Made = TypeVar("Made")
_standing: dict[str, Any] = {}


@contextmanager
def standing(name: str, made: Any) -> Iterator[None]:
    """Let what a maker has made stand for a test."""
    _standing[name] = made
    try:
        yield
    finally:
        _standing.clear()


def lasting(maker: Callable[..., Made]) -> Callable[..., Made]:
    """A maker whose plain work may stand: what is wanted otherwise, at a held clock or twice is made anew."""

    @wraps(maker)
    def find_or_make(*args: Any, **fields: Any) -> Made:
        elsewhere = abs(clock.now() - timezone.now()) > timedelta(minutes=5)
        if args or fields or elsewhere or maker.__name__ not in _standing:
            return maker(*args, **fields)
        return _found(_standing.pop(maker.__name__))

    return find_or_make


def _found(made: Any) -> Any:
    """As it is in the database, and each test has its own."""
    if isinstance(made, Model):
        return type(made)._base_manager.get(pk=made.pk)
    return [_found(one) for one in made]
