import time
from dataclasses import replace
from random import Random

import cv2
import numpy as np
import pytest
from bench.scancheck import fonts, scanner, seals
from PIL import Image, ImageDraw

from scancheck import models
from scancheck.profile import STANDARD
from scancheck.seals.bounds import Bounds
from scancheck.seals.finding import Candidate, check, compared, confidence
from scancheck.seals.matching import agreement
from scancheck.seals.names import similarity
from scancheck.seals.reading import FINE, Reading, _cut_out
from scancheck.seals.shapes import MM, Ring, Shape
from tests.scancheck import scans

FRESH = {"strength": 1.0, "wear": 0.0, "turn": 10.0, "width_mm": 42, "foot": "", "code": ""}


def near(found, truth, dpi):
    box = [value / dpi * 25.4 for value in truth]
    return all(abs(a - b) < 3 for a, b in zip(found, box, strict=True))


@pytest.mark.parametrize("shape", ["round", "oval"])
def test_a_seal_is_found_where_it_is_and_read(shape):
    raster, truth = scans.picture(2, seals=(shape,), stamp=FRESH, dpi=200)
    (seal,) = check(raster, 1, scans.UNIT, STANDARD).value
    assert (seal.shape, seal.colour) == (shape, "red")
    assert near(seal.box, truth.seals[0][1], 200)
    assert seal.text == scans.UNIT
    assert seal.matches_name >= Bounds.same


def test_a_square_name_seal_is_found_and_not_compared_with_the_unit():
    raster, truth = scans.picture(2, seals=("square",), stamp=FRESH | {"width_mm": 22})
    verdict = check(raster, 1, scans.UNIT, STANDARD)
    (seal,) = verdict.value
    assert (seal.shape, seal.matches_name) == ("square", None)
    assert near(seal.box, truth.seals[0][1], scans.DPI)
    assert verdict.findings == ()


def ring_with(text: str, sure: float, across_mm: float, band: float) -> float:
    """How sure a clean ring is a seal that is so wide, with so much in its band, and read so."""
    shape = Shape("round", Ring(200, 200, across_mm / 2 * MM, across_mm / 2 * MM), 1.0, 1.0, band, 0.2, 0.0)
    reading = Reading(text, sure, np.zeros((1, 1), np.float32))
    return confidence(Candidate(shape, "red", reading, lonely=0.1), Bounds())


def test_a_small_ring_round_a_word_is_no_doubtful_seal_but_a_unit_s_worn_one_is():
    assert ring_with("LOGO", 0.9, 22, 0.5) < Bounds.least_confidence
    assert ring_with("市口文业中", 0.2, 40, 0.5) == Bounds.doubtful_confidence


def test_print_below_an_empty_band_is_not_read_as_a_name():
    assert ring_with("雪馬有多育控型", 0.34, 41, 0.22) < Bounds.least_confidence
    assert ring_with("深圳市示例学校", 0.34, 41, 0.6) > Bounds.doubtful_confidence


def test_a_ring_is_read_no_more_finely_than_names_need():
    cut, ring = _cut_out(np.zeros((5000, 3600, 3), np.uint8), Ring(200, 200, 59, 59), 8.0)
    assert ring.a == pytest.approx(FINE, abs=1)
    assert cut.shape[0] == pytest.approx(2.3 * FINE, abs=4)
    assert ring.x == pytest.approx(cut.shape[1] / 2, abs=2)


@pytest.mark.parametrize("mode", ["grey", "black"])
def test_a_seal_in_a_scan_without_colour_is_grey(mode):
    raster, _ = scans.picture(4, {"mode": mode}, layout="short", seals=("round",), stamp=FRESH, dpi=200)
    (seal,) = check(raster, 1, None, STANDARD).value
    assert (seal.shape, seal.colour) == ("round", "grey")


def test_a_seal_cut_by_the_edge_is_partial():
    raster, _ = scans.picture(5, seals=("round",), stamp=FRESH, spot="edge")
    (seal,) = check(raster, 1, None, STANDARD).value
    assert seal.shape == "partial"
    assert seal.box[2] == pytest.approx(210, abs=1)


def test_a_blue_seal_is_blue():
    raster, _ = scans.picture(6, seals=("round",), stamp=FRESH | {"colour": "blue"})
    assert [seal.colour for seal in check(raster, 1, None, STANDARD).value] == ["blue"]


@pytest.mark.parametrize(
    "distractor",
    ["pie", "bars", "logo", "ringlogo", "redtext", "circle", "thumbprint", "stain", "photo", "signature"],
)
def test_what_only_looks_like_a_seal_is_not_one(distractor):
    raster, _ = scans.picture(7, distractor=distractor, redhead=True)
    assert check(raster, 1, None, STANDARD).value == ()


def test_another_units_seal_is_a_mismatch_with_its_text_and_place():
    raster, _ = scans.picture(2, seals=("round",), stamp=FRESH, dpi=200)
    verdict = check(raster, 9, "广州市样本家政服务有限公司", STANDARD)
    (found,) = verdict.findings
    assert (found.code, found.status) == ("seal_mismatch", "warn")
    assert found.message == f"第 9 页印章文字与单位名称不符：印章识别为“{scans.UNIT}”。"
    assert found.box == verdict.value[0].box


def test_without_recognition_seals_have_no_text():
    raster, _ = scans.picture(2, seals=("round",), stamp=FRESH)
    (seal,) = check(raster, 1, scans.UNIT, replace(STANDARD, recognise=False)).value
    assert (seal.text, seal.matches_name) == (None, None)


def steps(text):
    """Posteriors of a model that is sure of every sign."""
    signs = models.signs()
    made = np.zeros((2 * len(text), len(signs)), np.float32)
    made[::2, 0] = 1
    for place, sign in enumerate(text):
        made[2 * place + 1, signs.index(sign)] = 1
    return made


def test_a_sign_off_is_another_name():
    assert agreement("深圳市示例职业培训学校", steps("深圳市示例职业培训学校")) == 1
    assert 0.6 < agreement("深圳市示例职业培训学校", steps("深圳市示列职业培训学校")) < 0.9
    assert 0.6 < agreement("深圳市示例职业培训学校", steps("深圳市示列职亚培训学校")) < 0.9
    long = "深圳市示例智能装备科技股份有限责任公司职业培训中心"
    assert agreement(long, steps(long.replace("智能", "新科"))) < 0.9
    assert agreement("深圳市示例职业培训学校", steps("广州金色阳光商贸行")) < 0.6


def test_digits_from_the_rim_and_brackets_cost_next_to_nothing():
    assert agreement("示例（深圳）有限公司", steps("示例深圳有限公司4403")) > 0.9


def test_a_doubted_sign_costs_less_than_a_sure_one():
    sure, doubted = steps("示列公司"), steps("示列公司")
    doubted[3, models.signs().index("例")] = 0.4
    assert agreement("示例公司", doubted) > agreement("示例公司", sure)


@pytest.mark.parametrize(
    ("name", "twin"),
    [
        ("深圳市罗湖区第三人民医院", "深圳市罗湖区第二人民医院"),
        ("深圳市福田区示例职业技能培训学校有限责任公司", "深圳市福田区示例职业技术培训学校有限责任公司"),
    ],
)
def test_a_twin_that_differs_in_one_sign_is_left_to_a_person(name, twin):
    assert 0.6 < agreement(twin, steps(name)) < 0.9
    assert 0.6 < similarity(twin, f"单位名称：{name}（盖章）") < 0.9


def test_a_name_is_found_within_a_line_of_text():
    assert similarity("示例学校", "申报单位：示例学校（盖章）") == 1
    assert similarity("", "示例学校") == 0


@pytest.mark.parametrize("step", [7, 9, 13, 30])
def test_scattered_specks_of_colour_are_no_seal(step):
    pixels = np.full((1169, 827, 3), 250, np.uint8)
    pixels[::step, ::step] = (250, 140, 140)
    assert check(scans.raster(pixels), 1, None, STANDARD).value == ()


def apart(shift=0.13):
    """A page of print whose red and blue planes lie `shift` mm from the green one, each its own way."""
    raster, _ = scans.picture(6)
    pixels = raster.bgr
    points = round(shift * raster.scale)
    pixels[..., 0] = np.roll(pixels[..., 1], -points, 1)
    pixels[..., 2] = np.roll(pixels[..., 1], points, 1)
    return raster


def test_fringes_of_colour_round_print_are_no_seals_and_cost_little():
    raster = apart()
    raster.small  # noqa: B018 (made before the clock starts)
    start = time.process_time()
    assert check(raster, 1, "深圳市示例职业培训学校", STANDARD).value == ()
    assert time.process_time() - start < 1


def test_colour_scattered_all_over_costs_a_page_no_more_than_a_second():
    random = np.random.default_rng(2)
    for size in (4, 9, 16, 30):
        noise = random.integers(0, 2, (1754 // size, 1240 // size)).astype(np.uint8)
        spread = cv2.resize(noise, (1240, 1754), interpolation=cv2.INTER_NEAREST)
        page = np.full((1754, 1240, 3), 250, np.uint8)
        page[spread > 0] = (250, 90, 90)
        start = time.process_time()
        check(scans.raster(page), 1, None, STANDARD)
        assert time.process_time() - start < 1


HOSPITAL = "深圳市第三人民医院"


def heard(*texts):
    """What the engine says of `HOSPITAL` and a ring that is read so, first and on further looks."""
    first, *more = (Reading(text, 0.95, steps(text)) for text in texts)
    return compared(HOSPITAL, [first], more, Bounds())[0]


def test_a_name_that_differs_in_one_sign_goes_to_a_person():
    for twin in ("深圳市第二人民医院", "深圳市三人民医院", "深圳市第三人民中医院"):
        assert Bounds.maybe <= heard(twin, twin, twin) < Bounds.same
    assert similarity(HOSPITAL, "深圳市第二人民医院") < Bounds.same


def test_one_look_that_slips_does_not_make_another_name_nor_a_twin_the_same():
    assert heard("深圳市第二人民医院", HOSPITAL, HOSPITAL) >= Bounds.same
    assert heard("深圳市第二人民医院", "深圳市第二人民医院", HOSPITAL) < Bounds.same


def in_brown(page, stamps, unit):
    """Brown lines and signs over a page, with red ovals set across them."""
    brown, face = (160, 82, 45), fonts.font("hei", 30)
    picture = Image.fromarray(page)
    pen = ImageDraw.Draw(picture)
    for top in range(150, 560, 80):
        pen.text((360, top), "深圳增值税电子普通发票明细" * 2, font=face, fill=brown)
        pen.rectangle([60, top, 1180, top + 60], outline=brown, width=3)
    made = np.array(picture)
    for y in stamps:
        stamp = seals.Stamp("oval", unit, 40, colour="red")
        seals.press(Random(4), made, stamp, 620, y, scans.DPI)
    return made


def test_red_ovals_across_brown_print_are_found_and_read():
    page = in_brown(np.full((1754, 1240, 3), 255, np.uint8), (200, 480), scans.UNIT)
    found = check(scans.raster(page), 1, scans.UNIT, STANDARD).value
    assert [(seal.shape, seal.colour) for seal in found] == [("oval", "red")] * 2
    assert max(seal.matches_name for seal in found) >= Bounds.maybe


def faint_in_speckle(planes):
    """A page whose seal is 15 levels deep, with noise in these of its planes (red, green, blue)."""
    page = np.full((1122, 794, 3), 245.0)
    clean = np.full(page.shape, 255, np.uint8)
    seals.press(Random(3), clean, seals.Stamp("round", scans.UNIT, 42, wear=0.2), 420, 700, 96)
    page[..., 1:] -= 15 * (255.0 - clean[..., 1:2]) / 255
    for plane in planes:
        page[..., plane] += np.random.default_rng(3 + plane).normal(0, 12, page.shape[:2])
    return scans.raster(np.clip(page, 0, 255).astype(np.uint8), 96)


def test_a_whole_faint_ring_in_speckle_is_a_doubtful_seal():
    (seal,) = check(faint_in_speckle((0, 1)), 1, None, STANDARD).value
    assert (seal.shape, seal.confidence) == ("round", Bounds.doubtful_confidence)


def test_a_faint_seal_is_read_by_its_light_where_its_colour_is_speckled():
    (seal,) = check(faint_in_speckle((0,)), 1, scans.UNIT, STANDARD).value
    assert seal.matches_name >= Bounds.same


def as_jpeg(raster, quality):
    """The page as scanners keep it: colour at half the resolution of light."""
    pixels = np.ascontiguousarray(raster.bgr[..., ::-1])
    data = np.frombuffer(scanner.jpeg(pixels, quality), np.uint8)
    return scans.raster(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


@pytest.mark.parametrize("seed", [3, 5, 6])
def test_a_seal_on_print_is_read_in_a_coarse_jpeg_and_its_twins_are_not(seed):
    stamp = FRESH | {"width_mm": 40, "strength": 0.8, "wear": 0.1}
    raster = as_jpeg(scans.picture(seed, seals=("round",), stamp=stamp)[0], 60)
    for name, same in (
        (scans.UNIT, True),
        ("深圳市示例职业培训学院", False),
        ("深圳市示列职业培训学校", False),
    ):
        (seal,) = check(raster, 1, name, STANDARD).value
        assert (seal.matches_name >= Bounds.same) is same
