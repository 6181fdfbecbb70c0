"""Compares what a seal says with a unit's name, sign by sign, weighing the model's doubts."""

from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.seals.names import graded, plain

SURELY_NOT = 0.01


def agreement(name: str, steps: NDArray[np.float32]) -> float:
    """How well a reading's posteriors agree with `name`: 1 is certain, 0 is nothing alike."""
    wanted = plain(name)
    if not wanted:
        return 0.0
    return graded(_distance(wanted, steps, _emitted(steps)), len(wanted))


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
