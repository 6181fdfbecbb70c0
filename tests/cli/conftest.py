"""One data folder for all that start Zaiti: its first start fills database and static files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import House


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first start makes it, the others find it made."""
    return tmp_path_factory.mktemp("up")


@pytest.fixture(scope="session")
def house(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The Zaiti that runs in it."""
    made = House(data, tmp_path_factory.mktemp("house"))
    yield made
    for up in made.starts:
        up.__exit__()
