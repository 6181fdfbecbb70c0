"""A check is one file: what it declares there is all that anything reads."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from typer.testing import CliRunner

import scancheck
from scancheck.checks import skew
from scancheck.cli import app
from scancheck.registry import packed, registered, unpacked
from tests.scancheck import scans

PLUGIN = "tests.scancheck.throwaway"


def test_a_check_in_a_file_of_its_own_runs_and_is_listed_everywhere(tmp_path):
    data = scans.pdf(*scans.numbered()[:2])
    report = scancheck.inspect(data, scancheck.Profile(plugins=(PLUGIN,)))
    counted = [page.measured["inkiness"] for page in report.pages]
    assert min(counted) > 100
    assert report.document.measured == {"inkiest": max(counted)}
    assert report.pages[1].findings[0].message == f"第 2 页墨迹有 {counted[1]} 点。"
    assert report.in_language("en").pages[0].findings[0].message.endswith("points of ink.")
    assert scancheck.Report.from_json(report.to_json()) == report
    assert "inkiness" in report.timings_ms


def test_its_value_and_its_words_are_in_the_schema_and_in_the_commands_list():
    run = CliRunner(env={"COLUMNS": "200"}).invoke
    schema = json.loads(run(app, ["--schema", "--plugin", PLUGIN]).stdout)
    finding, page = (schema["$defs"][name]["properties"] for name in ("Finding", "PageReport"))
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"const": "inkiness", "description": "how much ink there is"} in finding["check"]["oneOf"]
    assert "inky" in [each["const"] for each in finding["code"]["oneOf"]]
    assert page["measured"]["properties"]["inkiness"] == {"type": "integer"}
    listed = run(app, ["--checks", "--plugin", PLUGIN]).stdout
    assert "墨迹多少" in listed
    assert "inky" in listed


def test_nothing_else_knows_of_it():
    assert "inkiness" not in [check.name for check in registered()]
    assert "inkiness" not in json.dumps(scancheck.json_schema())
    told = CliRunner().invoke(app, ["--plugin", "tests.scancheck.no_such"])
    assert told.exit_code == 2
    assert "no_such" in told.output


def test_a_report_of_a_check_that_is_not_there_is_still_told():
    message = "第 1 页墨迹有 7 点。"
    made = scancheck.Finding("gone", "warn", "long_gone", message, facts={"points": 7})
    assert made.say("en") == message


@pytest.mark.parametrize("check", registered(), ids=lambda check: check.name)
def test_every_check_says_all_it_has_to_in_both_languages(check):
    assert all(check.about)
    assert all(chinese and english for chinese, english in check.words.values())
    assert check.page or check.document or check.name == "open"


def test_thresholds_go_to_the_sandbox_and_back():
    profile = scancheck.Profile(page_seconds=1.5, bounds=(skew.Bounds(warn_deg=0.1),), plugins=(PLUGIN,))
    assert unpacked(json.loads(json.dumps(packed(profile)))) == profile
    pixels, _ = scans.scanned(scans.order(3), skew=0.5)
    strict = replace(scancheck.Profile(), bounds=(skew.Bounds(warn_deg=0.1),))
    assert [each.code for each in scancheck.inspect(scans.pdf(pixels), strict).findings] == ["skewed"]
    assert scancheck.inspect(scans.pdf(pixels)).findings == ()


def test_whoever_only_asks_for_reports_loads_no_models():
    told = (
        "import sys, scancheck; print([m for m in ('onnxruntime', 'pikepdf', 'pyhanko') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
