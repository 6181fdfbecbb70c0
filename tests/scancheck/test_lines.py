import pytest

from scancheck.lines import find
from scancheck.raster import MM_PER_INCH, SMALL_DPI
from tests.scancheck import scans


@pytest.mark.parametrize("seed", [2, 24, 33])
def test_a_narrow_dark_bar_at_the_side_does_not_hide_faint_print(seed):
    plain, _ = scans.picture(seed, {"contrast": 0.3})
    barred, _ = scans.picture(seed, {"contrast": 0.3, "border": True})
    assert _lines(barred) >= _lines(plain) - 2 > 20


def _lines(raster):
    found = find(raster.small_grey, SMALL_DPI / MM_PER_INCH, lowest_mm=1.5, highest_mm=9, gap_mm=3)
    return sum(line.wide > 5 * line.high for line in found)
