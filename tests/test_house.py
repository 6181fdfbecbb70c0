"""Fences no other tool holds: the shape of an action, the length of a file, the machines."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from zaiti.ledger.moves import Stateful

SOURCE = Path(__file__).resolve().parents[1] / "src/zaiti"
ROOMS = [path for path in SOURCE.iterdir() if path.is_dir() and path.name != "web"]
LONGEST_ACTION = 25
LONGEST_FILE = 370


def actions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for room in ROOMS:
        files = [*room.glob("actions.py"), *room.glob("actions/*.py")]
        for file in files:
            for node in ast.parse(file.read_text()).body:
                if isinstance(node, ast.FunctionDef) and is_action(node):
                    yield f"{room.name}.{node.name}", node


def is_action(node: ast.FunctionDef) -> bool:
    """Actions take `by`; small pure helpers beside them do not."""
    public = not node.name.startswith("_")
    return public and ("by" in arguments(node) or "atomic" in decorators(node))


def arguments(node: ast.FunctionDef) -> set[str]:
    return {arg.arg for arg in [*node.args.args, *node.args.kwonlyargs]}


def decorators(node: ast.FunctionDef) -> str:
    return " ".join(ast.unparse(decorator) for decorator in node.decorator_list)


ACTIONS = list(actions())


@pytest.mark.parametrize(("name", "node"), ACTIONS, ids=[n for n, _ in ACTIONS])
def test_every_action_has_the_same_shape(name, node):
    assert "transaction.atomic" in decorators(node), "is not atomic"
    assert "by" in {arg.arg for arg in node.args.kwonlyargs}, "does not take `by` by name"
    assert ast.get_docstring(node), "says not what it does"
    body = node.end_lineno - node.body[0].end_lineno
    assert body <= LONGEST_ACTION, f"{body} lines after its docstring"
    assert not any(arg.arg == "request" for arg in [*node.args.args, *node.args.kwonlyargs]), (
        "takes a request"
    )


REASONS = {"reason", "reasons", "why", "conclusion"}
TAKEN_ELSEWHERE = {"send_back", "check_decision"}  # they ask themselves


def required(node: ast.FunctionDef) -> set[str]:
    """The arguments that have no default."""
    pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return {arg.arg for arg, default in pairs if default is None}


def called(node: ast.FunctionDef) -> set[str]:
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    return {one.func.id for one in calls if isinstance(one.func, ast.Name)}


def asks_for_the_reason(node: ast.FunctionDef, file: Path) -> bool:
    """Itself, or by a helper of its file."""
    helpers = {one.name: one for one in ast.parse(file.read_text()).body if isinstance(one, ast.FunctionDef)}
    names = called(node)
    names |= {deeper for name in names & set(helpers) for deeper in called(helpers[name])}
    return bool(names & ({"needed", "says_something"} | TAKEN_ELSEWHERE))


WITH_REASON = [
    (f"{room.name}.{node.name}", node, file)
    for room in ROOMS
    for file in [*room.glob("actions.py"), *room.glob("actions/*.py")]
    for node in ast.parse(file.read_text()).body
    if isinstance(node, ast.FunctionDef) and required(node) & REASONS and not node.name.startswith("_")
]


@pytest.mark.parametrize(("name", "node", "file"), WITH_REASON, ids=[name for name, *_ in WITH_REASON])
def test_whoever_must_give_a_reason_gives_one_that_can_be_read(name, node, file):
    assert asks_for_the_reason(node, file), "takes an empty reason: use zaiti.core.text.needed"


def test_there_are_reasons_to_ask_for():
    assert len(WITH_REASON) > 20


def test_there_are_actions_to_judge():
    assert len(ACTIONS) > 40


@pytest.mark.parametrize(
    "file", [f for f in SOURCE.rglob("*.py") if "migrations" not in f.parts], ids=lambda f: f.name
)
def test_no_file_is_longer_than_its_cap(file):
    assert len(file.read_text().splitlines()) <= LONGEST_FILE


# A deed done by a room above as well, which does more: pages call that one (docs/house.md).
LOWER = {
    "upload_material": "screening.put_in_slot",
    "keep_dropped": "screening.take_in",
    "take_dropped": "screening.place_dropped",
    "take_parts": "screening.join_parts",
    "decide_objection": "results.settle_objection",
    "publish_announcement": "carriers.announce",
    "remove_member": "applications.release_member",
    "accept_invitation": "panels.join_unit",
    "edit_organisation": "panels.edit_unit",
    "rename_unit": "panels.edit_unit",
    "consent_to_renaming": "panels.consent_to_new_name",
    "confirm_mandate": "panels.confirm_person",
    "take_over_by_portal": "panels.take_over_unit",
}


def names_in(file: Path) -> set[str]:
    """Every name a file imports, calls or reaches for; views and fields may bear the same one."""
    tree = ast.parse(file.read_text())
    imported = {one.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names}
    return imported | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_each_lower_deed_and_the_one_above_it_are_there():
    known = {name for name, _node in ACTIONS}
    assert set(LOWER.values()) <= known
    assert set(LOWER) <= {name.partition(".")[2] for name in known}


@pytest.mark.parametrize(
    "file", sorted((SOURCE / "web").rglob("*.py")), ids=lambda f: f"{f.parent.name}/{f.name}"
)
def test_a_page_never_calls_the_deed_below(file):
    assert {name: LOWER[name] for name in names_in(file) & set(LOWER)} == {}, "call the one above"


# Procrastinate's own ways, which commit at once inside a worker; `defer` with names of fields is Django's.
AT_ONCE = {"configure_task", "defer_async", "batch_defer", "batch_defer_async"}
THE_ONE_WAY = SOURCE / "clock/jobs.py"


def leaves_a_job(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in AT_ONCE or (node.func.attr == "defer" and not node.args)


@pytest.mark.parametrize(
    "line", ["task.defer(paper=1)", "task.defer(**facts)", "app.tasks[name].configure(lock=1).defer()"]
)
def test_each_way_to_leave_a_job_is_known(line):
    assert any(leaves_a_job(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize(
    "file", [f for f in SOURCE.rglob("*.py") if f != THE_ONE_WAY], ids=lambda f: f"{f.parent.name}/{f.name}"
)
def test_jobs_are_left_behind_in_one_way_alone(file):
    calls = [node.lineno for node in ast.walk(ast.parse(file.read_text())) if leaves_a_job(node)]
    assert not calls, "use zaiti.clock.jobs.defer"


def test_a_row_is_held_so_that_others_may_still_refer_to_it():
    """Foreign keys are checked when a transaction ends and may hold the chain: that must wait for no row."""
    held = re.compile(r"select_for_update\((?!no_key=True)|FOR UPDATE|FOR SHARE")
    sources = [f for f in SOURCE.rglob("*.py") if "migrations" not in f.parts]
    assert [f.name for f in sources if held.search(f.read_text())] == []


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if issubclass(m, Stateful)], ids=lambda m: m.__name__
)
def test_each_machine_moves_among_its_own_states(model):
    states = set(model.State.values)
    for verb, step in model.MOVES.items():
        assert {str(source) for source in step.sources} <= states, verb
        assert str(step.target) in states, verb
    reached = {str(step.target) for step in model.MOVES.values()} | {
        str(model._meta.get_field("state").default)
    }
    assert reached == states, "a state that nothing leads to"


# A door's addresses written by hand, where a name should stand for each; a message says what it is about.
BY_HAND = re.compile(r"""["'(}]/(desk|my|jury|papers|notices|postings|objections|register|accounts)/""")
OF_ADDRESSES = {"once.py", "home.py", "v1.py"}  # beginnings of addresses, and the API's own


@pytest.mark.parametrize("line", ['"/desk/"', 'f"/my/carriers/{pk}/"', 'f"{PUBLIC_URL}/objections/{token}/"'])
def test_an_address_by_hand_is_noticed(line):
    assert BY_HAND.search(line)


def test_addresses_are_given_by_name():
    files = [f for f in SOURCE.rglob("*.py") if "migrations" not in f.parts and f.name not in OF_ADDRESSES]
    assert [f"{f.parent.name}/{f.name}" for f in files if BY_HAND.search(f.read_text())] == []


SHEETS = sorted((SOURCE / "web").glob("*/static/*/*.css"))
SPEAKERS = [f for f in (SOURCE / "web").rglob("*") if f.suffix in {".html", ".py", ".js"}]


def _classes(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    return {
        name
        for selector in re.findall(r"[^{}]+(?=\{)", text)
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }


def test_every_class_that_a_style_sheet_names_is_worn_somewhere():
    said = "\n".join(f.read_text() for f in SPEAKERS)
    words = set(re.findall(r"[\w-]+", said))
    begun = tuple(set(re.findall(r"([a-z][\w-]+-)\{", said)))  # class="text-{{ state|colour }}"
    named = {name for sheet in SHEETS for name in _classes(sheet)}
    assert {n for n in named if n not in words and not n.startswith(begun)} - {"htmx-request"} == set()


# What tests and scripts find things by.
HOOKS = {"z-heading-facts", "z-letter", "z-messages", "z-no-number", "z-unsaved", "z-words"}


def test_every_class_of_our_own_says_something():
    said = "\n".join(f.read_text() for f in SPEAKERS)
    worn = set(re.findall(r"(?<![\w-])z-[a-z][a-z-]*[a-z](?![\w-]*\{)", said))
    named = {name for sheet in SHEETS for name in _classes(sheet)}
    assert worn - named - HOOKS == set()
