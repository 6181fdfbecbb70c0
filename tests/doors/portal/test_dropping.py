from tests import make
from tests.doors.portal.helpers import HTMX, browser, upload
from zaiti.applications.queries import current_version


def opened():
    application = make.application()
    return application, browser(application.contact), f"/my/applications/{application.pk}/drop/"


def placed(application):
    return {m.requirement.name: current_version(m).file.original_name for m in application.materials.all()}


def test_files_dropped_at_once_are_sorted_and_one_confirmation_puts_them_in_place():
    application, client, here = opened()
    files = [upload("1 申报表(盖章).pdf"), upload("其他证明.pdf")]
    answer = client.post(here, {"files": files}, headers=HTMX)
    form, extra = application.carrier_type.materials.all()
    text = answer.content.decode()
    for slot in (form, extra):
        assert f'<option value="{slot.pk}" selected>' in text
    waiting = [row["file"] for row in client.session["dropped"][str(application.pk)]]
    client.post(
        f"{here}place/", {f"file-{waiting[0]}": form.pk, f"file-{waiting[1]}": extra.pk}, headers=HTMX
    )
    assert placed(application) == {"申报表": "1 申报表(盖章).pdf", "其他证明": "其他证明.pdf"}
    assert client.session["dropped"] == {}


def test_a_bad_file_is_named_and_the_good_ones_are_kept():
    _application, client, here = opened()
    answer = client.post(here, {"files": [upload("申报表.pdf"), upload("坏.pdf", b"hello")]}, headers=HTMX)
    text = answer.content.decode()
    assert "坏.pdf" in text
    assert "申报表.pdf" in text


def test_what_waits_is_still_there_when_one_comes_back():
    application, client, here = opened()
    client.post(here, {"files": [upload("申报表.pdf")]})
    assert 'id="sorted"' in client.get(f"/my/applications/{application.pk}/").content.decode()


def test_a_file_left_out_or_put_aside_is_not_placed():
    application, client, here = opened()
    client.post(here, {"files": [upload("申报表.pdf")]})
    client.post(f"{here}place/", {})
    client.post(here, {"files": [upload("申报表.pdf")]})
    client.post(f"{here}aside/")
    assert client.session["dropped"] == {}
    assert not application.materials.exists()


def test_without_javascript_the_problems_are_said_on_the_next_page():
    _application, client, here = opened()
    answer = client.post(here, {"files": [upload("坏.pdf", b"hello")]}, follow=True)
    assert answer.status_code == 200
    assert "坏.pdf" in answer.content.decode()
