"""Every deed is declared by the room that does it, with its words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from zaiti.ledger.deeds import DEEDS, FACTS, Deed, declare, deed, find, kind_name, name_facts
from zaiti.ledger.moves import Stateful

SOURCE = Path(__file__).parents[2] / "src/zaiti"
ROOMS = sorted(file.parent for file in SOURCE.glob("*/deeds.py") if file.parent.name != "ledger")
MACHINES = [m for m in apps.get_models() if issubclass(m, Stateful)]


def calls(file: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
            yield node


def texts(node: ast.AST) -> set[str]:
    return {c.value for c in ast.walk(node) if isinstance(c, ast.Constant) and isinstance(c.value, str)}


def recorded(room: Path) -> set[str]:
    return {
        verb for file in room.rglob("*.py") for call in calls(file, "record") for verb in texts(call.args[0])
    }


def moved(room: Path) -> set[tuple[str, str]]:
    here = [model for model in MACHINES if model.__module__.split(".")[1] == room.name]
    return {(model._meta.label_lower, verb) for model in here for verb in model.MOVES}


def declared(room: Path) -> set[tuple[str, str]]:
    """What a room's `deeds.py` says, read as text: the kind of thing, and the verb."""
    if not (file := room / "deeds.py").exists():
        return set()
    return {
        (call.args[0].value, made.args[0].value) for call in calls(file, "declare") for made in call.args[1:]
    }


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_every_step_of_every_machine_has_its_words(model):
    assert set(model.MOVES) <= set(DEEDS.get(model._meta.label_lower, {}))


def test_every_other_deed_that_is_recorded_has_its_words():
    known = {verb for verbs in DEEDS.values() for verb in verbs}
    everywhere = {verb for room in SOURCE.iterdir() if room.name != "ledger" for verb in recorded(room)}
    assert len(everywhere) > 20
    assert everywhere - known == set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_declares_its_own_deeds_and_no_others(room):
    said = declared(room)
    assert moved(room) <= said
    assert recorded(room) <= {verb for _kind, verb in said}
    assert {verb for kind, verb in said - moved(room)} - recorded(room) == set()


def test_what_the_rooms_declare_is_all_there_is():
    said = [pair for room in ROOMS for pair in declared(room)]
    assert len(said) == len(set(said))
    assert set(said) == {(kind, verb) for kind, verbs in DEEDS.items() for verb in verbs}


@pytest.mark.parametrize("thing_type", DEEDS)
def test_every_kind_of_thing_has_a_name(thing_type):
    assert kind_name(thing_type)


def test_an_unknown_verb_stands_for_itself():
    assert deed("accounts.user", "vanish") == "vanish"
    assert find("panels.scoresheet", "vanish").told == {"district"}


def test_no_two_rooms_say_one_deed_or_fact_differently():
    with pytest.raises(ValueError, match="edit_organisation"):
        declare("accounts.organisation", Deed("edit_organisation", "said otherwise"))
    with pytest.raises(ValueError, match="reason"):
        name_facts(reason="said otherwise")
    assert FACTS["reason"] != "said otherwise"
