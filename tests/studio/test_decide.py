"""A year is put before another person, who opens it; or it is given up."""

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.notices.text import call_body
from zaiti.outbox.models import Message
from zaiti.programmes.actions import open_year
from zaiti.programmes.exporting import pack_of
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs import write_pack
from zaiti.studio.actions import abandon_draft, begin_from_year, confirm_field, open_draft, prepare_draft
from zaiti.studio.paths import bare


def officer():
    return make.holder("officer", make.city())


def approver():
    return make.holder("approver", make.city())


def from_2025():
    return begin_from_year(open_year(make.pack("shenzhen-2025"), by=officer()), by=officer(), year=2026)


def confirm_all(draft):
    for path in draft.to_confirm:
        confirm_field(draft, by=officer(), path=path)


def test_opened_by_another_it_makes_the_same_year_as_the_pack():
    draft = make.prepared_draft("luohu-2024")
    cycle = open_draft(draft, by=approver())
    assert write_pack(pack_of(cycle)) == write_pack(make.pack("luohu-2024"))
    assert (draft.state, draft.cycle, cycle.state) == ("opened", cycle, "open")
    assert Entry.objects.get(verb="open", thing_type="programmes.cycle").by == draft.approved_by


def test_the_districts_are_told():
    district_officer = make.holder("officer", make.district("luohu"))
    open_draft(make.prepared_draft("luohu-2024"), by=approver())
    assert Message.objects.filter(to=district_officer, template="studio/mail/opened.txt").exists()


def test_what_was_carried_over_is_confirmed_one_by_one_before_it_is_put_up():
    draft = from_2025()
    with pytest.raises(Refused, match="4 entries carried over"):
        prepare_draft(draft, by=officer())
    confirm_all(draft)
    prepare_draft(draft, by=officer())
    assert draft.state == "prepared"
    told = Entry.objects.filter(verb="confirm_field").values_list("facts__field", flat=True)
    assert "report_deadline" in told


def test_confirmed_twice_is_told():
    draft = from_2025()
    confirm_field(draft, by=officer(), path="call_deadline")
    with pytest.raises(Refused):
        confirm_field(draft, by=officer(), path="call_deadline")


def test_with_something_missing_it_is_not_put_up():
    facts = make.year_draft().facts | {"purpose": ""}
    draft = make.year_draft(facts=facts)
    with pytest.raises(Refused, match="1 entries are missing or wrong"):
        prepare_draft(draft, by=officer())
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_year_that_is_open_already_is_not_put_up_again():
    open_year(make.pack("shenzhen-2025"), by=officer())
    with pytest.raises(Refused):
        prepare_draft(make.year_draft(), by=officer())


def test_opened_meanwhile_from_the_server_it_is_not_opened_twice():
    draft = make.prepared_draft()
    open_year(make.pack("shenzhen-2025"), by=officer())
    with pytest.raises(Refused):
        open_draft(draft, by=approver())
    draft.refresh_from_db()
    assert (draft.state, Cycle.objects.count()) == ("prepared", 1)


def test_given_up_it_can_be_nothing_more():
    draft = make.year_draft()
    abandon_draft(draft, by=officer(), reason="重复编制")
    assert draft.state == "abandoned"
    for step in (prepare_draft, lambda one, by: confirm_field(one, by=by, path="cap")):
        with pytest.raises(Refused):
            step(draft, by=officer())


@pytest.mark.parametrize("nothing", ["", " \n", "\u200b"])
def test_nobody_gives_it_up_without_a_reason(nothing):
    with pytest.raises(Refused, match="Say why"):
        abandon_draft(make.year_draft(), by=officer(), reason=nothing)


def test_only_officers_of_the_city_write_in_it():
    draft = from_2025()
    for person in (approver(), make.holder("officer"), make.holder("reviewer", make.city())):
        with pytest.raises(PermissionDenied):
            confirm_field(draft, by=person, path="call_deadline")
        with pytest.raises(PermissionDenied):
            abandon_draft(draft, by=person, reason="…")


def test_a_district_calls_by_the_facts_of_the_new_year():
    draft = from_2025()
    confirm_all(draft)
    prepare_draft(draft, by=officer())
    cycle = open_draft(draft, by=approver())
    text = call_body(make.call(cycle=cycle, state="draft"))
    assert "2026年度认定深圳市终身职业技能培训载体不超过63家" in text
    assert "2026年7月13日前" in text
    assert "{" not in text
    assert bare(draft.facts)["cap_text"].count("{认定上限}") == 1
