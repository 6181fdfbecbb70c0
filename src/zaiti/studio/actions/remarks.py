"""What officials say to each other of a field while the year is in preparation."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.chain import record
from zaiti.studio.models import Remark, YearDraft
from zaiti.studio.paths import there
from zaiti.studio.rules import may_remark


@transaction.atomic
def remark(draft: YearDraft, *, by: User, path: str, text: str) -> Remark:
    """Say something of a field or part."""
    require(may_remark(by, draft))
    text = needed(text, _("Write what there is to say."))
    _require_in_preparation(draft)
    if not path or not there(draft.facts, path):
        raise Refused(_("There is no such part; load the page again."))
    made = draft.remarks.create(path=path, text=text, by=by, at=clock.now())
    record("remark", draft, by=by, field=path)
    return made


@transaction.atomic
def settle(draft: YearDraft, *, by: User, remark: int) -> None:
    """Say that a comment is dealt with."""
    require(may_remark(by, draft))
    _require_in_preparation(draft)
    row = Remark.objects.select_for_update(no_key=True).filter(draft=draft, pk=remark).first()
    if row is None or row.settled_at:
        raise Refused(_("Somebody has settled this comment already."))
    row.settled_by, row.settled_at = by, clock.now()
    row.save(update_fields=["settled_by", "settled_at"])
    record("settle", draft, by=by, field=row.path)


def _require_in_preparation(draft: YearDraft) -> None:
    if not YearDraft.objects.in_preparation().filter(pk=draft.pk).exists():
        raise Refused(_("It can't be changed while it is “%s”.") % draft.get_state_display())
