import cv2
import numpy as np
import pytest
from bench.scancheck import fonts
from PIL import Image, ImageDraw

from scancheck import models
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


@pytest.mark.parametrize("text", ["2024-06-23 至 2025-11-08", "91440300MA5EXAMPL3"])
def test_figures_and_what_is_doubtful_when_narrowed_are_read_as_they_are(text):
    line = Image.new("L", (700, 64), 255)
    ImageDraw.Draw(line).text((20, 8), text, font=fonts.font("song", 40), fill=0)
    squeezed = np.asarray(cv2.resize(np.asarray(line), (350, 64), interpolation=cv2.INTER_AREA))
    assert models.read_narrowed(squeezed) == models.read(squeezed)
