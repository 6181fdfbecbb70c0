"""Reading the State Council's notices as they were published, and saying what is wrong with others."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from zaiti.clock.arrangement import number_in, read_rows, read_text
from zaiti.clock.seed import special_days
from zaiti.clock.table_file import sentences
from zaiti.core import Refused

# The items of the notices of 2018 to 2025, word for word.
NOTICES = {
    2026: """国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。
国务院办公厅
2025年11月4日
（此件公开发布）""",
    2024: """一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2023: """一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
    2019: """一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。六、中秋节：9月13日放假，与周末连休。七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2025: """一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假
调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
}


@pytest.mark.parametrize("year", NOTICES)
def test_a_notice_gives_the_days_that_the_kept_library_knows(year):
    found = read_text(NOTICES[year], year)
    wanted = {day: working for day, working, _name in special_days() if day.year == year}
    assert found.faults == []
    assert found.missing == []
    assert {day: working for day, (working, _name) in found.days.items() if day.year == year} == wanted


def test_days_of_the_year_before_are_read_too():
    days = read_text(NOTICES[2019], 2019).days
    assert days[date(2018, 12, 29)][0] is True
    assert days[date(2018, 12, 31)] == (False, "元旦")


def test_advice_is_no_holiday():
    assert date(2024, 2, 9) not in read_text(NOTICES[2024], 2024).days


def test_full_width_and_half_width_read_alike():
    wide = NOTICES[2026].translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert read_text(wide, 2026).days == read_text(NOTICES[2026], 2026).days


def test_the_number_is_found():
    assert number_in(NOTICES[2026]) == "国办发明电〔2025〕7号"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("通知\n一、元旦：1月1日（周五）放假1天。", 2, "星期四"),
        ("一、元旦：1月1日放假1天。\n二、春节：2月30日放假。", 2, "no day of the calendar"),
        ("二、春节：2月15日至23日放假，共8天。", 1, "names 9"),
        ("二、春节：2月16日放假。\n\n2月18日上班。", 3, "worked anyway"),
        ("一、元旦：1月1日（周四）。", 1, "a day off or"),
        ("七、国庆节：10月7日至1日放假。", 1, "one holiday"),
        ("七、国庆节：1日至7日放假。", 1, "no month"),
        ("元旦：2030年1月1日放假。", 1, "not in 2026"),
        ("春节：2月21日放假。春节：2月21日上班。", 1, "as a day off"),
        ("国务院办公厅关于2025年部分节假日安排的通知", 1, "of 2025"),
        ("随便写的", 1, "No holiday"),
        ("", 1, "No holiday"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, said):
    faults = read_text(text, 2026).faults
    assert any(fault.line == line and said in fault.said for fault in faults), faults


def workbook(rows) -> io.BytesIO:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    file.seek(0)
    return file


def test_a_table_gives_its_days():
    rows = [
        ("日期", "类型", "名称"),
        (date(2026, 1, 1), "休", "元旦"),
        ("2026-01-02", "放假", "元旦"),
        ("2026/1/4", "班", "元旦"),
        ("2月15日至23日", "放假", "春节"),
        ("2026年2月14日", "调休上班", None),
    ]
    found = read_rows(sentences(workbook(rows)), 2026)
    assert found.faults == []
    assert found.days[date(2026, 1, 1)] == (False, "元旦")
    assert found.days[date(2026, 1, 4)] == (True, "调休上班")
    assert found.days[date(2026, 2, 14)][0] is True
    assert date(2026, 2, 17) in found.days


def test_a_row_that_is_wrong_is_named_by_its_number():
    found = read_rows(sentences(workbook([("日期", "类型"), ("2026-03-04", "班")])), 2026)
    assert [fault.line for fault in found.faults] == [2]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.4"])
def test_what_is_no_workbook_is_refused_in_a_sentence(content):
    with pytest.raises(Refused, match="XLSX"):
        list(sentences(io.BytesIO(content)))
