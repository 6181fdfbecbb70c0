"""The pictures of the instructions for applying: taken while the year is walked through, and held to be true.

With `--pictures` they are taken anew; without, each screen must still say what it said when its picture was
taken.
"""

import json
import re
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image

from tests.browser.person import Person
from zaiti.web.site.howto.steps import steps

PLACE = settings.ROOT / "src/zaiti/web/site/static/site/howto"
SAID = Path(__file__).with_name("howto.json")
SIZE = (960, 675)  # as the page holds their place
COLOURS = 64
WORDS = "main h1, main h2, main label, main legend, main button, main summary"


def shows(person: Person, picture: str, *pressed: str) -> None:
    """The screen at one step, with what is pressed there marked in red."""
    person.page.wait_for_load_state("load")
    said = json.loads(SAID.read_text()) if SAID.exists() else {}
    now = _words(person)
    if person.album.folder:
        _take(person, picture, pressed)
        SAID.write_text(
            json.dumps(said | {picture: now}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        )
    else:
        assert now == said[picture], (
            f"the picture {picture} is old: pytest --pictures {SAID.parent}/test_whole_year.py"
        )
    person.album.howto.add(picture)


def all_shown(person: Person) -> bool:
    """Whether each step that has a picture came by."""
    return person.album.howto == {step.picture for step in steps() if step.picture}


def _words(person: Person) -> list[str]:
    seen = person.page.locator(WORDS).all_inner_texts()
    return [word for text in seen if (word := re.sub(r"[\d.]+", "0", " ".join(text.split())))]


def _take(person: Person, picture: str, pressed: tuple[str, ...]) -> None:
    for place in pressed:
        mark = person.page.locator(place).first
        mark.scroll_into_view_if_needed()
        mark.evaluate("e => { e.style.outline = '4px solid #d7000f'; e.style.outlineOffset = '4px' }")
    taken = Image.open(BytesIO(person.page.screenshot(animations="disabled")))
    small = taken.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
    PLACE.mkdir(exist_ok=True)
    small.quantize(COLOURS).save(PLACE / f"{picture}.png", optimize=True)
    for place in pressed:
        person.page.locator(place).first.evaluate("e => { e.style.outline = '' }")
