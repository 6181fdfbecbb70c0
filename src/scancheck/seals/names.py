"""Compares names as texts; no models, so that the caller's process can use it."""

import re
import unicodedata

NOISE = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]")
# One sign surely different leaves 0.89, which a person looks at: names of two units may differ in one sign
# (第二、第三). Only a sign that the model nearly read as the wanted one costs less.
PER_SIGN = 0.11


def plain(name: str) -> str:
    """A name without spaces, brackets and width differences."""
    return NOISE.sub("", unicodedata.normalize("NFKC", name)).upper()


def graded(cost: float, length: int) -> float:
    """An edit distance as agreement from 0 to 1."""
    return round(max(0.0, min(1 - cost / length, 1 - PER_SIGN * cost)), 3)


def similarity(name: str, text: str) -> float:
    """How well a text carries a name, anywhere within it: 1 exactly, 0 not at all."""
    wanted, found = plain(name), plain(text)
    if not wanted:
        return 0.0
    row = [0.0] * (len(found) + 1)
    for sign in wanted:
        above, row = row, [row[0] + 1]
        for index, other in enumerate(found):
            row.append(min(above[index + 1] + 1, row[index] + 1, above[index] + (sign != other)))
    return graded(min(row), len(wanted))
