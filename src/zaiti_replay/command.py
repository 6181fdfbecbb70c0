"""`zaiti replay`."""

from pathlib import Path
from typing import Annotated

import typer

from zaiti.cli.failures import Stop
from zaiti.cli.packs import sound
from zaiti.cli.scratch import scratch
from zaiti.programmes.packs import load_pack


def replay(
    pack: Annotated[Path, typer.Argument(metavar="FILE", help="a policy pack")],
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="write the outcome here")
    ] = None,
) -> None:
    """Run a pack's whole year at its own dates, in a database that is thrown away."""
    policy = load_pack(sound(pack))
    if not policy.windows or not any(place.quotas for place in policy.districts):
        raise Stop(
            "这份政策包没有写明申报时间（windows）和名额（quotas），无法从头演到公布名单；"
            "请用写明这两项的政策包，如 policies/luohu-2024.yaml。"
        )
    with scratch():
        from zaiti_replay.running import run  # noqa: PLC0415 - its models need Django set up

        held = run(policy, json)
    raise typer.Exit(0 if held else 1)
