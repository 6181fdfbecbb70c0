"""Form checks as officers see them."""

from datetime import timedelta

import pgtrigger
import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from zaiti import clock
from zaiti.applications.models import Application
from zaiti.screening.models import Check, Correction, PaperCopy, Ruling
from zaiti.screening.tasks import lapse_corrections

State = Application.State
HTMX = {"HX-Request": "true"}


def seen_by(person):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    return client


def case(application):
    return reverse("desk:screening_case", args=[application.pk])


def step(name, application, *more):
    return reverse(f"desk:screening_{name}", args=[application.pk, *more])


@pytest.fixture
def at_work():
    application, officer = make.to_screen(call=make.call(paper_required=True))
    return application, seen_by(officer)


def test_the_queue_shows_what_waits_with_working_days_left(at_work):
    application, client = at_work
    done = make.application(state="accepted")
    shown = client.get(reverse("desk:screening")).content.decode()
    assert str(application.organisation) in shown
    assert "working days left" in shown
    assert str(done.organisation) not in shown
    assert (
        str(done.organisation)
        in client.get(reverse("desk:screening"), {"stage": "accepted"}).content.decode()
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "base"}, True),
        ({"kind": "studio"}, False),
        ({"q": "示例单位"}, True),
        ({"q": "nobody"}, False),
        ({"due": "0"}, False),
        ({"due": "3", "stage": "all"}, False),
        ({"stage": "submitted", "sort": "-due"}, True),
        ({"stage": "lapsed"}, False),
        ({"stage": "correcting"}, False),
        ({"stage": "nonsense"}, True),
    ],
)
def test_the_queue_is_filtered_by_its_address(at_work, query, found):
    application, client = at_work
    shown = client.get(reverse("desk:screening"), query).content.decode()
    assert (case(application) in shown) == found


def test_the_queue_is_exported_as_shown(at_work):
    application, client = at_work
    sheet = client.get(reverse("desk:screening"), {"export": "csv"}).content.decode()
    assert application.number in sheet
    assert f"{application.answer_due:%Y-%m-%d}" in sheet


def test_no_page_costs_more_queries_with_more_rows(at_work, django_assert_max_num_queries):
    application, client = at_work
    client.get(case(application))
    counts = []
    for more in (0, 2, 297):
        make.many_to_screen(more)
        for address in (reverse("desk:screening"), case(application)):
            with django_assert_max_num_queries(12) as counted:
                client.get(address)
            counts.append(len(counted))
    assert counts[:2] == counts[2:4] == counts[4:]


def test_the_case_shows_materials_page_and_checklist(at_work):
    application, client = at_work
    shown = client.get(case(application)).content.decode()
    assert "申报表" in shown
    version = application.materials.get().versions.get()
    assert reverse("ui:picture", args=[version.file_id, 1, "page"]) in shown
    assert "In order" in shown


def test_a_material_is_asked_for_by_the_address(at_work):
    application, client = at_work
    optional = application.carrier_type.materials.get(required=False)
    make.material_version(application, optional)
    shown = client.get(case(application), {"m": optional.pk, "p": "9"}, headers=HTMX).content.decode()
    assert f'data-material="{optional.pk}"' in shown
    assert "<html" not in shown


def test_one_click_marks_one_material(at_work):
    application, client = at_work
    slot = application.carrier_type.materials.get(required=True)
    part = client.post(step("mark", application, slot.pk), {"found": "seal"}, headers=HTMX).content.decode()
    assert Check.objects.get().reason == "未加盖公章，请先加盖公章再扫描。"
    assert 'id="checklist"' in part
    assert 'hx-swap-oob="true"' in part
    client.post(step("mark", application, slot.pk), {"found": "in_words", "reason": "字迹被遮挡。"})
    assert Check.objects.get().reason == "字迹被遮挡。"
    client.post(step("mark", application, slot.pk), {"found": "in_order"})
    assert Check.objects.get().mark == "in_order"


def test_an_empty_slot_can_be_marked(at_work):
    application, client = at_work
    slot = application.carrier_type.materials.get(required=False)
    client.post(step("mark", application, slot.pk), {"found": "missing"})
    assert Check.objects.get().mark == "missing"


def test_nonsense_is_refused_in_a_sentence(at_work):
    application, client = at_work
    slot = application.carrier_type.materials.get(required=True)
    assert client.post(step("mark", application, slot.pk), {"found": "love"}).status_code == 409
    assert client.post(step("mark", application, slot.pk), {"found": "in_words"}).status_code == 409
    assert client.post(step("mark", application, 999_999), {"found": "seal"}).status_code == 404


def test_all_in_order_at_once(at_work):
    application, client = at_work
    assert client.post(step("mark_rest", application)).url == case(application)
    assert Check.objects.get().mark == "in_order"


def test_accepting_opens_the_next_case(at_work):
    application, client = at_work
    following = make.application(state="submitted")
    for one in (application, following):
        make.paper_copy(one, make.holder("officer", application.authority))
    answer = client.post(step("accept", application), {"rest_in_order": "on"})
    assert answer.url == case(following)
    assert Ruling.objects.get().application == application
    answer = client.post(step("accept", following), {"rest_in_order": "on"}, headers=HTMX)
    assert answer["HX-Redirect"] == reverse("desk:screening")


def test_returning_takes_the_text_as_edited_and_the_due_date(at_work):
    application, client = at_work
    slot = application.carrier_type.materials.get(required=True)
    client.post(step("mark", application, slot.pk), {"found": "pages"})
    shown = client.get(case(application)).content.decode()
    assert "《申报表》：扫描件缺页" in shown
    due = clock.add_working_days(clock.today(), 7)
    given = {"return-reasons": "《申报表》：缺第2页。", "return-due": due, "return-rest_in_order": "True"}
    client.post(step("return", application), given)
    correction = Correction.objects.get()
    assert (correction.reasons, correction.due) == ("《申报表》：缺第2页。", due)


def test_a_date_that_is_none_is_refused_beside_the_action(at_work):
    application, client = at_work
    answer = client.post(
        step("return", application), {"return-reasons": "…", "return-due": "soon"}, headers=HTMX
    )
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#refusal"


def test_declining_needs_a_reason(at_work):
    application, client = at_work
    assert client.post(step("decline", application), {"decline-reason": ""}).status_code == 409
    client.post(step("decline", application), {"decline-reason": "不属于申报对象。"})
    assert Ruling.objects.get().reason == "不属于申报对象。"


def test_a_lapsed_correction_can_be_declined(at_work):
    application, officer, correction = make.returned(code="studio")
    client = seen_by(officer)
    assert 'name="decline-reason"' not in client.get(case(application)).content.decode()
    with clock.at(clock.end_of_day(correction.due)):
        lapse_corrections()
        shown = client.get(case(application)).content.decode()
    assert 'name="decline-reason"' in shown
    assert "correction lapsed" in shown


def test_with_the_chances_used_up_only_declining_is_open(at_work):
    application, officer, _correction = make.returned(code="studio")
    Correction.objects.update(answered_at=clock.now())
    Application.objects.filter(pk=application.pk).update(state=State.SUBMITTED)
    shown = seen_by(officer).get(case(application)).content.decode()
    assert "chances to correct are used up" in shown
    assert 'name="return-reasons"' not in shown


def test_paper_copies_are_taken_in_with_a_receipt(at_work):
    application, client = at_work
    given = {"copy-copies": 2, "copy-pages": 40, "copy-note": "缺第3页。"}
    client.post(step("copy", application), given)
    copy = PaperCopy.objects.get()
    assert (copy.matches, copy.note) == (False, "缺第3页。")
    assert "缺第3页。" in client.get(case(application)).content.decode()


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("acceptance", {}),
        ("correction", {"return-reasons": "《申报表》：缺页。", "return-due": "2030-01-02"}),
        ("refusal", {"decline-reason": "不属于申报对象。"}),
    ],
)
def test_the_notice_is_seen_before_it_is_sent(at_work, kind, given):
    application, client = at_work
    part = client.post(step("letter", application, kind), given, headers=HTMX).content.decode()
    assert "data:image/jpeg;base64," in part
    assert client.post(step("letter", application, kind), given).content.startswith(b"%PDF-")


def test_no_other_paper_is_previewed(at_work):
    application, client = at_work
    assert client.post(step("letter", application, "certificate")).status_code == 404


def test_a_page_is_shown_to_whom_the_case_is(at_work):
    application, client = at_work
    version = application.materials.get().versions.get()
    address = reverse("ui:picture", args=[version.file_id, 1, "small"])
    answer = client.get(address)
    assert (answer["Content-Type"], answer.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert "private" in answer["Cache-Control"]
    for missing in ([version.file_id, 2, "page"], [version.file_id, 1, "huge"], [0, 1, "page"]):
        assert client.get(reverse("ui:picture", args=missing)).status_code == 404
    elsewhere = seen_by(make.holder("officer", make.district("futian")))
    assert elsewhere.get(address).status_code == 404


def test_what_can_not_be_drawn_is_not_found(at_work):
    application, client = at_work
    broken = make.material_version(application, content=b"%PDF-1.4 not really")
    assert client.get(reverse("ui:picture", args=[broken.file_id, 1, "page"])).status_code == 404


def test_the_first_case_is_one_click_away(at_work):
    application, client = at_work
    assert client.get(reverse("desk:screening_next")).url == case(application)
    nothing = seen_by(make.holder("officer", make.district("futian")))
    assert nothing.get(reverse("desk:screening_next")).url == reverse("desk:screening")


def test_the_case_leads_to_its_neighbours_in_the_list_one_came_from(at_work):
    application, client = at_work
    sooner = make.long_ago(make.application(state="submitted"), days=-1)
    make.application(state="submitted", code="studio")
    shown = client.get(case(application), {"kind": "base"}).content.decode()
    assert f"{case(sooner)}?kind=base" in shown
    assert "2 / 2" in shown


def test_foreign_cases_are_not_found_and_the_wrong_role_is_told_no(at_work):
    application, _client = at_work
    assert seen_by(make.holder("officer", make.district("futian"))).get(case(application)).status_code == 404
    for person in (application.contact, make.user(is_admin=True)):
        assert seen_by(person).get(case(application)).status_code == 403
        assert seen_by(person).get(reverse("desk:screening")).status_code == 403
    assert Client().get(case(application)).status_code == 302


def test_reviewers_look_on_but_decide_nothing(at_work):
    application, _client = at_work
    client = seen_by(make.holder("reviewer"))
    shown = client.get(case(application)).content.decode()
    assert "hx-post" not in shown.partition('id="checklist"')[2]
    assert client.post(step("accept", application), {"rest_in_order": "on"}).status_code == 403
    assert client.post(step("mark_rest", application)).status_code == 403


def test_ones_own_units_case_is_not_there(at_work):
    application, _client = at_work
    officer = make.holder("officer")
    officer.organisation = application.organisation
    with pgtrigger.ignore("accounts.User:person_apart"):  # as if from before the rule
        officer.save()
    assert seen_by(officer).get(case(application)).status_code == 404


def test_what_happened_is_told_with_its_papers(at_work):
    application, officer, correction = make.returned(code="studio")
    with clock.at(correction.issued_at + timedelta(minutes=1)):
        shown = seen_by(officer).get(case(application)).content.decode()
    assert correction.paper.number in shown
    assert reverse("ui:paper", args=[correction.paper.pk]) in shown


def test_a_wrong_entry_of_the_form_is_marked_listed_and_taken_back(at_work):
    application, client = at_work
    said = "与营业执照记载的地址不一致。"
    answer = client.post(step("entry", application, "registered_address"), {"reason": said}, headers=HTMX)
    assert f"申报书“注册地址”：{said}" in answer.content.decode()
    assert 'id="entries"' in answer.content.decode()
    client.post(step("entry", application, "registered_address"), {"reason": ""})
    assert said not in client.get(case(application)).content.decode()
    assert client.post(step("entry", application, "state"), {"reason": said}).status_code == 403


def test_once_the_chances_are_used_up_a_senior_decides_on_one_more():
    application, officer, _correction = make.corrected()
    make.faulty(application, officer)
    client, senior = seen_by(officer), seen_by(make.holder("approver", application.authority))
    assert "Ask to return once more" in client.get(case(application)).content.decode()
    client.post(step("further", application), {"why-why": "缺页系扫描设备故障。"})
    assert "Approve one more return" not in client.get(case(application)).content.decode()
    assert client.post(step("further_approve", application)).status_code == 403
    assert "Approve one more return" in senior.get(case(application)).content.decode()
    senior.post(step("further_approve", application))
    assert "Return for correction" in client.get(case(application)).content.decode()


def test_an_ask_that_is_refused_needs_a_reason(at_work):
    application, officer, _correction = make.corrected()
    make.faulty(application, officer)
    seen_by(officer).post(step("further", application), {"why-why": "缺页系扫描设备故障。"})
    senior = seen_by(make.holder("reviewer", application.authority))
    assert senior.post(step("further_refuse", application), {"no-reason": " "}).status_code == 409
    senior.post(step("further_refuse", application), {"no-reason": "已给过机会。"})
    assert application.extra_returns.get().state == "refused"


def test_a_case_tells_its_story_beyond_this_room():
    name = make.cleared()[0]
    application = name.review.application
    shown = seen_by(make.holder("officer")).get(case(application))
    assert [step.state for step in shown.context["steps"]] == ["done"] * 4 + ["now", "todo"]
    assert shown.context["whereabouts"].what == "Report to the city"
    assert "posted the name publicly" in [event.what for event in shown.context["events"]]


def test_no_state_of_a_case_costs_more_than_twelve_queries(django_assert_max_num_queries):
    returned, officer, correction = make.returned(code="studio")
    with clock.at(correction.issued_at + timedelta(minutes=1)):
        client = seen_by(officer)
        client.get(case(returned))
        with django_assert_max_num_queries(12):
            client.get(case(returned))
        asked, officer, _correction = make.corrected()
        make.faulty(asked, officer)
        client = seen_by(officer)
        client.post(step("further", asked), {"why-why": "缺页系扫描设备故障。"})
        client.get(case(asked))
        with django_assert_max_num_queries(12):
            assert "缺页系扫描设备故障。" in client.get(case(asked)).content.decode()


def test_the_whole_page_shows_the_forms_entries(at_work):
    application, client = at_work
    page = client.get(case(application)).text
    for name in application.form_fields:
        assert f'id="entry-{name}"' in page
        assert step("entry", application, name) in page
