"""The pages in which a year is made."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from tests import make
from zaiti.programmes.actions import open_year
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs import form, read_pack, write_pack
from zaiti.studio.actions import (
    arrange,
    begin_from_year,
    confirm_field,
    confirm_sample,
    prepare_draft,
    remark,
    write_fields,
)
from zaiti.studio.models import Remark, YearDraft
from zaiti.studio.shape import fields
from zaiti.web.desk.studio.told import said


@pytest.fixture
def officer(client):
    person = make.holder("officer", make.city())
    client.force_login(person)
    return person


def opened():
    return open_year(make.pack("shenzhen-2025"), by=make.holder("officer", make.city()))


def at(name, draft):
    return reverse(f"desk:{name}", args=[draft.pk])


def sent(client, text, name="2026.yaml"):
    file = SimpleUploadedFile(name, text.encode(), content_type="application/yaml")
    return client.post(reverse("desk:year_begin_file"), {"file-file": file})


def test_a_year_goes_from_last_year_to_open_by_two_people(client, officer):
    last = opened()
    page = client.get(reverse("desk:year_begin"))
    assert page.context["again"].initial == {"cycle": last, "year": 2026}
    answer = client.post(reverse("desk:year_begin_again"), {"again-cycle": last.pk, "again-year": "2026"})
    draft = YearDraft.objects.get()
    assert answer.url == at("year_draft", draft)
    page = client.get(answer.url).content.decode()
    assert "2026-07-13" in page
    assert f"{reverse('desk:year_draft_write', args=[draft.pk, 'terms'])}#id_report_deadline" in page
    for path in draft.to_confirm:
        client.post(at("year_draft_confirm", draft), {"path": path})
    assert client.post(at("year_draft_prepare", draft)).status_code == 302
    assert client.post(at("year_draft_open", draft)).status_code == 403
    client.force_login(make.holder("approver", make.city()))
    answer = client.post(at("year_draft_open", draft))
    cycle = Cycle.objects.get(year=2026)
    assert answer.url == reverse("desk:plan_year", args=[cycle.pk])


def test_a_file_is_taken_as_it_is(client, officer):
    make.city()
    sent(client, write_pack(make.pack("shenzhen-2025")), "深圳.yaml")
    draft = YearDraft.objects.get()
    assert draft.origin == "深圳.yaml"
    exported = client.get(at("year_draft_pack", draft))
    assert exported.content.decode() == write_pack(make.pack("shenzhen-2025"))
    assert 'filename="shenzhen-2025.yaml"' in exported["Content-Disposition"]


def test_each_error_of_a_file_is_told_with_its_line_and_the_file_is_kept(client, officer):
    text = (
        write_pack(make.pack("shenzhen-2025"))
        .replace("cap: 63", "cap: 6x")
        .replace("year: 2025", "years: 2025")
    )
    answer = sent(client, text)
    line = 1 + text.split("\n").index("cap: 6x")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"第{line}行，cap：" in page
    assert "file-file-kept" in page
    assert not YearDraft.objects.exists()


@pytest.mark.parametrize("text", ["", "\x00", "- 1", "a: [", "%PDF-1.7"])
def test_what_is_no_pack_at_all_is_refused_at_the_field(client, officer, text):
    assert sent(client, text).status_code == 422


def test_a_wrong_file_is_put_right_in_the_page_and_nothing_is_lost(client, officer):
    sound = write_pack(make.pack("shenzhen-2025"))
    page = sent(client, sound.replace("cap: 63", "cap: 6x"))
    written = page.context["written"]
    assert written["text"].value().replace("cap: 6x", "cap: 63") == sound
    assert [line for _error, _said, line in written.beside()] == ["cap: 6x"]
    address = reverse("desk:year_begin_text")
    again = client.post(
        address, {"written-name": "2026.yaml", "written-text": sound.replace("cap: 63", "cap:")}
    )
    assert again.status_code == 422
    assert again.context["written"]["text"].value().count("\n") == sound.count("\n")
    assert "cap:" in again.text
    answer = client.post(address, {"written-name": "2026.yaml", "written-text": sound.replace("\n", "\r\n")})
    assert answer.url == at("year_draft", YearDraft.objects.get())
    assert YearDraft.objects.get().origin == "2026.yaml"


def test_an_opened_year_is_exported_as_it_stands(client, officer):
    answer = client.get(reverse("desk:plan_pack", args=[opened().pk]))
    assert read_pack(answer.content, "x.yaml") == make.pack("shenzhen-2025")


def test_of_an_unfinished_year_the_page_says_what_is_missing(client, officer):
    client.post(reverse("desk:year_begin_empty"), {"empty-year": "2026"})
    draft = YearDraft.objects.get()
    page = client.get(at("year_draft", draft)).content.decode()
    assert "项缺少或者有误" in page
    assert client.get(at("year_draft_pack", draft)).status_code == 409


def test_given_up_with_a_reason_it_leaves_the_list(client, officer):
    draft = make.year_draft()
    assert client.post(at("year_draft_abandon", draft), {"reason": " "}).status_code == 422
    assert client.post(at("year_draft_abandon", draft), {"reason": "重复编制"}).status_code == 302
    assert at("year_draft", draft) not in client.get(reverse("desk:plan")).content.decode()


@pytest.mark.parametrize("name", ["year_draft", "plan"])
def test_the_pages_cost_at_most_twelve_queries(client, officer, name, django_assert_max_num_queries):
    draft = make.year_draft()
    address = at(name, draft) if name == "year_draft" else reverse("desk:plan")
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_another_citys_people_and_districts_do_not_find_it(client):
    draft = make.year_draft()
    client.force_login(make.holder("officer"))
    assert client.get(at("year_draft", draft)).status_code == 403


def form_of(client, draft, section, **changed):
    """What a browser sends of a page."""
    form = client.get(reverse("desk:year_draft_write", args=[draft.pk, section])).context["form"]
    data = {path: form[path].value() for path in form.fields}
    given = {path: "" if value is None else value for path, value in data.items() if value is not False}
    return (
        given
        | {"based_on": str(form.based_on).split('value="')[1].split('"')[0].replace("&quot;", '"')}
        | changed
    )


def test_an_officer_changes_a_cap_a_deadline_a_material_and_a_criterion(client, officer):
    draft = make.year_draft()
    kind = draft.facts["types"][0]
    item = f"types.{kind['_id']}.materials.items.{kind['materials']['items'][0]['_id']}"
    category = kind["rubric"]["categories"][0]
    criteria = f"types.{kind['_id']}.rubric.categories.{category['_id']}.criteria"
    points = [f"{criteria}.{line['_id']}.points" for line in category["criteria"]]
    for section, changed in {
        "places": {"cap": "65 家"},
        "terms": {"report_deadline": "2025-07-14"},
        f"materials-{kind['_id']}": {f"{item}.note": "法定代表人签字"},
        f"rubric-{kind['_id']}": {points[0]: "4", points[1]: "6"},
    }.items():
        sent_as = form_of(client, draft, section, **changed)
        answer = client.post(reverse("desk:year_draft_write", args=[draft.pk, section]), sent_as)
        assert answer.status_code == 302, answer.content.decode()
    pack = read_pack(client.get(at("year_draft_pack", draft)).content, "x.yaml")
    assert (pack.cap, str(pack.report_deadline)) == (65, "2025-07-14")
    assert pack.type("base").materials.items[0].note == "法定代表人签字"
    assert [line.points for line in pack.type("base").rubric.categories[0].criteria] == [4, 6, 5]


def test_typed_and_saved_by_itself_what_is_wrong_is_told_beside_its_field(client, officer):
    draft = make.year_draft()
    address = reverse("desk:year_draft_save", args=[draft.pk, "bureaus"])
    given = {"contact.phone": "13800000000", "contact.office": "职建处"}
    answer = client.post(address, form_of(client, draft, "bureaus", **given))
    assert answer.status_code == 422
    assert list(answer.json()["notes"]) == ["contact.phone"]
    draft.refresh_from_db()
    assert draft.facts["contact"]["office"] == "职建处"


def test_lines_are_moved_by_buttons_without_javascript(client, officer):
    draft = make.year_draft()
    kind = draft.facts["types"][0]
    items = kind["materials"]["items"]
    section = f"materials-{kind['_id']}"
    path = f"types.{kind['_id']}.materials.items.{items[1]['_id']}"
    address = reverse("desk:year_draft_write", args=[draft.pk, section])
    answer = client.post(address, form_of(client, draft, section, arrange=f"up:{path}"))
    assert answer.url == f"{address}#{path}"
    draft.refresh_from_db()
    assert draft.facts["types"][0]["materials"]["items"][0]["_id"] == items[1]["_id"]
    for nonsense in ("", "up", "fly:away", "to:x:cap", "to:٣:types", "add:cap"):
        assert client.post(address, form_of(client, draft, section, arrange=nonsense)).status_code == 409


def test_every_page_of_a_year_is_shown_in_few_queries(client, officer, django_assert_max_num_queries):
    draft = make.year_draft("luohu-2024")
    for section in client.get(at("year_draft", draft)).context["sections"]:
        with django_assert_max_num_queries(12):
            page = client.get(reverse("desk:year_draft_write", args=[draft.pk, section.slug]))
        assert page.status_code == 200
    assert client.get(reverse("desk:year_draft_write", args=[draft.pk, "nothing"])).status_code == 404


def test_who_approves_reads_the_pages_and_writes_nothing(client):
    draft = make.prepared_draft()
    client.force_login(make.holder("approver", make.city()))
    address = reverse("desk:year_draft_write", args=[draft.pk, "places"])
    assert "disabled" in client.get(address).content.decode()
    assert client.post(address, {"cap": "1"}).status_code == 403


def test_a_sample_is_confirmed_on_its_page(client, officer):
    draft = make.year_draft()
    path = f"types.{draft.facts['types'][0]['_id']}.rubric"
    assert path in client.get(at("year_draft", draft)).content.decode()
    answer = client.post(at("year_draft_sample", draft), {"path": path, "source": "附件2"})
    assert answer.status_code == 302
    assert client.post(at("year_draft_sample", draft), {"path": path, "source": ""}).status_code == 409


def cells(page: str) -> list[str]:
    """What the cells of a page's tables say."""
    return re.findall(r"<td[^>]*>([^<]*)</td>", page)


def test_a_change_is_read_in_words_and_undone(client, officer):
    draft = make.year_draft()
    write_fields(draft, by=officer, values={"cap": 65, "call_deadline": "2025-04-08"})
    page = client.get(at("year_draft_changes", draft)).text
    assert "认定上限" in page
    assert "63" in cells(page)
    assert "65" in cells(page)
    change = draft.changes.get()
    written = client.get(reverse("desk:year_draft_write", args=[draft.pk, "places"]))
    assert written.context["last_change"] == change
    assert client.post(at("year_draft_undo", draft), {"change": change.pk}).status_code == 302
    assert YearDraft.objects.get().facts["cap"] == 63
    assert client.post(at("year_draft_undo", draft), {"change": change.pk}).status_code == 409
    assert client.post(at("year_draft_restore", draft), {"change": change.pk}).status_code == 302
    assert YearDraft.objects.get().facts["cap"] == 65


@pytest.mark.parametrize("given", ["", "x", "-1", "9" * 40, "7"])
def test_a_change_that_is_none_is_refused_in_a_sentence(client, officer, given):
    draft = make.year_draft()
    for name, key in (("undo", "change"), ("restore", "change"), ("settle", "remark")):
        assert client.post(at(f"year_draft_{name}", draft), {key: given}).status_code == 409


def test_every_kind_of_change_is_told_in_words(client, officer):
    draft = make.year_draft()
    kind = draft.facts["types"][0]
    items, held = f"types.{kind['_id']}.materials.items", kind["materials"]["items"]
    arrange(draft, by=officer, path=f"{items}.{held[0]['_id']}", how="down")
    arrange(draft, by=officer, path=f"{items}.{held[2]['_id']}", how="remove")
    arrange(draft, by=officer, path="windows", how="add")
    arrange(draft, by=officer, path="paper.electronic", how="add")
    confirm_sample(draft, by=officer, path=f"types.{kind['_id']}.rubric", source="附件2")
    page = client.get(at("year_draft_changes", draft)).text
    assert held[2]["name"][:20] in page
    assert "附件2" in page
    assert "_id" not in page
    assert "None" not in page
    assert "、、" not in page


def test_the_approver_reads_what_differs_from_last_year_before_opening(client, officer):
    draft = begin_from_year(opened(), by=officer, year=2026)
    write_fields(draft, by=officer, values={"cap": 65})
    for path in draft.to_confirm:
        confirm_field(draft, by=officer, path=path)
    prepare_draft(draft, by=officer)
    client.force_login(make.holder("approver", make.city()))
    for name in ("year_draft", "year_draft_differences"):
        page = client.get(at(name, draft)).text
        assert "63" in cells(page)
        assert "65" in cells(page)
        assert "2025-07-11" in page
        assert "2026-07-13" in page


def test_a_field_is_commented_on_and_the_comment_settled(client, officer):
    draft = make.year_draft()
    address = reverse("desk:year_draft_write", args=[draft.pk, "places"])
    answer = client.post(at("year_draft_remark", draft), {"path": "cap", "text": "以会议纪要为准"})
    assert answer.url == f"{address}#remarks"
    for page in (client.get(address).text, client.get(at("year_draft", draft)).text):
        assert "以会议纪要为准" in page
        assert str(officer) in page
    client.post(at("year_draft_settle", draft), {"remark": Remark.objects.get().pk})
    assert "以会议纪要为准" not in client.get(at("year_draft", draft)).text
    assert "以会议纪要为准" in client.get(address).text
    assert client.post(at("year_draft_remark", draft), {"path": "cap", "text": ""}).status_code == 409


def test_the_pages_of_changes_cost_few_queries(client, officer, django_assert_max_num_queries):
    draft = begin_from_year(opened(), by=officer, year=2026)
    for cap in range(40, 60):
        write_fields(draft, by=officer, values={"cap": cap})
        remark(draft, by=officer, path="cap", text="再看")
    for name in ("year_draft", "year_draft_changes", "year_draft_differences"):
        with django_assert_max_num_queries(12):
            client.get(at(name, draft))
    with django_assert_max_num_queries(12):
        client.get(reverse("desk:year_draft_write", args=[draft.pk, "places"]))


def test_a_year_is_rehearsed_before_it_is_opened(client, officer, django_assert_max_num_queries):
    draft = make.year_draft()
    write_fields(draft, by=officer, values={"report_deadline": "2025-07-12", "cap": 65})
    with django_assert_max_num_queries(12):
        page = client.get(at("year_draft_rehearse", draft)).text
    assert "2025-07-12是休息日" in page
    assert "相差5家" in page
    assert f"{reverse('desk:year_draft_write', args=[draft.pk, 'terms'])}#id_report_deadline" in page
    assert "最迟开始公示" in page


def test_what_is_not_filled_in_is_named_before_a_rehearsal(client, officer):
    draft = make.year_draft()
    write_fields(draft, by=officer, values={"purpose": ""})
    page = client.get(at("year_draft_rehearse", draft))
    assert page.status_code == 200
    assert reverse("desk:year_draft_write", args=[draft.pk, "notice"]) in page.text


def test_a_form_is_corrected_on_the_studios_pages_by_two_people(
    client, officer, django_assert_max_num_queries
):
    cycle = opened()
    year = reverse("desk:plan_year", args=[cycle.pk])
    begin = reverse("desk:plan_correct_form", args=[cycle.pk])
    assert begin in client.get(year).content.decode()
    assert client.post(begin, {"reason": ""}).status_code == 422
    draft_page = client.post(begin, {"reason": "补充栏目"}).url
    draft = YearDraft.objects.get(corrects=cycle)
    assert draft_page == at("year_draft", draft)
    assert begin not in client.get(year).content.decode()
    kind = draft.facts["types"][0]
    slugs = [one.slug for one in client.get(draft_page).context["sections"]]
    assert f"form-{kind['_id']}" in slugs
    assert not {"notice", f"rubric-{kind['_id']}"} & set(slugs)
    assert client.get(reverse("desk:year_draft_write", args=[draft.pk, "notice"])).status_code == 404
    section = kind["form"]["sections"][-1]
    path = f"types.{kind['_id']}.form.sections.{section['_id']}.entries"
    path = f"{path}.{section['entries'][0]['_id']}.name"
    write = reverse("desk:year_draft_write", args=[draft.pk, f"entries-{kind['_id']}-{section['_id']}"])
    assert client.post(write, {path: "另一名称"}).status_code == 302
    assert client.post(at("year_draft_prepare", draft)).status_code == 302
    client.force_login(make.holder("approver", make.city()))
    with django_assert_max_num_queries(12):
        page = client.get(draft_page)
    assert [row.new for row in page.context["differences"]] == ["另一名称"]
    start = client.get(reverse("desk:start")).content.decode()
    assert draft_page in start
    client.post(at("year_draft_send_back", draft), {"reason": "请核对"})
    client.force_login(officer)
    assert draft_page in client.get(reverse("desk:start")).content.decode()
    client.post(at("year_draft_prepare", draft))
    client.force_login(make.holder("approver", make.city()))
    assert client.post(at("year_draft_open", draft)).url == draft_page
    assert [form.number for form in cycle.types.get(code=kind["code"]).forms.all()] == [1, 2]
    assert client.get(draft_page).status_code == 200


def test_a_number_that_a_text_writes_out_leads_to_the_field_too(client, officer):
    draft = make.year_draft()
    written = "全市认定不超过70家，2031年1月2日前发布，公示9个工作日，示例市人力资源局另行通知。"
    write_fields(draft, by=officer, values={"closing": written})
    page = client.get(at("year_draft", draft))
    fields = {field[0].partition("#id_")[2] for _note, field in page.context["notes"]}
    assert {"cap", "windows", "publicity_days", "districts"} <= fields
    places = reverse("desk:year_draft_write", args=[draft.pk, "places"])
    assert f'href="{places}#id_cap"' in page.content.decode()


def test_what_is_ticked_is_told_by_its_words():
    with translation.override("zh-hans"):
        assert said(fields(form.Entry)["read_by"], ["district", "expert"]) == "区局、专家"
