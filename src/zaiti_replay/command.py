"""`zaiti replay`."""

from pathlib import Path
from typing import Annotated

import typer

from zaiti.cli.failures import Stop
from zaiti.cli.packs import sound
from zaiti.cli.scratch import scratch
from zaiti.programmes.packs import load_pack

STORY = "luohu-2024"  # the pack whose year is told


def replay(
    pack: Annotated[Path, typer.Argument(metavar="FILE", help="a policy pack")],
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="write the outcome here")
    ] = None,
) -> None:
    """Run a pack's whole year at its own dates, in a database that is thrown away."""
    policy = load_pack(sound(pack))
    if policy.id != STORY:
        raise Stop(f"重演的故事按罗湖区 2024 年通知编排，请用 policies/{STORY}.yaml。")
    with scratch():
        from zaiti_replay.running import run  # noqa: PLC0415 - its models need Django set up

        held = run(policy, json)
    raise typer.Exit(0 if held else 1)
