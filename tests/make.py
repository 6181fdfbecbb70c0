"""Factories: plain functions with dull defaults. Each room's live in tests/makers/."""
# ruff: noqa: F403 - all of them under one name: make

from tests.makers.applications import *
from tests.makers.carriers import *
from tests.makers.mandates import *
from tests.makers.notices import *
from tests.makers.panels import *
from tests.makers.papers import *
from tests.makers.people import *
from tests.makers.programmes import *
from tests.makers.publicity import *
from tests.makers.ranking import *
from tests.makers.results import *
from tests.makers.screening import *
from tests.makers.standing import *
from tests.makers.states import *
from tests.makers.studio import *
