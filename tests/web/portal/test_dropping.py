import pytest

from tests import make
from tests.at_once import at_once
from tests.html import flat
from tests.web.portal.helpers import HTMX, browser, upload
from zaiti import clock
from zaiti.applications.queries import current_version
from zaiti.screening.models import ScanReport

ENGLISH = HTMX | {"Accept-Language": "en"}


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
        assert f'<option value="{slot.pk}" selected>' in flat(text)
    waiting = list(application.dropped.values_list("pk", flat=True))
    client.post(
        f"{here}place/", {f"file-{waiting[0]}": form.pk, f"file-{waiting[1]}": extra.pk}, headers=HTMX
    )
    assert placed(application) == {"申报表": "1 申报表(盖章).pdf", "其他证明": "其他证明.pdf"}
    assert not application.dropped.exists()


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


def test_a_file_without_a_choice_waits_on_and_one_let_go_is_gone():
    application, client, here = opened()
    client.post(here, {"files": [upload("申报表.pdf"), upload("其他证明.pdf", make.pdf(2))]})
    one, two = application.dropped.all()
    client.post(f"{here}place/", {f"file-{one.pk}": "", f"file-{two.pk}": "let-go"})
    assert list(application.dropped.all()) == [one]
    client.post(f"{here}aside/")
    assert not application.dropped.exists()
    assert not application.materials.exists()


def test_two_files_for_one_place_are_not_put_over_each_other():
    application, client, here = opened()
    client.post(here, {"files": [upload("a.pdf"), upload("b.pdf", make.pdf(2))]})
    one, two = application.dropped.all()
    slot = application.carrier_type.materials.all()[0]
    answer = client.post(f"{here}place/", {f"file-{row.pk}": slot.pk for row in (one, two)}, headers=ENGLISH)
    assert "b.pdf: this place is taken" in answer.text
    assert list(application.dropped.all()) == [two]
    assert placed(application) == {"申报表": "a.pdf"}


def test_what_waits_is_there_for_every_member_after_signing_in_anew():
    application, client, here = opened()
    client.post(here, {"files": [upload("IMG_1.pdf")]})
    colleague = make.user(organisation=application.organisation, org_role="member")
    for person in (application.contact, colleague):
        assert "IMG_1.pdf" in browser(person).get(f"/my/applications/{application.pk}/").text


@pytest.mark.django_db(transaction=True)
def test_files_dropped_in_two_windows_at_once_are_all_kept():
    application, client, here = opened()
    cookies = client.cookies
    sent = [upload(f"{n}.pdf", make.pdf(n)) for n in range(1, 7)]

    def drop(file):
        other = browser()
        other.cookies = cookies
        return lambda: other.post(here, {"files": [file]}, headers=HTMX)

    assert at_once(*map(drop, sent)) == ["done"] * 6
    assert sorted(map(str, application.dropped.all())) == [f"{n}.pdf" for n in range(1, 7)]


def test_the_page_names_what_would_be_left_out_and_offers_no_submitting():
    application, client, here = opened()
    make.uploaded(make.filled(application))
    page = f"/my/applications/{application.pk}/"
    assert f"{page}submit/" in client.get(page).text
    client.post(here, {"files": [upload("其他证明.pdf")]})
    shown = client.get(page, headers={"Accept-Language": "en"}).text
    assert f"{page}submit/" not in shown
    assert "1 uploaded file</strong> has no place yet" in shown
    assert "“其他证明.pdf” has no place yet" in shown


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
    assert f'<option value="{form.pk}" selected>' in flat(shown)


def test_a_choice_already_made_stays_when_the_sorting_comes_anew():
    application, client, here = opened()
    client.post(here, {"files": [upload("IMG_2024.pdf")]}, headers=HTMX)
    row = application.dropped.get()
    extra = application.carrier_type.materials.all()[1]
    shown = client.get(f"{here}sorted/", {f"file-{row.pk}": extra.pk}, headers=HTMX).content.decode()
    assert f'<option value="{extra.pk}" selected>' in flat(shown)
