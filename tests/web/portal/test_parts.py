"""Photos of pages dropped on one material: made into PDF, put in order, looked at, joined."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.web.portal.helpers import HTMX, browser, upload
from zaiti.applications.queries import current_version
from zaiti.screening.making import make_pdf

ENGLISH = {"Accept-Language": "en"}


def photo(red, size=(30, 42)):
    kept = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "MAKER OF THE PHONE"
    Image.new("RGB", size, (red, 0, 0)).save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def opened():
    application = make.application()
    slot = application.carrier_type.materials.all()[0]
    page = f"/my/applications/{application.pk}/"
    return application, slot, browser(application.contact), page, f"{page}slots/{slot.pk}/"


def made(application):
    for job in ProcrastinateJob.objects.filter(task_name="screening.make_pdf"):
        make_pdf(**job.args)
    return list(application.dropped.all())


def test_photos_become_one_pdf_in_the_order_chosen_with_the_originals_beside():
    application, _slot, client, page, here = opened()
    sent = [upload("10.jpg", photo(200)), upload("2.jpg", photo(100)), upload("1.jpg", photo(50))]
    client.post(here, {"file": sent}, headers=HTMX)
    rows = list(application.dropped.all())
    assert [str(row) for row in rows] == ["1.jpg", "2.jpg", "10.jpg"]
    shown = client.get(page, headers=ENGLISH).text
    assert "Being made into PDF" in shown
    refused = client.post(f"{here}parts/join/", headers=HTMX | ENGLISH)
    assert "still being made" in refused.text
    rows = made(application)
    assert [row.pages for row in rows] == [1, 1, 1]
    picture = f"/files/{rows[0].file_id}/pages/1-small.jpg"
    assert picture in client.get(f"{here}parts/", headers=HTMX).text
    assert client.get(picture).status_code == 200
    assert browser(make.user()).get(picture).status_code == 404
    client.post(f"{here}parts/change/", {"up": rows[2].pk})
    client.post(f"{here}parts/join/")
    version = current_version(application.materials.get())
    assert (version.pages, version.file.original_name) == (3, "1.jpg、10.jpg、2.jpg")
    with version.file.content.open("rb") as file:
        content = file.read()
    assert b"MAKER" not in content
    with pikepdf.open(BytesIO(content)) as pdf:
        reds = [next(iter(each.get_images().values())) for each in pdf.pages]
        assert [Image.open(BytesIO(red.read_raw_bytes())).getpixel((9, 9))[0] // 40 for red in reds] == [
            1,
            5,
            2,
        ]
    assert {str(row.original_name) for row in version.originals.all()} == {"1.jpg", "2.jpg", "10.jpg"}
    assert not application.dropped.exists()
    original = version.originals.first()
    assert f"/files/{original.pk}/" in client.get(f"{here}pages/").text
    assert client.get(f"/files/{original.pk}/").status_code == 200


def test_one_bad_photo_is_named_and_the_others_stay():
    application, _slot, client, page, here = opened()
    bad = b"\xff\xd8\xff" + bytes(500)
    answer = client.post(
        here, {"file": [upload("1.jpg", photo(1)), upload("2.jpg", bad), upload("3.txt", b"hello")]},
        headers=HTMX | ENGLISH,
    )  # fmt: skip
    assert "3.txt: This is not a PDF" in answer.text
    good, torn = made(application)
    assert (good.pages, torn.pages) == (1, 0)
    assert torn.problem
    assert torn.problem in client.get(page, headers=ENGLISH).text
    assert f"2.jpg: {torn.problem}" in client.post(f"{here}parts/join/", headers=HTMX | ENGLISH).text
    assert application.dropped.count() == 2
    client.post(f"{here}parts/change/", {"let-go": torn.pk})
    client.post(f"{here}parts/join/")
    assert current_version(application.materials.get()).pages == 1


def test_while_parts_wait_the_page_offers_no_submitting():
    application, _slot, client, page, here = opened()
    make.uploaded(make.filled(application))
    assert f"{page}submit/" in client.get(page).text
    client.post(here, {"file": [upload("1.jpg", photo(1))]})
    assert f"{page}submit/" not in client.get(page).text


def test_an_ofd_file_is_kept_beside_the_pdf_and_is_none_alone():
    application, _slot, client, _page, here = opened()
    client.post(here, {"file": [upload("a.ofd", b"PK\x03\x04 OFD.xml")]})
    assert "add a PDF" in client.post(f"{here}parts/join/", headers=HTMX | ENGLISH).text
    client.post(here, {"file": [upload("a.pdf", make.pdf(2))]})
    client.post(f"{here}parts/join/")
    version = current_version(application.materials.get())
    assert (version.pages, version.originals.count()) == (2, 2)


def test_without_libreoffice_a_word_file_is_to_be_saved_as_pdf(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    application, _slot, client, page, here = opened()
    word = upload("a.docx", b"PK\x03\x04 word/document.xml")
    refused = client.post(here, {"file": [word]}, headers=HTMX | ENGLISH)
    assert "please save it as PDF" in refused.text
    assert "please save them as PDF" in client.get(page, headers=ENGLISH).text
    assert not application.dropped.exists()


def test_a_year_that_takes_pdf_alone_says_so():
    application, _slot, client, page, here = opened()
    cycle = application.call.cycle
    cycle.made_into_pdf = ""
    cycle.save()
    refused = client.post(here, {"file": [upload("1.jpg", photo(1))]}, headers=HTMX | ENGLISH)
    assert "This is an image, not a PDF" in refused.text
    assert 'accept="application/pdf,.pdf"' in client.get(page).text


@pytest.mark.parametrize("verb", ["up", "down", "let-go"])
def test_another_applications_part_is_not_touched(verb):
    _application, _slot, client, _page, here = opened()
    other, *_rest, theirs, _page, there = opened()
    theirs.post(there, {"file": [upload("1.jpg", photo(1)), upload("2.jpg", photo(2))]})
    before = list(other.dropped.values_list("pk", "place"))
    client.post(f"{here}parts/change/", {verb: before[1][0]})
    assert list(other.dropped.values_list("pk", "place")) == before
