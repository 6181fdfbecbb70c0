"""Files made to hurt whoever opens them."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Name


def files() -> Iterator[tuple[str, bytes]]:
    """Each hostile file with its name; none is larger than a few MB."""
    good = _saved(_blank(3))
    yield "empty", b""
    yield "garbage", Random(1).randbytes(5000)
    yield "header only", b"%PDF-1.7\n%%EOF"
    yield "cut in half", good[: len(good) // 2]
    yield "no trailer", good.replace(b"trailer", b"tralier").replace(b"startxref", b"startxerf")
    yield "bytes flipped", _flipped(good)
    yield "page tree loop", _page_loop()
    yield "a million pages claimed", good.replace(b"/Count 3", b"/Count 1000000")
    yield "inflation bomb", _content(zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000, 9))
    yield "nested form bomb", _nested_forms()
    yield "image of 60,000 by 60,000", _image(60_000, 60_000, zlib.compress(b"\0" * 1000))
    yield "image of a billion rows", _image(1, 2_000_000_000, b"")
    yield "jpeg that lies", _image(100, 100, b"\xff\xd8\xff\xe0" + Random(2).randbytes(900), Name.DCTDecode)
    yield "page of a kilometre", _saved(_blank(1, (2_800_000, 2_800_000)))
    yield "page of nothing", _saved(_blank(1, (0, 0)))
    yield "deep nesting", _deep()
    yield "endless pattern", _patterns()
    yield "javascript", _javascript()


def _blank(pages: int, size: tuple[float, float] = (595, 842)) -> pikepdf.Pdf:
    pdf = pikepdf.Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 200))
        pdf.pages[-1].MediaBox = Array([0, 0, *size])
    return pdf


def _saved(pdf: pikepdf.Pdf) -> bytes:
    kept = BytesIO()
    pdf.save(kept)
    return kept.getvalue()


def _flipped(data: bytes) -> bytes:
    random, broken = Random(3), bytearray(data)
    for _ in range(len(data) // 20):
        broken[random.randrange(20, len(data) - 10)] = random.randrange(256)
    return bytes(broken)


def _page_loop() -> bytes:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n"
    )
    return body + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"


def _content(deflated: bytes) -> bytes:
    pdf = _blank(1)
    stream = pikepdf.Stream(pdf, b"")
    stream.write(deflated, filter=Name.FlateDecode)
    pdf.pages[0].Contents = stream
    return _saved(pdf)


def _nested_forms() -> bytes:
    """Each form draws the next ten times: 10 to the 12th strokes."""
    pdf = _blank(1)
    inner = pdf.make_stream(b"0 0 m 9 9 l S", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99])
    for _ in range(12):
        resources = Dictionary(XObject=Dictionary(F=inner))
        inner = pdf.make_stream(
            b"/F Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99], Resources=resources
        )
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(F=inner))
    pdf.pages[0].Contents = pdf.make_stream(b"/F Do")
    return _saved(pdf)


def _image(wide: int, high: int, data: bytes, kind: pikepdf.Name = Name.FlateDecode) -> bytes:
    pdf = _blank(1)
    image = pikepdf.Stream(pdf, b"")
    image.write(data, filter=kind)
    facts = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": wide,
        "Height": high,
        "BitsPerComponent": 8,
    }
    for key, value in (facts | {"ColorSpace": Name.DeviceRGB}).items():
        image[f"/{key}"] = value
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(I=image))
    pdf.pages[0].Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return _saved(pdf)


def _deep() -> bytes:
    data = _saved(_blank(1))
    return data.replace(b"/MediaBox", b"/Deep " + b"[" * 50_000 + b"]" * 50_000 + b"/MediaBox")


def _patterns() -> bytes:
    """A page filled by a pattern of tiny tiles that is filled by another."""
    pdf = _blank(1)
    tile = None
    for _ in range(4):
        resources = Dictionary(Pattern=Dictionary(P=tile)) if tile is not None else Dictionary()
        paint = b"/Pattern cs /P scn 0 0 9 9 re f" if tile is not None else b"0 0 .1 .1 re f"
        tile = pdf.make_stream(
            paint, Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9],
            XStep=0.02, YStep=0.02, Resources=resources,
        )  # fmt: skip
    pdf.pages[0].Resources = Dictionary(Pattern=Dictionary(P=tile))
    pdf.pages[0].Contents = pdf.make_stream(b"/Pattern cs /P scn 0 0 595 842 re f")
    return _saved(pdf)


def _javascript() -> bytes:
    pdf = _blank(1)
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="while (true) {}")
    return _saved(pdf)
