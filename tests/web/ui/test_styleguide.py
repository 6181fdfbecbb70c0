import pytest
from django.test import Client
from playwright.sync_api import Page, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import CHROMIUM
from zaiti.places import FRONT_END

AXE = FRONT_END / "axe-core/axe.min.js"
PAGES = ["/_ui/", "/_ui/?door=desk", "/_ui/list/", "/accounts/login/", "/refuse/"]


def test_it_is_shown_in_demo_mode_alone(client: Client, settings: Settings):
    assert client.get("/_ui/").status_code == 404
    settings.DEMO = True
    assert client.get("/_ui/").status_code == 200


def findings(page: Page) -> list[str]:
    page.evaluate(AXE.read_text() + ";0")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['target']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def look(page: Page, address: str) -> list[str]:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address)
    faults = [f"{address}: {finding}" for finding in findings(page)]
    page.set_viewport_size({"width": 390, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*faults, f"{address} is {wide} wide on a phone"] if wide > 390 else faults


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium on this machine.")
@pytest.mark.django_db(transaction=True)
def test_no_page_has_serious_findings_or_runs_off_the_phone(live_server: LiveServer, settings: Settings):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["*"]
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        pages = [browser.new_page(color_scheme=scheme) for scheme in ("light", "dark")]
        wrong = [fault for page in pages for path in PAGES for fault in look(page, live_server.url + path)]
        browser.close()
    assert wrong == []
