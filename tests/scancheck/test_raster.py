from io import BytesIO

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from bench.scancheck import books, scanner
from pikepdf import Array, Dictionary, Name

import scancheck
from scancheck.loading import TooLarge, is_plain, load, nominal_scale
from scancheck.mapping import shown
from scancheck.profile import STANDARD, Profile
from tests.scancheck import scans


def one_page():
    pixels, _ = scans.scanned(scans.order(3, layout="short"))
    return pikepdf.open(BytesIO(scans.pdf(pixels)))


def loaded(made, profile=STANDARD):
    data = scans.saved(made)
    page, kept = pdfium.PdfDocument(data)[0], pikepdf.open(BytesIO(data))
    return load(page, is_plain(kept.pages[0]), profile), page


def difference(page, raster):
    """How far, on average, the picture is from what a reader sees, in grey levels."""
    seen = page.render(scale=raster.bgr.shape[1] / page.get_size()[0], may_draw_forms=True).to_numpy()[
        ..., :3
    ]
    coarse = [
        cv2.resize(each, (150, 200), interpolation=cv2.INTER_AREA).astype(int) for each in (seen, raster.bgr)
    ]
    return np.abs(coarse[0] - coarse[1]).mean()


def image(made):
    return made.pages[0].Resources.XObject.Im0


def inverted(made):
    image(made).Decode = Array([1, 0, 1, 0, 1, 0])


def masked(made):
    size = int(image(made).Width) * int(image(made).Height)
    image(made).SMask = made.make_stream(
        b"\x00" * size, Type=Name.XObject, Subtype=Name.Image, Width=image(made).Width,
        Height=image(made).Height, BitsPerComponent=8, ColorSpace=Name.DeviceGray,
    )  # fmt: skip


def covered(made):
    made.pages[0].contents_add(made.make_stream(b"q 0 0 0 rg 100 100 300 300 re f Q"))


def clipped(made):
    made.pages[0].Contents = made.make_stream(b"q 0 0 200 200 re W n 595.2 0 0 841.9 0 0 cm /Im0 Do Q")


def small(made):
    made.pages[0].Contents = made.make_stream(b"q 200 0 0 300 100 100 cm /Im0 Do Q")


def upside_down(made):
    made.pages[0].Contents = made.make_stream(b"q 595.2 0 0 -841.9 0 841.9 cm /Im0 Do Q")


def annotated(made):
    look = made.make_stream(
        b"1 0 0 rg 0 0 90 90 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 90]
    )
    made.pages[0].Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[50, 50, 140, 140], AP=Dictionary(N=look))]
    )


def cropped(made):
    made.pages[0].CropBox = Array([100, 100, 400, 500])


def test_a_plain_jpeg_is_decoded_directly_and_looks_as_rendered():
    raster, page = loaded(one_page())
    assert raster.source == "image"
    assert difference(page, raster) < 1.5


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_decoded_turned(turn):
    made = one_page()
    made.pages[0].Rotate = turn
    raster, page = loaded(made)
    assert raster.source == "image"
    assert difference(page, raster) < 1.5


@pytest.mark.parametrize(
    "change", [inverted, masked, covered, clipped, small, upside_down, annotated, cropped]
)
def test_whatever_changes_what_is_seen_forces_rendering(change):
    made = one_page()
    change(made)
    raster, page = loaded(made)
    assert raster.source == "render"
    assert difference(page, raster) < 1.5


@pytest.mark.parametrize("encoding", ["jpx", "ccitt", "jbig2", "raw"])
def test_other_encodings_are_rendered(encoding):
    pixels, _ = scans.scanned(
        scans.order(3, layout="short"), mode="black" if encoding in ("ccitt", "jbig2") else "colour"
    )
    made = pikepdf.open(BytesIO(books.bind([pixels], scans.DPI, encoding=encoding)))
    raster, page = loaded(made)
    assert raster.source == "render"
    assert raster.native_dpi == pytest.approx(150, abs=2)
    assert difference(page, raster) < 1.5


def test_a_fine_scan_is_decoded_at_half_its_resolution_and_can_be_had_whole():
    pixels, truth = scans.scanned(scans.order(3, layout="sparse", dpi=300))
    data = books.bind([scanner.jpeg(pixels, 80)], 300)
    raster, _ = loaded(pikepdf.open(BytesIO(data)))
    whole, scale = raster.finest()
    assert truth.layout == "sparse"
    assert raster.bgr.shape[1] == pytest.approx(pixels.shape[1] / 2, abs=1)
    assert whole.shape == pixels.shape
    assert scale == pytest.approx(300 / 25.4, rel=0.01)


def test_an_image_too_large_for_any_scanner_is_refused():
    with pytest.raises(TooLarge):
        loaded(one_page(), Profile(max_pixels=1000))


def test_a_page_no_scanner_made_is_taken_for_a4():
    assert nominal_scale((4000, 5600), (4000, 5600)) == pytest.approx(5600 / 297)
    assert nominal_scale((595, 842), (1240, 1754)) == pytest.approx(150 / 25.4, rel=0.01)


def test_a_compact_scan_is_judged_by_its_print_layer_not_by_its_paper():
    made = pikepdf.open(BytesIO(books.bind([np.full((1169, 827, 3), 250, np.uint8)], 100)))
    bits = np.packbits(np.tile(np.arange(2480) % 60 < 50, (3508, 1)), axis=1).tobytes()
    made.pages[0].Resources.XObject.M = made.make_stream(
        bits,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=2480,
        Height=3508,
        ImageMask=True,
        BitsPerComponent=1,
    )
    made.pages[0].contents_add(made.make_stream(b"q 595.2 0 0 841.9 0 0 cm 0 g /M Do Q"))
    assert loaded(made)[0].native_dpi == pytest.approx(300, abs=1)


def test_a_page_as_large_in_points_as_its_picture_in_pixels_is_judged_as_a4():
    pixels, _ = scans.scanned(scans.order(3, layout="short"))
    for points_a_pixel in (1, 0.75):
        raster, _ = loaded(pikepdf.open(BytesIO(scans.pdf(pixels, dpi=72 / points_a_pixel))))
        assert raster.native_dpi == pytest.approx(150, abs=1)
        assert raster.scale == pytest.approx(150 / 25.4, rel=0.01)
    assert scancheck.inspect(scans.pdf(pixels, dpi=72)).pages[0].width_mm == pytest.approx(210, abs=1)


def test_a_page_box_outside_the_sheet_is_an_unreadable_page_and_no_crash():
    made = scans.empty_pdf()
    made.pages[0].CropBox = Array([600, 900, 1000, 1000])
    assert [each.code for each in scancheck.inspect(scans.saved(made)).findings] == ["page_unreadable"]


@pytest.mark.parametrize("listed", [True, False])
def test_a_seal_drawn_as_a_signature_field_is_in_the_picture(listed):
    made = scans.empty_pdf()
    look = made.make_stream(
        b"1 0 0 rg 0 0 90 90 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 90]
    )
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="seal", F=4, Rect=[50, 50, 140, 140],
            AP=Dictionary(N=look),
        )
    )  # fmt: skip
    made.pages[0].Annots = Array([field])
    if listed:
        made.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    seen = shown(scans.saved(made))[0].render(may_draw_forms=True).to_numpy()[..., :3]
    assert tuple(seen[842 - 95, 95]) == (0, 0, 255)
