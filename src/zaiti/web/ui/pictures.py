"""Small pictures of numbers, as places on a strip of 100; each stands beside its figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from zaiti.dossiers.story import Say


@dataclass(frozen=True)
class Bar:
    """A bar of what is used, what is asked for, and what is left."""

    used: float
    total: float
    used_width: str
    left: float
    over: bool


@dataclass(frozen=True)
class Dot:
    """One expert's score on the strip."""

    label: Say
    score: float
    x: str
    dropped: bool


def bar(used: float, total: float) -> Bar:
    """Place the used part of a total."""
    share = min(used / total, 1) if total else float(used > 0)
    return Bar(used, total, f"{share * 100:.2f}", max(total - used, 0), used > total)


def dots(scores: Sequence[tuple[Say, float]], low: float, high: float, *, drop_ends: bool) -> list[Dot]:
    """Place scores between low and high; with `drop_ends` the highest and lowest are marked as left out."""
    order = sorted(range(len(scores)), key=lambda n: scores[n][1])
    dropped = {order[0], order[-1]} if drop_ends and len(order) > 2 else set()
    width = (high - low) or 1
    return [
        Dot(label, float(score), f"{min(max((float(score) - low) / width, 0), 1) * 100:.2f}", n in dropped)
        for n, (label, score) in enumerate(scores)
    ]
