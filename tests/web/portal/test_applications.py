import pytest
from pypdfium2 import PdfDocument

from tests import make
from tests.web.portal.helpers import HTMX, browser, upload
from zaiti import clock
from zaiti.applications.models import Application

State = Application.State


def opened(state="draft", **fields):
    application = make.application(state, **fields)
    return application, browser(application.contact), f"/my/applications/{application.pk}/"


def slot_of(application):
    return application.carrier_type.materials.all()[0]


def test_an_application_is_started_from_an_open_call():
    owner, call = make.applicant(), make.call()
    answer = browser(owner).post(f"/my/calls/{call.pk}/start/", {"type": make.carrier_type().pk})
    application = Application.objects.get()
    assert answer.url == f"/my/applications/{application.pk}/"
    assert application.organisation == owner.organisation


@pytest.mark.parametrize("state", State.values)
def test_its_page_opens_in_every_state(state):
    _application, client, here = opened(state)
    assert client.get(here).status_code == 200


def test_what_is_missing_stands_beside_the_form_without_a_click():
    application, client, here = opened()
    text = client.get(here).content.decode()
    assert f'href="#slot-{slot_of(application).pk}"' in text
    assert 'href="#id_plan"' in text


def test_the_form_saves_itself_and_says_when():
    application, client, here = opened()
    answer = client.post(f"{here}save/", {"plan": "示例规划"}, headers=HTMX)
    assert answer.json()["saved"] == f"{clock.now():%H:%M}"
    application.refresh_from_db()
    assert application.answer("plan") == "示例规划"


def test_what_is_not_valid_is_named_and_the_rest_is_saved():
    application, client, here = opened()
    answer = client.post(f"{here}save/", {"plan": "示例规划", "trained_last_year": "many"}, headers=HTMX)
    assert answer.status_code == 422
    application.refresh_from_db()
    assert application.answer("plan") == "示例规划"


def test_a_file_is_put_in_its_slot_and_the_list_of_what_is_missing_follows():
    application, client, here = opened()
    answer = client.post(f"{here}slots/{slot_of(application).pk}/", {"file": upload()}, headers=HTMX)
    text = answer.content.decode()
    assert "申报表.pdf" in text
    assert 'id="owing"' in text
    assert f'href="#slot-{slot_of(application).pk}"' not in text


def test_a_bad_file_is_refused_beside_the_slot_and_the_old_one_stays():
    application, client, here = opened()
    make.uploaded(application)
    answer = client.post(
        f"{here}slots/{slot_of(application).pk}/", {"file": upload(content=b"hello")}, headers=HTMX
    )
    assert answer.status_code == 409
    assert "PDF" in answer.content.decode()
    assert application.materials.get().versions.count() == 1


def test_every_step_works_without_javascript():
    application, client, here = opened()
    slot = slot_of(application).pk
    assert client.post(f"{here}save/", {"plan": "示例"}).url == here
    assert client.post(f"{here}slots/{slot}/", {"file": upload()}).url == f"{here}#slot-{slot}"
    assert client.post(f"{here}slots/{slot}/explain/", {"text": "示例"}).url == f"{here}#slot-{slot}"
    assert client.post(f"{here}slots/{slot}/remove/").url == f"{here}#slot-{slot}"
    assert client.post(f"{here}slots/{slot}/").status_code == 409


def test_it_is_handed_in_withdrawn_and_opened_again():
    application, client, here = opened()
    make.uploaded(make.filled(application))
    assert client.post(f"{here}submit/").url == f"{here}receipt/"
    assert client.post(f"{here}withdraw/").url == here
    assert client.post(f"{here}reopen/").url == here
    application.refresh_from_db()
    assert application.state == State.DRAFT


def test_htmx_is_sent_on_to_the_receipt():
    application, client, here = opened()
    make.uploaded(make.filled(application))
    assert client.post(f"{here}submit/", headers=HTMX)["HX-Redirect"] == f"{here}receipt/"


def test_after_the_deadline_it_is_refused_in_a_sentence_and_everything_stays():
    application, client, here = opened()
    make.uploaded(make.filled(application))
    with clock.at(application.call.closes_at):
        answer = client.post(f"{here}submit/")
        assert answer.status_code == 409
        page = client.get(here).content.decode()
    assert "示例培训载体" in page
    assert "申报表.pdf" in page
    assert "/submit/" not in page


def test_the_receipt_shows_number_time_and_hashes():
    application, client, here = opened("submitted")
    text = client.get(f"{here}receipt/").content.decode()
    submission = application.submissions.get()
    assert submission.number in text
    assert submission.files[0]["sha256"] in text
    assert browser(application.contact).get(f"{here}receipt/?number=no").status_code == 404


def test_a_draft_without_a_receipt_leads_back_to_it():
    _application, client, here = opened()
    assert client.get(f"{here}receipt/").url == here


def test_while_it_is_returned_only_the_entries_that_the_notice_names_can_be_changed():
    application, client, here = opened("returned", open_fields=["plan"])
    text = client.get(here).content.decode()
    assert 'id="id_plan"' in text
    assert 'id="id_summary"' not in text
    client.post(f"{here}save/", {"plan": "补正后的规划", "summary": "别的"}, headers=HTMX)
    application.refresh_from_db()
    assert application.answer("plan") == "补正后的规划"
    assert application.answer("summary") != "别的"


def test_the_form_is_made_of_what_was_typed_to_print_sign_and_seal():
    application, client, here = opened(plan="示例规划：扩大培训。", summary="# 概况 *示例*")
    assert f'href="{here}form.pdf"' in client.get(here).content.decode()
    answer = client.get(f"{here}form.pdf")
    assert answer["Content-Type"] == "application/pdf"
    page = "".join(sheet.get_textpage().get_text_range() for sheet in PdfDocument(answer.content))
    for said in ("申报表", application.organisation.uscc, "示例规划", "# 概况 *示例*", "盖章"):
        assert said in page
    assert browser(make.applicant()).get(f"{here}form.pdf").status_code == 404


def corrected(**asked):
    """A draft that was filled in and whose form was corrected since."""
    application = make.filled(make.application())
    make.in_force(make.form_correction(**asked))
    return application, browser(application.contact), f"/my/applications/{application.pk}/"


def test_a_corrected_form_says_what_changed_until_it_is_saved(django_assert_max_num_queries):
    application, client, here = corrected(
        summary=None, occupations={"kind": "whole"}, plan={"name": "三年规划"}
    )
    with django_assert_max_num_queries(12):
        page = client.get(here)
    text = page.content.decode()
    assert [entry.code for entry, _told in page.context["changes"].changed] == ["occupations", "plan"]
    assert "请重新填写" in text
    assert application.answer("summary") in text
    client.post(f"{here}save/", {"plan": "另写"}, headers=HTMX)
    assert client.get(here).context["changes"]
    client.post(f"{here}save/", {"plan": "另写", "seen_changes": "yes"})
    page = client.get(here)
    assert page.context["changes"] is None
    assert application.answer("summary") in page.content.decode()


def test_what_is_typed_on_a_page_drawn_before_the_correction_is_kept():
    application, client, here = corrected(summary=None)
    answer = client.post(f"{here}save/", {"summary": "刚刚写的"}, headers=HTMX)
    assert answer.status_code == 200
    page = client.get(here)
    assert page.context["changes"]
    assert "刚刚写的" in page.content.decode()
    application.answers.refresh_from_db()
    assert "summary" not in application.answers.given
