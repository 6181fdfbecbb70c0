"""Whether a ring carries a claimed name, by its own evidence: at each place the claimed sign is weighed
against every other that the readings saw there, and between signs one more against none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scancheck.seals.names import plain
from scancheck.seals.spelling import columns_of, is_chinese

Steps = NDArray[np.float32]
Indices = NDArray[np.int64]
# What the model never quite rules out; and how likely a sign is at all before it counts as a rival.
FLOOR, SEEN = 1e-5, 1e-3
NONE = 0


@dataclass(frozen=True)
class Evidence:
    """How far a name is ahead of its best rival, as a logarithm, at its weakest place; and how likely
    the readings think that a sign stands between its signs, where that is likeliest."""

    lead: float
    between: float


def weighed(name: str, readings: Sequence[Steps]) -> Evidence | None:
    """What the readings of one ring say together of a name; None where none has as many signs."""
    own = columns_of(plain(name))
    if own is None or not own.size:
        return None
    columns = _table(own, readings)
    places = np.searchsorted(columns, own) + 1
    views = [_view(np.maximum(_few(steps, columns), FLOOR), places) for steps in readings]
    seen = [view for view in views if view is not None]
    if 2 * len(seen) <= len(readings):
        return None
    between = float(np.mean([gaps for _, gaps in seen], axis=0).max())
    return Evidence(_ahead(np.mean([np.log(signs) for signs, _ in seen], axis=0), places), between)


def _ahead(signs: Steps, places: Indices) -> float:
    """How far the claimed signs are ahead of the best others, at the weakest place."""
    rows = np.arange(len(places))
    own = signs[rows, places]
    others = signs.copy()
    others[rows, places] = -np.inf
    return float((own - others.max(1)).min())


def _table(own: Indices, readings: Sequence[Steps]) -> Indices:
    """Which of the model's signs to weigh: those of the name and the Chinese ones it saw."""
    likely = np.max([steps.max(0) for steps in readings], axis=0) > SEEN
    return np.union1d(own, np.flatnonzero(likely & is_chinese()))


def _few(steps: Steps, columns: Indices) -> Steps:
    """The chosen columns, after one for none, which takes in all that is no Chinese sign."""
    ignored = ~is_chinese()
    ignored[columns] = False
    return np.concatenate([steps[:, ignored].sum(1, keepdims=True), steps[:, columns]], axis=1)


def _view(steps: Steps, places: Indices) -> tuple[Steps, Steps] | None:
    """One reading: at each place of the name how likely each sign is; in each gap, that one stands there."""
    runs = _aligned(np.log(steps), places)
    if runs is None:
        return None
    starts, ends = [0, *(run[-1] + 1 for run in runs)], [*(run[0] for run in runs), len(steps)]
    signs = [_at(steps, run, place, starts[index], ends[index + 1])
             for index, (run, place) in enumerate(zip(runs, places, strict=True))]  # fmt: skip
    gaps = [_extra(steps[start + (index > 0) : end - (index < len(places))])
            for index, (start, end) in enumerate(zip(starts, ends, strict=True))]  # fmt: skip
    return np.array(signs), np.array(gaps)


def _extra(steps: Steps) -> float:
    return float(steps[:, 1:].max()) if len(steps) else 0.0


def _at(steps: Steps, run: Indices, place: int, start: int, end: int) -> Steps:
    """How likely each sign is about the step where the claimed one is likeliest."""
    best = int(run[steps[run, place].argmax()])
    around = steps[max(start, best - 1) : min(end, best + 2)]
    likely = around.max(0)
    likely[NONE] = around[:, NONE].min()
    return np.asarray(likely / likely.sum(), np.float32)


def _aligned(logs: Steps, places: Indices) -> list[Indices] | None:
    """The steps at which each sign stands if the reading says the name: the likeliest way through it."""
    if len(logs) < len(places) or not len(places):
        return None
    states = 2 * len(places) + 1
    says = np.zeros(states, np.int64)
    says[1::2] = places
    skips = np.zeros(states, bool)
    skips[3::2] = places[1:] != places[:-1]
    path = _path(logs[:, says], skips)
    runs = [np.flatnonzero(path == state) for state in range(1, states, 2)]
    return runs if all(len(run) for run in runs) else None


def _path(logs: Steps, skips: NDArray[np.bool_]) -> Indices:
    """Viterbi's way: stay, go on by one state, or pass over the pause between two unlike signs."""
    count, states = logs.shape
    total = np.full(states, -np.inf, np.float32)
    total[:2] = logs[0, :2]
    back = np.zeros((count, states), np.int64)
    for step in range(1, count):
        on = np.concatenate([[-np.inf], total[:-1]])
        over = np.where(skips, np.concatenate([[-np.inf, -np.inf], total[:-2]]), -np.inf)
        ways = np.stack([total, on, over])
        back[step] = ways.argmax(0)
        total = ways.max(0) + logs[step]
    return _traced(back, states - 1 - int(total[-2] > total[-1]))


def _traced(back: Indices, state: int) -> Indices:
    path = np.empty(len(back), np.int64)
    for step in range(len(back) - 1, -1, -1):
        path[step] = state
        state -= int(back[step, state])
    return path
