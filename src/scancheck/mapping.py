"""A file as memory that PDFium can read without copying it, and opened with all that it shows."""

import ctypes
import mmap
import os

import pypdfium2 as pdfium
from pypdfium2 import raw


def mapped(fd: int) -> "ctypes.Array[ctypes.c_ubyte]":
    """The whole file as a ctypes array; the mapping is private, so the file can't be changed."""
    size = os.fstat(fd).st_size
    view = mmap.mmap(fd, size, access=mmap.ACCESS_COPY)
    return (ctypes.c_ubyte * size).from_buffer(view)


def shown(source: "ctypes.Array[ctypes.c_ubyte] | bytes") -> pdfium.PdfDocument:
    """The document with its form fields: electronic seals are drawn in them, also where a file was
    merged from others and its list of fields was lost."""
    document = pdfium.PdfDocument(source)
    config = raw.FPDF_FORMFILLINFO(version=2)
    environment = raw.FPDFDOC_InitFormFillEnvironment(document, config)
    if environment:
        document.formenv = pdfium.PdfFormEnv(environment, config)
    return document
