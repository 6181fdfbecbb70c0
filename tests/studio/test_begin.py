"""A year is begun from nothing, from another year, from a file."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.clock.models import HolidayYear, SpecialDay
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.programmes.actions import change_cap, open_year
from zaiti.programmes.packs import Pack
from zaiti.programmes.packs.references import filled
from zaiti.studio.actions import begin_from_pack, begin_from_year, begin_year
from zaiti.studio.beginning import moved
from zaiti.studio.checking import checked, to_look_at
from zaiti.studio.models import YearDraft
from zaiti.studio.paths import bare


def officer():
    return make.holder("officer", make.city())


def opened(name="shenzhen-2025"):
    return open_year(make.pack(name), by=officer())


def from_2025(year=2026):
    return begin_from_year(opened(), by=officer(), year=year)


def test_from_a_file_it_says_what_the_file_says():
    draft = make.year_draft()
    assert Pack.model_validate(bare(draft.facts)) == make.pack("shenzhen-2025")
    assert (draft.year, draft.origin, draft.state, draft.to_confirm) == (
        2025,
        "shenzhen-2025.yaml",
        "draft",
        [],
    )
    entry = Entry.objects.get(verb="begin")
    assert (entry.thing_id, entry.facts["origin"]) == (draft.pk, "shenzhen-2025.yaml")


def test_from_last_year_days_move_and_wait_to_be_confirmed():
    draft = from_2025()
    facts = draft.facts
    assert (draft.year, facts["id"], facts["cap"]) == (2026, "shenzhen-2026", 63)
    assert (facts["call_deadline"], facts["report_deadline"]) == (
        "2026-05-15",
        "2026-07-13",
    )  # a Saturday moves on
    assert set(draft.to_confirm) == {
        "call_deadline",
        "report_deadline",
        "notice.made_on",
        "notice.doc_number",
    }
    assert facts["notice"]["doc_number"] is None


def test_days_move_off_holidays_too():
    HolidayYear.objects.update_or_create(year=2026, defaults={"source": "示例", "in_force": True})
    for day in (15, 18):
        SpecialDay.objects.update_or_create(
            day=date(2026, 5, day), defaults={"working": False, "name": "示例"}
        )
    clock.days.forget_table()
    assert from_2025().facts["call_deadline"] == "2026-05-19"


def test_a_window_moves_with_its_hour_and_says_so():
    facts, waiting = moved(make.pack("luohu-2024").model_dump(mode="json"), 2025)
    (window,) = facts["windows"]
    assert (window["opens_at"], window["closes_at"]) == (
        "2025-08-12T00:00:00+08:00",
        "2025-08-25T18:00:00+08:00",
    )
    assert window["text"] == "2025年8月12日至25日18时。"
    assert f"windows.{window['_id']}.closes_at" in waiting


def test_the_29th_of_february_has_a_day_in_every_year():
    facts = make.pack().model_dump(mode="json") | {"year": 2028, "report_deadline": "2028-02-29"}
    assert moved(facts, 2029)[0]["report_deadline"] == "2029-02-28"


def test_its_texts_say_this_year_and_nothing_differs():
    draft = from_2025()
    read = filled(bare(draft.facts))
    assert "2026年度认定深圳市终身职业技能培训载体不超过63家" in read["cap_text"]
    assert "2025" not in read["title"] + read["notice"]["title"] + read["purpose"].replace("〔2025〕3号", "")
    assert to_look_at(draft) == []


def test_nothing_but_what_waits_keeps_it_from_being_opened():
    assert checked(from_2025())[1] == []


def test_what_was_changed_in_last_years_pages_goes_along():
    cycle = opened()
    change_cap(cycle, by=officer(), cap=65)
    assert begin_from_year(cycle, by=officer(), year=2026).facts["cap"] == 65


def test_the_same_year_again_is_refused():
    with pytest.raises(Refused):
        from_2025(2025)


def test_an_empty_template_has_the_bureaus_and_the_defaults_and_says_what_is_missing():
    opened()
    draft = begin_year(make.city(), by=officer(), year=2026)
    facts = draft.facts
    assert [place["name"] for place in facts["districts"]] == list(
        Authority.objects.filter(level="district").order_by("pk").values_list("district", flat=True)
    )
    assert [kind["code"] for kind in facts["types"]] == ["base", "studio", "station"]
    assert (facts["publicity_days"], facts["objection_days"]) == (5, 10)
    pack, problems = checked(draft)
    missing = {problem.path for problem in problems}
    assert pack is None
    assert {"cap", "purpose", "notice.title", "contact.phone"} <= missing
    assert "publicity_days" not in missing


def test_a_file_of_another_city_is_refused():
    make.city()
    other = make.pack("shenzhen-2025").model_dump(mode="json")
    other["city"]["code"] = "gz"
    with pytest.raises(Refused, match="gz"):
        begin_from_pack(make.city(), by=officer(), pack=Pack.model_validate(other), name="x.yaml")


@pytest.mark.parametrize("role", ["reviewer", "approver", "supervisor"])
def test_only_an_officer_of_the_city_begins_one(role):
    cycle, city = opened(), make.city()
    for person in (make.holder(role, city), make.holder("officer"), make.user()):
        with pytest.raises(PermissionDenied):
            begin_year(city, by=person, year=2026)
        with pytest.raises(PermissionDenied):
            begin_from_year(cycle, by=person, year=2026)
        with pytest.raises(PermissionDenied):
            begin_from_pack(city, by=person, pack=make.pack("shenzhen-2025"), name="x.yaml")
    assert not YearDraft.objects.exists()
