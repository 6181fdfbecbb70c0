from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

from zaiti import clock
from zaiti.core.tones import DONE, LATE, Toned
from zaiti.dossiers.story import Document, Event, Step
from zaiti.web.ui import navigation
from zaiti.web.ui.navigation import Item
from zaiti.web.ui.pictures import bar, dots
from zaiti.web.ui.tones import tone_of

NOON = datetime(2025, 6, 30, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def draw(template: str, **context: Any) -> str:
    with clock.at(NOON):
        return Template(template).render(Context(context))


def test_a_badge_is_word_and_shape():
    body = draw('{% badge "returned" "Returned" %}')
    assert "Returned" in body
    assert "ti-alert-triangle" in body


@pytest.mark.parametrize(
    ("state", "tone"), [("recognised", "done"), ("late", "late"), ("something_new", "active")]
)
def test_a_state_has_its_tone(state: str, tone: str):
    assert tone_of(state) == tone


def test_a_word_looks_the_same_everywhere():
    with pytest.raises((ValueError, RuntimeError)):  # Python 3.11 wraps what an enum's member raises

        class Other(Toned):
            DECLINED = "declined", DONE, "declined"

    assert tone_of("declined") == LATE


def test_the_steps_bar_marks_the_present_step():
    body = draw("{% steps items %}", items=[Step("Apply", "done"), Step("Screen", "now"), Step("Post")])
    assert 'aria-current="step"' in body
    assert "Step 2 of 3: <strong>Screen</strong>" in body


def test_the_timeline_names_what_who_when_and_the_papers():
    event = Event(NOON, "Returned", "Officer 示例", papers=[Document("Notice", "/p/1/", 2048)])
    body = draw("{% timeline events %}", events=[event])
    assert all(
        word in body for word in ("Returned", "Officer 示例", "2025-06-30 12:00", 'href="/p/1/"', "2.0")
    )


def test_what_people_typed_is_never_markup():
    body = draw(
        "{% timeline events %}{% facts pairs %}", events=[Event(NOON, "<b>x</b>")], pairs=[("n", "<i>y</i>")]
    )
    assert "<b>x" not in body
    assert "<i>y" not in body


def test_an_empty_fact_is_said_to_be_so():
    assert "not filled in" in draw("{% facts pairs %}", pairs=[("Fax", "")])
    assert "not filled in" not in draw("{% facts pairs %}", pairs=[("Count", 0)])


@pytest.mark.parametrize(
    ("used", "total", "width", "left", "over"),
    [
        (3, 6, "50.00", 3, False),
        (2, 1, "100.00", 0, True),
        (0, 0, "0.00", 0, False),
        (1, 0, "100.00", 0, True),
    ],
)
def test_a_bar_is_as_long_as_its_share(used: int, total: int, width: str, left: int, over: bool):
    drawn = bar(used, total)
    assert (drawn.used_width, drawn.left, drawn.over) == (width, left, over)


def test_the_strip_marks_the_two_scores_left_out():
    placed = dots([("a", 80), ("b", 90), ("c", 70), ("d", 85), ("e", 88)], 60, 100, drop_ends=True)
    assert [dot.label for dot in placed if dot.dropped] == ["b", "c"]
    assert [dot.x for dot in placed][:2] == ["50.00", "75.00"]


def test_the_calendar_counts_from_the_first_day_of_the_term():
    body = draw(
        "{% calendar first last day_one %}",
        first=date(2025, 6, 27),
        last=date(2025, 7, 4),
        day_one=date(2025, 6, 28),
    )
    assert "5 working days" in body
    assert body.count("z-rest") >= 2


def test_progress_asks_again_only_until_it_is_done():
    assert "hx-get" in draw('{% progress 3 20 "Checking" "/poll/" left_s=75 %}')
    assert "1:15" in draw('{% progress 3 20 "Checking" "/poll/" left_s=75 %}')
    assert "hx-get" not in draw('{% progress 20 20 "Checking" "/poll/" %}')


def test_a_question_unfolds_without_javascript():
    body = draw('{% confirm "Accept" title="Sure?" %}<p>{{ what }}</p>{% endconfirm %}', what="a <letter>")
    assert "<details" in body
    assert "Sure?" in body
    assert "a &lt;letter&gt;" in body


def test_the_menu_shows_what_the_person_may_and_marks_the_longest_match(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(navigation, "NAV", {})
    navigation.add(
        "desk", Item("Home", "ui:look", match="/desk/"), Item("Cases", "ui:look", match="/desk/cases/")
    )
    navigation.add("desk", Item("Secret", "ui:look", may=lambda user: user == "admin"))
    shown = navigation.entries("desk", "officer", "/desk/cases/7/")
    assert [(entry.label, entry.here) for entry in shown] == [("Home", False), ("Cases", True)]


def test_a_calendar_beyond_the_holiday_table_says_so_and_guesses_nothing():
    body = draw("{% calendar first last %}", first=date(2097, 12, 28), last=date(2098, 1, 5))
    assert "no arrangement for 2097 yet" in body
    assert "z-days" not in body


def test_a_heading_keeps_a_year_in_one_line():
    assert draw("{{ t|whole_year }}", t="<2025年度>") == '&lt;<span class="text-nowrap">2025年度</span>&gt;'
