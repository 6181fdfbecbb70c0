import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zaiti.accounts.actions import create_first_admin
from zaiti.accounts.models import User


class Command(BaseCommand):
    help = (
        "Make the first system administrator of a new database.  The password is asked for, "
        "or read from ZAITI_ADMIN_PASSWORD."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--email", default="", help="where the person is mailed")

    def handle(self, *args: Any, username: str, name: str, email: str, **options: Any) -> None:
        given = User(username=username, name=name, email=email)
        try:
            given.clean_fields(exclude=["password"])
            password = os.environ.get("ZAITI_ADMIN_PASSWORD") or _asked()
            validate_password(password, given)
        except ValidationError as failure:
            raise CommandError(" ".join(failure.messages))
        create_first_admin(by=None, username=username, name=name, email=email, password=password)
        self.stdout.write(_("%(name)s can sign in as %(username)s.") % {"name": name, "username": username})


def _asked() -> str:
    """Ask for the password twice, without showing it."""
    try:
        first, second = getpass(_("Password: ")), getpass(_("The same again: "))
    except EOFError:
        raise CommandError(_("There is no terminal to ask for the password: set ZAITI_ADMIN_PASSWORD."))
    if first != second:
        raise CommandError(_("The two passwords differ; nothing was made."))
    return first
