"""Each field is written only over the value its writer saw."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests import make
from tests.at_once import at_once
from zaiti.applications.actions import save_form
from zaiti.applications.models import Application
from zaiti.drafts.merging import Overtaken, Seen, merge_all, plain, print_of
from zaiti.drafts.models import Touch


def colleagues(**fields):
    application = make.application(**fields)
    unit = application.organisation
    return application, application.contact, make.user(organisation=unit, org_role="member")


def seen(page="", **values):
    return Seen({name: print_of(value) for name, value in values.items()}, page)


def now(application):
    return Application.objects.get(pk=application.pk)


def test_two_write_two_fields_and_both_are_kept():
    application, one, two = colleagues()
    save_form(application, by=one, seen=seen(summary="", plan=""), summary="甲", plan="")
    save_form(application, by=two, seen=seen(summary="", plan=""), summary="", plan="乙")
    assert (now(application).answer("summary"), now(application).answer("plan")) == ("甲", "乙")


def test_who_comes_second_to_one_field_is_told_who_was_first_and_nothing_is_lost():
    application, one, two = colleagues(summary="原")
    save_form(application, by=one, seen=seen(summary="原"), summary="甲")
    made = save_form(application, by=two, seen=seen(summary="原"), summary="乙", plan="乙")
    assert now(application).answer("summary") == "甲"
    assert now(application).answer("plan") == "乙"
    assert (made.conflicts["summary"].theirs, made.conflicts["summary"].by) == ("甲", one)
    assert made.conflicts["summary"].at == Touch.objects.get(field="summary").at


def test_who_chooses_to_keep_their_own_writes_over_what_they_have_seen_and_no_more():
    application, one, two = colleagues(summary="原")
    save_form(application, by=one, seen=seen(summary="原"), summary="甲")
    save_form(application, by=two, seen=seen(summary="甲"), summary="乙")
    assert now(application).answer("summary") == "乙"
    made = save_form(application, by=one, seen=seen(summary="甲"), summary="丙")
    assert made.conflicts
    assert now(application).answer("summary") == "乙"


def test_the_same_words_twice_are_no_conflict():
    application, one, two = colleagues(summary="原")
    save_form(application, by=one, seen=seen(summary="原"), summary="同")
    assert not save_form(application, by=two, seen=seen(summary="原"), summary="同").conflicts


def test_who_saw_no_value_changes_only_their_own():
    application, one, two = colleagues()
    save_form(application, by=one, seen=Seen(), summary="甲")
    save_form(application, by=one, seen=Seen(), summary="甲改")
    assert save_form(application, by=two, seen=Seen(), summary="").conflicts
    assert now(application).answer("summary") == "甲改"


def test_an_answer_lost_on_the_way_makes_no_conflict_with_oneself():
    application, one, _two = colleagues()
    save_form(application, by=one, seen=seen("page1", summary=""), summary="一")
    assert not save_form(application, by=one, seen=seen("page1", summary=""), summary="一二").conflicts
    assert save_form(application, by=one, seen=seen("page2", summary=""), summary="三").conflicts
    assert now(application).answer("summary") == "一二"


def test_where_all_or_nothing_is_written_a_conflict_stops_it():
    application, one, two = colleagues(summary="原")
    save_form(application, by=one, seen=seen(summary="原"), summary="甲")
    stored = {"summary": "甲"}
    with pytest.raises(Overtaken) as no:
        merge_all(application, stored, {"summary": "乙"}, by=two, seen=seen(summary="原"))
    assert list(no.value.conflicts) == ["summary"]


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_is_first():
    application, one, two = colleagues(summary="原")

    def write(by, text):
        save_form(now(application), by=by, seen=seen(summary="原"), summary=text)

    at_once(lambda: write(one, "甲"), lambda: write(two, "乙"))
    hand = Touch.objects.get(thing=application.pk, field="summary")
    assert (now(application).answer("summary"), hand.by) in {("甲", one), ("乙", two)}


def test_a_value_has_one_spelling():
    assert plain("一\r\n二 ") == plain("一\n二")
    assert plain(Decimal("4.50")) == plain("4.5") == plain(4.5)
    assert plain(["2", "1"]) == plain([1, 2])
    assert plain(None) == plain("") != plain(False)
    assert plain(datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2025-01-02T03:04:05+00:00"
