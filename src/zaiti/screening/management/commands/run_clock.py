from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from zaiti.screening.tasks import deem_overdue, lapse_corrections


class Command(BaseCommand):
    help = "Take every step of form checks that is due by the clock: deemed acceptance, lapsed corrections."

    def handle(self, *args: Any, **options: Any) -> None:
        deemed, lapsed = deem_overdue(), lapse_corrections()
        self.stdout.write(
            _("Deemed accepted: %(deemed)s; corrections lapsed: %(lapsed)s")
            % {"deemed": len(deemed), "lapsed": len(lapsed)}
        )
