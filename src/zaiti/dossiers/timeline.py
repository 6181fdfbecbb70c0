"""The timeline: deeds in words, of a case as its reader may know them, or of one thing for its page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, Q

from zaiti.accounts.models import Authority, User
from zaiti.accounts.rules import in_city_above, serves
from zaiti.dossiers.case import Case, papers_of
from zaiti.dossiers.story import Event, Say, document
from zaiti.ledger.chain import THE_CLOCK, doer
from zaiti.ledger.deeds import Deed, Reader, find
from zaiti.ledger.models import Entry
from zaiti.panels.models import Review
from zaiti.papers import kinds
from zaiti.papers.models import Paper

SAID = ("at", "actor", "verb", "thing_type", "thing_label", "facts")


def tell(case: Case, user: User) -> list[Event]:
    """What happened, latest first, as this person may know it; a stranger learns nothing."""
    reader = reader_of(case, user)
    if reader is None:
        return []
    deeds = [(entry, _deed(entry)) for entry in case.entries]
    told = [(entry, _event(entry, done, case, reader)) for entry, done in deeds if reader in done.told]
    events = [event for _entry, event in told]
    below = kinds.below_city()
    for paper in papers_of(case, user):
        if reader != "city" or paper.kind not in below:
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
    done = _deed(entry)
    part = "" if entry["thing_type"] == thing._meta.label_lower else entry["thing_label"]
    note = " · ".join(said for said in (part, _reason(entry)) if said)
    return Event(entry["at"], done.words, _doer(entry), note, done.tone)


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
    if application.submitted_at and in_city_above(user, application.authority):
        return "city"
    judged = case.review and Review.objects.filter(pk=case.review.pk).judged_by(user)
    return "expert" if judged else None


def _event(entry: dict[str, Any], done: Deed, case: Case, reader: Reader) -> Event:
    official = reader in ("district", "city")
    reason = _reason(entry) if official or done.reason_told else ""
    by = _actor(entry, done) if official else _bureau(entry, done, case)
    return Event(entry["at"], done.words, by, reason, done.tone)


def _deed(entry: dict[str, Any]) -> Deed:
    return find(entry["thing_type"], entry["verb"])


def _reason(entry: dict[str, Any]) -> str:
    facts = entry["facts"]
    return str(facts.get("reasons") or facts.get("reason") or facts.get("why") or "")


def _doer(entry: dict[str, Any]) -> Say:
    return doer(entry["thing_type"], entry["verb"], entry["actor"])


def _actor(entry: dict[str, Any], done: Deed) -> Say:
    return "" if done.unnamed else _doer(entry)


def _bureau(entry: dict[str, Any], done: Deed, case: Case) -> Say:
    """For whom no official or expert is named: one's own people, else the bureau."""
    if entry["by__organisation"] == case.application.organisation_id or entry["actor"] == THE_CLOCK:
        return _actor(entry, done)
    district: Authority = case.application.authority
    return (district.city or district) if done.by_city else district


def _put(paper: Paper, told: Iterable[tuple[dict[str, Any], Event]], events: list[Event]) -> None:
    """Put a paper beside the deed that made it; without one it is an event of its own."""
    makers = kinds.makers(paper.kind)
    near = [event for entry, event in told if (entry["thing_type"], entry["verb"]) in makers]
    if near:
        event = min(near, key=lambda event: abs(event.at - paper.made_at))
    else:
        events.append(event := Event(paper.made_at, paper.get_kind_display()))
    event.papers.append(document(paper))
