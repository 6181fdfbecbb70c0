"""Factories: plain functions with dull defaults. Each room's live in tests/makers/."""

from tests.makers.people import *  # noqa: F403  # one name to import from: make
