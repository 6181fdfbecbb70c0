"""The steps of applying through this system, as its instructions tell them."""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.utils import translation
from ruamel.yaml import YAML

from zaiti.programmes.packs import Pack

BRACED = re.compile(r"\{([^}]+)\}")
PICTURES = "site/howto"  # below static; kept true by the browser test that walks through all of it


@dataclass(frozen=True)
class Step:
    """One step: what to do in a few sentences, and what the screen shows."""

    code: str
    title: str
    lines: list[str]
    picture: str
    caption: str

    @property
    def image(self) -> str:
        """The picture's place below static; empty without one."""
        return self.picture and f"{PICTURES}/{self.picture}.png"


@cache
def steps() -> list[Step]:
    """Every step, with its names still in braces."""
    return [Step(**row) for row in YAML(typ="safe").load(Path(__file__).with_name("steps.yaml"))]


def told_by(pack: Pack) -> list[Step]:
    """Every step in the words of a year and of the pages themselves."""
    portal = pack.portal
    names = {"portal": portal.name, "item": portal.item, "button": portal.button}
    with translation.override("zh-hans"):
        return [replace(one, lines=[named(line, names) for line in one.lines]) for one in steps()]


def named(line: str, names: dict[str, str]) -> str:
    """A sentence with its names filled in; what no year names stands on a page."""
    return BRACED.sub(lambda found: names.get(found[1]) or translation.gettext(found[1]), line)
