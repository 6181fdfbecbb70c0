import time
from io import BytesIO

import pikepdf
import pytest
from bench.scancheck import hostile

import scancheck
from tests.busy import busy

FILES = dict(hostile.files())
PATIENCE = 12  # seconds; the 5 s of a quiet machine are held by the bench


@pytest.fixture(scope="module", autouse=True)
def started():
    """Loading the models is not the hostile file's doing."""
    scancheck.inspect(FILES["javascript"])


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_neither_hangs_nor_crashes_the_caller(name):
    start = time.monotonic()
    probe, report = scancheck.probe(FILES[name]), scancheck.inspect(FILES[name])
    assert time.monotonic() - start < PATIENCE * busy()
    assert report.verdict != "pass"
    assert probe.ok or not report.readable


def test_a_page_that_kills_its_reader_leaves_the_others_checked():
    bomb, good = pikepdf.open(BytesIO(FILES["inflation bomb"])), pikepdf.open(BytesIO(FILES["javascript"]))
    bomb.pages.insert(0, good.pages[0])
    kept = BytesIO()
    bomb.save(kept)
    report = scancheck.inspect(kept.getvalue())
    assert [page.blank for page in report.pages] == [True, None]
    assert report.pages[1].verdict in ("fail", "unsure")  # the latter if time ran out before memory did
    assert report.pages[1].findings[0].code.startswith("died_")
