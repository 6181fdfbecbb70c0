"""Typst letters: facts in, PDF out."""

import json
from pathlib import Path

import typst

from zaiti.papers.models import Paper

PACKAGE = Path(__file__).resolve().parents[1]


def template_path(template: str) -> Path:
    """Find `room/papers/kind.typ` in its room's templates."""
    return PACKAGE / template.split("/")[0] / "templates" / template


def render_pdf(paper: Paper) -> bytes:
    """Typeset one paper; the letter reads `sys.inputs.paper` as JSON."""
    facts = {
        "number": paper.number,
        "title": paper.title,
        "authority": paper.authority.name if paper.authority else "",
        "made_on": paper.made_at.date().isoformat(),
        "facts": paper.facts,
    }
    path = template_path(paper.template)
    return bytes(typst.compile(str(path), root=str(PACKAGE), sys_inputs={"paper": json.dumps(facts)}))
