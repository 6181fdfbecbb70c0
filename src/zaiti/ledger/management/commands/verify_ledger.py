from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zaiti.ledger.chain import first_break
from zaiti.ledger.models import Entry


class Command(BaseCommand):
    help = "Recompute the ledger's chain and name the first entry that does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        if broken := first_break():
            raise CommandError(
                _("The chain breaks at entry %(entry)s (%(reason)s).")
                % {"entry": broken.entry, "reason": broken.reason}
            )
        self.stdout.write(_("The chain holds: %(count)s entries.") % {"count": Entry.objects.count()})
