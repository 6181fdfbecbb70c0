"""Inside the sandbox: one volume of several PDFs, laid page by page on sheets made for them.  No Django here.

What comes in is one file: the sheets (a PDF with a numbered blank page for each page to come) and behind it
the materials, each by its place in the file. Text layers stay; stamps and signatures drawn as annotations
become part of their page; scripts, links to elsewhere and attachments stay behind.
"""

import os
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BufferedReader, BufferedWriter, RawIOBase
from queue import Queue
from typing import Any

import pikepdf

POINTS_PER_MM = 72 / 25.4
FOOT = 13 * POINTS_PER_MM  # left free for the number: a whole A4 page is drawn at 96 %
EDGE = 4 * POINTS_PER_MM
TOLD_EVERY = 20  # pages
PIECE, PIECES = 1 << 20, 8


class Part(RawIOBase):
    """A PDF inside a larger file."""

    def __init__(self, fd: int, start: int, size: int) -> None:
        self._fd, self._start, self._size, self._at = fd, start, size, 0

    def readable(self) -> bool:
        """It is read."""
        return True

    def seekable(self) -> bool:
        """It is read in any order."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, room: Any) -> int:
        """Read on from here."""
        got = os.pread(self._fd, max(min(len(room), self._size - self._at), 0), self._start + self._at)
        room[: len(got)] = got
        self._at += len(got)
        return len(got)


class Pieces(RawIOBase):
    """What is written, handed on piece by piece and kept nowhere."""

    def __init__(self) -> None:
        self.queue: Queue[bytes] = Queue(PIECES)

    def writable(self) -> bool:
        """It is written."""
        return True

    def write(self, content: Any) -> int:
        """Hand a piece on."""
        self.queue.put(bytes(content))
        return len(content)


def opened(fd: int, start: int, size: int) -> pikepdf.Pdf:
    """One of the PDFs in the file."""
    return pikepdf.open(BufferedReader(Part(fd, start, size)))


def measure(fd: int, request: dict[str, Any]) -> Iterator[list[bool]]:
    """Yield for each material whether each page lies on its side."""
    for start, size in request["materials"]:
        with opened(fd, start, size) as pdf:
            yield [_lies(page) for page in pdf.pages]


def bind(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield how many pages are laid, then the volume in pieces (base64)."""
    sheets = opened(fd, *request["sheets"])
    laid, open_ones = 0, []
    for first, (start, size) in zip(request["first"], request["materials"], strict=True):
        material = opened(fd, start, size)
        open_ones.append(material)
        material.flatten_annotations("all")
        for number, page in enumerate(material.pages):
            _lay(page, sheets.pages[first + number])
            laid += 1
            if laid % TOLD_EVERY == 0:
                yield {"laid": laid}
    yield from _written(sheets)


def _lay(page: pikepdf.Page, sheet: pikepdf.Page) -> None:
    left, bottom, right, top = map(float, sheet.mediabox)
    room = pikepdf.Rectangle(left + EDGE, bottom + FOOT, right - EDGE, top - EDGE)
    sheet.add_underlay(page, room)


def _lies(page: pikepdf.Page) -> bool:
    left, bottom, right, top = map(float, page.trimbox)
    wide, high = abs(right - left), abs(top - bottom)
    return high > wide if _turned(page.obj) % 180 == 90 else wide > high


def _turned(node: pikepdf.Object) -> int:
    """By how many degrees a page is turned, as it says or its parents do."""
    while "/Rotate" not in node and "/Parent" in node:
        node = node["/Parent"]
    return int(node.get("/Rotate", 0))


def _written(pdf: pikepdf.Pdf) -> Iterator[dict[str, str]]:
    pieces = Pieces()

    def write() -> None:
        try:
            with BufferedWriter(pieces, PIECE) as whole:
                pdf.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        finally:
            pieces.queue.put(b"")

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while piece := pieces.queue.get():
            yield {"piece": b64encode(piece).decode()}
        writing.result()


JOBS = {"measure": measure, "bind": bind}
