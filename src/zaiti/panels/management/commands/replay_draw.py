"""Repeat a draw from its record and tell whether it comes out the same."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from zaiti.panels.models import Draw
from zaiti.panels.queries import replay


class Command(BaseCommand):
    """`zaiti manage replay_draw <pk>`."""

    help = "Repeat a draw from its seed and pool, and name what does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the draw's number."""
        parser.add_argument("pk", type=int)

    def handle(self, *args: Any, pk: int, **options: Any) -> None:
        """Print the seed, each drawn line with its key, and the verdict."""
        draw = Draw.objects.filter(pk=pk).first()
        if draw is None:
            raise CommandError(f"There is no draw {pk}.")
        self.stdout.write(f"method {draw.method}\nseed   {draw.seed}\npool   {len(draw.pool)} lines")
        for one in draw.drawn:
            self.stdout.write(f"{one['key']}  {one['line']}")
        if faults := replay(draw):
            raise CommandError(f"Draw {pk} does not hold: {', '.join(faults)}.")
        self.stdout.write(self.style.SUCCESS(f"Draw {pk} holds."))
