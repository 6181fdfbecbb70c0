"""Say how often the pre-check of scans and the officers agreed, check by check."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from zaiti.screening.judging import Agreement, agreement


class Command(BaseCommand):
    help = "Print how often the pre-check of scans and the officers' marks agreed, for each kind of check."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table."""
        rows = agreement()
        if not rows:
            self.stdout.write("No officer has marked a file that the pre-check had read yet.")
            return
        table = Table("engine", "check", "judged", "agreed", "false alarms", "missed", "unsure")
        for row in rows:
            table.add_row(*_cells(row))
        Console(file=self.stdout, width=100).print(table)  # type: ignore[arg-type]  # writes text like a file


def _cells(row: Agreement) -> list[str]:
    judged = row.same + row.alarms + row.misses + row.unsure
    share = "" if row.share is None else f"{row.share:.1%}"
    return [row.engine, row.kind, str(judged), share, str(row.alarms), str(row.misses), str(row.unsure)]
