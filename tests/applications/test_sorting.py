import pytest

from tests import make
from zaiti.applications.sorting import Content, sort_files
from zaiti.programmes.models import MaterialRequirement

SLOTS = [MaterialRequirement(code=item.code, name=item.name) for item in make.pack().types[0].materials.items]


def sorted_names(*names):
    return [slot.name if slot else None for slot in sort_files(names, SLOTS)]


def test_files_named_after_their_material_find_its_slot():
    names = [slot.name.replace("/", "_") + ".pdf" for slot in SLOTS]
    assert sorted_names(*names) == [slot.name for slot in SLOTS]


@pytest.mark.parametrize(
    ("name", "slot"),
    [
        ("01申报表.pdf", "申报表"),
        ("2.营业执照（盖章扫描件）.PDF", "营业执照/事业单位法人证书/社团登记证/办学许可证"),
        ("授权委托书.pdf", "法定代表人身份证明与经办人授权委托书"),
        ("真实性承诺书_最终版.pdf", "真实性承诺书"),
        ("近三年培训台账.pdf", "近三年培训台账与签到"),
        ("三年建设规划 2024.pdf", "三年建设规划"),
        ("校企合作协议(1).pdf", "校企合作协议"),
    ],
)
def test_usual_ways_of_naming_a_scan_find_their_slot(name, slot):
    assert sorted_names(name) == [slot]


@pytest.mark.parametrize("name", ["IMG_2024.pdf", "扫描件001.pdf", "新建文档.pdf", "20240801.pdf"])
def test_a_name_that_says_nothing_is_left_to_the_person(name):
    assert sorted_names(name) == [None]


def test_no_slot_is_given_twice():
    found = sorted_names("申报表.pdf", "申报表(2).pdf")
    assert found.count("申报表") == 1


@pytest.mark.parametrize(
    ("content", "slot"),
    [
        (Content(title="三年建设规划（2024—2026）"), "三年建设规划"),
        (Content(looks_like="营业执照"), "营业执照/事业单位法人证书/社团登记证/办学许可证"),
        (Content(own_code=True), "营业执照/事业单位法人证书/社团登记证/办学许可证"),
        (Content(title="无关"), None),
    ],
)
def test_a_file_with_a_name_that_says_nothing_goes_by_its_content(content, slot):
    [found] = sort_files(["扫描件001.pdf"], SLOTS, [content])
    assert (found and found.name) == slot


def test_a_plain_name_goes_before_the_content():
    [found] = sort_files(["申报表.pdf"], SLOTS, [Content(title="校企合作协议")])
    assert found.name == "申报表"
