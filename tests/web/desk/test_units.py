"""The desk's pages of letters of authorisation."""

import pytest
from django.urls import reverse

from tests import make
from zaiti.mandates.models import Mandate
from zaiti.screening.models import ScanReport

LIST = "/desk/units/"


@pytest.fixture
def officer(client):
    """An officer's browser."""
    client.force_login(make.holder("officer"))
    return client


def test_what_waits_is_listed_and_what_another_district_decides_is_not(officer):
    ours, theirs = make.letter(), make.claim(make.pending(district=make.district("futian")))
    text = officer.get(LIST).text
    assert f"{LIST}{ours.pk}/" in text
    assert f"{LIST}{theirs.pk}/" not in text
    assert officer.get(f"{LIST}{theirs.pk}/").status_code == 404
    assert officer.get(LIST, {"export": "csv"}).status_code == 200


def test_the_city_sees_all(client):
    client.force_login(make.holder("officer", make.city()))
    assert f"{LIST}{make.letter().pk}/" in client.get(LIST).text


def test_the_page_shows_the_letter_its_pre_check_and_both_sides(officer):
    unit = make.pending()
    own, claim = make.letter(unit), make.claim(unit)
    ScanReport.objects.filter(sha256=claim.file.sha256).update(
        read_at=claim.sent_at,
        summary={
            "verdict": "pass", "verdicts": ["pass"], "sizes": [[210, 297]], "findings": [],
            "seals": [{"page": 1, "box": [10, 10, 50, 50], "text": "另一家", "matches": 0.1}],
            "uscc": [unit.uscc],
        },
    )  # fmt: skip
    text = officer.get(f"{LIST}{claim.pk}/").text
    assert reverse("ui:picture", args=[claim.file_id, 1, "page"]) in text
    assert "识别到印章，但与单位名称不一致" in text
    assert "委托书中有该单位的统一社会信用代码" in text
    assert f"{LIST}{own.pk}/" in text
    assert str(own.person) in text
    assert officer.get(f"/files/{claim.file_id}/").status_code == 200


def test_it_is_confirmed(officer):
    mandate = make.claim()
    assert officer.post(f"{LIST}{mandate.pk}/confirm/", {"members_stay": "on"}).status_code == 302
    assert make.owner(mandate.organisation) == mandate.person


def test_it_is_sent_back_with_a_reason(officer):
    mandate = make.letter()
    assert officer.post(f"{LIST}{mandate.pk}/return/").status_code == 422
    officer.post(f"{LIST}{mandate.pk}/return/", {"reason": "未盖章"})
    mandate.refresh_from_db()
    assert (mandate.state, mandate.reason) == (Mandate.State.SENT_BACK, "未盖章")


def test_the_start_page_counts_them(officer):
    make.letter()
    assert LIST in officer.get("/desk/").text.split("z-main")[-1]


@pytest.mark.parametrize("number", [1, 12])
def test_it_costs_the_same_however_many(officer, django_assert_max_num_queries, number):
    mandates = [make.letter(text=str(n)) for n in range(number)]
    officer.get(LIST)
    with django_assert_max_num_queries(12):
        officer.get(LIST)
    with django_assert_max_num_queries(12):
        officer.get(f"{LIST}{mandates[0].pk}/")
