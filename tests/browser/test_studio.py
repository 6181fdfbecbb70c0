"""A year in preparation: its lines are dragged, or moved by keyboard; a change is undone."""

import pytest
from playwright.sync_api import Locator, expect

from tests import make
from tests.browser.conftest import Enter
from tests.browser.person import Person
from zaiti.studio.models import YearDraft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_materials(enter: Enter) -> tuple[Person, YearDraft]:
    """An officer of the city before the first type's material list."""
    draft = make.year_draft()
    person = enter(make.holder("officer", make.city()))
    person.open(f"/desk/plan/drafts/{draft.pk}/write/materials-{draft.facts['types'][0]['_id']}/")
    return person, draft


def names(draft: YearDraft) -> list[str]:
    """The list as it is stored."""
    draft.refresh_from_db()
    return [item["name"] for item in draft.facts["types"][0]["materials"]["items"]]


def lines(person: Person) -> Locator:
    return person.page.locator("[data-lines] > [data-line]")


def test_a_material_is_dragged_to_another_place_and_back_by_undoing(enter: Enter) -> None:
    person, draft = at_materials(enter)
    first, second, third, *rest = names(draft)
    grip, onto = lines(person).nth(0).locator("[data-grip]"), lines(person).nth(2)
    low = {"x": 20.0, "y": onto.bounding_box()["height"] - 5}
    at, mouse = grip.bounding_box(), person.page.mouse
    grip.hover()
    mouse.down()
    mouse.move(at["x"] + 9, at["y"] + 19)  # the drag begins where the hand is, before the page scrolls
    onto.hover(position=low)
    onto.hover(position=low | {"y": low["y"] - 2})
    with person.page.expect_navigation():
        mouse.up()
    expect(lines(person).nth(2)).to_contain_text(first[:10])
    assert names(draft) == [second, third, first, *rest]
    with person.page.expect_navigation():
        person.page.get_by_role("button", name="撤销我的上一次修改").click()
    assert names(draft) == [first, second, third, *rest]


def test_a_material_is_moved_by_keyboard(enter: Enter) -> None:
    person, draft = at_materials(enter)
    first, second, *rest = names(draft)
    lines(person).nth(0).get_by_role("button", name="下移").focus()
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    expect(lines(person).nth(1)).to_contain_text(first[:10])
    assert names(draft) == [second, first, *rest]
