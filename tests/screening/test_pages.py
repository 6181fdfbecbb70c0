from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from tests import make
from zaiti.screening.pages import WIDTHS, forget, picture
from zaiti.screening.tasks import forget_pages


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA", tmp_path)


@pytest.mark.parametrize("size", WIDTHS)
def test_a_page_is_drawn_at_the_width_asked_for(size):
    file = make.stored_file(make.pdf(pages=2))
    drawn = Image.open(BytesIO(picture(file, 2, size)))
    assert abs(drawn.width - WIDTHS[size]) <= 1
    assert drawn.format == "JPEG"


def test_a_page_is_drawn_once(tmp_path):
    file = make.stored_file(make.pdf())
    first = picture(file, 1, "page")
    kept = next(tmp_path.rglob("1-page.jpg"))
    kept.write_bytes(b"kept")
    assert first != picture(file, 1, "page") == b"kept"


def test_what_can_not_be_drawn_gives_nothing():
    assert picture(make.stored_file(b"%PDF-1.4 not really"), 1, "page") is None
    assert picture(make.stored_file(make.pdf()), 7, "page") is None


def test_a_page_of_absurd_shape_is_drawn_within_bounds():
    import pikepdf  # noqa: PLC0415  # used here alone

    with pikepdf.new() as made:
        made.add_blank_page(page_size=(10, 10_000))
        made.save(out := BytesIO())
    drawn = Image.open(BytesIO(picture(make.stored_file(out.getvalue()), 1, "page")))
    assert drawn.width * drawn.height < 10_000_000


def test_old_pictures_are_forgotten(tmp_path):
    picture(make.stored_file(make.pdf()), 1, "page")
    assert forget(timedelta(days=1)) == 0
    assert forget(timedelta(seconds=-1)) == 2
    assert not list(tmp_path.rglob("*.jpg"))


def test_the_weekly_job_leaves_what_was_drawn_lately(tmp_path):
    picture(make.stored_file(make.pdf()), 1, "page")
    forget_pages(0)
    assert len(list(tmp_path.rglob("*.jpg"))) == 2
