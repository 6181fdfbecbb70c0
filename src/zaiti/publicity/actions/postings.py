"""Posting the candidates, correcting a posting, and its end."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.notices.actions import publish_text
from zaiti.notices.models import Publication
from zaiti.outbox.post import post
from zaiti.papers.actions import issue
from zaiti.papers.models import Paper
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Posted, Posting
from zaiti.publicity.papers import posting_body, posting_facts, posting_title
from zaiti.publicity.queries import names_of, open_objections
from zaiti.publicity.rules import may_post
from zaiti.ranking.models import Candidate, CandidateList

Names = list[tuple[Candidate, date, bool]]  # candidate, its last day, changed by the correction


@transaction.atomic
def post_candidates(
    cycle: Cycle, authority: Authority, *, by: User, candidates: Collection[Candidate]
) -> Posting:
    """Post listed names for the cycle's working days; the day of posting is not counted."""
    require(may_post(by, authority))
    rows = held(candidates)
    if not rows:
        raise Refused(_("There is no name to post."))
    _check_new(rows, cycle, authority, by)
    last_day = clock.add_working_days(clock.today(), cycle.publicity_days)
    for row in rows:
        move(row, "post", by=by, last_day=last_day)
    posting = _publish(cycle, authority, by, [(row, last_day, False) for row in rows])
    record("post", posting, by=by, names=[row.pk for row in rows], days=posting.days, last_day=last_day)
    _tell_names(posting)
    return posting


@transaction.atomic
def correct_posting(posting: Posting, *, by: User, reason: str, candidates: Collection[Candidate]) -> Posting:
    """Replace a posting by a corrected one; for the names it changes, or adds, the days begin anew."""
    require(may_post(by, posting.authority))
    reason = needed(reason, _("Name at least one entry that changes, and say what was wrong."))
    rows, kept = held(candidates), _standing(posting)
    added = [row for row in rows if row.pk not in kept]
    _check_new(added, posting.cycle, posting.authority, by)
    _check_correction([row for row in rows if row.pk in kept], added)
    last_day = clock.add_working_days(clock.today(), posting.cycle.publicity_days)
    move(posting, "replace", by=by, reason=reason, changed=[row.pk for row in rows])
    for row in added:
        move(row, "post", by=by, last_day=last_day)
    names = kept | {row.pk: (row, last_day, True) for row in rows}
    corrected = _publish(posting.cycle, posting.authority, by, list(names.values()), posting, reason)
    record("post", corrected, by=by, names=list(names), days=corrected.days, last_day=corrected.last_day)
    _tell_names(corrected)
    return corrected


@transaction.atomic
def close_posting(posting: Posting, *, by: User | None) -> None:
    """End a posting after its last day; names without an open objection have passed."""
    require(by is None or may_post(by, posting.authority))
    if clock.now() < clock.end_of_day(posting.last_day):
        raise Refused(_("The posting runs until 24:00 of %(day)s.") % {"day": posting.last_day.isoformat()})
    move(posting, "close", by=by)
    posting.closed_at = clock.now()
    posting.save(update_fields=["closed_at"])
    clear_ended(posting, by=by)


@transaction.atomic
def clear_ended(posting: Posting, *, by: User | None) -> list[Candidate]:
    """Pass the names whose own last day is over and that no open objection holds."""
    require(by is None or may_post(by, posting.authority))
    ended = [n.candidate for n in names_of(posting) if clock.now() >= clock.end_of_day(n.last_day)]
    rows = held(ended)
    disputed = set(open_objections(rows).values_list("candidate_id", flat=True))
    passed = [row for row in rows if row.state == Candidate.State.POSTED and row.pk not in disputed]
    for row in passed:
        move(row, "clear", by=by)
        post(
            row.review.application.contact,
            "publicity/mail/cleared.txt",
            about=row.review.application,
            candidate=row,
        )
    return passed


def held(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Lock these names, always in the same order, and read them as they are now."""
    keys = [candidate.pk for candidate in candidates]
    locked = Candidate.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys).order_by("pk")
    rows = locked.select_related(
        "review__application__organisation", "review__application__contact", "carrier_type", "list"
    )
    return sorted(rows, key=lambda row: (row.carrier_type.order, row.rank))


def _check_new(rows: list[Candidate], cycle: Cycle, authority: Authority, by: User) -> None:
    if cycle.state != Cycle.State.OPEN:
        raise Refused(_("This year's recognition is not under way."))
    for row in rows:
        if (row.cycle_id, row.authority_id) != (cycle.pk, authority.pk):
            raise Refused(_("%(name)s is not this district's candidate of this year.") % {"name": row})
        if row.state != Candidate.State.LISTED or row.list.state != CandidateList.State.APPROVED:
            raise Refused(_("%(name)s is not on an approved candidate list.") % {"name": row})
        if row.named_by_id == by.pk:
            raise Refused(_("You named %(name)s as successor; another person must post it.") % {"name": row})


def _standing(posting: Posting) -> dict[int, tuple[Candidate, date, bool]]:
    """The posting's names with their days, without those that an upheld objection has taken off."""
    names = names_of(posting).exclude(candidate__state=Candidate.State.BLOCKED)
    return {name.candidate_id: (name.candidate, name.last_day, False) for name in names}


def _check_correction(changed: list[Candidate], added: list[Candidate]) -> None:
    if not (changed or added):
        raise Refused(_("Name at least one entry that changes, and say what was wrong."))
    for row in changed:
        if row.state != Candidate.State.POSTED:
            raise Refused(_("%(name)s is not being posted any more.") % {"name": row})


def _publish(
    cycle: Cycle,
    authority: Authority,
    by: User,
    names: Names,
    replaces: Posting | None = None,
    reason: str = "",
) -> Posting:
    title = posting_title(cycle, authority, correction=replaces is not None)
    facts = posting_facts(cycle, authority, names, reason=reason)
    paper = issue(
        "publicity/papers/posting.typ", by=by, authority=authority, title=title, facts=facts, public=True
    )
    posting = Posting.objects.create(
        cycle=cycle,
        authority=authority,
        posted_at=clock.now(),
        days=cycle.publicity_days,
        last_day=facts["last_day"],
        replaces=replaces,
        publication=_text(paper, cycle, posting_body(facts), by, replaces),
        reason=reason,
        paper=paper,
        by=by,
    )
    Posted.objects.bulk_create(
        Posted(
            posting=posting,
            candidate=row,
            unit=said["unit"],
            carrier_name=said["carrier"],
            last_day=day,
            changed=changed,
        )
        for (row, day, changed), said in zip(names, facts["names"], strict=True)
    )
    return posting


def _text(paper: Paper, cycle: Cycle, body: str, by: User, replaces: Posting | None) -> Publication:
    assert paper.authority is not None  # every posting has its bureau
    return publish_text(
        "posting",
        by=by,
        authority=paper.authority,
        title=paper.title,
        body=body,
        cycle=cycle,
        keywords="终身职业技能培训载体 候选名单 公示",
        doc_number=paper.number,
        replaces=replaces.publication if replaces else None,
        paper=paper,
    )


def _tell_names(posting: Posting) -> None:
    for name in names_of(posting).select_related("candidate__review__application__contact"):
        if name.changed or not posting.replaces_id:
            contact = name.candidate.review.application.contact
            facts = {"candidate": name.candidate, "posting": posting, "last_day": name.last_day}
            post(contact, "publicity/mail/posted.txt", about=posting, **facts)
