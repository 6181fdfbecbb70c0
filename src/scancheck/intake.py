"""What a file is, from its first and last bytes: no parsing, so safe in any process."""

import hashlib
from typing import BinaryIO

HEAD_BYTES = 64 * 1024
# ISO 32000 lets a reader look for the header in the first 1,024 bytes (annex H, note 13).
HEADER_WITHIN = 1024
# Some systems pad a file after its end; a cut-off scan has megabytes of image data there.
TRAILER_WITHIN = 64 * 1024

IMAGE_STARTS = (
    b"\xff\xd8\xff",  # JPEG
    b"\x89PNG\r\n",
    b"GIF8",
    b"BM",
    b"II*\x00",  # TIFF, little-endian
    b"MM\x00*",  # TIFF, big-endian
    b"\x00\x00\x00\x0cjP  ",  # JPEG 2000
)
ISO_MEDIA_IMAGES = (b"heic", b"heix", b"mif1", b"avif")
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def digest(file: BinaryIO) -> str:
    """SHA-256 of the whole file, in hexadecimal."""
    file.seek(0)
    summing = hashlib.sha256()
    while chunk := file.read(1 << 20):
        summing.update(chunk)
    return summing.hexdigest()


def kind(file: BinaryIO, size: int) -> str:
    """One of "pdf", "truncated", "empty", "image", "ofd", "word", "not_pdf"."""
    if size == 0:
        return "empty"
    head, tail = _ends(file, size)
    if b"%PDF-" in head[:HEADER_WITHIN]:
        return "pdf" if b"%%EOF" in tail else "truncated"
    if _is_image(head):
        return "image"
    return _office(head, tail)


def _ends(file: BinaryIO, size: int) -> tuple[bytes, bytes]:
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(max(0, size - TRAILER_WITHIN))
    return head, file.read(TRAILER_WITHIN)


def _is_image(head: bytes) -> bool:
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    iso = head[4:8] == b"ftyp" and head[8:12] in ISO_MEDIA_IMAGES
    return head.startswith(IMAGE_STARTS) or webp or iso


def _office(head: bytes, tail: bytes) -> str:
    """Tell OFD and Word apart by the names a zip archive lists; old Word files are OLE."""
    if head.startswith((OLE_START, b"{\\rtf")):
        return "word"
    if head.startswith(b"PK"):
        listed = head + tail
        if b"OFD.xml" in listed:
            return "ofd"
        if b"word/" in listed:
            return "word"
    return "not_pdf"
