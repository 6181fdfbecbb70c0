"""scancheck needs no database: the fixtures of the house are set aside here."""

import pytest


@pytest.fixture(autouse=True)
def _fresh_holidays() -> None:
    """Nothing here keeps a calendar."""


@pytest.fixture(autouse=True)
def _database() -> None:
    """Nothing here keeps rows."""
