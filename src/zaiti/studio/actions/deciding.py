"""Put a year before the approver, give it back, open it, give it up."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti.accounts.models import Post, User
from zaiti.accounts.queries import holders
from zaiti.applications.rebasing import rebase, turn_of_form
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.countersigned.rules import may_approve, may_prepare
from zaiti.ledger.moves import move
from zaiti.outbox.notify import notify
from zaiti.programmes.actions.year import make_year
from zaiti.programmes.models import Cycle, FormVersion
from zaiti.programmes.packs import Pack
from zaiti.studio.checking import checked
from zaiti.studio.correcting import corrected, new_forms, require_open, written_now
from zaiti.studio.models import YearDraft
from zaiti.studio.notify import tell_of_correction
from zaiti.studio.rules import may_write


@transaction.atomic
def prepare_draft(draft: YearDraft, *, by: User) -> None:
    """Put it before the approver, once nothing is wrong and every field carried over is confirmed."""
    require(may_prepare(by, draft))
    prepare(draft, by=by)
    pack = _sound(draft)
    draft.year = pack.year
    draft.save(update_fields=["year"])
    if draft.corrects and not corrected(pack, draft.corrects):
        raise Refused(_("Nothing is changed in the forms yet."))
    mail = "form_prepared" if draft.corrects else "prepared"
    notify(to_approve(draft), f"studio/mail/{mail}.txt", about=draft, draft=draft, pack=pack)


@transaction.atomic
def send_back_draft(draft: YearDraft, *, by: User, reason: str) -> None:
    """Give it back to who prepared it."""
    send_back(draft, by=by, reason=reason)
    notify(to_mend(draft), "studio/mail/sent_back.txt", about=draft, draft=draft)


@transaction.atomic
def open_draft(draft: YearDraft, *, by: User) -> Cycle:
    """Open the year as it was prepared; from here on the plan's own rules hold."""
    require(may_approve(by, draft))
    if draft.corrects:
        raise Refused(_("This corrects the forms of a year that is under way already."))
    approve(draft, by=by)
    draft.cycle = make_year(_sound(draft), by=by)
    draft.save(update_fields=["cycle"])
    officers = {one for place in draft.cycle.districts.all() for one in holders(place, Post.Role.OFFICER)}
    readers = sorted({*to_mend(draft), *officers}, key=lambda one: one.pk)
    notify(readers, "studio/mail/opened.txt", cycle=draft.cycle)
    return draft.cycle


@transaction.atomic
def correct_forms(draft: YearDraft, *, by: User) -> list[FormVersion]:
    """Put the corrected forms in force: what may be written goes on by them; all are told."""
    require(may_approve(by, draft))
    cycle = draft.corrects
    if cycle is None:
        raise Refused(_("This is a year in preparation; it is opened."))
    for kind in cycle.types.order_by("pk"):
        turn_of_form(kind)
    require_open(cycle)
    approve(draft, by=by)
    made = new_forms(_sound(draft), cycle, by=by, reason=draft.reason)
    tell_of_correction(draft, made, [row for row in written_now(made) if rebase(row, by=by)])
    return made


@transaction.atomic
def abandon_draft(draft: YearDraft, *, by: User, reason: str) -> None:
    """Give it up; nothing of it was published."""
    reason = needed(reason, _("Say why the year is given up; it goes on record."))
    move(draft, "abandon", by=by, may=may_write, reason=reason)


def _sound(draft: YearDraft) -> Pack:
    pack, problems = checked(draft)
    if pack is None or problems:
        raise Refused(
            _("%(n)s entries are missing or wrong; they are listed on the page.") % {"n": len(problems)}
        )
    if draft.to_confirm:
        raise Refused(
            _("%(n)s entries carried over from another year are not confirmed yet.")
            % {"n": len(draft.to_confirm)}
        )
    return pack
