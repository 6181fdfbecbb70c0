from tests import make
from tests.doors.portal.helpers import HTMX, browser, upload
from zaiti import clock
from zaiti.applications.queries import current_version
from zaiti.screening.models import ScanReport


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


def test_a_file_whose_name_says_nothing_is_sorted_by_what_was_read_in_it():
    application, client, here = opened()
    client.post(here, {"files": [upload("IMG_2024.pdf")]}, headers=HTMX)
    assert "HX-Trigger" not in client.get(f"{here}reading/", headers=HTMX)
    ScanReport.objects.update(read_at=clock.now(), summary={"title": "申报表", "uscc": []})
    assert client.get(f"{here}reading/", headers=HTMX)["HX-Trigger"] == '{"zaiti:read": {}}'
    shown = client.get(f"{here}sorted/", headers=HTMX).content.decode()
    form = application.carrier_type.materials.all()[0]
    assert f'<option value="{form.pk}" selected>' in shown


def test_a_choice_already_made_stays_when_the_sorting_comes_anew():
    application, client, here = opened()
    client.post(here, {"files": [upload("IMG_2024.pdf")]}, headers=HTMX)
    [row] = client.session["dropped"][str(application.pk)]
    extra = application.carrier_type.materials.all()[1]
    shown = client.get(f"{here}sorted/", {f"file-{row['file']}": extra.pk}, headers=HTMX).content.decode()
    assert f'<option value="{extra.pk}" selected>' in shown
