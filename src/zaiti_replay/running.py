"""Run a pack's whole year through the same actions as the pages, at the notice's own dates."""

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from zaiti.ledger.models import Entry
from zaiti.programmes.packs import Pack
from zaiti_replay import luohu, plain
from zaiti_replay.checks import CHECKS, recognised
from zaiti_replay.jobs import run_jobs
from zaiti_replay.luohu import to_scores
from zaiti_replay.luohu.story import Step
from zaiti_replay.play import World

STORY = "luohu-2024"  # the pack whose year is told in full
console = Console()


def run(policy: Pack, json_path: Path | None = None) -> bool:
    """Play the year, print a table per step, check the end; true when every check holds."""
    begin, steps, all_checks = plain.STORY if policy.id != STORY else (to_scores.begin, luohu.STEPS, CHECKS)
    world = begin(policy)
    tables = _play(world, steps)
    for table in tables:
        console.print(_drawn(table))
    checks = [{"name": name, "ok": bool(holds(world))} for name, holds in all_checks]
    console.print(
        _drawn(_table("核对", ("核对", "结果"), [(c["name"], "✓" if c["ok"] else "✗") for c in checks]))
    )
    outcome = {
        "recognised": recognised(world),
        "steps": tables,
        "checks": checks,
        "ledger_entries": Entry.objects.count(),
    }
    console.print(f"认定：{outcome['recognised']}；审计日志 {outcome['ledger_entries']} 条。")
    if json_path:
        json_path.write_text(json.dumps(outcome, ensure_ascii=False, indent=1))
    return all(check["ok"] for check in checks)


def _play(world: World, steps: list[Step]) -> list[dict[str, Any]]:
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tables = []
    with Progress(*shown, console=console) as progress:
        task = progress.add_task("", total=len(steps))
        for step in steps:
            progress.update(task, description=step.title)
            tables.append(_table(step.title, step.heads, step.do(world)))
            run_jobs()
            progress.advance(task)
    return tables


def _table(title: str, heads: tuple[str, ...], rows: list[Any]) -> dict[str, Any]:
    return {"title": title, "heads": list(heads), "rows": [list(row) for row in rows]}


def _drawn(table: dict[str, Any]) -> Table:
    drawn = Table(title=table["title"], title_justify="left")
    for head in table["heads"]:
        drawn.add_column(head)
    for row in table["rows"]:
        drawn.add_row(*(str(cell) for cell in row))
    return drawn
