from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation

from tests import make
from zaiti import clock
from zaiti.notices.actions import edit_call, prepare_call, send_back_call
from zaiti.notices.models import Call
from zaiti.notices.queries import changes, difference, warnings
from zaiti.programmes.actions import open_year

ZONE = ZoneInfo("Asia/Shanghai")


def told(call):
    with translation.override("en"):
        return " ".join(warnings(call))


def call_of(closes, *, now=datetime(2024, 7, 29, 9, tzinfo=ZONE), opens=None, deadline=None, **cycle):
    year = make.cycle()
    year.call_deadline = deadline
    for name, value in cycle.items():
        setattr(year, name, value)
    year.save()
    for code in ("base", "studio", "station"):
        make.quota(1, code=code)
    call = make.call(
        year, state=Call.State.DRAFT, opens_at=opens or closes - timedelta(days=13), closes_at=closes
    )
    with clock.at(now):
        return told(call)


def test_luohus_window_of_2024_ended_on_a_sunday_and_says_so():
    assert "ends on a rest day" in call_of(datetime(2024, 8, 25, 18, tzinfo=ZONE))


def test_a_make_up_sunday_is_no_rest_day():
    assert call_of(datetime(2024, 9, 14, 18, tzinfo=ZONE)) == ""


def test_a_year_that_is_not_in_the_holiday_table_is_said():
    assert "2040" in call_of(datetime(2040, 8, 23, 18, tzinfo=ZONE), report_deadline=None)


def test_later_than_the_citys_deadline():
    assert "by July 26, 2024" in call_of(datetime(2024, 8, 23, 18, tzinfo=ZONE), deadline=date(2024, 7, 26))


def test_on_the_citys_last_day_there_is_no_warning():
    assert call_of(datetime(2024, 8, 23, 18, tzinfo=ZONE), deadline=date(2024, 7, 29)) == ""


def test_closing_after_the_report_is_due():
    said = call_of(datetime(2024, 8, 23, 18, tzinfo=ZONE), report_deadline=date(2024, 8, 23))
    assert "closes after the report" in said


def test_closing_too_near_to_the_report():
    said = call_of(datetime(2024, 8, 23, 18, tzinfo=ZONE), report_deadline=date(2024, 9, 5))
    assert "can't both end" in said


def test_a_window_that_is_over_or_already_open():
    closes = datetime(2024, 8, 23, 18, tzinfo=ZONE)
    assert "already ended" in call_of(closes, now=closes)
    Call.objects.all().delete()
    assert "opens before" in call_of(closes, now=closes - timedelta(days=2))


def test_a_type_without_a_place_and_a_bureau_without_a_code():
    call = make.call(state=Call.State.DRAFT, closes_at=clock.now() + timedelta(days=7))
    call.authority.uscc = ""
    said = told(call)
    assert "no place for 技能大师工作室" in said
    assert "credit code" in said


def test_paragraphs_and_words_that_differ_are_found():
    changes = difference("一\n申报时间为5日\n删去", "一\n申报时间为6日\n新增\n再增")
    assert [change.kind for change in changes] == ["same", "removed", "removed", "added", "added", "added"]
    (changed,) = difference("申报时间为5日", "申报时间为6日")
    assert changed.kind == "changed"
    assert changed.parts == [("same", "申报时间为"), ("removed", "5"), ("added", "6"), ("same", "日")]


def test_a_first_version_is_compared_with_last_years_call_and_a_second_with_the_first():
    call, officer = make.call(state=Call.State.DRAFT), make.holder("officer")
    prepare_call(call, by=officer)
    assert changes(call) is None
    last_year = make.call(make.cycle(2023))
    last_year.versions.create(number=1, body="去年的通知", by=last_year.prepared_by, at=clock.now())
    assert "去年的通知" in [words for change in changes(call) for _kind, words in change.parts]
    send_back_call(call, by=make.holder("approver"), reason="再改")
    edit_call(call, by=officer, requirements="请提前预约。")
    prepare_call(call, by=officer)
    told = [change for change in changes(call) if change.kind != "same"]
    assert [(change.kind, change.parts) for change in told] == [("added", [("added", "请提前预约。")])]


def test_a_year_opened_from_the_pack_has_no_warning_of_its_places():
    cycle = open_year(make.pack("luohu-2024"), by=make.holder("officer", make.city()))
    luohu = cycle.districts.get()
    closes = datetime(2024, 8, 25, 18, tzinfo=ZONE)
    call = make.call(
        cycle, luohu, state="draft", opens_at=datetime(2024, 8, 12, tzinfo=ZONE), closes_at=closes
    )
    with clock.at(datetime(2024, 7, 29, 9, tzinfo=ZONE)):
        assert told(call) == "The window ends on a rest day (Aug. 25, 2024)."
