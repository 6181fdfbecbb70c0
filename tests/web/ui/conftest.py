"""The interface alone: its own addresses, in English, so that texts do not hang on the catalogue."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from zaiti.web.ui import navigation


@pytest.fixture(autouse=True)
def _interface_alone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "NAV", {})
    settings.ROOT_URLCONF = "tests.web.ui.urls"
    settings.LANGUAGE_CODE = "en"
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
    with translation.override("en"):
        yield
