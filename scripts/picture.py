"""The README's picture: `.venv/bin/python scripts/picture.py http://127.0.0.1:8000/` while the demo runs."""

import shutil
import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURE = Path(__file__).resolve().parents[1] / "docs/picture.webp"
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
WHO, PASSWORD = "longgang.officer", "zaiti-demo-2025"  # an officer who screens an application


def main(address: str) -> None:
    """Sign in, open the case that waits longest, and keep what is seen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        _sign_in(page, address)
        page.goto(urljoin(address, "/desk/screening/"))
        page.locator("main tbody a").first.click()
        page.wait_for_load_state("networkidle")
        Image.open(BytesIO(page.screenshot())).save(PICTURE, quality=80, method=6)
        browser.close()


def _sign_in(page: Page, address: str) -> None:
    page.goto(urljoin(address, "/accounts/login/"))
    page.fill("[name=login]", WHO)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/desk/**")


if __name__ == "__main__":
    main(sys.argv[1])
