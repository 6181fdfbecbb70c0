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
    assert [width for width, _height in sizes] == [100, 400]
    assert sizes[1][1] in range(4 * sizes[0][1] - 4, 4 * sizes[0][1] + 5)
