"""Inside the sandbox: makes a PDF of a picture, each frame a page, or one of several PDFs, for `binding`."""

import base64
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import img2pdf
import pikepdf
from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

try:
    from pillow_heif import register_heif_opener
except ImportError:  # an extra: photos as telephones keep them
    HEIC = False
else:
    register_heif_opener()
    HEIC = True

# A JPEG that Pillow has to write: photos that were no JPEG lose nothing anyone sees.
QUALITY = 93
WHITE = (255, 255, 255)
CHUNK = 1 << 20
# What a file may tell of who took a picture, where and with what; a second picture and a film hang on it too.
TOLD = {"exif", "xmp", "comment", "photoshop", "mp", "mpoffset"}
A4 = img2pdf.get_layout_fun(
    (img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)), fit=img2pdf.FitMode.into, auto_orient=True
)


def bind(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield {"pdf"} in pieces (base64), or {"problem"} with its code.

    With `office` each page is A4, upright or across as the picture is, and nothing is kept of what a
    telephone writes into its photos: where, when and by what they were taken.
    """
    Image.MAX_IMAGE_PIXELS = request["max_pixels"]
    try:
        with open(f"/dev/fd/{fd}", "rb") as file, Image.open(file) as picture:
            yield from _bound(file, picture, request)
    except Image.DecompressionBombError:
        yield {"problem": "too_complex"}
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        yield {"problem": "not_image" if HEIC or not _is_heic(fd) else "no_heic"}


def _bound(file: Any, picture: Image.Image, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if _frames(picture) > request["max_pages"]:
        yield {"problem": "too_many_frames"}
        return
    sheets = []
    for sheet in _sheets(file, picture, bare=request["office"]):
        sheets.append(sheet)
        yield {}  # each frame has its own time
    paper = {"layout_fun": A4} if request["office"] else {}
    yield from _pieces(img2pdf.convert(sheets, rotation=img2pdf.Rotation.ifvalid, **paper))


def join(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield {"pdf"} in pieces: of PDFs that lie one behind the other, `sizes` bytes each, one."""
    with open(f"/dev/fd/{fd}", "rb") as file, pikepdf.new() as whole:
        for size in request["sizes"]:
            whole.pages.extend(pikepdf.open(BytesIO(file.read(size))).pages)
            yield {}
        kept = BytesIO()
        whole.save(kept)
    yield from _pieces(kept.getvalue())


def _pieces(made: bytes) -> Iterator[dict[str, Any]]:
    for start in range(0, len(made), CHUNK):
        yield {"pdf": base64.b64encode(made[start : start + CHUNK]).decode()}


def _frames(picture: Image.Image) -> int:
    return getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1


def _sheets(file: Any, picture: Image.Image, *, bare: bool) -> Iterator[bytes]:
    """Each page's picture: a JPEG as it is, as it lies; anything else written anew, upright and opaque."""
    plain = picture.format in ("JPEG", "MPO") and picture.mode in ("L", "RGB") and not _mirrored(picture)
    if plain and not (bare and TOLD & picture.info.keys()):
        file.seek(0)
        yield file.read()
        return
    for frame in range(_frames(picture)):
        picture.seek(frame)
        yield _written(picture)


def _mirrored(picture: Image.Image) -> bool:
    """Whether the picture asks to be shown as in a mirror, which a PDF page can't."""
    return picture.getexif().get(0x0112) in (2, 4, 5, 7)


def _written(picture: Image.Image) -> bytes:
    upright, kept = _opaque(ImageOps.exif_transpose(picture)), BytesIO()
    dpi = picture.info.get("dpi")
    upright.info = {key: upright.info[key] for key in ("icc_profile",) if key in upright.info}
    facts: dict[str, Any] = {"dpi": tuple(map(float, dpi))} if dpi else {}
    if picture.format in ("HEIF", "AVIF", "WEBP", "MPO", "JPEG"):
        upright.convert("RGB").save(kept, "JPEG", **_as_fine(picture), **facts)
    else:
        upright.save(kept, "PNG", compress_level=1, **facts)
    return kept.getvalue()


def _as_fine(picture: Image.Image) -> dict[str, Any]:
    """A JPEG is written as finely as it was: neither coarser nor larger."""
    if picture.mode == "RGB" and (tables := getattr(picture, "quantization", None)):
        return {"qtables": tables, "subsampling": max(0, JpegImagePlugin.get_sampling(picture))}
    return {"quality": QUALITY}


def _opaque(picture: Image.Image) -> Image.Image:
    """The picture on white paper, in grey or colour."""
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", picture.size, WHITE)
        picture.paste(layer, mask=layer.getchannel("A"))
    return picture if picture.mode in ("1", "L", "RGB") else picture.convert("RGB")


def _is_heic(fd: int) -> bool:
    with open(f"/dev/fd/{fd}", "rb") as file:
        return file.read(12)[4:8] == b"ftyp"


JOBS = {"bind": bind, "join": join}
