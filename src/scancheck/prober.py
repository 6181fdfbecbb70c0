"""Inside the sandbox: open a PDF and count its pages, for `probing.probe`."""

from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from scancheck.mapping import mapped
from scancheck.safety import carried, dynamic_form

PASSWORD_ERRORS = {pdfium.raw.FPDF_ERR_PASSWORD, pdfium.raw.FPDF_ERR_SECURITY}


def look(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield {"problem", "pages"}, then what the file carries."""
    opened = _open(fd, int(request["max_pages"]))
    yield opened
    if opened["problem"] is None:
        yield _carried(fd, int(request["max_objects"]))


def _open(fd: int, max_pages: int) -> dict[str, Any]:
    """Open with PDFium and ask every page for its size."""
    try:
        document = pdfium.PdfDocument(mapped(fd))
        pages = len(document)
        if pages <= max_pages:
            for index in range(pages):
                document.get_page_size(index)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) in PASSWORD_ERRORS
        return {"problem": "encrypted" if locked else "broken", "pages": None}
    return {"problem": "broken" if pages == 0 else None, "pages": pages}


def _carried(fd: int, max_objects: int) -> dict[str, Any]:
    """What qpdf sees; what only qpdf cannot open is no reason to refuse the file."""
    try:
        with pikepdf.open(f"/dev/fd/{fd}") as pdf:
            return carried(pdf, max_objects) | ({"problem": "xfa"} if dynamic_form(pdf) else {})
    except pikepdf.PdfError:
        return {}


JOBS = {"look": look}
