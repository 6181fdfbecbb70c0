import json
from random import Random

import pikepdf
import pytest
from bench.scancheck.words import uscc
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import scancheck
from scancheck import Expectation, Report
from scancheck.checks import titles
from scancheck.checks.codes import codes as codes_in
from scancheck.cli import app
from scancheck.report import Uscc
from tests.scancheck import scans

FRESH = {"strength": 1.0, "wear": 0.0, "turn": 5.0, "width_mm": 42, "foot": "", "code": ""}


@pytest.fixture(scope="module")
def report():
    """A file without its third page; one leans, one is turned, one blank, and the first comes again."""
    first, second = scans.numbered(4)[:2]
    leaning, _ = scans.scanned(scans.order(50, number=(4, 4), number_form="第{n}页 共{t}页"), skew=5.0)
    turned, _ = scans.scanned(scans.order(51, seals=("round",), stamp=FRESH), turned=90)
    data = scans.pdf(first, second, leaning, turned, scans.blank(), first)
    return scancheck.inspect(data, expect=Expectation(name=scans.UNIT, sealed="somewhere"))


def codes(report, page):
    return [each.code for each in report.pages[page - 1].findings]


def test_each_fault_is_found_on_its_page(report):
    assert report.verdict == "fail"
    assert codes(report, 2) == []
    assert "skewed" in codes(report, 3)
    assert report.pages[2].skew_deg == pytest.approx(5, abs=0.05)
    assert "turned" in codes(report, 4)
    assert report.pages[3].orientation == 90
    assert codes(report, 5) == ["blank"]
    assert report.pages[5].duplicate_of == 1


def test_pages_have_sizes_resolution_and_source(report):
    page = report.pages[0]
    assert (page.width_mm, page.height_mm) == (pytest.approx(210, abs=1), pytest.approx(297, abs=1))
    assert (page.dpi, page.source) == (150, "image")


def test_a_seal_on_a_turned_page_is_boxed_as_the_page_lies(report):
    (seal,) = report.pages[3].seals
    assert seal.matches_name is None or seal.matches_name > 0.5
    assert seal.box[2] <= 298
    assert seal.box[3] <= 211


def test_the_documents_order_is_told(report):
    assert report.document.missing_pages == (3,)
    assert report.document.repeated_pages == (1,)
    assert report.pages[1].printed_number.number == 2


def test_a_report_goes_to_json_and_back_and_keeps_to_the_schema(report):
    assert Report.from_json(report.to_json()) == report
    Draft202012Validator(scancheck.json_schema()).validate(json.loads(report.to_json()))


def test_what_readers_of_schema_1_rely_on_is_there():
    defined = scancheck.json_schema()["$defs"]
    assert scancheck.SCHEMA_VERSION == 1
    assert set(defined["PageReport"]["properties"]) >= {
        "number", "width_mm", "height_mm", "dpi", "source", "verdict", "blank", "orientation", "skew_deg",
        "clarity", "cropped", "seals", "printed_number", "duplicate_of", "findings",
    }  # fmt: skip
    assert set(defined["Finding"]["properties"]) >= {
        "check", "status", "code", "message", "box", "page", "facts",
    }  # fmt: skip
    assert set(defined["DocumentReport"]["properties"]) >= {
        "pages", "missing_pages", "repeated_pages", "out_of_order", "title", "looks_like", "uscc",
        "name_matches", "encrypted", "javascript", "launch", "embedded_files", "signatures", "findings",
    }  # fmt: skip


def test_messages_are_said_in_either_language(report):
    english = report.in_language("en")
    assert "skewed" in english.pages[2].findings[0].message
    assert english.in_language("zh") == report


def test_progress_is_told_page_by_page():
    told = []
    scancheck.inspect(
        scans.pdf(scans.blank(), scans.blank(2)), progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 2), (2, 2)]


def test_a_file_that_does_not_open_gives_a_report_saying_so():
    report = scancheck.inspect(b"PK\x03\x04 OFD.xml")
    assert (report.verdict, report.readable, report.pages) == ("fail", False, ())
    assert report.findings[0].code == "ofd"
    assert "OFD" in report.findings[0].message


def test_a_missing_seal_is_named_where_one_is_due():
    data = scans.pdf(scans.numbered()[0])
    nowhere = scancheck.inspect(data, expect=Expectation(sealed="somewhere"))
    assert [each.code for each in nowhere.document.findings] == ["seal_nowhere"]
    page = scancheck.inspect(data, expect=Expectation(sealed="every_page"))
    assert page.document.findings[0].message == "第 1 页未见公章。"


def test_a_text_layer_is_read_instead_of_recognising():
    made = scans.empty_pdf(4)
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for number, page in enumerate(made.pages, 1):
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        words = f"BT /F 12 Tf 72 700 Td (A training plan) Tj ET BT /F 10 Tf 290 30 Td (- {number} -) Tj ET"
        page.Contents = made.make_stream(words.encode())
    report = scancheck.inspect(scans.saved(made))
    assert [page.printed_number and page.printed_number.number for page in report.pages] == [1, 2, 3, 4]
    assert {page.source for page in report.pages} == {"text"}
    assert report.document.missing_pages == ()


def test_scripts_in_a_scan_fail_it():
    made = scans.empty_pdf()
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    report = scancheck.inspect(scans.saved(made))
    assert report.document.javascript is True
    assert "javascript" in [each.code for each in report.findings]


def test_a_red_head_is_no_title_unless_it_is_all_there_is():
    head, below = ("深圳市示例局文件", 9.5, 1.0), ("年度计划", 8.0, 1.0)
    assert titles.title([head, below], titles.Bounds()) == "年度计划"
    assert titles.title([head], titles.Bounds()) == "深圳市示例局文件"


def test_materials_are_known_by_their_words():
    assert titles.looks_like(["深圳市示例学校", "场地租赁合同"], titles.Bounds()) == "场地产权或租赁证明"
    assert titles.looks_like(["今天天气很好"], titles.Bounds()) is None
    assert titles.resembles("场地产权或租赁证明及平面图", "场地产权或租赁证明")
    assert not titles.resembles("营业执照", "审计报告")


def test_credit_codes_are_found_and_their_check_digit_tried():
    code = uscc(Random(1))
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert codes_in(f"统一社会信用代码：{code}", 2) == [Uscc(code, True, 2)]
    assert codes_in(f"代码 {wrong}", 1) == [Uscc(wrong, False, 1)]
    assert codes_in("电话 13800000000", 1) == []


def test_the_command_prints_findings_and_exits_by_what_it_found(tmp_path):
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(scans.pdf(scans.numbered()[0]))
    bad.write_bytes(b"no pdf")
    run = CliRunner().invoke
    assert run(app, [str(good)]).exit_code == 0
    told = run(app, [str(good), str(bad), "--json", "--overlay", str(tmp_path / "out")])
    assert told.exit_code == 2
    reports = [Report.from_json(line) for line in told.stdout.splitlines() if line.startswith("{")]
    assert [each.file for each in reports] == ["good.pdf", "bad.pdf"]
    assert (tmp_path / "out" / "good-001.png").read_bytes().startswith(b"\x89PNG")
    assert run(app, [str(good), "--sealed", "somewhere"]).exit_code == 1
    assert run(app, [str(tmp_path / "none.pdf")]).exit_code == 2


def test_a_kept_report_is_compared_with_a_slots_material():
    report = scancheck.Report(None, "", "pass", True, (), scancheck.DocumentReport(looks_like="营业执照"), {})
    assert scancheck.title_finding(report, "营业执照副本") is None
    assert scancheck.title_finding(report, None) is None
    found = scancheck.title_finding(report, "审计报告")
    assert (found.check, found.code, found.facts["looks_like"]) == ("title", "title_differs", "营业执照")


def test_folders_are_read_to_their_depth_and_the_html_report_shows_what_was_found(tmp_path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    pixels, _ = scans.scanned(scans.order(3, layout="short"), skew=4.2)
    (deep / "skewed<1>.PDF").write_bytes(scans.pdf(pixels))
    (deep / "broken.pdf").write_bytes(b"no")
    (deep / "~$lock.pdf").write_bytes(b"")
    (deep / "notes.txt").write_text("")
    told = CliRunner().invoke(app, [str(tmp_path), "--html", str(tmp_path / "out.html"), "--lang", "en"])
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert told.exit_code == 2
    assert "lock" not in told.output
    assert page.count("<tr>") == 3
    assert "skewed&lt;1&gt;.PDF" in page
    assert "Page 1 is skewed by" in page
    assert page.count("<img") == 1


def test_a_folder_without_a_file_to_read_says_so(tmp_path):
    assert "no PDF, picture" in CliRunner().invoke(app, [str(tmp_path)]).output
    assert scancheck.json_schema()["$schema"].startswith("https://json-schema.org/")
