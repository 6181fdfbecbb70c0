"""Which slot a file belongs to, by its name and by what was read in it; a person confirms."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scancheck.checks.titles import resembles
from zaiti.programmes.models import MaterialRequirement

LIKE_ENOUGH = 0.5  # share of a name's pairs of characters found again; below, the file is left unsorted
NOISE = re.compile(r"[\W_\d]+|扫描件?|盖章版?|副本|终版|最终|版本?|(?<=[a-z])copy|^copy|final|scan")
# A name that says it plainly goes before the title; a credit code alone says least.
BY_KIND, BY_TITLE, BY_CODE = 0.85, 0.9, 0.55
CERTIFICATES = ("执照", "法人证书", "登记证")


@dataclass(frozen=True)
class Content:
    """What was read in a file: its title, the material it looks like, whether it has the unit's own code."""

    title: str = ""
    looks_like: str = ""
    own_code: bool = False


NOTHING = Content()


def sort_files(
    names: Sequence[str],
    requirements: Sequence[MaterialRequirement],
    contents: Sequence[Content] = (),
) -> list[MaterialRequirement | None]:
    """Give each file its slot, likeliest pairs first, no slot twice; None where nothing is like it."""
    read = [*contents, *[NOTHING] * (len(names) - len(contents))]
    likeness = sorted(
        (
            (max(like(name, slot.name), _holds(content, slot.name)), i, j)
            for i, (name, content) in enumerate(zip(names, read, strict=True))
            for j, slot in enumerate(requirements)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: dict[int, int] = {}
    for score, i, j in likeness:
        if score >= LIKE_ENOUGH and i not in found and j not in found.values():
            found[i] = j
    return [requirements[found[i]] if i in found else None for i in range(len(names))]


def like(file_name: str, slot_name: str) -> float:
    """Compare two names from 0 to 1, without numbering, punctuation and words such as 扫描件."""
    file, slot = _core(file_name.rsplit(".", 1)[0]), _core(slot_name)
    if not file or not slot:
        return 0.0
    if file == slot:
        return 1.0
    parts = [_core(part) for part in re.split(r"[/／、（(]|与|及|和", slot_name)]
    whole_part = max(
        (len(p) / len(slot) for p in parts if len(p) > 2 and (p in file or file in p)), default=0.0
    )
    return max(_pairs(file, slot), 0.6 + 0.3 * whole_part if whole_part else 0.0)


def _holds(content: Content, slot_name: str) -> float:
    """Compare what was read in a file with a slot's name, from 0 to 1."""
    kind = bool(content.looks_like) and resembles(slot_name, content.looks_like)
    code = content.own_code and any(word in slot_name for word in CERTIFICATES)
    return max(BY_KIND * kind, BY_TITLE * like(f"{content.title}.", slot_name), BY_CODE * code)


def _core(name: str) -> str:
    return NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())


def _pairs(one: str, other: str) -> float:
    """Share of pairs of neighbouring characters in common (Dice), or of longest runs for very short names."""
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    if not a or not b:
        return SequenceMatcher(None, one, other).ratio()
    return 2 * len(a & b) / (len(a) + len(b))
