"""Pages as they come in real files: a few signs, photos, boxes outside the sheet, forms made when opened."""

from io import BytesIO

import cv2
import numpy as np
import pikepdf
import pytest
from bench.scancheck.fonts import font
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

import scancheck
from scancheck.checks import blank, clarity
from scancheck.profile import STANDARD
from tests.scancheck import scans


@pytest.mark.parametrize(("text", "points"), [("AB", 60), ("甲", 60), ("甲乙", 30), ("A", 30)])
def test_a_page_with_a_sign_or_two_is_not_blank(text, points):
    page = Image.fromarray(scans.blank())
    ImageDraw.Draw(page).text((500, 700), text, fill=(20, 20, 20), font=font("song", points))
    assert not blank.check(scans.raster(np.asarray(page)), 1, STANDARD).value


def test_a_photo_that_fills_the_sheet_has_no_clarity_but_blurred_text_has():
    grains = np.random.default_rng(5).integers(0, 256, (1754, 1240, 3)).astype(np.float32)
    photo = cv2.normalize(cv2.GaussianBlur(grains, (0, 0), 9), None, 0, 255, cv2.NORM_MINMAX)
    shown = clarity.check(scans.raster(photo.astype(np.uint8)), 1, STANDARD)
    assert (shown.value, shown.findings) == (None, ())
    soft, _ = scans.picture(10, {"blur": 6.0, "contrast": 0.5})
    assert [each.code for each in clarity.check(soft, 1, STANDARD).findings] == ["unclear"]


@pytest.mark.parametrize("box", [(600, 800, 1000, 1000), (-500, -500, -100, -100), (595, 0, 600, 842)])
def test_a_page_of_which_next_to_nothing_shows_is_unreadable_and_kills_nobody(box):
    made = pikepdf.open(BytesIO(scans.pdf(scans.numbered()[0])))
    made.pages[0].obj[Name.CropBox] = Array(box)
    assert [each.code for each in scancheck.inspect(scans.saved(made)).findings] == ["page_unreadable"]


def test_a_sheet_without_a_size_is_shown_on_a_usual_one():
    made = pikepdf.open(BytesIO(scans.pdf(scans.numbered()[0])))
    made.pages[0].obj[Name.MediaBox] = Array([0, 0, 0, 0])
    assert "died_crash" not in [each.code for each in scancheck.inspect(scans.saved(made)).findings]


def test_a_form_that_is_made_when_opened_says_so_and_one_with_pages_does_not():
    made = pikepdf.open(BytesIO(scans.pdf(scans.numbered()[0])))
    made.Root.AcroForm = Dictionary(XFA=made.make_stream(b"<xdp/>"), Fields=Array())
    found = scancheck.probe(scans.saved(made))
    assert (found.problem, "打印为 PDF" in found.message()) == ("xfa", True)
    assert [each.code for each in scancheck.inspect(scans.saved(made)).findings] == ["xfa"]
    made.Root.AcroForm.Fields = Array([made.make_indirect(Dictionary(T="name", FT=Name.Tx))])
    assert scancheck.probe(scans.saved(made)).ok
    made.Root.NeedsRendering = True
    assert scancheck.probe(scans.saved(made)).problem == "xfa"


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_locked_file_is_named_so_and_one_that_opens_for_all_is_read(revision):
    def locked(password):
        how = pikepdf.Encryption(
            owner="o", user=password, R=revision, aes=revision > 3, metadata=revision > 3
        )
        made = pikepdf.open(BytesIO(scans.pdf(scans.numbered()[0])))
        return scancheck.inspect(scans.saved(made, encryption=how))

    assert [each.code for each in locked("secret").findings] == ["encrypted"]
    opened = locked("")
    assert (opened.document.encrypted, opened.findings) == (True, ())
