from pathlib import Path

import pytest

from tests.programmes.facts import FILES
from zaiti.programmes.packs import PackError, PackInvalid, check_pack, load_pack

LUOHU = FILES["N2"].read_text(encoding="utf-8")
CITY = FILES["N1"].read_text(encoding="utf-8")

# (what is written, what stands there by mistake, the field named, words of the sentence)
MISTAKES = [
    ("year: 2024", 'year: "2024"', "year", "应是整数"),
    ("year: 2024", "years: 2024", "years", "是不是“year”"),
    ("year: 2024", "zzz: 2024", "zzz", "请删去"),
    ("      pass_line: 70", "      pas_line: 70", "types[0].rubric.pas_line", "是不是“pass_line”"),
    ("      pass_line: 65", "      pass_line: 165", "types[2].rubric.pass_line", "不能大于 100"),
    ("ratio: 0.6", "ratio: six", "types[0].rubric.per_category_min_ratio", "应是数字"),
    ("level: district", "level: village", "level", "只能是 city、district 之一"),
    ("cap: 6\n", "cap: 5\n", "districts[0].quotas", "合计6家，超过上限5家"),
    ("cap: 6\n", "cap: 0\n", "cap", "不能小于 1"),
    ("T18:00:00+08:00", "T18:00", "windows[0].closes_at", "时刻要写到秒并带时区"),
    ("2024-08-25T18", "2024-08-32T18", "windows[0].closes_at", "不是存在的时刻"),
    ("2024-08-25T18", "2024-08-02T18", "windows[0].closes_at", "必须晚于开始时刻"),
    ("2024-08-12T00", "2024-07-12T00", "windows[0].opens_at", "早于通知成文日期"),
    ("  - district: luohu", "  - district: futian", "windows[0].district", "districts 里没有“futian”"),
    ("published_on: 2024-07-29", "published_on: 2024-02-30", "disclosure.published_on", "不是日历上有的日期"),
    ("published_on: 2024-07-29", "published_on: 29.07.2024", "disclosure.published_on", "日期要写成"),
    ("published_on: 2024-07-29", "published_on: 2024-07-28", "disclosure.published_on", "早于成文日期"),
    ('uscc: "114403035731270177"', 'uscc: "114403035731270178"', "districts[0].uscc", "校验码不对"),
    ("114403035731270177/2024-00424", "2024-00424", "disclosure.index_number", "索引号应为"),
    ("          points: 20", "          points: 21", "types[0].rubric.categories[2].points", "合计20分"),
    ("  - code: studio", "  - code: base", "types[1].code", "“base”与前面重复"),
    ("{code: clear,", "{code: sealed,", "material_rules.rules[2].code", "“sealed”与前面重复"),
    ("name: 设备设施清单", "name: 真实性承诺书", "types[0].materials.items[7].name", "与前面重复"),
    ("  required: true\n", "  required: yes\n", "paper.required", "只能写 true"),
    ('phone: "25438355"', "phone: 25438355", "paper.phone", "加上引号"),
    ('phone: "25438355"', 'phone: "13800000000"', "paper.phone", "不写个人手机号"),
    ("  address: 罗湖", "  # address: 罗湖", "paper.address", "请补上 address"),
    ("closing: 特此通知。", "closing: ''", "closing", "不能为空"),
    ("  - panel_vote", "  - 抽签", "tie_order[6]", "“抽签”不是评审细则里的类别"),
    ("alert_months: [24, 30, 33]", "alert_months: [24, 40]", "followup.alert_months", "从小到大"),
    ("check_month: 36", "check_month: 35", "followup.check_month", "乘以12"),
    ("defaults: [doc_prefix]", "defaults: [prefix]", "districts[0].defaults", "“prefix”不是本段的字段"),
    ("keywords: [终身职业技能培训载体, 认定工作, 通知]", "keywords: 通知", "disclosure.keywords", "应是列表"),
    ("id: luohu-2024", "id: 罗湖", "id", "小写字母开头"),
    ("level: district", "level: district\nlevel: city", "level", "写了两次"),
]


# these are told where the block stands, as the mistake lies elsewhere
TOLD_AT_THEIR_BLOCK = ("districts[0].quotas", "paper.address")


def errors_in(folder: Path, text: str) -> list[PackError]:
    file = folder / "pack.yaml"
    file.write_text(text, encoding="utf-8")
    return check_pack(file)


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_our_packs_are_sound(file: Path) -> None:
    assert check_pack(file) == []


@pytest.mark.parametrize(
    ("right", "wrong", "field", "words"), MISTAKES, ids=[wrong for _, wrong, *_ in MISTAKES]
)
def test_a_mistake_is_told_with_its_file_line_and_field(
    tmp_path: Path, right: str, wrong: str, field: str, words: str
) -> None:
    assert right in LUOHU
    errors = errors_in(tmp_path, LUOHU.replace(right, wrong, 1))
    told = [error for error in errors if error.field == field]
    assert told, errors
    assert words in told[0].message
    assert told[0].file == str(tmp_path / "pack.yaml")
    if field not in TOLD_AT_THEIR_BLOCK:
        first = line_of(LUOHU, right)
        assert first <= told[0].line <= first + wrong.count("\n")


def test_a_missing_field_is_told_at_the_block_that_lacks_it(tmp_path: Path) -> None:
    text = LUOHU.replace("    opens_at: 2024-08-12T00:00:00+08:00\n", "", 1)
    (error,) = errors_in(tmp_path, text)
    assert (error.field, error.line) == ("windows[0].opens_at", line_of(text, "  - district: luohu"))
    assert "请补上" in error.message


def test_a_block_must_say_where_it_comes_from(tmp_path: Path) -> None:
    text = LUOHU.replace("contact:\n  source: N2\n", "contact:\n", 1)
    (error,) = errors_in(tmp_path, text)
    assert (error.field, error.line) == ("contact", line_of(text, "contact:"))
    assert "请写明出处" in error.message


def test_a_block_is_not_both_a_sample_and_stated(tmp_path: Path) -> None:
    (error,) = errors_in(tmp_path, LUOHU.replace("contact:\n", "contact:\n  sample: true\n", 1))
    assert (error.field, "二者取一" in error.message) == ("contact", True)


def test_a_rubric_must_come_to_a_hundred(tmp_path: Path) -> None:
    text = LUOHU.replace("points: 10\n", "points: 9\n", 1).replace(
        "年度计划与跟踪服务, points: 5", "跟踪, points: 4"
    )
    (error,) = errors_in(tmp_path, text)
    assert error.field == "types[2].rubric.categories"
    assert "合计99分，应为100分" in error.message


def test_a_district_pack_has_one_district(tmp_path: Path) -> None:
    (error,) = errors_in(tmp_path, CITY.replace("level: city", "level: district", 1))
    assert (error.field, error.line) == ("districts", line_of(CITY, "districts:"))


def test_sample_quotas_above_the_cap_are_told(tmp_path: Path) -> None:
    (error,) = errors_in(tmp_path, CITY.replace("cap: 63", "cap: 59", 1))
    assert error.field == "districts[10].sample_quotas"
    assert "样例名额合计60家，超过上限59家" in error.message


def test_sample_quotas_that_are_not_marked_are_told(tmp_path: Path) -> None:
    (error,) = errors_in(tmp_path, CITY.replace("{sample: true, base: 3", "{source: N1, base: 3", 1))
    assert (error.field, "样例" in error.message) == ("districts[0].sample_quotas", True)


def test_samples_do_not_pass_for_quotas(tmp_path: Path) -> None:
    quotas = "quotas: {sample: true, base: 1, studio: 1, station: 1}"
    (error,) = errors_in(tmp_path, CITY.replace("quotas: null", quotas, 1))
    assert (error.field, "sample_quotas" in error.message) == ("districts[0].quotas", True)


def test_deadlines_out_of_order_are_told(tmp_path: Path) -> None:
    text = CITY.replace("call_deadline: 2025-05-15", "call_deadline: 2025-04-15", 1)
    text = text.replace("report_deadline: 2025-07-11", "report_deadline: 2025-04-11", 1)
    assert [error.field for error in errors_in(tmp_path, text)] == ["call_deadline", "report_deadline"]


def test_a_window_that_ends_after_the_report_is_told(tmp_path: Path) -> None:
    text = LUOHU.replace("report_deadline: null", "report_deadline: 2024-08-20", 1)
    (error,) = errors_in(tmp_path, text)
    assert (error.field, "报送" in error.message) == ("windows[0].closes_at", True)


def test_metadata_that_differ_from_the_notice_are_told(tmp_path: Path) -> None:
    text = LUOHU.replace("  made_on: 2024-07-29", "  made_on: 2024-07-28", 1).replace("的通知\n", "\n", 1)
    assert {error.field for error in errors_in(tmp_path, text)} == {"disclosure.made_on", "disclosure.title"}


def test_a_quota_for_a_type_the_pack_lacks_is_told(tmp_path: Path) -> None:
    start, end = LUOHU.index("  - code: station\n"), LUOHU.index("may_apply:\n  source")
    (error,) = [e for e in errors_in(tmp_path, LUOHU[:start] + LUOHU[end:]) if "quotas" in e.field]
    assert (error.field, "没有“station”类" in error.message) == ("districts[0].quotas.station", True)


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = LUOHU.replace("year: 2024", "year: x", 1).replace("cap: 6\n", "cap: x\n", 1)
    assert [error.field for error in errors_in(tmp_path, text)] == ["year", "cap"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("id: luohu\nyear: [2024\nlevel: city\n", 3, "YAML 写法有误"),
        ("id: luohu\n\ttitle: x\n", 2, "YAML 写法有误"),
        ("id: *unknown\n", 1, "YAML 写法有误"),
        ("id: \x00\n", 1, "YAML 写法有误"),
        ("id: &a [*a]\n", 1, "引用了包含它自己"),
        ("", 1, "文件里没有内容"),
        ("- 1\n", 1, "文件里没有内容"),
    ],
)
def test_broken_yaml_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    (error,) = errors_in(tmp_path, text)
    assert (error.line, words in error.message) == (line, True), error


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    (error,) = check_pack(tmp_path / "none.yaml")
    assert "打不开" in error.message


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_bytes(LUOHU.encode("gb18030"))
    (error,) = check_pack(file)
    assert "UTF-8" in error.message


def test_loading_refuses_with_every_error(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text(LUOHU.replace("cap: 6\n", "cap: 5\n"), encoding="utf-8")
    with pytest.raises(PackInvalid) as caught:
        load_pack(file)
    assert caught.value.errors == check_pack(file)
    assert str(caught.value) == str(caught.value.errors[0])
    assert str(caught.value).startswith(f"{file}:{caught.value.errors[0].line}: districts[0].quotas: ")


@pytest.mark.parametrize("dropped", range(0, LUOHU.count("\n"), 23))
def test_a_pack_that_lost_a_line_is_judged_and_never_crashes(tmp_path: Path, dropped: int) -> None:
    lines = LUOHU.splitlines(keepends=True)
    errors = errors_in(tmp_path, "".join(lines[:dropped] + lines[dropped + 1 :]))
    assert all(1 <= error.line <= len(lines) and error.message for error in errors)
