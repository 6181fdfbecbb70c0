"""A table of the form in a browser: cells, pasted lines; what is asked under a condition."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.conftest import Enter
from tests.browser.person import say
from tests.browser.test_saving import wait_until
from zaiti.applications.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COLUMNS = [
    {"code": "name", "name": "姓名"},
    {"code": "level", "name": "等级", "kind": "choice", "options": ["高级工", "技师"]},
    {"code": "hours", "name": "课时", "kind": "whole"},
]
MORE = {
    "teachers": {"kind": "rows", "name": "师资", "columns": COLUMNS, "required": False},
    "total": {"kind": "sum", "name": "课时合计", "of": "teachers", "column": "hours"},
    "online": {"kind": "choice", "name": "线上条件", "options": ["有", "无"], "required": False},
    "site": {"name": "平台", "required": False, "shown_if": {"entry": "online", "among": ["有"]}},
}
PASTE = """([field, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_cells_are_typed_and_pasted_and_save_themselves(enter: Enter) -> None:
    make.call()
    make.form(make.carrier_type(), **MORE)
    application = make.application()
    one = enter(application.contact)
    one.open(f"/my/applications/{application.pk}/")
    table = one.page.locator("[data-field=teachers] table")
    table.get_by_label("姓名").fill("甲")
    table.get_by_label("等级").select_option("技师")
    table.get_by_label("课时").fill("12")
    one.page.get_by_role("button", name=say("Add a line")).click()
    second = table.locator("tbody tr").nth(1).locator("input").first
    expect(second).to_be_focused()
    second.evaluate("(field, text) => (" + PASTE + ")([field, text])", "乙\t高级工\t8\r\n丙\t技师\t10\r\n")
    expect(table.locator("tbody tr")).to_have_count(3)
    expect(one.page.locator("[data-sum-of=teachers]")).to_have_text("30")
    named = ["甲", "乙", "丙"]
    wait_until(lambda: [row["name"] for row in _kept() or []] == named, one.page)
    table.get_by_role("button", name=say("Take this line out")).nth(1).click()
    wait_until(lambda: [row["name"] for row in _kept()] == ["甲", "丙"], one.page)


def test_what_is_asked_under_a_condition_shows_when_it_holds(enter: Enter) -> None:
    make.call()
    make.form(make.carrier_type(), **MORE)
    application = make.application()
    one = enter(application.contact)
    one.open(f"/my/applications/{application.pk}/")
    asked = one.page.locator("[data-field=site]")
    expect(asked).to_be_hidden()
    one.page.locator("[name=online]").select_option("有")
    expect(asked).to_be_visible()
    one.page.locator("[name=online]").select_option("无")
    expect(asked).to_be_hidden()


def _kept() -> list[dict[str, object]]:
    return Application.objects.get().answer("teachers")
