"""Factories: plain functions with dull defaults. Each room's live in tests/makers/."""

from tests.makers.applications import *  # noqa: F403
from tests.makers.carriers import *  # noqa: F403
from tests.makers.mandates import *  # noqa: F403
from tests.makers.notices import *  # noqa: F403
from tests.makers.panels import *  # noqa: F403
from tests.makers.papers import *  # noqa: F403
from tests.makers.people import *  # noqa: F403  # one name to import from: make
from tests.makers.programmes import *  # noqa: F403
from tests.makers.publicity import *  # noqa: F403
from tests.makers.ranking import *  # noqa: F403
from tests.makers.results import *  # noqa: F403
from tests.makers.screening import *  # noqa: F403
from tests.makers.standing import *  # noqa: F403
from tests.makers.states import *  # noqa: F403
from tests.makers.studio import *  # noqa: F403
