"""Before it is opened a year is gone through by its calendar and its numbers."""

from datetime import date

import pytest

from tests import make
from zaiti.studio.rehearsing import rehearsed


def pack(name="luohu-2024", **changed):
    return make.pack(name).model_copy(update=changed)


def wrong(found):
    return {".".join(map(str, place)): said for place, said in found.wrong}


def test_the_days_of_a_year_are_computed_from_the_end_of_its_window():
    (course,) = rehearsed(pack()).courses
    days = [stage.day for stage in course.stages]
    assert course.who == "罗湖区"
    assert days[0] == pack().windows[0].closes_at.date()
    assert days == sorted(days)


def test_a_deadline_on_a_rest_day_is_told():
    found = wrong(rehearsed(pack("shenzhen-2025", report_deadline=date(2025, 7, 12))))
    assert "2025-07-12是休息日" in found["report_deadline"]


def test_a_report_that_can_not_come_in_time_is_told_with_the_days():
    sound = pack("shenzhen-2025")
    assert "report_deadline" not in wrong(rehearsed(sound))
    early = sound.call_deadline.replace(day=sound.call_deadline.day + 1)
    late = [
        said
        for place, said in rehearsed(pack("shenzhen-2025", report_deadline=early)).wrong
        if "报送不了" in said
    ]
    assert len(late) == 1


def test_a_year_whose_holidays_are_not_known_is_not_guessed():
    found = rehearsed(pack("shenzhen-2025", report_deadline=date(2031, 7, 11)))
    assert "推算不下去" in wrong(found)["year"]
    assert found.courses == []


def test_places_that_do_not_make_up_the_cap_are_told():
    assert "cap" not in wrong(rehearsed(pack("shenzhen-2025", cap=60)))
    assert "相差5家" in wrong(rehearsed(pack("shenzhen-2025", cap=65)))["cap"]


@pytest.mark.parametrize(("field", "said"), [("name", "没有人能申报")])
def test_a_type_without_places_is_told(field, said):
    sound = make.pack("shenzhen-2025")
    without = [
        place.model_copy(
            update={
                "sample_quotas": place.sample_quotas and place.sample_quotas.model_copy(update={"base": 0})
            }
        )
        for place in sound.districts
    ]
    found = wrong(rehearsed(sound.model_copy(update={"districts": tuple(without)})))
    assert said in found[f"types.0.{field}"]


def test_what_nobody_will_read_is_told():
    found = wrong(rehearsed(pack(returns_allowed=0)))
    assert "用不上" in found["correction_days"]
