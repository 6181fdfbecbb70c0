"""Compares what a seal says with a unit's name, sign by sign, weighing the model's doubts."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.seals.names import graded, plain

SURELY_NOT = 0.01
# A sign read this surely needs no other reading.
CERTAIN = 0.6
Steps = NDArray[np.float32]


def agreement(name: str, steps: NDArray[np.float32]) -> float:
    """How well a reading's posteriors agree with `name`: 1 is certain, 0 is nothing alike."""
    wanted = plain(name)
    if not wanted:
        return 0.0
    return graded(_distance(wanted, steps, _emitted(steps)), len(wanted))


def certain(name: str, steps: Steps) -> bool:
    """Whether a reading says `name` and no other sign of a name, without doubt."""
    chosen = [(signs_of_names()[steps[step].argmax()], float(steps[step].max())) for step in _emitted(steps)]
    told = [(sign, sure) for sign, sure in chosen if _extra(sign) == 1.0 or sign in plain(name)]
    return "".join(sign for sign, _ in told) == plain(name) and all(sure >= CERTAIN for _, sure in told)


def borne_out(name: str, readings: Sequence[Steps]) -> bool:
    """Whether `name` is the best of itself and its near names by all readings of one ring: one of them
    says it, and at none of its places do most say one other sign, or one too many or too few."""
    wanted = plain(name)
    rivals: Counter[tuple[int, str]] = Counter()
    spoken = False
    for steps in readings:
        differing = _differing(wanted, steps)
        spoken = spoken or not differing
        rivals.update(differing)
    return spoken and 2 * max(rivals.values(), default=0) <= len(readings)


def _differing(wanted: str, steps: Steps) -> set[tuple[int, str]]:
    """Where a reading differs from a name, and the sign it says there; a gap is "", one too many "+"."""
    matched, lone = _aligned(wanted, steps)
    said = {place: str(signs_of_names()[steps[step].argmax()]) for place, step in matched}
    differing = {(place, said.get(place, "")) for place, sign in enumerate(wanted) if said.get(place) != sign}
    return differing | ({(len(wanted), "+")} if lone > len(wanted) - len(matched) else set())


@cache
def signs_of_names() -> NDArray[np.str_]:
    """What each column of posteriors is in a name."""
    return np.array([plain(sign) for sign in models.signs()])


def _aligned(wanted: str, steps: Steps) -> tuple[list[tuple[int, int]], int]:
    """Which step says which place of a name, and how many signs have none of the other."""
    emitted = _emitted(steps)
    read = [signs_of_names()[steps[step].argmax()] for step in emitted]
    cost = np.zeros((len(wanted) + 1, len(read) + 1))
    cost[0, 1:], cost[1:, 0] = list(accumulate(map(_extra, read))), range(1, len(wanted) + 1)
    for place, sign in enumerate(wanted):
        for index, other in enumerate(read):
            swap = cost[place, index] + (0.0 if other == sign else 0.9)
            lone = min(cost[place, index + 1] + 1, cost[place + 1, index] + _extra(other))
            cost[place + 1, index + 1] = min(swap, lone)
    return _traced(wanted, read, emitted, cost)


def _traced(
    wanted: str, read: list[str], emitted: list[int], cost: NDArray[np.float64]
) -> tuple[list[tuple[int, int]], int]:
    """The way back through the table of costs."""
    place, index, matched, lone = len(wanted), len(read), [], 0
    while place or index:
        swap = 0.0 if place and index and read[index - 1] == wanted[place - 1] else 0.9
        if place and index and np.isclose(cost[place, index], cost[place - 1, index - 1] + swap):
            place, index = place - 1, index - 1
            matched.append((place, emitted[index]))
        elif index and np.isclose(cost[place, index], cost[place, index - 1] + _extra(read[index - 1])):
            index, lone = index - 1, lone + (_extra(read[index - 1]) == 1.0)
        else:
            place, lone = place - 1, lone + 1
    return matched, lone


def _emitted(steps: NDArray[np.float32]) -> list[int]:
    """The steps at which the best path says a sign that a name can have."""
    best = steps.argmax(1)
    new = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
    signs = models.signs()
    return [int(step) for step in np.flatnonzero(new) if plain(signs[best[step]])]


def _distance(wanted: str, steps: NDArray[np.float32], emitted: list[int]) -> float:
    """Edit distance; replacing a sign the model also thought likely costs less."""
    signs = models.signs()
    where = {sign: index for index, sign in enumerate(signs)}
    read = [plain(signs[steps[step].argmax()]) for step in emitted]
    row = [0.0, *accumulate(map(_extra, read))]
    for sign in wanted:
        above, row = row, [row[0] + 1]
        for index, step in enumerate(emitted):
            swap = 0.0 if read[index] == sign else _swap(steps, step, where.get(sign))
            row.append(min(above[index + 1] + 1, row[index] + _extra(read[index]), above[index] + swap))
    return row[-1]


def _extra(sign: str) -> float:
    """What a sign too many costs: digits and letters come from the rim, and cost little."""
    return 1.0 if "\u3400" <= sign <= "\u9fff" else 0.1


def _swap(steps: NDArray[np.float32], step: int, wanted: int | None) -> float:
    """What replacing a sign costs: 1, less where the wanted one was nearly chosen."""
    if wanted is None:
        return 1.0
    near = steps[max(0, step - 1) : step + 2]
    likely = float(near[:, wanted].max())
    return 1.0 if likely < SURELY_NOT else max(0.0, 1 - (likely / float(steps[step].max())) ** 0.5)
