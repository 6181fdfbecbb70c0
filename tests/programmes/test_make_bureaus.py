"""The bureaus of a pack, made on a new database so that posts can be given at them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from zaiti.accounts.models import Authority
from zaiti.settings import POLICIES


def command(pack) -> str:
    said = StringIO()
    call_command("make_bureaus", str(pack), stdout=said)
    return said.getvalue()


def test_it_makes_what_is_missing_and_leaves_the_rest():
    pack = POLICIES / "shenzhen-2025.yaml"
    assert command(pack).endswith("and 11 districts: 12 bureaus made.\n")
    Authority.objects.filter(code="luohu").update(phone="0755-0000")
    assert command(pack).endswith(": 0 bureaus made.\n")
    assert Authority.objects.get(code="luohu").phone == "0755-0000"


def test_a_missing_or_broken_pack_is_refused_in_a_sentence(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: b: c")
    with pytest.raises(CommandError, match=r"There is no file nowhere\.yaml"):
        command("nowhere.yaml")
    with pytest.raises(CommandError, match=r"broken\.yaml:1: "):
        command(broken)
    assert not Authority.objects.exists()
