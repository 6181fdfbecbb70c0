"""What a share of so many pages says of all pages: Wilson's interval at 95 %."""

import math

Z = 1.96


def interval(hits: int, of: int) -> tuple[float, float]:
    """The bounds between which the true share lies, 19 times in 20."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, Z * Z / of
    middle = share + square / 2
    reach = Z * math.sqrt(share * (1 - share) / of + square / (4 * of))
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))


def told(hits: int, of: int) -> str:
    """A share with its interval and its n, for a row of the bench."""
    low, high = interval(hits, of)
    return f"{hits / max(1, of):.1%} [{low:.1%}, {high:.1%}] n={of}"
