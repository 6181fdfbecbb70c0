"""Recognised carriers and what became of them, with dull defaults."""

from datetime import timedelta
from typing import Any

from tests.makers.people import applicant, city, holder
from tests.makers.results import announcement
from tests.makers.standing import lasting
from zaiti import clock
from zaiti.accounts.models import User
from zaiti.carriers.actions import (
    announce,
    defend,
    intend_revocation,
    prepare_revocation,
    report_training,
    tell_to_correct,
    verify_training,
)
from zaiti.carriers.models import Carrier, Rectification, Revocation, TrainingYear


def carriers(**list_fields: Any) -> list[Carrier]:
    """The carriers of one announcement: two, unless told."""
    return announce(announcement(**list_fields), by=holder("approver", city()))


@lasting
def one_carrier() -> Carrier:
    """The carrier of an announcement of one name."""
    return carriers(totals=(90,))[0]


def carrier(**fields: Any) -> Carrier:
    """One recognised carrier; fields are set upon it."""
    made = one_carrier()
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def owner_of(made: Carrier) -> User:
    """Someone who answers for the carrier's unit."""
    return made.organisation.members.first() or applicant(made.organisation)


def verified_training(made: Carrier, year: int, **fields: Any) -> TrainingYear:
    """A year's training, reported and verified."""
    row = report_training(made, by=owner_of(made), **{"year": year, "sessions": 4, "people": 80} | fields)
    verify_training(row, by=holder("officer", made.authority))
    return row


def rectification(made: Carrier | None = None, *, by: User | None = None, **fields: Any) -> Rectification:
    """A notice to correct, issued by the district."""
    told = made or carrier()
    facts = {
        "ground": "not_performing",
        "text": "未按时报送培训台账。",
        "due": clock.today() + timedelta(days=20),
    }
    return tell_to_correct(told, by=by or holder("officer", told.authority), **facts | fields)


def revocation(made: Carrier | None = None, *, state: str = "", **fields: Any) -> Revocation:
    """An intended revocation; defended or with a decision prepared when asked for."""
    held = made or carrier()
    officer = holder("officer", city())
    facts = {"ground": "lost_contact", "facts": "三次上门均无人，电话无人接听。"} | fields
    intended = intend_revocation(held, by=officer, **facts)
    if state in ("defended", "prepared"):
        defend(intended, by=owner_of(held), defence="我单位已搬至新址，仍在培训。")
    if state == "prepared":
        prepare_revocation(intended, by=officer, decision="申辩意见未附证据，不予采纳。")
    return intended


def inactive(months: int = 36, **fields: Any) -> Carrier:
    """A carrier recognised so many months ago, of which no training is known."""
    day, years = clock.today().replace(day=1), months // 12
    back = day.replace(year=day.year - years)
    for _month in range(months % 12):
        back = (back - timedelta(days=1)).replace(day=1)
    return carrier(recognised_on=back, year=back.year, **fields)
