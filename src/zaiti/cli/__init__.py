"""The `zaiti` command.  Whatever goes wrong ends in a sentence; ZAITI_DEBUG=1 shows the traceback instead."""

import os
import signal
import sys
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import django
import typer
from django.conf import settings
from django.core.management import execute_from_command_line

from zaiti.cli import address, family, starting
from zaiti.cli.failures import sentence
from zaiti.cli.packs import sound
from zaiti.ledger import witness as witnessing

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
as_django_reads_it = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def main() -> None:
    """Run a command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaiti.settings")
    os.environ.setdefault("PGCONNECT_TIMEOUT", "5")
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # so that exit handlers run
    try:
        app()
    except Exception as failure:
        if os.environ.get("ZAITI_DEBUG"):
            raise
        sys.exit(sentence(failure))


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("zaiti"))
        raise typer.Exit


@app.callback()
def zaiti(
    says_version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="say the version and stop")
    ] = False,
) -> None:
    """The yearly recognition of training carriers."""


@app.command()
def up() -> None:
    """Bring everything up to date and start web and workers; Ctrl-C stops them."""
    _serve(with_workers=True)


@app.command()
def web() -> None:
    """Do the same without workers, where `zaiti work` runs elsewhere."""
    _serve(with_workers=False)


def _serve(*, with_workers: bool) -> None:
    here = address.read()
    if settings.DEMO:
        address.require_loopback(here)
    address.require_free(here)
    starting.own_database()
    django.setup()
    accounts = starting.prepare()
    children = {"web": starting.web(here), **(starting.workers() if with_workers else {})}
    raise typer.Exit(
        family.run(
            children,
            is_ready=lambda: address.answers(here),
            when_ready=lambda: starting.welcome(here, accounts),
            look_after=starting.revive_database,
        )
    )


@app.command()
def work(
    queue: Annotated[
        list[str] | None, typer.Option(help="work off this queue alone; may be given several times")
    ] = None,
    nice: Annotated[
        int, typer.Option(min=0, max=19, help="let others go first: 19 for what can wait longest")
    ] = 0,
    wait: Annotated[bool, typer.Option("--wait", help="wait for a PostgreSQL that is away")] = False,
) -> None:
    """Run background jobs alone, beside a web process elsewhere."""
    os.nice(nice)
    starting.own_database()
    django.setup()
    if not wait:
        starting.require_database()
    from zaiti.cli import working  # noqa: PLC0415 - its jobs need Django set up

    working.run(queue)


@app.command()
def demo(
    reload: Annotated[
        bool, typer.Option("--reload", help="for development: begin anew when the source changes")
    ] = False,
) -> None:
    """Look around: `up` with demo data, on this machine alone."""
    os.environ["ZAITI_DEMO"] = "1"
    if reload:
        os.environ.update(ZAITI_DEBUG="1", ZAITI_RELOAD="1")
    starting.fetch_postgresql()
    up()


@app.command("check-pack")
def check_pack(pack: Annotated[Path, typer.Argument(metavar="FILE", help="a policy pack")]) -> None:
    """Say what is wrong with a policy pack: file, line, field and a sentence each."""
    typer.echo(f"{sound(pack)}: nothing wrong found.")


@app.command()
def witness(
    log: Annotated[str, typer.Argument(metavar="URL", help="the log's address, https://…/log")],
    state: Annotated[Path, typer.Option(help="the file in which this witness keeps what it saw")],
    key: Annotated[str, typer.Option(help="the log's key as you know it from elsewhere")] = "",
    new_entries: Annotated[bool, typer.Option("--new-entries", help="read none of the past again")] = False,
) -> None:
    """Look whether a public log still holds all it signed; needs neither database nor settings."""
    try:
        seen = witnessing.witness(log, state, key, all_entries=not new_entries)
    except witnessing.Contradiction as told:
        typer.echo(f"DOES NOT HOLD: {told}", err=True)
        raise typer.Exit(2) from told
    typer.echo(f"HOLDS: {seen.size} entries of {seen.origin}, signed by {seen.key}")


@app.command(context_settings=as_django_reads_it)
def manage(context: typer.Context) -> None:
    """Run one of Django's management commands; without a name, list them."""
    starting.own_database()
    execute_from_command_line(["zaiti manage", *context.args])


# The replay stands on the rooms and may be left out: so nothing of ours imports it.
if find_spec("zaiti_replay"):
    app.command()(import_module("zaiti_replay.command").replay)
