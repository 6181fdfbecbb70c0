"""The model's signs as names have them: which of its columns say which sign."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.seals.names import plain

NOWHERE = -1


@cache
def signs_of_names() -> NDArray[np.str_]:
    """What each column of posteriors is in a name."""
    return np.array([plain(sign) for sign in models.signs()])


@cache
def _chinese() -> NDArray[np.bool_]:
    return np.array([len(sign) == 1 and "\u3400" <= sign <= "\u9fff" for sign in signs_of_names()])


def is_chinese() -> NDArray[np.bool_]:
    """Which columns say a Chinese sign; a copy, to write in."""
    return _chinese().copy()


@cache
def _columns() -> dict[str, int]:
    return {str(sign): index for index, sign in reversed(list(enumerate(signs_of_names())))}


def columns_of(name: str) -> NDArray[np.int64] | None:
    """The column of each sign of a plain name; None where the model doesn't know one."""
    found = [_columns().get(sign, NOWHERE) for sign in name]
    return None if NOWHERE in found else np.array(found, np.int64)
