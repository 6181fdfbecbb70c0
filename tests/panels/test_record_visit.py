from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.files import kinds
from zaiti.panels import photos
from zaiti.panels.actions import record_visit
from zaiti.panels.models import Review
from zaiti.papers.typst import render_pdf


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> BytesIO:
    Image.new("RGB", size, "navy").save(content := BytesIO(), kind)
    content.seek(0)
    return content


def visit(review, **fields):
    given = {
        "by": review.panel.made_by,
        "visited_at": clock.now(),
        "place": "示例路2号实训楼",
        "visitors": list(review.panel.seats.all()),
        "findings": "场地与申报一致。",
    }
    return record_visit(review, **given | fields)


def test_it_moves_the_review_on_and_makes_the_record():
    review = make.review()
    made = visit(review, photos=[("DSC1.jpg", photo()), ("b.png", photo("PNG"))])
    assert review.state == Review.State.VISITED
    assert [kept.content_type for kept in made.photos.order_by("pk")] == ["image/jpeg", "image/png"]
    assert render_pdf(made.paper).startswith(b"%PDF")
    assert not made.paper.public


@pytest.mark.parametrize("state", make.others(Review, "visit"))
def test_it_is_refused_in_any_other_state(state):
    review = make.review(state)
    with pytest.raises(Refused):
        visit(review)


def test_what_is_no_photo_is_refused_and_nothing_is_kept():
    review = make.review()
    for content in (BytesIO(b"%PDF-1.7"), photo("GIF"), BytesIO(photo().getvalue()[:200]), BytesIO()):
        with pytest.raises(Refused):
            visit(review, photos=[("x.jpg", content)])
    review.refresh_from_db()
    assert review.state == Review.State.OPEN


def test_photos_have_a_limit_in_number_bytes_and_pixels(monkeypatch):
    review = make.review()
    with pytest.raises(Refused):
        visit(review, photos=[("x.jpg", photo())] * 13)
    monkeypatch.setattr(kinds, "MOST_PIXELS", 100)
    with pytest.raises(Refused):
        visit(review, photos=[("x.jpg", photo())])
    monkeypatch.setattr(photos, "MOST_BYTES", 100)
    with pytest.raises(Refused):
        visit(review, photos=[("x.jpg", photo())])


def test_it_needs_experts_of_this_panel_and_a_time_that_has_come():
    review = make.review()
    stranger = make.panel(code="studio", call=review.panel.call).seats.first()
    for fields in (
        {"visitors": []},
        {"visitors": [stranger]},
        {"visited_at": clock.now() + timedelta(hours=1)},
    ):
        with pytest.raises(Refused):
            visit(review, **fields)


def test_it_waits_while_the_panel_is_not_at_work():
    review = make.review(panel=make.panel(state="paused"))
    with pytest.raises(Refused):
        visit(review)


def test_experts_do_not_record_it():
    review = make.review()
    with pytest.raises(PermissionDenied):
        visit(review, by=review.panel.seats.first().expert.user)
