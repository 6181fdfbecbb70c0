import cv2
import numpy as np
import pytest

from scancheck.profile import STANDARD
from scancheck.seals import inks
from scancheck.seals.bounds import Bounds
from scancheck.seals.finding import check
from scancheck.seals.shapes import Ring
from scancheck.seals.voting import loneliness, relief, voted_rings
from tests.scancheck import scans

WORN = {"strength": 0.7, "wear": 0.1, "turn": 10.0, "width_mm": 42, "code": ""}


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_a_grey_seal_over_print_is_found_by_its_edges(seed):
    raster, truth = scans.picture(seed, how={"mode": "grey"}, seals=("round",), stamp=WORN)
    mask = inks.mask(raster, "grey", Bounds())
    x0, y0, x1, y1 = (value / 2 for value in truth.seals[0][1])
    best = voted_rings(raster.small_grey, mask, Bounds.dark_votes)[0].ring
    assert best.x == pytest.approx((x0 + x1) / 2, abs=3)
    assert best.y == pytest.approx((y0 + y1) / 2, abs=3)
    assert best.a == pytest.approx((x1 - x0) / 2, abs=3)


def test_a_page_without_rings_has_few_that_only_seem_so():
    raster, _ = scans.picture(7)
    mask = inks.mask(raster, "grey", Bounds())
    assert all(ring.rim < Bounds.dark_rim for ring in voted_rings(raster.small_grey, mask, 0.07))


def test_print_on_a_circle_is_not_lonely_and_a_ring_is():
    page = np.zeros((400, 400), np.uint8)
    cv2.circle(page, (200, 200), 60, 1, 2)
    ring = Ring(200.0, 200.0, 60.0, 60.0)
    assert loneliness(page, ring) > 0.8
    assert loneliness(np.ones_like(page), ring) == 0


def test_a_band_of_text_stands_out_and_a_figure_in_the_middle_does_not():
    ring = Ring(200.0, 200.0, 60.0, 60.0)
    band, figure = np.zeros((400, 400), np.uint8), np.zeros((400, 400), np.uint8)
    cv2.circle(band, (200, 200), 45, 1, 16)
    cv2.circle(figure, (200, 200), 33, 1, -1)
    assert min(relief(band, ring)) > 0.5
    assert relief(figure, ring)[1] < -0.5


def test_a_black_ring_drawn_over_print_is_no_seal():
    for seed in range(4):
        raster, _ = scans.picture(seed, distractor="blackring", how={"mode": "grey"})
        assert check(raster, 1, None, STANDARD).value == ()


def test_a_faint_seal_is_seen():
    raster, _ = scans.picture(2, seals=("round",), stamp=WORN | {"strength": 0.3}, dpi=150)
    (seal,) = check(raster, 1, None, STANDARD).value
    assert seal.shape == "round"
