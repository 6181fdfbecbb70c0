"""Every page of the town as readers get it, in a folder: what a change of templates must leave as it was.

    .venv/bin/pytest --no-cov -q tests/walk/rendered.py      # keeps the pages in var/rendered/now
    mv var/rendered/now var/rendered/before                  # then change the templates, and once more
    .venv/bin/pytest --no-cov -q tests/walk/rendered.py      # and names those that differ from before

Kept are the elements with their attributes, and the text with its blanks as a browser shows them: blanks
between blocks are nothing, a blank between two signs is a blank.
"""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.browser.pages import SIGHTS
from tests.walk.addresses import arguments
from tests.walk.test_every_door import STREETS, TABLE, client_of, street
from tests.walk.town import look_up
from zaiti.accounts.models import User

KEPT = Path(__file__).resolve().parents[2] / "var/rendered"
INLINE = set(
    """a abbr b bdi button cite code data del em i img input ins kbd label mark meter output progress q s
    select small span strong sub sup svg time u var wbr textarea""".split()  # noqa: SIM905 - a list is longer
)
OWN_LINE = {"button", "select"}  # inside them begins a line of its own, outside they are part of one
EXACT = {"pre", "textarea", "script", "style"}
WAYS = {"get": ("get", {}), "get-part": ("get", {"HX-Request": "true"}), "post": ("post", {})}
# Tokens against forgery, keys of forms, and when somebody signed in: another with each answer.
ONCE = re.compile(
    r"\b[A-Za-z0-9]{64}\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|(?<=page&quot;:&quot;)\w+|(?<=page&quot;: &quot;)\w+"
    rf"|{timezone.localdate()} \d\d:\d\d"
)


@pytest.mark.usefixtures("town_database")
@pytest.mark.parametrize("number", range(STREETS))
def test_keep_what_everybody_is_shown(settings, number):
    settings.DEMO = False
    town = look_up()
    clients = {who: client_of(user) for who, user in town.actors.items()}
    (KEPT / "now").mkdir(parents=True, exist_ok=True)
    for name, parameters in street(number).items():
        address = reverse(name, kwargs=arguments(name, parameters, town.things))
        for who, way in let_in(name):
            if shown := page(clients[who], way, address):
                (KEPT / "now" / f"{name.replace(':', '-')}.{who}.{way}.txt").write_text(shown)


@pytest.mark.usefixtures("town_database")
def test_keep_what_the_demo_shows(settings):
    settings.DEMO = False
    (KEPT / "now").mkdir(parents=True, exist_ok=True)
    for sight in SIGHTS:
        user = User.objects.get(username=sight.account()) if sight.account() else None
        if shown := page(client_of(user), "get", sight.address()):
            (KEPT / "now" / f"sight.{sight}.txt").write_text(shown)


def let_in(name: str) -> Iterator[tuple[str, str]]:
    """Who is let in at an address, by which way, and one who is not."""
    for line in TABLE:
        address, method, *_people = line.split()
        if address == name:
            people = line.partition(": ")[2].split(", ")
            inside = [] if people == ["nobody"] else people
            for who in [*inside, *(["newcomer"] if "newcomer" not in inside else [])]:
                yield from ((who, way) for way in WAYS if way.startswith(method.rstrip(":").lower()))


def page(client: Client, way: str, address: str) -> str:
    """What is shown to one person by one way: the page, its part for htmx, what an empty form is answered."""
    method, headers = WAYS[way]
    signed_in = client.cookies.output()
    with transaction.atomic():
        answer = getattr(client, method)(address, headers=headers)
        transaction.set_rollback(True)
    client.cookies.load(signed_in.replace("Set-Cookie: ", ""))
    html = "html" in answer.headers.get("Content-Type", "") and answer.content.strip()
    return as_shown(ONCE.sub("TOKEN", answer.content.decode())) if html else ""


def as_shown(html: str) -> str:
    """A page as elements, a line each, and as text, a line for each block."""
    roots = (
        lxml.html.fragments_fromstring(html) if "<html" not in html else [lxml.html.document_fromstring(html)]
    )
    elements = [element for root in roots if not isinstance(root, str) for element in root.iter()]
    tags = [tag(element) for element in elements if isinstance(element.tag, str)]
    text = "".join(root if isinstance(root, str) else "".join(flow(root)) for root in roots)
    text = re.sub(r"[ \t\r\f\v]+", " ", text)
    text = re.sub(r" ?\n[ \n]*", "\n", text)
    return (
        "\n".join([*tags, "--", *text.replace("\x00", " ").replace("\x01", "\n").strip().splitlines()]) + "\n"
    )


def tag(element: lxml.html.HtmlElement) -> str:
    told = {
        key: " ".join(value.split()) if key == "class" else value for key, value in element.attrib.items()
    }
    return f"<{element.tag}{''.join(f' {key}={value!r}' for key, value in sorted(told.items()))}>"


def flow(element: lxml.html.HtmlElement) -> Iterator[str]:
    """The text in order; a line break where a block begins or ends."""
    if not isinstance(element.tag, str):
        yield blanks(element.tail)
        return
    edge = "" if element.tag in INLINE else "\n"
    inner = "\n" if element.tag in OWN_LINE else edge
    exact = element.tag in EXACT
    yield edge + ("⟦" if element.tag in OWN_LINE else "") + inner
    if element.text:
        yield element.text.replace(" ", "\x00").replace("\n", "\x01") if exact else blanks(element.text)
    for child in element:
        yield from flow(child)
    yield inner + ("⟧" if element.tag in OWN_LINE else "") + edge
    yield blanks(element.tail)


def blanks(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def differences(before: Path, now: Path) -> Iterator[str]:
    """What differs, page by page."""
    for name in sorted({file.name for folder in (before, now) for file in folder.iterdir()}):
        old, new = ((folder / name) for folder in (before, now))
        if not (old.exists() and new.exists()):
            yield f"{name}: only {'before' if old.exists() else 'now'}"
        elif old.read_text() != new.read_text():
            lines = difflib.unified_diff(
                old.read_text().splitlines(), new.read_text().splitlines(), lineterm="", n=0
            )
            yield "\n".join([name, *list(lines)[2:]])


def test_pages_are_as_they_were_before():
    before = KEPT / "before"
    if not before.exists():
        pytest.skip("There is no var/rendered/before to compare with.")
    shown = {file.name for file in (KEPT / "now").iterdir()}
    assert "\n".join(line for line in differences(before, KEPT / "now") if line.split(":")[0] in shown) == ""
