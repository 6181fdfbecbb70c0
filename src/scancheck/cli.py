"""`scancheck FILE…`: the engine on the command line."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from scancheck.expectation import Expectation, Sealed
from scancheck.inspecting import inspect
from scancheck.overlay import draw
from scancheck.profile import STANDARD
from scancheck.report import Report, json_schema

PASSED, FOUND, UNREADABLE = 0, 1, 2
MARKS = {
    "pass": "[green]通过[/]",
    "warn": "[yellow]提醒[/]",
    "fail": "[red]不合格[/]",
    "unsure": "[cyan]存疑[/]",
}
ENGLISH_MARKS = {
    "pass": "[green]pass[/]",
    "warn": "[yellow]warn[/]",
    "fail": "[red]fail[/]",
    "unsure": "[cyan]unsure[/]",
}
app = typer.Typer(add_completion=False)
console = Console(stderr=True)


Files = Annotated[list[Path] | None, typer.Argument(help="PDF files to read")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a report a line as JSON")]
Name = Annotated[str | None, typer.Option(help="The applicant's name (单位名称), compared with the seals")]
Material = Annotated[str | None, typer.Option(help="The material (材料名) the file should be")]
Where = Annotated[Sealed | None, typer.Option(help="Where seals must be")]
Overlay = Annotated[Path | None, typer.Option(help="Folder for page images with the evidence drawn in")]
Jobs = Annotated[int, typer.Option(min=1, help="Files read at a time")]
Lang = Annotated[Literal["zh", "en"], typer.Option(help="Language of messages")]


def _print_schema(wanted: bool) -> None:
    if wanted:
        typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        raise typer.Exit


SchemaOnly = Annotated[
    bool,
    typer.Option(
        "--schema", callback=_print_schema, is_eager=True, help="Print the JSON Schema of reports and stop"
    ),
]


@app.command()
def check(
    files: Files = None,
    as_json: AsJson = False,
    name: Name = None,
    material: Material = None,
    sealed: Where = None,
    overlay: Overlay = None,
    jobs: Jobs = 1,
    lang: Lang = "zh",
    schema: SchemaOnly = False,
) -> None:
    """Say what is wrong with scanned PDFs. Exit: 0 all pass, 1 findings, 2 a file can't be read."""
    if not files:
        raise typer.BadParameter("name at least one file")
    reports = _inspected(files, Expectation(name, material, sealed), jobs, lang)
    for path, report in zip(files, reports, strict=True):
        typer.echo(report.to_json()) if as_json and report else _tell(path, report, lang)
        if overlay and report and report.readable:
            draw(path, report, overlay)
    raise typer.Exit(_exit_code(reports))


def _inspected(
    files: list[Path], expect: Expectation, jobs: int, lang: Literal["zh", "en"]
) -> list[Report | None]:
    """Read the files, a few at a time, with a bar of pages; None for what can't be read."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar, ThreadPoolExecutor(jobs) as pool:

        def one(path: Path) -> Report | None:
            task = bar.add_task(path.name, total=None)

            def moved(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            try:
                return inspect(path, STANDARD, expect, lang=lang, progress=moved)
            except OSError as error:
                console.print(f"{path}: {error.strerror}", markup=False)
                return None

        return list(pool.map(one, files))


def _tell(path: Path, report: Report | None, lang: str) -> None:
    """Print a file's verdict and its findings, a line each."""
    if report is None:
        return
    out = Console(highlight=False, soft_wrap=True)
    marks = ENGLISH_MARKS if lang == "en" else MARKS
    out.print(f"[bold]{path.name}[/]  {marks[report.verdict]}")
    for found in report.findings:
        out.print(f"  {marks[found.status]}  ", end="")
        out.print(found.message, markup=False)


def _exit_code(reports: list[Report | None]) -> int:
    if any(report is None or not report.readable for report in reports):
        return UNREADABLE
    return PASSED if all(report and report.verdict == "pass" for report in reports) else FOUND


def main() -> None:
    """The console script."""
    app()
