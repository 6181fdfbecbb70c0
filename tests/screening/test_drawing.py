from base64 import b64decode
from io import BytesIO
from tempfile import TemporaryFile

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests import make
from zaiti.screening.rasterise import JOBS


def test_one_rendering_serves_every_width():
    with TemporaryFile() as file:
        file.write(make.pdf(pages=2))
        file.flush()
        drawn = list(JOBS["draw"](file.fileno(), {"index": 1, "widths": [100, 400]}))
    sizes = [Image.open(BytesIO(b64decode(picture))).size for picture in drawn]
    (small, low), (large, high) = sizes
    assert (abs(small - 100) <= 1, abs(large - 400) <= 1) == (True, True)
    assert abs(high / large - low / small) < 0.02


def test_an_electronic_seal_shows_in_the_picture():
    with pikepdf.open(BytesIO(make.pdf())) as made:
        look = made.make_stream(
            b"1 0 0 rg 0 0 90 90 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 90]
        )
        field = made.make_indirect(
            Dictionary(Subtype=Name.Widget, FT=Name.Sig, T="s", F=4, Rect=[9, 9, 99, 99], AP={"/N": look})
        )
        made.pages[0].Annots = Array([field])
        made.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        kept = BytesIO()
        made.save(kept)
    with TemporaryFile() as file:
        file.write(kept.getvalue())
        file.flush()
        (drawn,) = JOBS["draw"](file.fileno(), {"index": 0, "widths": [400]})
    picture = Image.open(BytesIO(b64decode(drawn))).convert("RGB")
    red, green, _ = picture.getpixel((round(400 * 54 / 595), picture.height - round(400 * 54 / 595)))
    assert red > 200 > 60 > green
