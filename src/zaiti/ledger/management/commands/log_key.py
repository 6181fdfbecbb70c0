from typing import Any

from django.core.management.base import BaseCommand

from zaiti.ledger import signing


class Command(BaseCommand):
    help = "Make a key for the public log: the value of ZAITI_LOG_KEY, and what others check it with."

    def handle(self, *args: Any, **options: Any) -> None:
        made = signing.new()
        self.stdout.write(f"ZAITI_LOG_KEY={made.secret()}\n{made.verifier()}")
