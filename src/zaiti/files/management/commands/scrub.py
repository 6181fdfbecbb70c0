from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import track

from zaiti.files.scrubbing import clear_away, current, damaged, go_on


class Command(BaseCommand):
    help = "Compare every stored file with its row; what is missing or torn is listed, and ends it with 1."

    def handle(self, *args: Any, **options: Any) -> None:
        console, left = Console(stderr=True), current()[1].count()
        for _file in track(go_on(), _("Comparing"), total=left, console=console):
            pass
        cleared = clear_away()
        self.stdout.write(_("Leftovers cleared away: %(count)s.") % {"count": cleared})
        if rows := list(damaged()):
            lines = [f"{row.content}  {row.get_damage_display()}  {row.size}" for row in rows]
            raise CommandError("\n".join([*lines, _("These files are not as they came.")]), returncode=1)
        self.stdout.write(_("Every file is as it came."))
