"""Orientation: which way up the page's text stands, by a small model that may abstain."""

from typing import Literal

from scancheck import models
from scancheck.profile import Profile
from scancheck.raster import Raster
from scancheck.report import finding
from scancheck.verdict import Verdict

Turn = Literal[0, 90, 180, 270]
TURNS: tuple[Turn, ...] = (0, 90, 180, 270)


def check(raster: Raster, page: int, profile: Profile) -> Verdict[Turn | None]:
    """How far clockwise the content is turned; None where the model isn't sure."""
    likely = models.facing(raster.small)
    best = int(likely.argmax())
    if float(likely[best]) < profile.orientation_least:
        doubt = finding("orientation", "unsure", "orientation_unsure", page=page)
        return Verdict(None, (doubt,) if best else ())
    turn = TURNS[best]
    if turn == 0:
        return Verdict(turn)
    return Verdict(turn, (finding("orientation", "fail", "turned", page=page, degrees=turn),))
