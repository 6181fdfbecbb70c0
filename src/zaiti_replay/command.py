"""`zaiti replay`."""

from pathlib import Path
from typing import Annotated

import typer

from zaiti.cli.packs import sound
from zaiti.cli.scratch import scratch


def replay(
    pack: Annotated[Path, typer.Argument(metavar="FILE", help="a policy pack")],
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="write the outcome here")
    ] = None,
) -> None:
    """Run a pack's whole year at its own dates, in a database that is thrown away."""
    found = sound(pack)
    with scratch():
        from zaiti_replay.running import run  # noqa: PLC0415 - its models need Django set up

        held = run(found, json)
    raise typer.Exit(0 if held else 1)
