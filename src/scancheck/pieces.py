"""Connected pieces of ink in a mask."""

import cv2
import numpy as np

from scancheck.raster import Pixels

# Two pieces are at least a point apart each way, so a mask has no more than a quarter of its
# points in pieces of their own; so many still have a number of 16 bits each, which is faster.
SMALL = 4 * 65_000


def pieces(mask: Pixels) -> tuple[Pixels, Pixels]:
    """Each point's piece (0 is paper), and for each piece, from 1: x, y, width, height, area."""
    kind = cv2.CV_16U if mask.size < SMALL else cv2.CV_32S
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        mask.astype(np.uint8, copy=False), 8, kind, cv2.CCL_SPAGHETTI
    )
    return labels, stats


def inked_part(mask: Pixels) -> tuple[int, int, Pixels]:
    """The smallest upright box of a mask that has all its ink, and where it begins (x, y); never empty."""
    x, y, wide, high = cv2.boundingRect(mask)
    wide, high = max(1, wide), max(1, high)
    return x, y, np.ascontiguousarray(mask[y : y + high, x : x + wide])
