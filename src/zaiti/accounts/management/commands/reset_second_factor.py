"""`zaiti manage reset_second_factor NAME`: the way back in for an administrator who lost the telephone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zaiti.accounts.actions import reset_second_factor
from zaiti.accounts.models import User
from zaiti.core import Refused


class Command(BaseCommand):
    """Takes a second factor away, from the server's own terminal."""

    help = "Take away the second factor of an account whose owner lost it"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        try:
            reset_second_factor(user, by=None)
        except Refused as no:
            raise CommandError(no.message)
        self.stdout.write(f"{username} signs in with the password alone until a new second factor is set up.")
