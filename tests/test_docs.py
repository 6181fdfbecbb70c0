"""The documents say what the code does: commands, variables, accounts, excerpts, words, diagrams."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands
from typer.main import get_command

from zaiti.accounts.models import Authority, User
from zaiti.accounts.rules import may_administer
from zaiti.cli import app
from zaiti.ledger.chain import first_break
from zaiti.ledger.management.commands import draw_machines
from zaiti_replay.demo import ACCOUNTS

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

READERS = {"flag", "names", "number"}  # the helpers of settings.py that read a variable
NOT_FOR_PEOPLE = {
    "PYTEST_VERSION",  # pytest says that it runs
    "ZAITI_SCRATCH",  # `zaiti replay` says so to its settings
    "ZAITI_RELOAD",  # so does `zaiti demo --reload`
    "PYTHONPATH",  # handed on to the processes of scancheck
}
READ_BY_LIBRARIES = re.compile(r"AWS_\w+")


def by_name(path: Path) -> str:
    return path.name


def section(heading: str) -> str:
    return README.split(f"### {heading}\n", 1)[1].split("\n### ", 1)[0]


def first_column(heading: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)`", section(heading), re.M)


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(), re.M | re.S)


# Variables


def variables_read() -> set[str]:
    files = [file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts]
    return {
        name for file in files for node in ast.walk(ast.parse(file.read_text())) for name in read_by(node)
    }


def read_by(node: ast.AST) -> Iterator[str]:
    """Name the variables that one piece of code asks for."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="get"), args=[ast.Constant(value=name), *_]):
            if is_environment(value):
                yield name
        case ast.Call(func=ast.Name(id=reader), args=[ast.Constant(value=name), *_]) if reader in READERS:
            yield name
        case ast.Call(func=ast.Attribute(attr="getenv"), args=[ast.Constant(value=name), *_]):
            yield name
        case ast.Subscript(value=value, slice=ast.Constant(value=name)):
            if is_environment(value):
                yield name
        case ast.Compare(left=ast.Constant(value=name), comparators=[value]):
            if is_environment(value):
                yield name


def is_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def test_every_variable_that_is_read_stands_in_the_table_and_none_besides():
    told = first_column("Configuration")
    assert len(told) == len(set(told))
    ours = {name for name in told if not READ_BY_LIBRARIES.fullmatch(name)}
    assert ours == variables_read() - NOT_FOR_PEOPLE


def test_variables_for_the_library_are_read_by_the_library():
    library = Path(pytest.importorskip("botocore").__file__).parent
    read = "".join((library / name).read_text() for name in ("configprovider.py", "credentials.py"))
    told = [name for name in first_column("Configuration") if READ_BY_LIBRARIES.fullmatch(name)]
    assert told
    assert [name for name in told if name not in read] == []


# Commands


def code_of(page: Path) -> str:
    """Everything a page sets as code."""
    text = page.read_text()
    return "\n".join([*blocks(page, "sh"), *re.findall(r"`([^`\n]+)`", text)])


def named(pattern: str) -> list[tuple[str, str]]:
    """What the pages name, each with its page."""
    found = {(page.name, name) for page in PAGES for name in re.findall(pattern, code_of(page), re.M)}
    return sorted(found)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))


@pytest.mark.parametrize(("doc", "target"), named(r"(?:^|\s)make ([a-z][a-z-]*)"))
def test_a_make_target_that_is_named_exists(doc, target):
    assert target in targets()


@pytest.mark.parametrize(("doc", "command"), named(r"(?:^|\s|/)zaiti ([a-z][a-z-]*)"))
def test_a_zaiti_command_that_is_named_exists(doc, command):
    assert command in get_command(app).commands


@pytest.mark.parametrize(("doc", "command"), named(r"zaiti manage ([a-z]\w*)"))
def test_a_management_command_that_is_named_exists(doc, command):
    assert command in get_commands()


@pytest.mark.parametrize(("doc", "file"), named(r"((?:policies|scripts)/[\w.-]+)"))
def test_a_file_that_a_command_takes_is_there(doc, file):
    assert (ROOT / file).exists()


def test_the_two_commands_and_the_others_that_matter_are_named():
    told = {command for page, command in named(r"((?:make|zaiti) [a-z][a-z-]*)") if page == "README.md"}
    assert {"make run", "make test", "make setup"} <= told
    assert {f"zaiti {name}" for name in get_command(app).commands} <= told


def test_every_command_of_ours_is_in_the_readme():
    ours = {name for name, where in get_commands().items() if str(where).startswith("zaiti")}
    told = {command for page, command in named(r"zaiti manage ([a-z]\w*)") if page == "README.md"}
    assert ours - told == {"load_demo"}  # `zaiti up` calls it


# People


def test_the_demo_accounts_are_those_of_the_demo():
    assert first_column("Demo accounts") == [username for username, _what in ACCOUNTS]
    assert f"`{settings.DEMO_PASSWORD}`" in section("Demo accounts")


@pytest.mark.django_db
def test_the_first_people_come_as_production_says(monkeypatch):
    monkeypatch.setenv("ZAITI_ADMIN_PASSWORD", "a-long-Passw0rd")
    monkeypatch.chdir(ROOT)
    code = next(block for block in blocks(ROOT / "docs/production.md", "sh") if "first_admin" in block)
    for line in code.splitlines():
        call_command(*shlex.split(line.removeprefix("zaiti manage ")))
    admin = User.objects.get(username="admin")
    assert may_administer(admin)
    assert Authority.objects.filter(level=Authority.Level.CITY).count() == 1
    assert first_break() is None


# Files


@pytest.mark.parametrize("doc", PAGES, ids=by_name)
def test_links_lead_somewhere(doc):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", doc.read_text()):
        assert "://" in target or (doc.parent / target).exists(), target


@pytest.mark.parametrize("doc", PAGES, ids=by_name)
def test_paths_that_are_named_exist(doc):
    for path in re.findall(r"`((?:src|tests|docs|policies|scripts)/[\w./-]+)`", doc.read_text()):
        assert (ROOT / path).exists(), path


# Excerpts, words, diagrams


def excerpts() -> list[tuple[str, str]]:
    """Each piece of code in add-an-action.md, with the file it is said to stand in."""
    found = []
    for block in blocks(ROOT / "docs/add-an-action.md", "python"):
        head, _line, code = block.partition("\n")
        found += [(head.removeprefix("# "), piece.strip("\n")) for piece in code.split("…\n")]
    return found


@pytest.mark.parametrize(("file", "code"), excerpts(), ids=lambda text: text[:40].strip())
def test_an_excerpt_stands_in_its_file(file, code):
    assert code in (ROOT / file).read_text()


def words() -> list[str]:
    rows = re.findall(r"^\|[^|]+\|[^|]+\|([^|]+)\|$", (ROOT / "docs/words.md").read_text(), re.M)
    return sorted(
        {part for row in rows for name in re.findall(r"`([^`]+)`", row) for part in name.split(".")}
    )


def identifiers() -> set[str]:
    return {word for file in SOURCE.rglob("*.py") for word in re.findall(r"\w+", file.read_text())}


def test_the_names_in_code_are_names_in_the_code():
    assert len(words()) > 60
    assert set(words()) - identifiers() == set()


def test_the_diagrams_are_what_the_command_draws():
    assert draw_machines.PAGE.read_text() == draw_machines.whole_page(), "run `zaiti manage draw_machines`"


def test_every_state_is_said_in_both_languages():
    for model in draw_machines.machines():
        for label in model.State.labels:
            assert len(draw_machines._in_both(label)) == 2, f"{model.__name__}: {label}"
