"""The first administrator of a new database, from the server's terminal."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from tests import make
from zaiti.accounts.actions import create_first_admin
from zaiti.accounts.management.commands import first_admin
from zaiti.accounts.models import User
from zaiti.accounts.rules import may_administer
from zaiti.core import Refused
from zaiti.ledger.models import Entry

PASSWORD = "a-long-Passw0rd"


def command(**more) -> str:
    said = StringIO()
    call_command("first_admin", "root", "--name", "示例管理员", stdout=said, **more)
    return said.getvalue()


@pytest.fixture
def _password(monkeypatch):
    monkeypatch.setenv("ZAITI_ADMIN_PASSWORD", PASSWORD)


def test_it_makes_an_administrator_and_writes_it_down():
    admin = create_first_admin(
        by=None, username="root", name="示例", email="a@example.com", password=PASSWORD
    )
    assert may_administer(admin)
    assert admin.check_password(PASSWORD)
    entry = Entry.objects.get()
    assert (entry.verb, entry.thing_id, entry.by) == ("create_first_admin", admin.pk, None)


def test_there_is_only_one_first():
    make.user(is_admin=True)
    with pytest.raises(Refused, match="already"):
        create_first_admin(by=None, username="root", name="示例")


def test_a_taken_user_name_is_refused():
    with pytest.raises(Refused, match="taken"):
        create_first_admin(by=None, username=make.user().username, name="示例")


def test_nobody_who_is_signed_in_makes_themselves_one():
    with pytest.raises(PermissionDenied):
        create_first_admin(by=make.user(), username="root", name="示例")


@pytest.mark.usefixtures("_password")
def test_the_command_takes_the_password_from_the_environment(client):
    assert command(email="root@example.com") == "示例管理员 can sign in as root.\n"
    assert User.objects.get().email == "root@example.com"
    assert client.login(username="root", password=PASSWORD)


@pytest.mark.parametrize("weak", ["short", "0123456789876", "root-root"])
def test_a_weak_password_is_refused_in_a_sentence(monkeypatch, weak):
    monkeypatch.setenv("ZAITI_ADMIN_PASSWORD", weak)
    with pytest.raises(CommandError, match="password"):
        command()
    assert not User.objects.exists()


@pytest.mark.usefixtures("_password")
def test_what_is_no_user_name_or_address_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="valid email"):
        command(email="nowhere")
    with pytest.raises(CommandError, match="valid username"):
        call_command("first_admin", "a b", "--name", "示例")


@pytest.fixture
def typed(monkeypatch):
    """What is typed at the terminal, a line for each question."""
    lines: list[str] = []

    def answer(_question: str) -> str:
        if not lines:
            raise EOFError
        return lines.pop(0)

    monkeypatch.setattr(first_admin, "getpass", answer)
    return lines


def test_it_asks_twice_for_the_password(typed):
    typed += [PASSWORD, PASSWORD]
    command()
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    ("lines", "said"), [([PASSWORD, "another-Passw0rd"], "differ"), ([], "ZAITI_ADMIN_PASSWORD")]
)
def test_without_two_equal_answers_nothing_is_made(typed, lines, said):
    typed += lines
    with pytest.raises(CommandError, match=said):
        command()
    assert not User.objects.exists()
