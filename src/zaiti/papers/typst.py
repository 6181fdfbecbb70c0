"""Typst letters: facts in, PDF out, and a report of fonts that had to be stood in for."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import localtime

from zaiti import clock
from zaiti.papers.models import Bureau, Paper
from zaiti.places import PACKAGE

NO_NUMBER = "（预览，尚未编号）"
# The layout's slots (GB/T 9704-2012) and the host's official fonts that fill them.
SLOTS = {
    "小标宋": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "仿宋": ("FangSong_GB2312", "FangSong", "STFangsong"),
    "黑体": ("SimHei", "STHeiti"),
    "楷体": ("KaiTi_GB2312", "KaiTi", "STKaiti"),
    "宋体": ("SimSun", "STSong"),
}


def template_path(template: str) -> Path:
    """Find `room/papers/kind.typ` in its room's templates."""
    return Path(apps.get_app_config(template.split("/")[0]).path) / "templates" / template


def render_pdf(paper: Paper) -> bytes:
    """Typeset one paper; the letter reads `sys.inputs.paper` as JSON."""
    facts = {
        "number": paper.number,
        "title": paper.title,
        "authority": paper.authority.name if paper.authority else "",
        "made_on": localtime(paper.made_at).date().isoformat(),
        "facts": paper.facts,
    }
    compiler = typst.Compiler(root=str(PACKAGE), font_paths=_fonts())
    inputs = {"paper": json.dumps(facts, ensure_ascii=False)}
    made = compiler.compile(input=template_path(paper.template).read_bytes(), sys_inputs=inputs, format="pdf")
    assert isinstance(made, bytes)  # one PDF, not a picture for each page
    return made


def draft(template: str, *, title: str, facts: dict[str, Any], authority: Bureau | None) -> Paper:
    """A paper as it would be issued now: without a number, kept nowhere."""
    return Paper(
        number=NO_NUMBER,
        title=title,
        template=template,
        facts=json.loads(json.dumps(facts, cls=DjangoJSONEncoder)),
        authority_id=authority.pk if authority else None,
        made_at=clock.now(),
    )


def substitutions() -> list[str]:
    """Name the official fonts this host lacks; open ones stand in for them."""
    families = {family.lower() for family in _fonts().families()}
    return [slot for slot, names in SLOTS.items() if not families & {name.lower() for name in names}]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[os.environ["ZAITI_FONTS"]] if "ZAITI_FONTS" in os.environ else [])
