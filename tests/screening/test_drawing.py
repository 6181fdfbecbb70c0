from base64 import b64decode
from io import BytesIO
from tempfile import TemporaryFile

from PIL import Image

from tests import make
from zaiti.screening.drawing import JOBS


def test_one_rendering_serves_every_width():
    with TemporaryFile() as file:
        file.write(make.pdf(pages=2))
        file.flush()
        drawn = list(JOBS["draw"](file.fileno(), {"index": 1, "widths": [100, 400]}))
    sizes = [Image.open(BytesIO(b64decode(picture))).size for picture in drawn]
    (small, low), (large, high) = sizes
    assert (abs(small - 100) <= 1, abs(large - 400) <= 1) == (True, True)
    assert abs(high / large - low / small) < 0.02
