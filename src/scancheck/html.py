"""A report people read in a browser: one file, with a picture of each page that has findings."""

import base64
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from scancheck.binding import paper
from scancheck.overlay import draw
from scancheck.profile import STANDARD
from scancheck.report import Finding, Report

STYLE = """
body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left}
img{max-width:100%;border:1px solid #ccc}.fail{color:#a40e26}.warn{color:#7a5200}.unsure{color:#0550ae}
.pass{color:#116329}
"""
WORDS = {
    "zh": {
        "title": "扫描件检查报告", "file": "文件", "pages": "页数", "verdict": "结论", "found": "问题数",
        "check": "检查", "about": "看什么", "codes": "问题代码", "bounds": "阈值",
        "pass": "通过", "warn": "提醒", "fail": "不合格", "unsure": "存疑",
    },
    "en": {
        "title": "Scan report", "file": "File", "pages": "Pages", "verdict": "Verdict", "found": "Findings",
        "check": "Check", "about": "About", "codes": "Codes", "bounds": "Thresholds",
        "pass": "pass", "warn": "warn", "fail": "fail", "unsure": "unsure",
    },
}  # fmt: skip
Checked = Sequence[tuple[Path, Report]]


def page(checked: Checked, lang: str) -> str:
    """The whole report."""
    words = WORDS[lang]
    heads = "".join(f"<th>{words[each]}</th>" for each in ("file", "pages", "verdict", "found"))
    rows = "".join(_row(number, path, report, words) for number, (path, report) in enumerate(checked))
    parts = "".join(_part(number, path, report) for number, (path, report) in enumerate(checked))
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{words["title"]}</title>'
        f"<style>{STYLE}</style><h1>{words['title']}</h1><table><tr>{heads}</tr>{rows}</table>{parts}</html>"
    )


def _row(number: int, path: Path, report: Report, words: dict[str, str]) -> str:
    cells = (
        f'<a href="#f{number}">{escape(str(path))}</a>',
        str(report.document.pages or ""),
        f'<span class="{report.verdict}">{words[report.verdict]}</span>',
        str(len(report.findings)),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _part(number: int, path: Path, report: Report) -> str:
    """One file's findings, each page's after its picture."""
    if not report.findings:
        return ""
    pictures = _pictures(path, report)
    paged = (_list(each.findings) + pictures.get(each.number, "") for each in report.pages if each.findings)
    head = f'<h2 id="f{number}">{escape(path.name)}</h2>'
    return head + _list(report.document.findings) + "".join(paged)


def _list(findings: Iterable[Finding]) -> str:
    items = "".join(f'<li class="{each.status}">{escape(each.message)}</li>' for each in findings)
    return f"<ul>{items}</ul>" if items else ""


def _pictures(path: Path, report: Report) -> dict[int, str]:
    """A picture of each page with findings, as they lie on it; none of a file that can't be read."""
    if not report.readable:
        return {}
    wanted = {each.number for each in report.pages if each.findings}
    with TemporaryDirectory() as folder:
        drawn = {
            int(each.stem.rpartition("-")[2]): each
            for each in draw(paper(path, STANDARD).source, report, Path(folder))
        }
        return {number: _image(drawn[number]) for number in wanted & drawn.keys()}


def _image(path: Path) -> str:
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}">'
