"""Every page type at a desk and on a phone: whole, quiet, accessible, and Chinese to the last word."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import SCREENS
from tests.browser.pages import SIGHTS, Sight
from tests.browser.town import Town
from zaiti.places import FRONT_END

pytestmark = pytest.mark.browser

WIDTHS: list[ViewportSize] = [{"width": 1280, "height": 900}, {"width": 390, "height": 844}]
MODES = {
    "dark": ("theme", "dark"),
    "elder": ("elder", "on"),
    "english": (settings.LANGUAGE_COOKIE_NAME, "en"),
}
MAIN = {
    "site-home",
    "site-posting",
    "site-register",
    "account_login",
    "portal-start",
    "portal-application-draft",
    "desk-start-city",
    "desk-plan_year",
    "desk-screening_case-open",
    "desk-panel",
    "desk-carrier",
    "jury-sheet-draft",
}
AXE = FRONT_END / "axe-core/axe.min.js"
GRAVE = {"serious", "critical"}
CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "zh_Hans/LC_MESSAGES/django.po"
# What a person reads or hears, but for codes, keys, what somebody typed, and the other language's own name.
WORDS = """() => {
  const spared = "code, kbd, pre, script, style, [lang=en], [data-verbatim]", found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    if (text && !walk.currentNode.parentElement.closest(spared)) found.push(text);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const element of document.querySelectorAll(`[${name}]:not([${name}=""])`))
      if (!element.closest(spared)) found.push(element.getAttribute(name).trim());
  return [...found, document.title];
}"""
# What hangs over the edge of the page.
WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const edge = (element) => Math.round(element.getBoundingClientRect().right);
  return [...document.querySelectorAll("body *")].filter((e) => edge(e) > width + 1).slice(0, 5)
    .map((e) => `${e.tagName.toLowerCase()}.${e.className} to ${edge(e)}`);
}"""
FAULTS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const node = (n) => `${n.target} ${n.html.slice(0, 160)}`;
  return violations.map((v) => ({ id: v.id, impact: v.impact, nodes: v.nodes.slice(0, 3).map(node) }));
}"""
DEVELOPERS = re.compile(r"\b(None|null|undefined|NaN)\b")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,'’-]+[A-Za-z]{2,})+|^[A-Z]?[a-z]{3,}[.:]?$")
REFUSALS = {"403", "404"}
LATIN = {"SHA-256", "Excel (XLSX)", "CSV", "PDF", "English", "Django", "Python", "PostgreSQL", "Zaiti"}


@pytest.fixture(scope="module")
def window(town: Town, chromium: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """A window for each account and mode, kept for all its pages."""
    contexts = []

    @cache
    def of(account: str, mode: str = "") -> Page:
        context = chromium.new_context(base_url=server, locale="zh-CN")
        context.add_init_script(path=AXE)
        context.add_cookies(town.cookies(account, server))
        if mode:
            name, value = MODES[mode]
            context.add_cookies([{"name": name, "value": value, "url": server}])
        contexts.append(context)
        return context.new_page()

    yield of
    for context in contexts:
        context.close()


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_it_is_whole_quiet_accessible_and_chinese(
    sight: Sight, window: Callable[..., Page], pictures: bool
) -> None:
    page, said = window(sight.account()), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size(WIDTHS[0])
    answer = page.goto(sight.address(), wait_until="load")
    assert answer is not None
    assert answer.status == (int(sight.note) if sight.note in REFUSALS else 200)
    faults = [
        *(f"console: {line}" for line in said if not (sight.note in REFUSALS and sight.note in line)),
        *(f"words: {text}" for text in sorted(foreign(page.evaluate(WORDS)))),
        *_at_each_width(page, sight, "pages" if pictures else ""),
    ]
    assert not faults, "\n".join(["", *faults])


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sight", [sight for sight in SIGHTS if str(sight) in MAIN], ids=str)
def test_main_pages_are_whole_and_accessible_in_every_mode(
    sight: Sight, mode: str, window: Callable[..., Page], pictures: bool
) -> None:
    page = window(sight.account(), mode)
    page.goto(sight.address(), wait_until="load")
    faults = list(_at_each_width(page, sight, mode if pictures else ""))
    assert not faults, "\n".join(["", *faults])


def _at_each_width(page: Page, sight: Sight, album: str) -> Iterator[str]:
    for size in WIDTHS:
        page.set_viewport_size(size)
        if album:
            page.screenshot(path=_picture(sight, size["width"], album), full_page=True)
        yield from (f"at {size['width']}: {fault}" for fault in _faults(page))


def _faults(page: Page) -> Iterator[str]:
    yield from (f"hangs over: {element}" for element in page.evaluate(WIDE))
    yield from (f"axe: {fault}" for fault in page.evaluate(FAULTS) if fault["impact"] in GRAVE)


def _picture(sight: Sight, width: int, album: str) -> Path:
    folder = SCREENS / album
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{sight}-{width}.png"


def foreign(texts: list[str]) -> set[str]:
    """The texts that a Chinese page should not show."""
    return {
        text
        for text in texts
        if text not in LATIN
        and (text in english() or DEVELOPERS.search(text) or (text.isascii() and ENGLISH.search(text)))
    }


@cache
def english() -> set[str]:
    """The texts of the source that read otherwise in Chinese."""
    with CATALOGUE.open("rb") as file:
        rows = [row for row in read_po(file, locale="zh_Hans") if row.id]
    pairs = [(row.id, row.string) if isinstance(row.id, str) else (row.id[0], row.string[0]) for row in rows]
    return {source for source, chinese in pairs if chinese and source != chinese and len(source) > 1}
