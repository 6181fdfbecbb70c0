"""Puts scans into PDFs, as scanners and their drivers do: JPEG, JPEG 2000, CCITT G4, JBIG2, raw."""

import struct
from collections.abc import Sequence
from io import BytesIO

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Dictionary, Name
from PIL import Image, ImageOps

Pixels = NDArray[np.uint8]


def bind(pages: Sequence[Pixels | bytes], dpi: float, *, encoding: str = "jpeg", quality: int = 75) -> bytes:
    """One PDF, a page per scan; bytes are taken to be JPEGs already."""
    pdf = pikepdf.Pdf.new()
    for scan in pages:
        _page(pdf, _image(pdf, scan, encoding, quality), dpi)
    kept = BytesIO()
    pdf.save(kept)
    return kept.getvalue()


def _page(pdf: pikepdf.Pdf, image: pikepdf.Stream, dpi: float) -> None:
    wide, high = int(image.Width) / dpi * 72, int(image.Height) / dpi * 72
    page = pdf.add_blank_page(page_size=(wide, high))
    page.Resources = Dictionary(XObject=Dictionary(Im0=image))
    page.Contents = pdf.make_stream(f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm /Im0 Do Q".encode())


def _image(pdf: pikepdf.Pdf, scan: Pixels | bytes, encoding: str, quality: int) -> pikepdf.Stream:
    if isinstance(scan, bytes):
        wide, high = Image.open(BytesIO(scan)).size
        grey = Image.open(BytesIO(scan)).mode == "L"
        return _stream(pdf, scan, (wide, high), grey, Filter=Name.DCTDecode)
    grey, size = scan.ndim == 2, (scan.shape[1], scan.shape[0])
    if encoding in ("ccitt", "jbig2"):
        return {"ccitt": _ccitt, "jbig2": _jbig2}[encoding](pdf, scan, size)
    if encoding == "raw":
        return _stream(pdf, scan.tobytes(), size, grey)
    kept = BytesIO()
    if encoding == "jpx":
        Image.fromarray(scan).save(kept, "JPEG2000", quality_mode="rates", quality_layers=[20])
        return _stream(pdf, kept.getvalue(), size, grey, Filter=Name.JPXDecode)
    Image.fromarray(scan).save(kept, "JPEG", quality=quality)
    return _stream(pdf, kept.getvalue(), size, grey, Filter=Name.DCTDecode)


def _stream(
    pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], grey: bool, **extra: object
) -> pikepdf.Stream:
    facts = {
        "Type": Name.XObject, "Subtype": Name.Image, "Width": size[0], "Height": size[1],
        "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray if grey else Name.DeviceRGB,
    }  # fmt: skip
    return pdf.make_stream(data, **(facts | extra))


def _ccitt(pdf: pikepdf.Pdf, scan: Pixels, size: tuple[int, int]) -> pikepdf.Stream:
    parameters = Dictionary(K=-1, Columns=size[0], Rows=size[1])
    return _bilevel(pdf, _group4(scan), size, Filter=Name.CCITTFaxDecode, DecodeParms=parameters)


def _jbig2(pdf: pikepdf.Pdf, scan: Pixels, size: tuple[int, int]) -> pikepdf.Stream:
    """One generic region, coded as JBIG2 lets fax data be (MMR, ISO/IEC 14492, 6.2.6)."""
    page = struct.pack(">IIIIBH", *size, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", *size, 0, 0, 0, 1) + _group4(scan)
    segments = _segment(0, 48, page) + _segment(1, 38, region)
    return _bilevel(pdf, segments, size, Filter=Name.JBIG2Decode)


def _segment(number: int, kind: int, data: bytes) -> bytes:
    """A JBIG2 segment of the first page that refers to no other."""
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data


def _group4(scan: Pixels) -> bytes:
    """CCITT group 4 data by libtiff, which takes 1 for black where Pillow's 1 is white: so a negative."""
    kept = BytesIO()
    negative = ImageOps.invert(Image.fromarray(scan).convert("L")).convert("1")
    negative.save(kept, "TIFF", compression="group4", strip_size=1 << 30)
    tiff = Image.open(BytesIO(kept.getvalue()))
    start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    return kept.getvalue()[start : start + length]


def _bilevel(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], **extra: object) -> pikepdf.Stream:
    facts = {
        "Type": Name.XObject, "Subtype": Name.Image, "Width": size[0], "Height": size[1],
        "BitsPerComponent": 1, "ColorSpace": Name.DeviceGray,
    }  # fmt: skip
    return pdf.make_stream(data, **(facts | extra))
