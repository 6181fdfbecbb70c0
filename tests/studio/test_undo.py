"""Each save of a year in preparation can be taken back, by itself or with all later ones."""

from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from zaiti.core import Refused
from zaiti.studio.actions import arrange, confirm_field, confirm_sample, restore, undo, write_fields
from zaiti.studio.models import Change, YearDraft
from zaiti.studio.steps import back, between, taken


def officer():
    return make.holder("officer", make.city())


def last(draft):
    return draft.changes.first().pk


def items(draft):
    kind = draft.facts["types"][0]
    return f"types.{kind['_id']}.materials.items", kind["materials"]["items"]


def test_the_last_save_is_undone_and_the_undoing_too():
    draft, by = make.year_draft(), officer()
    write_fields(draft, by=by, values={"cap": 65, "purpose": "另写"})
    undo(draft, by=by, change=last(draft))
    assert draft.facts["cap"] == 63
    undo(draft, by=by, change=last(draft))
    assert (draft.facts["cap"], draft.facts["purpose"]) == (65, "另写")


def test_any_one_change_is_undone_and_later_ones_stay():
    draft, by = make.year_draft(), officer()
    write_fields(draft, by=by, values={"cap": 65})
    first = last(draft)
    write_fields(draft, by=officer(), values={"purpose": "另写"})
    undo(draft, by=by, change=first)
    assert (draft.facts["cap"], draft.facts["purpose"]) == (63, "另写")


def test_what_was_changed_again_since_is_not_written_over():
    draft, by = make.year_draft(), officer()
    write_fields(draft, by=by, values={"cap": 65})
    first = last(draft)
    write_fields(draft, by=officer(), values={"cap": 66})
    with pytest.raises(Refused, match="changed again since"):
        undo(draft, by=by, change=first)
    assert YearDraft.objects.get().facts["cap"] == 66


def test_a_change_is_undone_once():
    draft, by = make.year_draft(), officer()
    write_fields(draft, by=by, values={"cap": 65})
    first = last(draft)
    undo(draft, by=by, change=first)
    with pytest.raises(Refused, match="undone already"):
        undo(draft, by=by, change=first)


@pytest.mark.parametrize("how", ["remove", "down", "up", "to"])
def test_a_line_taken_out_or_moved_stands_where_it_stood(how):
    draft, by = make.year_draft(), officer()
    before = deepcopy(draft.facts)
    path, held = items(draft)
    arrange(draft, by=by, path=f"{path}.{held[3]['_id']}", how=how, place=9)
    assert draft.facts != before
    undo(draft, by=by, change=last(draft))
    assert draft.facts == before


def test_a_line_added_and_filled_in_since_is_not_thrown_away_by_undoing():
    draft, by = make.year_draft(), officer()
    path, _held = items(draft)
    made = arrange(draft, by=by, path=path, how="add")
    added = last(draft)
    write_fields(draft, by=by, values={f"{made}.name": "培训计划"})
    with pytest.raises(Refused):
        undo(draft, by=by, change=added)


def test_a_word_that_it_holds_is_taken_back_and_it_waits_again():
    draft, by = make.year_draft(to_confirm=["cap", "purpose"]), officer()
    confirm_field(draft, by=by, path="cap")
    undo(draft, by=by, change=last(draft))
    assert set(draft.to_confirm) == {"cap", "purpose"}
    write_fields(draft, by=by, values={"cap": 65})
    undo(draft, by=by, change=last(draft))
    assert set(draft.to_confirm) == {"cap", "purpose"}


def test_a_sample_confirmed_by_mistake_is_a_sample_again():
    draft, by = make.year_draft(), officer()
    before = deepcopy(draft.facts)
    confirm_sample(draft, by=by, path=f"types.{draft.facts['types'][0]['_id']}.rubric", source="附件2")
    undo(draft, by=by, change=last(draft))
    assert draft.facts == before


def test_it_is_restored_as_it_stood_and_nothing_of_it_is_lost():
    draft, by = make.year_draft(), officer()
    write_fields(draft, by=by, values={"cap": 65})
    good, then = last(draft), deepcopy(draft.facts)
    path, held = items(draft)
    arrange(draft, by=by, path=f"{path}.{held[0]['_id']}", how="remove")
    write_fields(draft, by=by, values={"purpose": "另写", "cap": 66})
    later = deepcopy(draft.facts)
    restore(draft, by=by, change=good)
    assert draft.facts == then
    undo(draft, by=by, change=last(draft))
    assert draft.facts == later


def test_while_it_waits_for_approval_nothing_is_undone_and_others_may_not():
    draft, by = make.year_draft(), officer()
    write_fields(draft, by=by, values={"cap": 65})
    for person in (make.holder("approver", make.city()), make.holder("officer")):
        with pytest.raises(PermissionDenied):
            undo(draft, by=person, change=last(draft))
    other = make.year_draft("luohu-2024")
    with pytest.raises(Refused, match="no such change"):
        undo(other, by=by, change=last(draft))
    make.prepared_draft("luohu-2024")
    YearDraft.objects.filter(pk=draft.pk).update(state="prepared")
    with pytest.raises(Refused):
        restore(draft, by=by, change=last(draft))
    assert Change.objects.count() == 1


LINES = st.lists(st.sampled_from("abcdef"), unique=True).flatmap(
    lambda keys: st.tuples(*(st.integers(0, 2).map(lambda n, key=key: {"_id": key, "n": n}) for key in keys))
)
STATE = st.fixed_dictionaries({"rows": LINES.map(list), "cap": st.none() | st.integers(0, 3)})


@given(STATE, STATE)
@settings(max_examples=200)
def test_steps_lead_from_any_state_to_any_other_and_back(old, new):
    steps = list(between(old, new))
    assert taken(old, steps) == new
    assert taken(new, back(steps)) == old
