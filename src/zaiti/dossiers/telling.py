"""The timeline: the case's deeds in words, as far as the reader's role may know them."""

from collections.abc import Iterable
from typing import Any, Literal

from zaiti.accounts.models import Authority, User
from zaiti.accounts.rules import in_city, serves
from zaiti.dossiers.deeds import DEEDS, deed, doer
from zaiti.dossiers.gathering import Case, papers_of
from zaiti.dossiers.pieces import Document, Event, Say
from zaiti.ledger.chain import THE_CLOCK
from zaiti.panels.models import Review
from zaiti.papers.models import Paper

Reader = Literal["applicant", "expert", "district", "city"]
APPLICATION, REVIEW, CANDIDATE = "applications.application", "panels.review", "ranking.candidate"
CARRIER, RECTIFICATION = "carriers.carrier", "carriers.rectification"
REVOCATION, TRAINING = "carriers.revocation", "carriers.trainingyear"
LIST, OBJECTION, SHEET = "ranking.candidatelist", "publicity.objection", "panels.scoresheet"

# Said already by another deed of the same moment, or of no interest to the case.
UNSAID = {
    (CARRIER, "tell_to_correct"),
    (CARRIER, "corrected"),
    (CARRIER, "intend_revocation"),
    (CARRIER, "drop_revocation"),
    (REVOCATION, "decide"),
    (SHEET, "open_sheet"),
    ("results.report", "prepare"),
    ("results.report", "send"),
}
# What the applicant learns: never the experts, the scores or who objected.
TOLD_TO_APPLICANTS = {
    (APPLICATION, *DEEDS[APPLICATION]),
    ("screening.correction", "lapse", "settle_term"),
    ("screening.papercopy", "receive_paper_copy"),
    (REVIEW, "visit", "total"),
    (CANDIDATE, "post", "clear", "report", "recognise", "block"),
    (CARRIER, *DEEDS[CARRIER]),
    (RECTIFICATION, *DEEDS[RECTIFICATION]),
    (REVOCATION, "intend_revocation", "defend", "drop"),
    (TRAINING, *DEEDS[TRAINING]),
    ("carriers.inactivitycheck", "open_inactivity_check"),
}
# Who objects is kept secret; the last expert to sign did not end the review alone.
UNNAMED = {(OBJECTION, "lodge"), (REVIEW, "total")}
TOLD_TO_EXPERTS = {(APPLICATION, "submit", "resubmit", "accept"), (REVIEW, "visit", "discuss")}
REASONS_TOLD = {(APPLICATION, "return"), (APPLICATION, "decline")}
TONES = {
    "return": "returned",
    "lapse": "late",
    "decline": "declined",
    "accept": "accepted",
    "block": "upheld",
    "recognise": "recognised",
    "tell_to_correct": "rectifying",
    "fail": "late",
    "intend_revocation": "attention",
    "revoke": "revoked",
}
# Which deed a paper belongs to; it is put beside the nearest in time.
MADE_BY: dict[str, set[tuple[str, str]]] = {
    Paper.Kind.RECEIPT: {(APPLICATION, "submit"), (APPLICATION, "resubmit")},
    Paper.Kind.ACCEPTANCE: {(APPLICATION, "accept")},
    Paper.Kind.CORRECTION: {(APPLICATION, "return")},
    Paper.Kind.REFUSAL: {(APPLICATION, "decline")},
    Paper.Kind.PAPER_COPY: {("screening.papercopy", "receive_paper_copy")},
    Paper.Kind.VISIT: {(REVIEW, "visit")},
    Paper.Kind.MINUTES: {(REVIEW, "discuss")},
    Paper.Kind.SCORE_SHEET: {(SHEET, "sign")},
    Paper.Kind.SUMMARY: {(LIST, "make_list"), (LIST, "decide"), (LIST, "approve")},
    Paper.Kind.POSTING: {(CANDIDATE, "post")},
    Paper.Kind.OBJECTION_RECEIPT: {(OBJECTION, "lodge")},
    Paper.Kind.OBJECTION_ANSWER: {(OBJECTION, "uphold"), (OBJECTION, "reject"), (OBJECTION, "turn_away")},
    Paper.Kind.REPORT: {(CANDIDATE, "report")},
    Paper.Kind.REPORT_LIST: {(CANDIDATE, "report")},
    Paper.Kind.WITHDRAWAL: {(CANDIDATE, "block")},
    Paper.Kind.RESULT: {(CANDIDATE, "recognise")},
    Paper.Kind.CERTIFICATE: {(CARRIER, "register")},
    Paper.Kind.RECTIFICATION: {(RECTIFICATION, "tell_to_correct")},
    Paper.Kind.INTENDED_REVOCATION: {(REVOCATION, "intend_revocation")},
    Paper.Kind.REVOCATION: {(CARRIER, "revoke")},
}


def tell(case: Case, user: User) -> list[Event]:
    """What happened, latest first, as this person may know it; a stranger learns nothing."""
    reader = reader_of(case, user)
    if reader is None:
        return []
    told = [(entry, _event(entry, case, reader)) for entry in case.entries if _may_know(entry, reader)]
    events = [event for _entry, event in told]
    for paper in papers_of(case, user):
        if reader == "city" and paper.kind == Paper.Kind.SCORE_SHEET:
            continue
        _put(paper, told, events)
    events.reverse()  # of one moment, the later deed comes first
    return sorted(events, key=lambda event: event.at, reverse=True)


def reader_of(case: Case, user: User) -> Reader | None:
    """As what the person reads the case."""
    application = case.application
    if not user.is_authenticated:
        return None
    if user.organisation_id == application.organisation_id:
        return "applicant"
    if application.submitted_at and serves(user, application.authority):
        return "district"
    if application.submitted_at and in_city(user):
        return "city"
    judged = case.review and Review.objects.filter(pk=case.review.pk).judged_by(user)
    return "expert" if judged else None


def _may_know(entry: dict[str, Any], reader: Reader) -> bool:
    kind, verb = entry["thing_type"], entry["verb"]
    if (kind, verb) in UNSAID:
        return False
    if reader in ("district", "city"):
        return reader == "district" or kind != SHEET
    told = TOLD_TO_APPLICANTS if reader == "applicant" else TOLD_TO_EXPERTS
    return any(kind == row[0] and verb in row[1:] for row in told)


def _event(entry: dict[str, Any], case: Case, reader: Reader) -> Event:
    kind, verb = entry["thing_type"], entry["verb"]
    official = reader in ("district", "city")
    facts = entry["facts"]
    open_reason = official or (kind, verb) in REASONS_TOLD
    reason = facts.get("reasons") or facts.get("reason") or "" if open_reason else ""
    by = _actor(entry) if official else _bureau(entry, case)
    return Event(entry["at"], deed(kind, verb), by, str(reason), TONES.get(verb, ""))


def _actor(entry: dict[str, Any]) -> Say:
    if (entry["thing_type"], entry["verb"]) in UNNAMED:
        return ""
    return doer(entry["thing_type"], entry["verb"], entry["actor"])


def _bureau(entry: dict[str, Any], case: Case) -> Say:
    """For whom no official or expert is named: one's own people, else the bureau."""
    if entry["by__organisation"] == case.application.organisation_id or entry["actor"] == THE_CLOCK:
        return _actor(entry)
    district: Authority = case.application.authority
    of_city = entry["thing_type"] in (CARRIER, REVOCATION) or entry["verb"] == "recognise"
    return (district.city or district) if of_city else district


def _put(paper: Paper, told: Iterable[tuple[dict[str, Any], Event]], events: list[Event]) -> None:
    """Put a paper beside the deed that made it; without one it is an event of its own."""
    makers = MADE_BY.get(paper.kind, set())
    near = [event for entry, event in told if (entry["thing_type"], entry["verb"]) in makers]
    if near:
        event = min(near, key=lambda event: abs(event.at - paper.made_at))
    else:
        events.append(event := Event(paper.made_at, paper.get_kind_display()))
    size = paper.pdf.size if paper.pdf else 0
    event.papers.append(Document(paper.title, f"/papers/{paper.pk}/", size, note=paper.number))
