"""Puts scans into PDFs, as scanners and their drivers do: JPEG, JPEG 2000, CCITT G4, raw."""

from collections.abc import Sequence
from io import BytesIO

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name
from PIL import Image

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
    if encoding == "ccitt":
        return _ccitt(pdf, scan, size)
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
    kept = BytesIO()
    Image.fromarray(scan).convert("1").save(kept, "TIFF", compression="group4", strip_size=1 << 30)
    tiff = Image.open(BytesIO(kept.getvalue()))
    start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    parameters = Dictionary(K=-1, Columns=size[0], Rows=size[1], BlackIs1=tiff.tag_v2[262] == 0)
    return pdf.make_stream(
        kept.getvalue()[start : start + length],
        Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1], BitsPerComponent=1,
        ColorSpace=Name.DeviceGray, Filter=Name.CCITTFaxDecode, DecodeParms=Array([parameters]),
    )  # fmt: skip
