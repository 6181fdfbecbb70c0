from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from zaiti.carriers.tasks import open_inactivity_checks


class Command(BaseCommand):
    help = "Alert carriers without verified training, and open the checks that a person settles."

    def handle(self, *args: Any, **options: Any) -> None:
        opened = open_inactivity_checks()
        checks = sum(check.to_settle for check in opened)
        self.stdout.write(
            _("Alerts: %(alerts)s; checks to settle: %(checks)s")
            % {"alerts": len(opened) - checks, "checks": checks}
        )
