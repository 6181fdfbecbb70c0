import cv2
import numpy as np
import pytest
from bench.scancheck import fonts, papers, scanner
from bench.scancheck.desk import Order
from PIL import Image, ImageDraw

from scancheck import models
from scancheck.checks import blank, clarity, cropped, duplicates, orientation, skew
from scancheck.profile import STANDARD
from tests.scancheck import scans


@pytest.mark.parametrize("degrees", [-11.3, -4.2, -0.4, 0.0, 0.7, 2.5, 9.8])
def test_skew_is_measured_to_a_few_hundredths_of_a_degree(degrees):
    raster, _ = scans.picture(3, {"skew": degrees})
    found = skew.check(raster, 7, STANDARD)
    assert found.value == pytest.approx(degrees, abs=0.04)
    assert bool(found.findings) == (abs(degrees) >= skew.Bounds.warn_deg)


def repeats(prints):
    """Which page repeats which."""
    said = duplicates.repeats(prints, duplicates.Bounds())
    return {page: other for page, other in said if other}


def two_columns(offset: int, degrees: float) -> np.ndarray:
    """The ink of two columns of signs whose lines lie `offset` pixels apart, at 110 dpi."""
    draw, page = np.random.default_rng(7), np.zeros((1286, 909), np.uint8)
    for left, first in ((90, 110), (480, 110 + offset)):
        for line in range(38):
            for place in range(left, left + 330, 17):
                high = int(draw.integers(9, 14))
                top = first + line * 28 + 14 - high
                cv2.rectangle(page, (place, top), (place + 11, top + high), 230, 2)
    turn = cv2.getRotationMatrix2D((454.5, 643), degrees, 1)
    return np.asarray(cv2.warpAffine(page, turn, (909, 1286), flags=cv2.INTER_LINEAR))


@pytest.mark.parametrize("degrees", [-1.3, 0.0, 2.0])
@pytest.mark.parametrize("offset", [5, 9, 14, 19, 24])
def test_columns_whose_lines_lie_at_other_heights_are_measured_one_by_one(offset, degrees):
    found = skew.measure(two_columns(offset, degrees))
    assert found is not None
    assert found.degrees == pytest.approx(degrees, abs=0.08)


def test_a_skewed_page_says_so_with_its_number_and_angle():
    raster, _ = scans.picture(3, {"skew": 4.2})
    (found,) = skew.check(raster, 3, STANDARD).findings
    assert (found.status, found.message) == ("fail", "第 3 页倾斜 4.2°，请重新扫描。")
    assert found.say("en") == "Page 3 is skewed by 4.2°. Scan it again."


def test_skew_abstains_on_a_nearly_empty_page():
    raster, _ = scans.picture(5, layout="title")
    assert skew.check(raster, 1, STANDARD).value is None


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_orientation_of_text_is_told(turn):
    raster, _ = scans.picture(8, {"turned": turn})
    found = orientation.check(raster, 2, STANDARD)
    assert found.value == turn
    assert [each.code for each in found.findings] == (["turned"] if turn else [])


def test_a_line_that_leans_off_the_page_is_seen_as_the_page_s_edge():
    page = np.full((200, 300, 3), 250, np.uint8)
    for left, top in ((900, 50), (-900, 50), (50, 900), (50, -900)):
        assert orientation._window(page, left, top, (80, 20), 11.0).shape == (20, 80, 3)


@pytest.mark.parametrize(("seed", "turn"), [(9, 90), (9, 180), (40, 90), (51, 90)])
def test_a_roster_that_the_model_takes_for_turned_otherwise_is_read(seed, turn):
    raster, _ = scans.picture(seed, {"turned": turn}, layout="roster", dpi=120)
    assert orientation.TURNS[int(models.facing(raster.small).argmax())] != turn
    assert orientation.check(raster, 1, STANDARD).value == turn


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_few_lines_that_lean_are_straightened_before_they_are_read(turn):
    raster, _ = scans.picture(24, {"turned": turn, "skew": 2.2}, layout="sparse", dpi=120)
    assert orientation.check(raster, 1, STANDARD).value == turn


def test_orientation_abstains_without_text():
    assert orientation.check(scans.raster(scans.blank()), 1, STANDARD).value is None


@pytest.mark.parametrize("seed", range(6))
def test_dust_holes_and_folds_leave_a_page_blank(seed):
    assert blank.check(scans.raster(scans.blank(seed)), 1, STANDARD).value


def test_a_faint_fold_that_comes_and_goes_leaves_a_page_blank():
    page, truth = papers.blank_like(Order(9, 200))
    folded = scanner.scan(scanner.speck(page, 4), truth, scanner.Scan(9))
    assert blank.check(scans.raster(folded, 200), 1, STANDARD).value


def test_print_shining_through_leaves_a_page_blank():
    back, _ = scans.scanned(scans.order(4))
    ghost = scanner.shine_through(scans.blank(2), back)
    assert blank.check(scans.raster(ghost), 1, STANDARD).value


@pytest.mark.parametrize("facts", [{"layout": "title"}, {"layout": "sparse"}, {"layout": "letter"}])
def test_a_page_with_a_few_words_is_not_blank(facts):
    assert not blank.check(scans.picture(6, **facts)[0], 1, STANDARD).value


def test_a_faint_seal_alone_is_not_blank():
    raster, _ = scans.picture(6, layout="sparse", seals=("round",), stamp={"strength": 0.4})
    raster.bgr[: raster.bgr.shape[0] // 6] = 245
    assert not blank.check(raster, 1, STANDARD).value


def test_text_cut_by_the_edge_is_named_by_side():
    pixels, _ = scans.scanned(scans.order(9))
    cut = scans.raster(pixels[:, 260:])
    found = cropped.check(cut, 4, STANDARD)
    assert found.value == ("left",)
    assert found.findings[0].message == "第 4 页左边内容可能被裁切，请完整扫描。"
    assert found.findings[0].box[0] == 0


@pytest.mark.parametrize("seed", [9, 12, 15, 18])
@pytest.mark.parametrize("side", ["left", "right"])
def test_text_cut_anywhere_along_its_signs_is_named_even_where_the_cut_passes_between_them(seed, side):
    pixels, truth = scans.scanned(scans.order(seed), skew=0.4, contrast=0.7)
    edge = 0 if side == "left" else 2
    inner = int(np.median([box[edge] for _, box in truth.lines]))
    for deep in range(36, 60, 3):
        cut = pixels[:, inner + deep :] if side == "left" else pixels[:, : inner - deep]
        assert side in cropped.check(scans.raster(np.ascontiguousarray(cut)), 1, STANDARD).value


@pytest.mark.parametrize("layout", ["letter", "table", "roster"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_page_cut_eight_millimetres_into_its_text_says_so(layout, side):
    pixels, truth = scans.scanned(scans.order(9, layout=layout), skew=0.4)
    boxes, into = [box for _, box in truth.lines], round(8 / 25.4 * scans.DPI)
    left, right = min(box[0] for box in boxes) + into, max(box[2] for box in boxes) - into
    cut = pixels[:, int(left) :] if side == "left" else pixels[:, : int(right)]
    assert side in cropped.check(scans.raster(cut), 1, STANDARD).value


def test_a_picture_that_fills_the_sheet_is_not_cropped():
    cells = np.random.default_rng(4).integers(0, 256, (40, 30, 3)).astype(np.uint8)
    slide = cv2.resize(cells, (1240, 1754), interpolation=cv2.INTER_CUBIC)
    assert cropped.check(scans.raster(slide), 1, STANDARD).value == ()


def test_a_whole_page_is_not_cropped_even_with_a_scanner_border():
    for seed in range(4):
        assert cropped.check(scans.picture(seed, {"border": True})[0], 1, STANDARD).value == ()


def test_a_sharp_page_is_clear_and_a_blurred_one_is_not():
    sharp, _ = scans.picture(10)
    soft, _ = scans.picture(10, {"blur": 3.5, "contrast": 0.5})
    assert clarity.check(sharp, 1, STANDARD).value > 0.9
    found = clarity.check(soft, 1, STANDARD)
    assert found.value < 0.5
    assert found.findings


def test_a_low_resolution_is_named():
    raster, _ = scans.picture(10)
    raster.native_dpi = 90
    codes = [each.code for each in clarity.check(raster, 1, STANDARD).findings]
    assert "low_resolution" in codes


def test_the_same_sheet_scanned_twice_is_a_duplicate():
    first, _ = scans.picture(11, {"skew": 0.3, "seed": 1})
    again, _ = scans.picture(11, {"skew": -0.4, "seed": 2, "quality": 40, "noise": 6.0})
    prints = {1: duplicates.remember(first, 0.3), 4: duplicates.remember(again, -0.4)}
    assert repeats(prints) == {4: 1}


def test_the_same_form_with_other_content_is_not_a_duplicate():
    prints = {}
    for position, seed in enumerate((21, 22, 23), 1):
        pixels, _ = scans.scanned(scans.order(12, layout="form"))
        other, _ = scans.scanned(scans.order(12, layout="form"))
        rows = slice(300 + 150 * position, 380 + 150 * position)
        other[rows, 500:800] = other[rows, 500:800][::-1, ::-1]
        prints[position] = duplicates.remember(scans.raster(other), 0.0)
        assert pixels.shape == other.shape
        assert seed
    assert repeats(prints) == {}


def test_two_letters_are_not_duplicates():
    prints = {seed: duplicates.remember(scans.picture(seed)[0], 0.0) for seed in (31, 32, 33)}
    assert repeats(prints) == {}


def test_checks_bear_pages_of_any_shade():
    for shade in (0, 128, 255):
        plain = scans.raster(np.full((400, 300, 3), shade, np.uint8))
        for check in (skew.check, clarity.check, cropped.check, orientation.check, blank.check):
            check(plain, 1, STANDARD)


def form_of(name, seed):
    """A scan of one form, filled in for a person."""
    pixels, _ = scans.scanned(scans.order(12, layout="form"), seed=seed)
    picture = Image.fromarray(pixels)
    ImageDraw.Draw(picture).rectangle([300, 700, 700, 740], fill="white")
    ImageDraw.Draw(picture).text((320, 702), name, fill=(30, 30, 30), font=fonts.font("song", 26))
    return duplicates.remember(scans.raster(np.asarray(picture)), 0.0)


def test_forms_of_two_people_are_no_duplicates_and_one_scanned_twice_is():
    prints = {1: form_of("陈明示", 1), 2: form_of("陈伟示", 2), 3: form_of("陈明示", 3)}
    assert repeats(prints) == {3: 1}


def test_pages_without_a_scan_that_say_different_things_are_no_duplicates():
    raster, _ = scans.picture(11)
    prints = {page: duplicates.remember(raster, 0.0, text) for page, text in enumerate("甲乙甲", 1)}
    assert repeats(prints) == {3: 1}
