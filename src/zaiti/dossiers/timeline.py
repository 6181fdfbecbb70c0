"""The timeline: deeds in words, of a case as its reader may know them, or of one thing for its page."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.db.models import Model, Q

from zaiti.accounts.models import Authority, User
from zaiti.accounts.rules import in_city, serves
from zaiti.dossiers.case import Case, papers_of
from zaiti.dossiers.deeds import DEEDS, deed, doer
from zaiti.dossiers.story import Event, Say, document
from zaiti.ledger.chain import THE_CLOCK
from zaiti.ledger.models import Entry
from zaiti.panels.models import Review
from zaiti.papers.models import Paper

Reader = Literal["applicant", "expert", "district", "city"]
APPLICATION, REVIEW, CANDIDATE = "applications.application", "panels.review", "ranking.candidate"
CARRIER, RECTIFICATION = "carriers.carrier", "carriers.rectification"
REVOCATION, TRAINING = "carriers.revocation", "carriers.trainingyear"
LIST, OBJECTION, SHEET = "ranking.candidatelist", "publicity.objection", "panels.scoresheet"

SAID = ("at", "actor", "verb", "thing_type", "thing_label", "facts")
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
    "send_back": "attention",
    "return_to_officer": "attention",
    "replace": "attention",
    "extend": "attention",
    "leave_seat": "attention",
    "close": "done",
    "approve": "done",
    "publish": "done",
    "uphold": "late",
    "reject": "done",
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
    Paper.Kind.CALL: {("notices.call", "publish")},
    Paper.Kind.RECEIPT: {(APPLICATION, "submit"), (APPLICATION, "resubmit")},
    Paper.Kind.ACCEPTANCE: {(APPLICATION, "accept")},
    Paper.Kind.CORRECTION: {(APPLICATION, "return")},
    Paper.Kind.REFUSAL: {(APPLICATION, "decline")},
    Paper.Kind.PAPER_COPY: {("screening.papercopy", "receive_paper_copy")},
    Paper.Kind.DRAW: {("panels.draw", "draw")},
    Paper.Kind.VISIT: {(REVIEW, "visit")},
    Paper.Kind.MINUTES: {(REVIEW, "discuss"), ("panels.minutes", "record_minutes")},
    Paper.Kind.SCORE_SHEET: {(SHEET, "sign")},
    Paper.Kind.SUMMARY: {
        (LIST, "make_list"),
        (LIST, "decide"),
        (LIST, "approve"),
        ("panels.panel", "finish"),
    },
    Paper.Kind.POSTING: {(CANDIDATE, "post"), ("publicity.posting", "post")},
    Paper.Kind.OBJECTION_RECEIPT: {(OBJECTION, "lodge")},
    Paper.Kind.OBJECTION_ANSWER: {(OBJECTION, "uphold"), (OBJECTION, "reject"), (OBJECTION, "turn_away")},
    Paper.Kind.REPORT: {(CANDIDATE, "report"), ("results.report", "send")},
    Paper.Kind.REPORT_LIST: {(CANDIDATE, "report"), ("results.report", "send")},
    Paper.Kind.WITHDRAWAL: {(CANDIDATE, "block"), ("results.withdrawal", "withdraw")},
    Paper.Kind.RESULT: {(CANDIDATE, "recognise"), ("results.announcement", "publish")},
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
    return _latest_first(events)


def history(
    thing: Model, *parts: Model, papers: Iterable[Paper | None] = (), most: int | None = None
) -> list[Event]:
    """The deeds done to one thing and to its parts, the latest first, for whoever may open its page."""
    rows = Entry.objects.filter(_done_to([thing, *parts])).order_by("-id").values(*SAID)[:most]
    told = [(row, _told(row, thing)) for row in reversed(rows)]
    events = [event for _entry, event in told]
    for paper in papers:
        if paper:
            _put(paper, told, events)
    return _latest_first(events)


def _done_to(things: Sequence[Model]) -> Q:
    of_kind: dict[str, list[Any]] = {}
    for thing in things:
        of_kind.setdefault(thing._meta.label_lower, []).append(thing.pk)
    return Q(*[Q(thing_type=kind, thing_id__in=keys) for kind, keys in of_kind.items()], _connector=Q.OR)


def _told(entry: dict[str, Any], thing: Model) -> Event:
    """A deed with its reason; one done to a part says to which."""
    kind, verb, reason = entry["thing_type"], entry["verb"], _reason(entry)
    part = "" if kind == thing._meta.label_lower else entry["thing_label"]
    note = " · ".join(said for said in (part, reason) if said)
    return Event(entry["at"], deed(kind, verb), doer(kind, verb, entry["actor"]), note, TONES.get(verb, ""))


def _latest_first(events: list[Event]) -> list[Event]:
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
    reason = _reason(entry) if official or (kind, verb) in REASONS_TOLD else ""
    by = _actor(entry) if official else _bureau(entry, case)
    return Event(entry["at"], deed(kind, verb), by, reason, TONES.get(verb, ""))


def _reason(entry: dict[str, Any]) -> str:
    facts = entry["facts"]
    return str(facts.get("reasons") or facts.get("reason") or facts.get("why") or "")


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
    event.papers.append(document(paper))
