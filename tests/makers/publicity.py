"""Postings and objections with dull defaults."""

from datetime import datetime, timedelta
from typing import Any

from tests.makers.people import holder
from tests.makers.ranking import candidate_list, candidates
from tests.makers.standing import lasting
from zaiti import clock
from zaiti.publicity.actions import (
    close_posting,
    lodge_objection,
    post_candidates,
    prepare_posting_correction,
    propose_answer,
    publish_posting_correction,
    take_up,
)
from zaiti.publicity.models import Objection, Posting, PostingCorrection
from zaiti.ranking.models import Candidate, CandidateList

IDENTITY = "11010519491231002X"  # the worked example of GB 11643-1999, nobody's number


@lasting
def posting(*, of: CandidateList | None = None, **list_fields: Any) -> Posting:
    """A posting of an approved list: two names, unless told."""
    made = of or candidate_list(CandidateList.State.APPROVED, **list_fields)
    names = candidates(made, Candidate.State.LISTED)
    return post_candidates(made.cycle, made.authority, by=holder("officer", made.authority), candidates=names)


def prepared_correction(old: Posting, *names: Candidate, reason: str = "单位名称有误") -> PostingCorrection:
    """A correction that waits for the approver; of the first name, unless told."""
    officer = holder("officer", old.authority)
    return prepare_posting_correction(old, by=officer, reason=reason, candidates=names or [named(old)])


def corrected_posting(old: Posting, *names: Candidate, reason: str = "单位名称有误") -> Posting:
    """What replaces a posting, by two people."""
    made = prepared_correction(old, *names, reason=reason)
    new = publish_posting_correction(made, by=holder("approver", old.authority))
    old.refresh_from_db()
    return new


def after(made: Posting) -> datetime:
    """The first instant after a posting's last day."""
    return clock.end_of_day(made.last_day)


def named(made: Posting, number: int = 0) -> Candidate:
    """One name of a posting, the first by default."""
    return made.names.all()[number].candidate


def objection(
    made: Posting | None = None, candidate: Candidate | None = None, *, state: str = "", **fields: Any
) -> Objection:
    """A real-name objection to a posted name; taken up or with an answer proposed when asked for."""
    upholds = fields.pop("upholds", True)
    public = made or posting()
    person = {"name": "示例甲", "identity_number": IDENTITY, "phone": "00000000001", "text": "示例事实。"}
    lodged = lodge_objection(public, candidate or named(public), **person | fields)
    officer = holder("officer", public.authority)
    if state in (Objection.State.HANDLING, Objection.State.PROPOSED):
        take_up(lodged, by=officer)
    if state == Objection.State.PROPOSED:
        propose_answer(lodged, by=officer, upholds=upholds, answer="经核查，情况属实。")
    return lodged


@lasting
def cleared(**list_fields: Any) -> list[Candidate]:
    """Names whose posting is over without an objection."""
    made = posting(**list_fields)
    with clock.at(after(made) + timedelta(minutes=5)):
        close_posting(made, by=None)
    return candidates(named(made).list, Candidate.State.CLEARED)
