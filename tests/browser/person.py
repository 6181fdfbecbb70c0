"""Somebody at a browser: sees, clicks, types, drops files; each step leaves a picture."""

import re
from collections.abc import Sequence
from pathlib import Path

from django.utils import translation
from playwright.sync_api import Browser, Locator, Page, expect

WAIT_MS = 20_000
expect.set_options(timeout=WAIT_MS)


def say(words: str, **parts: object) -> str:
    """What a Chinese page says for a text of the source."""
    with translation.override("zh-hans"):
        said = translation.gettext(words)
    return said % parts if parts else said


class Album:
    """Pictures of a story, numbered in its order; without a folder none is taken."""

    def __init__(self, folder: Path | None) -> None:
        self.folder, self.count = folder, 0
        self.howto: set[str] = set()

    def take(self, page: Page, who: str, what: str) -> None:
        """Keep what is on the screen."""
        if self.folder:
            self.count += 1
            self.folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=self.folder / f"{self.count:02d}-{who}-{what}.png", full_page=True)


class Person:
    """One window, in Chinese."""

    def __init__(
        self, browser: Browser, server: str, who: str, album: Album, *, width: int = 1280, height: int = 900
    ) -> None:
        self.server, self.who, self.album = server, who, album
        self.context = browser.new_context(
            base_url=server, locale="zh-CN", viewport={"width": width, "height": height}
        )
        self.context.set_default_timeout(WAIT_MS)
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.clicks = 0

    def leave(self) -> None:
        """Close the window."""
        self.picture("last")
        self.context.close()

    def sign_in(self, account: str, password: str) -> None:
        """Sign in by the form."""
        self.page.goto("/accounts/login/")
        self.page.fill("[name=login]", account)
        self.page.fill("[name=password]", password)
        self.button("Sign in", within="form[data-signin]")
        self.page.wait_for_url(lambda url: "/accounts/" not in url)

    def picture(self, what: str) -> None:
        """Look at what is on the screen, once it is all there; keep it where pictures are kept."""
        self.page.wait_for_load_state("load")
        self.album.take(self.page, self.who, what)

    def open(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)

    def start(self) -> None:
        """Go to one's own start page."""
        self.page.goto("/start/")

    def menu(self, label: str) -> None:
        """Choose from the main menu."""
        name = re.compile(rf"^\s*{re.escape(say(label))}\s*$")
        self.click(self.page.locator("nav a", has_text=name).first)

    def link(self, label: str, *, within: str = "main") -> None:
        """Follow a link by its words."""
        self.click(self.page.locator(within).get_by_role("link", name=say(label)).first)

    def button(self, label: str, *, within: str = "main") -> None:
        """Press a button by its words."""
        self.click(self.page.locator(within).get_by_role("button", name=say(label)).first)

    def confirm(self, label: str, answer: str = "", **fields: object) -> None:
        """Press what asks first, fill what it asks, and say yes."""
        self.ask(label)
        self.fill("dialog[open]", **fields)
        self.button(answer or label, within="dialog[open]")
        expect(self.page.locator("dialog[open]")).to_have_count(0)

    def ask(self, label: str) -> None:
        """Press what opens a question."""
        name = re.compile(rf"^\s*{re.escape(say(label))}\s*$")
        opener = self.page.locator("details[data-confirm] > summary", has_text=name).first
        opener.wait_for()
        self.page.wait_for_load_state("load")  # before its script is there, it opens where it stands
        self.click(opener)
        expect(self.page.locator("dialog[open]")).to_be_visible()

    def fill(self, within: str, **fields: object) -> None:
        """Type into fields by their names; a list ticks boxes, True and False one box."""
        for name, value in fields.items():
            field = self.page.locator(within).locator(f"[name='{name}']")
            kind = field.first.evaluate("e => e.type")
            if kind == "checkbox":
                wanted = value if isinstance(value, list) else [value]
                for box in field.all():
                    box.set_checked(box.get_attribute("value") in wanted or value is True)
            elif kind == "radio":
                self.page.locator(within).locator(f"[name='{name}'][value='{value}']").check()
            elif kind.startswith("select"):
                field.select_option(str(value))
            else:
                field.fill(str(value))

    def tick_all(self, name: str, *, within: str = "main") -> None:
        """Tick every box of a name."""
        boxes = self.page.locator(within).locator(f"[name='{name}']")
        expect(boxes.first).to_be_visible()  # the page before may still stand there
        for box in boxes.all():
            box.check()

    def files(self, selector: str, paths: Path | Sequence[Path]) -> None:
        """Drop files on a place, once the page's scripts are there to take them."""
        self.clicks += 1
        self.page.wait_for_load_state("load")
        self.page.set_input_files(selector, paths)

    def sees(self, *texts: str) -> None:
        """Read something on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def is_at(self, state: str) -> None:
        """Read the state beside the heading."""
        expect(self.page.locator(".z-heading-facts")).to_contain_text(say(state))

    def click(self, target: Locator) -> None:
        """Click something."""
        self.clicks += 1
        target.click()

    def press(self, key: str) -> None:
        """Press a key in place of a click."""
        self.clicks += 1
        self.page.keyboard.press(key)
