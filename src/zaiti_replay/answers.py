"""Invented answers (示例) to whatever a form asks."""

from decimal import Decimal
from typing import Any

from zaiti.programmes.packs.form import Column, Entry

WORDS = {
    "text": "示例内容",
    "lines": "示例单位常年面向员工和社会劳动者开展技能培训，设有专用实训场地。（示例）",
    "address": "示例区示例路1号",
    "phone": "0755-00000000",
    "person": "示例人员",
    "day": "2023-03-01",
}


def example(entry: Entry, serial: int = 0) -> Any:
    """A sound answer; another number gives other figures."""
    if entry.kind == "rows":
        return [{one.code: cell(one, serial + n) for one in entry.columns} for n in range(1, 4)]
    if entry.kind == "choices":
        return [entry.options[serial % len(entry.options)]]
    if entry.kind == "agreed":
        return True
    return _plain(entry, serial, entry.least or Decimal(0))


def cell(column: Column, serial: int) -> Any:
    """A sound cell of a table."""
    if column.kind == "text":
        return f"{column.name}{serial}（示例）"
    return _plain(column, serial, Decimal(1))


def _plain(one: Entry | Column, serial: int, least: Decimal) -> Any:
    if one.kind == "choice":
        return one.options[serial % len(one.options)]
    if one.kind == "whole":
        return int(least) + 20 + serial % 10 * 7
    if one.kind in ("number", "money"):
        return f"{least + 20 + serial % 10:f}"
    return WORDS[one.kind]
