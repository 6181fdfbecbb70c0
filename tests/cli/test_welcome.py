"""What `make run` prints once the site answers."""

import re

import pytest

from tests import make
from zaiti.cli import address, starting
from zaiti_replay.demo import ACCOUNTS

pytestmark = pytest.mark.django_db
HERE = address.Address("127.0.0.1", 8000)


@pytest.fixture
def welcome(capsys, settings):
    """The words that end the start of a demo whose data are loaded already."""
    settings.DEMO = True
    make.user(is_demo=True)
    said = starting._demo()
    capsys.readouterr()
    starting.welcome(HERE, said)
    return capsys.readouterr().out


def test_it_names_each_demo_account_with_its_role(welcome):
    told = re.findall(r"^  (\S+) +(\S.*)$", welcome, re.M)
    assert told == ACCOUNTS
    assert len(told) >= 13


def test_it_tells_address_password_and_how_to_stop(welcome, settings):
    assert "Zaiti is at http://127.0.0.1:8000/" in welcome
    assert settings.DEMO_PASSWORD in welcome
    assert welcome.endswith("Ctrl-C stops it.\n")


def test_outside_the_demo_no_account_is_named(capsys):
    starting.welcome(HERE, "")
    assert capsys.readouterr().out.split() == [
        "Zaiti",
        "is",
        "at",
        "http://127.0.0.1:8000/",
        "Ctrl-C",
        "stops",
        "it.",
    ]
