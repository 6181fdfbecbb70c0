from datetime import timedelta

import pytest
from django.urls import reverse

from tests import make
from tests.html import flat
from zaiti import clock
from zaiti.notices.actions import prepare_call
from zaiti.notices.models import Call
from zaiti.programmes.models import Cycle, Rubric

HTMX = {"HX-Request": "true"}


@pytest.fixture
def officer(client):
    person = make.holder("officer")
    client.force_login(person)
    return person


def entered(**changes):
    now = clock.now()
    return {
        "title": "示例申报通知",
        "opens_at": f"{now + timedelta(days=1):%Y-%m-%d %H:%M:%S}",
        "closes_at": f"{now + timedelta(days=15):%Y-%m-%d %H:%M:%S}",
        "types": [kind.pk for kind in make.cycle().types.all()],
        "contact_office": "示例局",
        "contact_phone": "00000000",
        "paper_copies": 2,
    } | changes


def test_the_list_offers_the_call_that_is_still_to_be_begun(client, officer):
    cycle = make.cycle()
    begin = reverse("desk:call_new", args=[cycle.pk, make.district().pk])
    assert begin in client.get(reverse("desk:calls")).content.decode()
    make.call()
    assert begin not in client.get(reverse("desk:calls")).content.decode()


def test_a_draft_is_begun_changed_and_put_before_the_approver(client, officer):
    begin = reverse("desk:call_new", args=[make.cycle().pk, make.district().pk])
    assert "关于开展2024年度" in client.get(begin).content.decode()
    assert client.post(begin, entered()).status_code == 302
    call = Call.objects.get()
    edit = reverse("desk:call_edit", args=[call.pk])
    assert client.get(edit).status_code == 200
    client.post(edit, entered(requirements="请提前预约。"))
    assert "请提前预约。" in client.get(reverse("desk:call", args=[call.pk])).content.decode()
    assert client.post(reverse("desk:call_prepare", args=[call.pk])).status_code == 302
    assert Call.objects.get().state == Call.State.PREPARED


def test_a_window_the_wrong_way_round_is_an_error_at_the_field(client, officer):
    begin = reverse("desk:call_new", args=[make.cycle().pk, make.district().pk])
    answer = client.post(begin, entered(closes_at="2020-01-01 18:00:00", paper_required="on"), headers=HTMX)
    assert answer.status_code == 422
    assert not Call.objects.exists()


def test_the_approver_reads_the_difference_and_publishes(client):
    call = make.call(state=Call.State.DRAFT)
    prepare_call(call, by=make.holder("officer"))
    client.force_login(make.holder("approver"))
    shown = client.get(reverse("desk:call", args=[call.pk])).content.decode()
    assert reverse("desk:call_publish", args=[call.pk]) in shown
    client.post(reverse("desk:call_send_back", args=[call.pk]), {"reason": "补充联系方式"})
    call.refresh_from_db()
    call.requirements = "请提前预约。"
    call.save()
    prepare_call(call, by=make.holder("officer"))
    shown = client.get(reverse("desk:call", args=[call.pk])).content.decode()
    assert "<ins>请提前预约。</ins>" in flat(shown)
    assert client.post(reverse("desk:call_publish", args=[call.pk])).status_code == 302
    assert Call.objects.get().state == Call.State.PUBLISHED


def test_the_paper_can_be_read_before_it_is_issued(client, officer):
    call = make.call(state=Call.State.DRAFT)
    answer = client.get(reverse("desk:call_preview", args=[call.pk]))
    assert answer.content.startswith(b"%PDF")


def test_the_preparer_sees_no_button_to_publish_and_is_told_no(client, officer):
    make.now_approves(officer, make.district())
    call = make.call(state=Call.State.PREPARED, prepared_by=officer)
    publish = reverse("desk:call_publish", args=[call.pk])
    assert publish not in client.get(reverse("desk:call", args=[call.pk])).content.decode()
    assert client.post(publish).status_code == 403


def test_a_refusal_is_a_sentence_beside_the_action(client, officer):
    call = make.call(state=Call.State.DRAFT, contact_phone="")
    answer = client.post(reverse("desk:call_prepare", args=[call.pk]), headers=HTMX)
    assert answer.status_code == 409


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_with_many_rows(client, count, django_assert_max_num_queries):
    client.force_login(make.holder("officer", make.city()))
    for n in range(count):
        make.call(authority=make.district(f"d{n}"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("desk:calls")).status_code == 200


@pytest.mark.parametrize("state", Call.State.values)
def test_a_call_costs_at_most_twelve_queries(client, state, django_assert_max_num_queries):
    client.force_login(make.holder("approver"))
    call = make.call(state=state)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("desk:call", args=[call.pk])).status_code == 200


def test_another_districts_draft_and_even_its_published_call_are_not_found(client, officer):
    other = make.district("yantian")
    for state in (Call.State.DRAFT, Call.State.PUBLISHED):
        call = make.call(make.cycle(2024 if state == "draft" else 2025), other, state=state)
        assert client.get(reverse("desk:call", args=[call.pk])).status_code == 404


def test_a_call_of_another_district_is_not_begun(client, officer):
    cycle, other = make.cycle(), make.district("yantian")
    cycle.districts.add(other)
    assert client.get(reverse("desk:call_new", args=[cycle.pk, other.pk])).status_code == 403


def test_applicants_and_experts_stay_out(client):
    client.force_login(make.applicant())
    assert client.get(reverse("desk:calls")).status_code == 403


def rubric_entered(rubric, **first):
    lines = list(rubric.criteria.all())
    data = {"pass_line": "75", "category_min_ratio": "0.5"}
    data |= {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": len(lines)}
    for n, line in enumerate(lines):
        for name in ("category", "name", "points", "note"):
            data[f"lines-{n}-{name}"] = getattr(line, name)
    return data | {f"lines-0-{name}": value for name, value in first.items()}


def test_the_rubric_is_adapted_with_its_difference_shown(client, officer):
    make.restate(make.cycle(), rubric_adaptable=True)
    call = make.call(Cycle.objects.get(), state=Call.State.DRAFT)
    row = call.types.select_related("rubric").first()
    address = reverse("desk:call_rubric", args=[call.pk, row.carrier_type_id])
    assert 'data-kind="same"' in client.get(address).content.decode()
    assert client.post(address, rubric_entered(row.rubric, name="新指标")).status_code == 302
    shown = client.get(address).content.decode()
    assert 'data-kind="added"' in shown
    assert 'data-kind="removed"' in shown
    assert Rubric.objects.filter(authority=make.district()).count() == 1


def test_a_sample_rubric_is_confirmed_as_the_real_one(client, officer):
    make.restate(make.cycle(), rubric_adaptable=True)
    call = make.call(Cycle.objects.get(), state=Call.State.DRAFT)
    row = call.types.select_related("rubric").first()
    address = reverse("desk:call_rubric", args=[call.pk, row.carrier_type_id])
    client.post(address, rubric_entered(row.rubric, name="新指标"))
    Rubric.objects.filter(authority=call.authority).update(sample=True)
    assert f'action="{address}confirm/"' in client.get(address).content.decode()
    client.post(f"{address}confirm/", {"source-source": "《评审细则》（附件2）"})
    shown = client.get(address).content.decode()
    assert f'action="{address}confirm/"' not in shown
    assert "《评审细则》（附件2）" in shown


def test_a_rubric_that_does_not_add_up_is_refused(client, officer):
    make.restate(make.cycle(), rubric_adaptable=True)
    call = make.call(Cycle.objects.get(), state=Call.State.DRAFT)
    row = call.types.select_related("rubric").first()
    address = reverse("desk:call_rubric", args=[call.pk, row.carrier_type_id])
    assert client.post(address, rubric_entered(row.rubric, points="50"), headers=HTMX).status_code == 409
    assert client.post(address, rubric_entered(row.rubric, points=""), headers=HTMX).status_code == 422


def test_published_texts_are_listed_and_read(client, django_assert_max_num_queries):
    client.force_login(make.holder("approver"))
    text = make.publication(body="## 一、旧\n\n旧文")
    with django_assert_max_num_queries(12):
        assert text.title in client.get(reverse("desk:texts")).content.decode()
    address = reverse("desk:text", args=[text.pk])
    with django_assert_max_num_queries(12):
        assert "<h2>一、旧</h2>" in client.get(address).content.decode()


def test_an_approver_reads_but_does_not_begin_a_correction(client):
    client.force_login(make.holder("approver"))
    text = make.publication()
    assert client.get(reverse("desk:text", args=[text.pk])).status_code == 200
    correct = reverse("desk:text_correct", args=[text.pk])
    assert client.post(correct, {"title": "新", "reason": "有误", "body": "新文"}).status_code == 403


def test_the_approver_takes_a_replaced_text_down_and_the_lists_say_so(client):
    client.force_login(make.holder("approver"))
    text = make.publication()
    address = reverse("desk:text_take_down", args=[text.pk])
    assert address not in client.get(reverse("desk:text", args=[text.pk])).content.decode()
    assert client.post(address, {"reason": "期满"}, headers=HTMX).status_code == 409
    make.corrected_text(text)
    assert address in client.get(reverse("desk:text", args=[text.pk])).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "已更正"}).status_code == 302
    page = client.get(reverse("desk:text", args=[text.pk])).content.decode()
    assert "已更正" in page
    assert address not in page
    assert "已撤下" in client.get(reverse("desk:texts")).content.decode()
    assert "已撤下" in client.get(reverse("desk:texts"), {"export": "csv"}).content.decode()


def test_an_officer_may_not_take_down(client, officer):
    text = make.publication()
    make.corrected_text(text)
    address = reverse("desk:text_take_down", args=[text.pk])
    assert address not in client.get(reverse("desk:text", args=[text.pk])).content.decode()
    assert client.post(address, {"reason": "已更正"}).status_code == 403


@pytest.mark.parametrize("field", ["doc_number", "index_number"])
@pytest.mark.parametrize("said", [{"numbered_elsewhere": "on"}, {}])
def test_a_number_that_is_none_or_is_not_asked_for_is_an_error_at_the_field(client, officer, field, said):
    begin = reverse("desk:call_new", args=[make.cycle().pk, make.district().pk])
    valid = {"doc_number": "深福人资函〔2024〕1号", "index_number": "114403035731270177/2024-00424"}[field]
    answer = client.post(begin, entered(**said, **{field: "福1" if said else valid}), headers=HTMX)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Call.objects.exists()


def test_written_numbers_are_kept_with_the_draft(client, officer):
    begin = reverse("desk:call_new", args=[make.cycle().pk, make.district().pk])
    assert (
        client.post(begin, entered(numbered_elsewhere="on", doc_number="深福人资函〔2024〕1号")).status_code
        == 302
    )
    assert (Call.objects.get().doc_number, Call.objects.get().index_number) == ("深福人资函〔2024〕1号", "")
    assert (
        "深福人资函〔2024〕1号"
        in client.get(reverse("desk:call", args=[Call.objects.get().pk])).content.decode()
    )
