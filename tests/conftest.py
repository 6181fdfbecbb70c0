"""What every test stands on: a real PostgreSQL, and the clock table read afresh."""

from collections.abc import Iterator

import pytest

from zaiti.clock import days


@pytest.fixture(autouse=True)
def _fresh_holidays() -> Iterator[None]:
    days.forget_table()
    yield
    days.forget_table()


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test may use the database."""
