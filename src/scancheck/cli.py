"""`scancheck FILE…`: the engine on the command line, on files and folders."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from scancheck import html
from scancheck.binding import paper
from scancheck.check import Check
from scancheck.expectation import Expectation, Sealed
from scancheck.filing import inspect_file
from scancheck.gathering import gathered
from scancheck.overlay import draw
from scancheck.profile import STANDARD, Profile
from scancheck.registry import NoCheck, registered
from scancheck.report import Report
from scancheck.schema import json_schema

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


Files = Annotated[
    list[Path] | None,
    typer.Argument(help="PDFs, pictures, Word files, or folders with all that is below them"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print a report a line as JSON")]
Name = Annotated[str | None, typer.Option(help="The applicant's name (单位名称), compared with the seals")]
Material = Annotated[str | None, typer.Option(help="The material (材料名) the file should be")]
Where = Annotated[Sealed | None, typer.Option(help="Where seals must be")]
Overlay = Annotated[Path | None, typer.Option(help="Folder for page images with the evidence drawn in")]
Html = Annotated[Path | None, typer.Option("--html", help="File for a report with pictures of findings")]
Jobs = Annotated[int, typer.Option(min=1, help="Processes that read: files, and of few files their pages")]
Lang = Annotated[Literal["zh", "en"], typer.Option(help="Language of messages")]


SchemaOnly = Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of reports and stop")]
ChecksOnly = Annotated[bool, typer.Option("--checks", help="List the checks and stop")]
Plugin = Annotated[
    list[str] | None, typer.Option(help="A Python module that holds a further check; may be given again")
]


@app.command()
def check(
    files: Files = None,
    as_json: AsJson = False,
    name: Name = None,
    material: Material = None,
    sealed: Where = None,
    overlay: Overlay = None,
    to_html: Html = None,
    jobs: Jobs = 1,
    lang: Lang = "zh",
    plugin: Plugin = None,
    checks: ChecksOnly = False,
    schema: SchemaOnly = False,
) -> None:
    """Say what is wrong with scans. Exit: 0 all pass, 1 findings, 2 a file can't be read."""
    profile = _profile(tuple(plugin or ()))
    if schema:
        return typer.echo(json.dumps(json_schema(profile.plugins), ensure_ascii=False, indent=2))
    if checks:
        return Console(highlight=False).print(_listed(registered(profile.plugins), lang))
    if not files:
        raise typer.BadParameter("name at least one file")
    paths = gathered(files)
    if not paths:
        raise typer.BadParameter("no PDF, picture or document in these folders")
    reports = _inspected(paths, profile, Expectation(name, material, sealed), jobs, lang)
    checked = [(path, report) for path, report in zip(paths, reports, strict=True) if report]
    _say(checked, as_json, lang)
    if overlay:
        _overlaid(checked, overlay)
    if to_html:
        to_html.write_text(html.page(checked, lang), encoding="utf-8")
    raise typer.Exit(_exit_code(reports))


def _profile(plugins: tuple[str, ...]) -> Profile:
    try:
        registered(plugins)
    except NoCheck as error:
        raise typer.BadParameter(str(error), param_hint="--plugin") from error
    return replace(STANDARD, plugins=plugins)


def _listed(checks: tuple[Check, ...], lang: str) -> Table:
    """The checks: name, what each looks at, the codes of its findings, its thresholds."""
    table = Table(*(html.WORDS[lang][each] for each in ("check", "about", "codes", "bounds")))
    for each in checks:
        bounds = fields(each.bounds) if each.bounds else ()
        usual = "\n".join(f"{one.name} = {one.default}" for one in bounds)
        table.add_row(each.name, each.about[lang == "en"], "\n".join(each.words), escape(usual))
    return table


def _overlaid(checked: html.Checked, folder: Path) -> None:
    """Pictures of all pages; where files in several folders have one name, in a folder a file."""
    unique = len({path.stem for path, _ in checked}) == len(checked)
    for number, (path, report) in enumerate(checked, 1):
        if report.readable:
            draw(paper(path, STANDARD).source, report, folder if unique else folder / str(number))


class Rate(ProgressColumn):
    """Pages (or files) a second."""

    def render(self, task: Task) -> Text:
        """Nothing until there is a rate."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


COLUMNS = (
    TextColumn("{task.description}", markup=False),
    BarColumn(),
    TextColumn("{task.completed}/{task.total}"),
    Rate(),
    TimeElapsedColumn(),
    TimeRemainingColumn(),
)


def _say(checked: html.Checked, as_json: bool, lang: str) -> None:
    """Each report, and of several files a table of all."""
    for path, report in checked:
        typer.echo(report.to_json()) if as_json else _tell(path, report, lang)
    if len(checked) > 1 and not as_json:
        Console(highlight=False).print(_table(checked, lang))


def _table(checked: html.Checked, lang: str) -> Table:
    words, marks = html.WORDS[lang], ENGLISH_MARKS if lang == "en" else MARKS
    table = Table(*(words[each] for each in ("file", "pages", "verdict", "found")))
    for path, report in checked:
        pages, found = report.document.pages or "", len(report.findings)
        table.add_row(escape(path.name), str(pages), marks[report.verdict], str(found))
    return table


def _inspected(
    files: list[Path], profile: Profile, expect: Expectation, jobs: int, lang: Literal["zh", "en"]
) -> list[Report | None]:
    """Read the files, a few at a time and each by a few processes; None for what can't be read."""
    together = min(jobs, len(files))
    with Progress(*COLUMNS, console=console, transient=True) as bar, ThreadPoolExecutor(together) as pool:
        every = bar.add_task(html.WORDS[lang]["file"], total=len(files), visible=len(files) > 1)

        def one(path: Path) -> Report | None:
            task = bar.add_task(path.name, total=None)

            def moved(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            try:
                return inspect_file(
                    path, profile, expect, lang=lang, progress=moved, jobs=max(1, jobs // together)
                )
            except OSError as error:
                console.print(f"{path}: {error.strerror}", markup=False)
                return None
            finally:
                bar.remove_task(task)
                bar.advance(every)

        return list(pool.map(one, files))


def _tell(path: Path, report: Report, lang: str) -> None:
    """Print a file's verdict and its findings, a line each."""
    out = Console(highlight=False, soft_wrap=True)
    marks = ENGLISH_MARKS if lang == "en" else MARKS
    out.print(f"[bold]{escape(path.name)}[/]  {marks[report.verdict]}")
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
