"""Limits blame nobody for a busy machine."""

from tempfile import TemporaryFile

import scancheck
from scancheck.sandbox import Sandbox
from tests.scancheck import scans


def test_a_step_may_wait_for_others_far_longer_than_its_processor_time():
    sandbox = Sandbox("tests.scancheck.jobs")
    with TemporaryFile() as file:
        run = sandbox.run("wait", file, step_seconds=0.3, memory_bytes=2**28, seconds=1.5)
        assert list(run) == ["done"]
    sandbox.close()


def test_pages_ended_by_the_limit_could_not_be_checked_and_need_no_new_scan():
    data = scans.pdf(*scans.numbered(3))
    report = scancheck.inspect(data, scancheck.Profile(page_seconds=0.002, lost_seconds=0.001))
    codes = [(each.code, each.status) for each in report.findings]
    assert set(codes) == {("died_timeout", "unsure"), ("pages_unchecked", "unsure")}
    assert report.verdict == "unsure"
    assert not any("重新扫描" in each.message or "Scan" in each.say("en") for each in report.findings)
