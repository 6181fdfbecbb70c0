"""Gets a page's picture: decoded straight from a plain JPEG where that is safe, else rendered."""

import math
from typing import Any

import cv2
import numpy as np
import pikepdf
from pypdfium2 import PdfiumError, raw

from scancheck.profile import Profile
from scancheck.raster import MM_PER_INCH, WORK_DPI, Pixels, Raster, rotated

INVISIBLE = 3
# A3 with a margin, in mm; the resolution below which a larger sheet isn't one; the share of a page
# that its print layer covers, where it is of one bit a pixel, and where it isn't.
LONGEST_SHEET, COARSE = 450.0, 100.0
# A2, in mm. GB/T 14691 has signs of 3.5 mm and more on larger drawings.
LONGEST_FINE = 594.0
# No page is narrower than this many points, or more times as long as wide.
LEAST_SIDE, LONGEST_STRIP = 5.0, 40.0
LEAST_MASK, LEAST_PICTURE = 0.03, 1 / 3
REDUCED = {
    1: cv2.IMREAD_COLOR, 2: cv2.IMREAD_REDUCED_COLOR_2, 4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}  # fmt: skip


class TooLarge(Exception):  # noqa: N818 (it names what the picture is)
    """The page's picture has more pixels than anyone scans."""


def nominal_scale(points: tuple[float, float], pixels: tuple[int, int], dpi: float | None = None) -> float:
    """Pixels per millimetre of a page whose scan says it has `dpi`; no scanner's page is A4's length."""
    long_mm = max(points) / 72 * MM_PER_INCH
    return max(pixels) / (297.0 if _absurd(long_mm, dpi) else long_mm)


def _absurd(long_mm: float, dpi: float | None) -> bool:
    """Whether no scanner made a page of this length: telephones write a point, or three quarters of
    one, for each pixel of the picture, and so a sheet larger than A3 of 72 or 96 dpi."""
    return not 90 <= long_mm <= 900 or (long_mm > LONGEST_SHEET and dpi is not None and dpi < COARSE)


def _believed_dpi(points: tuple[float, float], dpi: float) -> float:
    """The resolution of a scan, on a sheet of A4 where the page's own size is absurd."""
    long_mm = max(points) / 72 * MM_PER_INCH
    return dpi * long_mm / 297.0 if _absurd(long_mm, dpi) else dpi


def load(page: Any, plain: bool, profile: Profile) -> Raster:
    """The page's picture at about 150 dpi; `plain` says that qpdf saw nothing odd in its image."""
    _refuse_slivers(page.get_size())
    images = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    _refuse_bombs(images, profile)
    if plain and len(images) == 1 and _alone(page):
        direct = _direct(page, images[0])
        if direct is not None:
            return direct
    return _rendered(page, images)


def undecodable(page: Any) -> bool:
    """Whether a page that shows nothing has an image that can't be decoded."""
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            image.get_bitmap()
        except PdfiumError:
            return True
    return False


def is_plain(page: pikepdf.Page) -> bool:
    """Whether every image the page can use is an ordinary RGB or grey JPEG."""
    return all(_plain_image(image) for image in page.get_images().values())


def _plain_image(image: Any) -> bool:
    odd = any(key in image for key in ("/Decode", "/SMask", "/Mask", "/ImageMask", "/DecodeParms"))
    if odd or image.get("/Filter") not in (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode])):
        return False
    space = image.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and len(space) == 2 and space[0] == pikepdf.Name.ICCBased:
        return int(space[1].get("/N", 0)) in (1, 3)
    return bool(space in (pikepdf.Name.DeviceRGB, pikepdf.Name.DeviceGray))


def _refuse_slivers(size: tuple[float, float]) -> None:
    """What shows of a page may lie outside its sheet, or be a line."""
    if min(size) < LEAST_SIDE or max(size) > LONGEST_STRIP * min(size):
        raise ValueError("hardly anything of the page shows")


def _refuse_bombs(images: list[Any], profile: Profile) -> None:
    for image in images:
        wide, high = image.get_px_size()
        if wide * high > profile.max_pixels:
            raise TooLarge(f"{wide} x {high}")


def _alone(page: Any) -> bool:
    """Whether the image is all that shows: no overlay, annotation, clip or visible text."""
    if raw.FPDFPage_GetAnnotCount(page.raw) > 0:
        return False
    return all(_harmless(item) for item in page.get_objects(max_depth=1))


def _harmless(item: Any) -> bool:
    if item.type == raw.FPDF_PAGEOBJ_IMAGE:
        return bool(raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(item.raw)) <= 0)
    invisible = bool(item.type == raw.FPDF_PAGEOBJ_TEXT)
    return invisible and bool(raw.FPDFTextObj_GetTextRenderMode(item.raw) == INVISIBLE)


def _direct(page: Any, image: Any) -> Raster | None:
    """Decode the page's one JPEG at reduced scale, if it fills the page and lies square on it."""
    matrix, rotation = image.get_matrix(), page.get_rotation()
    box = page.get_mediabox()
    if not _fills(matrix, (box[2] - box[0], box[3] - box[1])) or page.get_cropbox() != box:
        return None
    wide, high = image.get_px_size()
    stated = wide / (matrix.a / 72)
    reduction = _reduction(wide, high, matrix, stated)
    bgr = rotated(_decoded(image, (wide, high), reduction), rotation)
    if bgr is None:
        return None
    scale = nominal_scale(page.get_size(), (bgr.shape[1], bgr.shape[0]), stated)
    finer = (
        None if reduction == 1 else lambda: rotated(_decoded(image, (wide, high), reduction // 2), rotation)
    )
    return Raster(bgr, scale, _believed_dpi(page.get_size(), stated), "image", finer)


def _fills(matrix: Any, size: tuple[float, float]) -> bool:
    upright: bool = abs(matrix.b) < 1e-3 and abs(matrix.c) < 1e-3 and matrix.a > 0 and matrix.d > 0
    if min(size) <= 0:
        return False
    filled = 0.97 <= matrix.a / size[0] <= 1.03 and 0.97 <= matrix.d / size[1] <= 1.03
    return bool(upright and filled)


def _reduction(wide: int, high: int, matrix: Any, dpi: float) -> int:
    """The largest reduction that leaves about 150 dpi."""
    scale = nominal_scale((matrix.a, matrix.d), (wide, high), dpi)
    work = _work_dpi(max(wide, high) / scale) * 0.94
    return max(step for step in REDUCED if step == 1 or scale * MM_PER_INCH / step >= work)


def _work_dpi(long_mm: float) -> float:
    """The resolution to look at a sheet in: larger ones than A2 are plans, with larger signs on them."""
    return WORK_DPI * min(1.0, LONGEST_FINE / long_mm)


def _decoded(image: Any, size: tuple[int, int], reduction: int) -> Pixels | None:
    data = np.frombuffer(image.get_data(), np.uint8)
    bgr = cv2.imdecode(data, REDUCED[reduction] | cv2.IMREAD_IGNORE_ORIENTATION)
    if bgr is None or bgr.shape[1] != math.ceil(size[0] / reduction):
        return None
    return bgr.astype(np.uint8, copy=False)


def _rendered(page: Any, images: list[Any]) -> Raster:
    size = page.get_size()
    stated = _print_dpi(images, size)
    points = nominal_scale(size, (round(size[0]), round(size[1])), stated)
    scale = _work_dpi(max(size) / points) / MM_PER_INCH / points
    bgr = page.render(scale=max(scale, 8 / min(size)), may_draw_forms=True).to_numpy()[..., :3]
    bgr = np.ascontiguousarray(bgr)
    source = "render" if images else "text"
    nominal = nominal_scale(size, (bgr.shape[1], bgr.shape[0]), stated)
    return Raster(bgr, nominal, None if stated is None else _believed_dpi(size, stated), source)


def _print_dpi(images: list[Any], size: tuple[float, float]) -> float | None:
    """The resolution of the print: a compact scan's is in masks of one bit over coarse paper.

    Else the finest that, with all that is finer, covers a third of the page.
    """
    layers = sorted((_layer(image, size) for image in images), reverse=True)
    masks = [layer for layer in layers if layer[2]]
    return _reached(masks, LEAST_MASK) or _reached(layers, LEAST_PICTURE)


def _layer(image: Any, size: tuple[float, float]) -> tuple[float, float, bool]:
    """An image's resolution, its share of the page, and whether it has one bit a pixel."""
    matrix = image.get_matrix()
    wide, high = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    dpi = image.get_px_size()[0] / (wide / 72) if wide else 0.0
    return dpi, wide * high / (size[0] * size[1]), image.get_metadata().bits_per_pixel == 1


def _reached(layers: list[tuple[float, float, bool]], least: float) -> float | None:
    """The resolution at which layers, the finest first, together cover `least` of the page."""
    covered = 0.0
    for dpi, share, _ in layers:
        covered += share
        if covered > least:
            return dpi
    return None
