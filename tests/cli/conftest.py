"""One data folder for all that start Zaiti: its first start fills database and static files."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first start makes it, the others find it made."""
    return tmp_path_factory.mktemp("up")
