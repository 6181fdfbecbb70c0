"""Inside the sandbox: makes a PDF of a picture, each of its frames a page, for `binding`."""

import base64
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import img2pdf
from PIL import Image, ImageOps, UnidentifiedImageError

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


def bind(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield {"pdf"} in pieces (base64), or {"problem"}: "not_image", "no_heic" or "too_complex"."""
    Image.MAX_IMAGE_PIXELS = request["max_pixels"]
    try:
        with open(f"/dev/fd/{fd}", "rb") as file, Image.open(file) as picture:
            sheets = []
            for sheet in _sheets(file, picture):
                sheets.append(sheet)
                yield {}  # each frame has its own time
            made = img2pdf.convert(sheets, rotation=img2pdf.Rotation.ifvalid)
    except Image.DecompressionBombError:
        yield {"problem": "too_complex"}
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        yield {"problem": "not_image" if HEIC or not _is_heic(fd) else "no_heic"}
    else:
        for start in range(0, len(made), CHUNK):
            yield {"pdf": base64.b64encode(made[start : start + CHUNK]).decode()}


def _sheets(file: Any, picture: Image.Image) -> Iterator[bytes]:
    """Each page's picture: a JPEG as it is, as it lies; anything else written anew, upright and opaque."""
    if picture.format in ("JPEG", "MPO") and picture.mode in ("L", "RGB") and not _mirrored(picture):
        file.seek(0)
        yield file.read()
        return
    for frame in range(getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1):
        picture.seek(frame)
        yield _written(picture)


def _mirrored(picture: Image.Image) -> bool:
    """Whether the picture asks to be shown as in a mirror, which a PDF page can't."""
    return picture.getexif().get(0x0112) in (2, 4, 5, 7)


def _written(picture: Image.Image) -> bytes:
    upright, kept = _opaque(ImageOps.exif_transpose(picture)), BytesIO()
    dpi = picture.info.get("dpi")
    facts: dict[str, Any] = {"dpi": tuple(map(float, dpi))} if dpi else {}
    if picture.format in ("HEIF", "AVIF", "WEBP", "MPO", "JPEG"):
        upright.convert("RGB").save(kept, "JPEG", quality=QUALITY, **facts)
    else:
        upright.save(kept, "PNG", compress_level=1, **facts)
    return kept.getvalue()


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


JOBS = {"bind": bind}
