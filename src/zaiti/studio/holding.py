"""A year in preparation, held by one writer at a time."""

from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.core import Refused, require
from zaiti.studio.keeping import Before, snapshot
from zaiti.studio.models import YearDraft
from zaiti.studio.rules import may_write


def hold(draft: YearDraft, by: User) -> Before:
    """Lock the draft for who may write in it now, and read it anew; gives how it stands."""
    require(may_write(by, draft))
    draft.refresh_from_db(from_queryset=YearDraft.objects.select_for_update(no_key=True))
    if not draft.can("prepare"):
        raise Refused(_("It can't be changed while it is “%s”.") % draft.get_state_display())
    return snapshot(draft)
