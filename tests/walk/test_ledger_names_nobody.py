"""In the whole ledger of the played town, nobody is told of but by a deed of their own."""

import json
from functools import cache

import pytest

from tests import make
from tests.browser.pages import posting
from tests.walk.town import look_up
from zaiti.accounts.actions import edit_organisation
from zaiti.accounts.models import Invitation, Organisation, User
from zaiti.applications.models import Answers, Application
from zaiti.core.sealed import MAIL, OF_PEOPLE
from zaiti.ledger.models import Entry
from zaiti.publicity.actions import lodge_objection
from zaiti.publicity.models import Objection

pytestmark = [pytest.mark.usefixtures("town_database"), pytest.mark.slow]


@pytest.fixture
def said() -> list[tuple[str, str]]:
    """Each entry's label and facts, after the rarer deeds, too, were done."""
    owner = look_up().actors["applicant"]
    edit_organisation(owner.organisation, by=owner, legal_person="司徒示例人")
    User.objects.filter(pk=owner.pk).update(email="owner.private@example.com", phone="13900139000")
    posted, person = posting().names.order_by("pk")[0], {"identity_number": make.IDENTITY}
    person |= {"name": "东方示例人", "phone": "13700137000", "email": "dongfang@example.com"}
    lodge_objection(posted.posting, posted.candidate, text="示例事实。", **person)
    entries = Entry.objects.order_by("pk")
    return [
        (f"{one.pk} {one.verb}", f"{one.thing_label} {json.dumps(one.facts, ensure_ascii=False)}")
        for one in entries
    ]


def test_no_number_of_a_person_and_no_mail_address_stands_in_it(said):
    assert len(said) > 1000
    found = [(entry, text) for entry, text in said if OF_PEOPLE.search(text) or MAIL.search(text)]
    assert [row for row in found if "***@" not in row[1]] == []


def test_nobody_who_is_merely_told_of_stands_in_it(said):
    people = {
        *Organisation.objects.values_list("legal_person", flat=True),
        *(name for named in Application.objects.values_list("named", flat=True) for name in named.values()),
        *Invitation.objects.exclude(name="示例").values_list("name", flat=True),
        *(one.name for one in Objection.objects.all()),
    } - {""}
    assert {"司徒示例人", "东方示例人"} <= people
    told = [(entry, without_accounts(text)) for entry, text in said]
    assert [(entry, name) for entry, text in told for name in people if name in text] == []


def without_accounts(text: str) -> str:
    """Who has an account is named with their own deeds, as in the label of the letter they sent."""
    for name in accounts():
        text = text.replace(name, "")
    return text


@cache
def accounts() -> list[str]:
    names = set(User.objects.values_list("name", flat=True)) - {""}
    return sorted(names, key=len, reverse=True)


def test_no_private_value_that_the_town_holds_stands_in_it(said):
    private = {
        *(one.phone for one in Objection.objects.all()),
        *(one.identity_number for one in Objection.objects.all()),
        *(one.email for one in Objection.objects.all()),
        *(answers.said.get("contact_phone") for answers in Answers.objects.all()),
        *User.objects.values_list("email", flat=True),
        *Invitation.objects.values_list("email", flat=True),
        *Invitation.objects.values_list("token", flat=True),
        *Objection.objects.values_list("token", flat=True),
    } - {"", None}
    assert len(private) > 10
    assert [(entry, value) for entry, text in said for value in private if value in text] == []
