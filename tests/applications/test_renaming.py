import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime

from tests import make
from zaiti.accounts.models import FormerName, Organisation, User
from zaiti.accounts.naming import with_former
from zaiti.applications.actions import (
    ask_to_rename,
    consent_to_renaming,
    refuse_renaming,
    rename_unit,
    take_back_renaming,
)
from zaiti.applications.models import Renaming
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message

State = Renaming.State
REASON = "依法变更登记（示例）"


def handed_in() -> tuple[Organisation, User, User]:
    """A unit that has handed in, with its owner and its district's officer."""
    application, officer = make.to_screen()
    owner = make.applicant(application.organisation)
    return application.organisation, owner, officer


def asked() -> tuple[Renaming, User, User]:
    unit, owner, officer = handed_in()
    return ask_to_rename(unit, by=owner, name="示例新名", reason=REASON), owner, officer


def test_before_anything_is_handed_in_a_new_name_is_free_and_on_record():
    owner = make.applicant(make.organisation("示例旧名"))
    rename_unit(owner.organisation, by=owner, name="示例新名")
    owner.organisation.refresh_from_db()
    assert owner.organisation.name == "示例新名"
    assert FormerName.objects.get().name == "示例旧名"
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.facts["before"], entry.facts["after"]) == ("rename", "示例旧名", "示例新名")


def test_once_handed_in_the_name_stands_until_the_district_consents():
    unit, owner, officer = handed_in()
    before = unit.name
    with pytest.raises(Refused, match="ask the district"):
        rename_unit(unit, by=owner, name="示例新名")
    renaming = ask_to_rename(unit, by=owner, name="示例新名", reason=REASON)
    unit.refresh_from_db()
    assert unit.name == before
    consent_to_renaming(renaming, by=officer)
    unit.refresh_from_db()
    assert (unit.name, unit.former_names.get().name) == ("示例新名", before)
    assert unit.former_names.get().reason == REASON


def test_a_withdrawn_draft_binds_no_name():
    application = make.application(state="withdrawn")
    owner = make.applicant(application.organisation)
    rename_unit(application.organisation, by=owner, name="示例新名")
    assert FormerName.objects.count() == 1


def test_both_sides_are_told_and_each_step_is_on_the_ledger():
    renaming, owner, officer = asked()
    other = make.holder("officer", renaming.authority)
    assert Message.objects.get(to=officer).template == "applications/mail/renaming_asked.txt"
    consent_to_renaming(renaming, by=officer)
    told = Message.objects.filter(template="applications/mail/renaming_consented.txt")
    assert {owner, other} <= {message.to for message in told}
    assert officer not in {message.to for message in told}
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-3:] == ["ask_to_rename", "consent", "rename"]


def test_a_refusal_has_a_reason_and_the_old_name_stands():
    renaming, owner, officer = asked()
    with pytest.raises(Refused):
        refuse_renaming(renaming, by=officer, reason=" ")
    refuse_renaming(renaming, by=officer, reason="登记信息不符")
    renaming.organisation.refresh_from_db()
    assert (renaming.state, renaming.organisation.name) == (State.REFUSED, renaming.former)
    assert "登记信息不符" in Message.objects.get(to=owner).body


@pytest.mark.parametrize(("name", "reason"), [("", REASON), (None, REASON), ("示例新名", "  ")])
def test_a_new_name_differs_and_has_a_reason(name: str | None, reason: str):
    unit, owner, _officer = handed_in()
    with pytest.raises(Refused):
        ask_to_rename(unit, by=owner, name=unit.name if name is None else name, reason=reason)


def test_one_question_at_a_time_and_it_can_be_taken_back():
    renaming, owner, officer = asked()
    with pytest.raises(Refused, match="waiting"):
        ask_to_rename(renaming.organisation, by=owner, name="示例又名", reason=REASON)
    take_back_renaming(renaming, by=owner)
    with pytest.raises(Refused):
        consent_to_renaming(renaming, by=officer)
    assert ask_to_rename(renaming.organisation, by=owner, name="示例又名", reason=REASON).state == State.ASKED


def test_only_the_owner_asks_and_only_the_districts_officers_answer():
    renaming, owner, officer = asked()
    member = make.user(organisation=renaming.organisation, org_role=User.OrgRole.MEMBER)
    for person in (member, make.applicant(), officer):
        with pytest.raises(PermissionDenied):
            ask_to_rename(renaming.organisation, by=person, name="示例", reason=REASON)
        with pytest.raises(PermissionDenied):
            take_back_renaming(renaming, by=person)
    strangers = (owner, make.holder("officer", make.district("futian")), make.holder("approver"))
    for person in strangers:
        with pytest.raises(PermissionDenied):
            consent_to_renaming(renaming, by=person)
        with pytest.raises(PermissionDenied):
            refuse_renaming(renaming, by=person, reason="…")


@pytest.mark.parametrize("verb", ["consent", "refuse", "take_back"])
def test_an_answered_question_is_answered(verb: str):
    renaming, owner, officer = asked()
    answers = {
        "take_back": lambda: take_back_renaming(renaming, by=owner),
        "consent": lambda: consent_to_renaming(renaming, by=officer),
        "refuse": lambda: refuse_renaming(renaming, by=officer, reason="…"),
    }
    for state in make.others(Renaming, verb):
        Renaming.objects.update(state=state)
        with pytest.raises(Refused):
            answers[verb]()


def test_an_official_text_names_both_with_the_day():
    renaming, _owner, officer = asked()
    consent_to_renaming(renaming, by=officer)
    unit = renaming.organisation
    day = f"{localtime(unit.former_names.get().until):%Y-%m-%d}"
    assert with_former(unit, renaming.former, "公示时名称") == (
        f"示例新名（公示时名称：{renaming.former}，{day} 更名）"
    )
    assert with_former(unit, "示例新名", "公示时名称") == "示例新名"
