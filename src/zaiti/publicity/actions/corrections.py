"""The correction of a posting: prepared by one, published by another, with a paper."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.countersigned.rules import may_approve
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.outbox.notify import notify
from zaiti.publicity.actions.postings import held
from zaiti.publicity.models import Posting, PostingCorrection
from zaiti.publicity.papers import corrected_names
from zaiti.publicity.publishing import check_new, publish, tell_names
from zaiti.publicity.queries import correction_in_hand
from zaiti.publicity.rules import may_correct
from zaiti.ranking.models import Candidate


@transaction.atomic
def prepare_posting_correction(
    posting: Posting, *, by: User, reason: str, candidates: Iterable[Candidate]
) -> PostingCorrection:
    """Put a correction before the approver; the posting that is out stands until then."""
    require(may_correct(by, posting.authority))
    reason = needed(reason, _("Name at least one entry that changes, and say what was wrong."))
    made = _to_write(_hold(posting))
    rows = held(candidates)
    _added(made.posting, rows, None)
    made.reason = reason
    made.save()
    made.candidates.set(rows)
    prepare(made, by=by, reason=reason, changed=[row.pk for row in rows])
    notify(
        to_approve(made), "publicity/mail/correction_prepared.txt", about=made, correction=made, names=rows
    )
    return made


@transaction.atomic
def send_back_posting_correction(correction: PostingCorrection, *, by: User, reason: str) -> None:
    """Give it back; the posting stays as it is."""
    send_back(correction, by=by, reason=reason)
    readers = to_mend(correction)
    notify(readers, "publicity/mail/correction_sent_back.txt", about=correction, correction=correction)


@transaction.atomic
def publish_posting_correction(correction: PostingCorrection, *, by: User) -> Posting:
    """Replace the posting by the corrected one; for the names it changes, or adds, the days begin now."""
    require(may_approve(by, correction))
    posting = _hold(correction.posting)
    approve(correction, by=by)
    rows, reason = held(correction.candidates.all()), correction.reason
    added = _added(posting, rows, by)
    names = corrected_names(posting, rows)
    move(posting, "replace", by=by, reason=reason, changed=[row.pk for row in rows])
    for row in added:
        move(row, "post", by=by, last_day=clock.add_working_days(clock.today(), posting.cycle.publicity_days))
    made = publish(posting.cycle, posting.authority, by, names, posting, reason)
    correction.published = made
    correction.save(update_fields=["published"])
    keys = [row.pk for row, _day, _changed in names]
    record("post", made, by=by, names=keys, days=made.days, last_day=made.last_day)
    tell_names(made)
    return made


def _hold(posting: Posting) -> Posting:
    """Hold a posting, so that neither its end nor another correction comes between."""
    rows = Posting.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related("cycle", "authority", "publication").get(pk=posting.pk)
    if found.state != Posting.State.OPEN:
        raise Refused(_("This posting has ended or was replaced meanwhile; it is not corrected any more."))
    return found


def _to_write(posting: Posting) -> PostingCorrection:
    """The correction that was sent back, to be prepared anew, or a new one."""
    found = correction_in_hand(posting)
    if found and found.state == PostingCorrection.State.PREPARED:
        raise Refused(
            _("A correction of this posting waits for approval; it must be approved or sent back first.")
        )
    return found or PostingCorrection(posting=posting, made_at=clock.now())


def _added(posting: Posting, rows: list[Candidate], by: User | None) -> list[Candidate]:
    """The names that are new on the posting; refuse what can't be corrected or added."""
    if not rows:
        raise Refused(_("Name at least one entry that changes, and say what was wrong."))
    known = set(posting.names.values_list("candidate_id", flat=True))
    for row in rows:
        if row.pk in known and row.state != Candidate.State.POSTED:
            raise Refused(_("%(name)s is not being posted any more.") % {"name": row})
    added = [row for row in rows if row.pk not in known]
    check_new(added, posting.cycle, posting.authority, by)
    return added
