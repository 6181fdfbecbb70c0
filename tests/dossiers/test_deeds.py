"""Every deed has its words."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from zaiti.dossiers.deeds import DEEDS, deed, kind
from zaiti.ledger.moves import Stateful

SOURCE = Path(__file__).parents[2] / "src/zaiti"
MACHINES = [m for m in apps.get_models() if issubclass(m, Stateful)]


def recorded() -> set[str]:
    verbs = set()
    for file in SOURCE.rglob("*.py"):
        if "record(" not in (text := file.read_text()) or file.parent.name == "ledger":
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                consts = [c.value for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant)]
                verbs |= {value for value in consts if isinstance(value, str)}
    return verbs


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_every_step_of_every_machine_has_its_words(model):
    assert set(model.MOVES) <= set(DEEDS.get(model._meta.label_lower, {}))


def test_every_other_deed_that_is_recorded_has_its_words():
    known = {verb for verbs in DEEDS.values() for verb in verbs}
    assert len(recorded()) > 20
    assert recorded() - known == set()


def test_no_words_are_kept_for_deeds_that_nobody_does():
    moved = {verb for model in MACHINES for verb in model.MOVES}
    assert {verb for verbs in DEEDS.values() for verb in verbs} - moved - recorded() == set()


@pytest.mark.parametrize("thing_type", DEEDS)
def test_every_kind_of_thing_has_a_name(thing_type):
    assert kind(thing_type)


def test_an_unknown_verb_stands_for_itself():
    assert deed("accounts.user", "vanish") == "vanish"
