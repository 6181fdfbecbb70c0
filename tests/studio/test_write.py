"""A year is written by field, by several people; its lines are added, removed and moved."""

import pytest
from django.core.exceptions import PermissionDenied
from pydantic import BaseModel

from tests import make
from zaiti.core import Refused
from zaiti.drafts.merging import Seen, print_of
from zaiti.ledger.models import Entry
from zaiti.programmes.packs import Pack, form, schema
from zaiti.studio.actions import arrange, confirm_sample, prepare_draft, write_fields
from zaiti.studio.checking import checked
from zaiti.studio.models import YearDraft
from zaiti.studio.paths import bare, value_of
from zaiti.studio.shape import fields
from zaiti.web.desk.studio.labels import LABELS
from zaiti.web.desk.studio.sections import sections
from zaiti.web.desk.studio.writing import SectionForm


def officer():
    return make.holder("officer", make.city())


def materials(draft, at=0):
    kind = draft.facts["types"][at]
    return f"types.{kind['_id']}.materials.items", kind["materials"]["items"]


def names(draft):
    return [item["name"] for item in materials(draft)[1]]


def test_a_field_is_written_and_its_difference_stands_in_the_ledger():
    draft = make.year_draft()
    write_fields(draft, by=officer(), values={"cap": 65, "tie_order": "培训规模\npanel_vote"})
    kept = YearDraft.objects.get(pk=draft.pk)
    assert (kept.facts["cap"], kept.facts["tie_order"]) == (65, ["培训规模", "panel_vote"])
    changes = Entry.objects.get(verb="edit").facts["changes"]
    assert changes["cap"] == [63, 65]


def test_a_second_editor_writes_over_nothing_but_is_told():
    draft, first, second = make.year_draft(), officer(), officer()
    seen = Seen({"cap": print_of(63), "purpose": print_of(draft.facts["purpose"])}, "a page")
    write_fields(draft, by=first, values={"cap": 65}, seen=seen)
    later = YearDraft.objects.get(pk=draft.pk)
    made = write_fields(
        later, by=second, values={"cap": 66, "purpose": "另写"}, seen=Seen(seen.prints, "another")
    )
    assert made.conflicts["cap"].theirs == 65
    assert (later.facts["cap"], later.facts["purpose"]) == (65, "另写")


def test_what_is_changed_needs_no_confirming():
    draft = make.year_draft(to_confirm=["report_deadline", "call_deadline"])
    write_fields(draft, by=officer(), values={"report_deadline": "2025-07-14"})
    assert draft.to_confirm == ["call_deadline"]


def test_lines_are_moved_added_and_taken_out():
    draft, by = make.year_draft(), officer()
    items, held = materials(draft)
    first, second, *_rest = names(draft)
    arrange(draft, by=by, path=f"{items}.{held[0]['_id']}", how="down")
    assert names(draft)[:2] == [second, first]
    arrange(draft, by=by, path=f"{items}.{held[0]['_id']}", how="to", place=5)
    assert names(draft)[5] == first
    made = arrange(draft, by=by, path=items, how="add")
    assert value_of(draft.facts, made)["name"] == ""
    assert arrange(draft, by=by, path=made, how="remove") == items
    assert len(names(draft)) == 17
    assert Entry.objects.filter(verb="arrange").count() == 4


def test_moved_by_another_meanwhile_a_field_stays_that_lines_field():
    draft, by = make.year_draft(), officer()
    items, held = materials(draft)
    mine, name = f"{items}.{held[1]['_id']}.note", held[1]["name"]
    seen = Seen({mine: print_of(held[1]["note"])}, "a page")
    arrange(
        YearDraft.objects.get(pk=draft.pk), by=officer(), path=f"{items}.{held[1]['_id']}", how="to", place=9
    )
    write_fields(draft, by=by, values={mine: "原件扫描"}, seen=seen)
    (line,) = [item for item in materials(draft)[1] if item["note"] == "原件扫描"]
    assert line["name"] == name


def test_removed_by_another_meanwhile_it_is_told_only_to_who_changed_it():
    draft, by = make.year_draft(), officer()
    items, held = materials(draft)
    gone = f"{items}.{held[1]['_id']}"
    arrange(draft, by=officer(), path=gone, how="remove")
    seen = Seen({f"{gone}.note": print_of(""), "cap": print_of(63)}, "a page")
    write_fields(draft, by=by, values={f"{gone}.note": "", "cap": 64}, seen=seen)
    assert draft.facts["cap"] == 64
    with pytest.raises(Refused, match="removed this line"):
        write_fields(draft, by=by, values={f"{gone}.note": "新"}, seen=seen)


def test_a_part_that_may_be_left_out_is_added_and_left_out():
    draft, by = make.year_draft(), officer()
    arrange(draft, by=by, path="paper.electronic", how="add")
    assert draft.facts["paper"]["electronic"]["formats"] == []
    arrange(draft, by=by, path="paper.electronic", how="remove")
    assert draft.facts["paper"]["electronic"] is None


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("cap", "add"),
        ("cap", "remove"),
        ("notice", "remove"),
        ("nothing", "add"),
        ("", "up"),
        ("types.x", "up"),
        ("types", "up"),
        ("paper.electronic.x", "add"),
        ("cap.x.y", "down"),
        ("_id", "remove"),
    ],
)
def test_what_is_no_line_is_refused_in_a_sentence(path, how):
    draft = make.year_draft()
    with pytest.raises(Refused):
        arrange(draft, by=officer(), path=path, how=how)


def test_a_sample_is_confirmed_by_its_document_and_on_record():
    draft, by = make.year_draft(), officer()
    path = f"types.{draft.facts['types'][0]['_id']}.rubric"
    confirm_sample(draft, by=by, path=path, source="深人社函〔2025〕48号附件2")
    assert value_of(draft.facts, path)["sample"] is False
    entry = Entry.objects.get(verb="confirm_sample")
    assert (entry.by, entry.facts["source"]) == (by, "深人社函〔2025〕48号附件2")
    assert checked(draft)[1] == []
    with pytest.raises(Refused):
        confirm_sample(draft, by=by, path=path, source="又一份文件")


def test_while_it_waits_for_approval_nobody_writes_in_it():
    draft = make.prepared_draft()
    for step in (
        lambda: write_fields(draft, by=officer(), values={"cap": 1}),
        lambda: arrange(draft, by=officer(), path="windows", how="add"),
        lambda: confirm_sample(draft, by=officer(), path="contact", source="文件"),
    ):
        with pytest.raises(Refused):
            step()


@pytest.mark.parametrize("role", ["approver", "reviewer"])
def test_only_officers_write(role):
    draft = make.year_draft()
    for person in (make.holder(role, make.city()), make.holder("officer")):
        with pytest.raises(PermissionDenied):
            write_fields(draft, by=person, values={"cap": 1})
        with pytest.raises(PermissionDenied):
            arrange(draft, by=person, path="windows", how="add")


def test_what_is_written_by_hand_as_it_stands_makes_the_same_pack():
    """Every field of every page goes through the form and comes back as it was."""
    draft, by = make.year_draft("luohu-2024"), officer()
    for section in sections(draft.facts):
        form = SectionForm(draft, section)
        data = {path: form[path].value() for path in form.fields}
        sent = SectionForm(draft, section, {path: "" if v is None else v for path, v in data.items()})
        assert sent.is_valid(), sent.errors
        write_fields(draft, by=by, values=sent.cleaned_data)
    assert Pack.model_validate(bare(draft.facts)) == make.pack("luohu-2024")


def test_every_field_of_the_schema_stands_on_a_page_under_a_name():
    draft = make.year_draft()
    shown = {path for section in sections(draft.facts) for path in section.paths}
    assert {path.split(".")[0] for path in shown} == set(Pack.model_fields)
    known = (vars(schema) | vars(form)).values()
    parts = [one for one in known if isinstance(one, type) and issubclass(one, BaseModel)]
    named = {name for part in parts for name in fields(part)}
    assert named - set(LABELS) == set()


def test_made_blank_it_can_be_filled_in_until_nothing_is_missing():
    draft = make.year_draft()
    facts = draft.facts | {"purpose": "", "cap": None}
    draft = make.year_draft(facts=facts)
    assert {problem.path for problem in checked(draft)[1]} == {"purpose", "cap"}
    write_fields(draft, by=officer(), values={"purpose": "目的。", "cap": 63})
    prepare_draft(draft, by=officer())
    assert draft.state == "prepared"
