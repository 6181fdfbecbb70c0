"""Runs the checks once on a drawn page, so that what they load when first used is there for every child."""

import cv2
import numpy as np

from scancheck import models
from scancheck.check import Page
from scancheck.profile import STANDARD
from scancheck.raster import MM_PER_INCH, WORK_DPI, Raster
from scancheck.registry import on_pages


def warm() -> None:
    """Load every model and run every check."""
    models.warm()
    cv2.setNumThreads(1)
    page = Page(1, Raster(_drawn(), WORK_DPI / MM_PER_INCH, WORK_DPI, "image"), STANDARD)
    for _check, look in on_pages():
        look(page)


def _drawn() -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """A page of lines with a red ring and a number."""
    page = np.full((1754, 1240, 3), 250, np.uint8)
    for y in range(150, 1500, 40):
        cv2.putText(page, "0123456789 " * 5, (120, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (30, 30, 30), 2)
    cv2.circle(page, (800, 1200), 118, (40, 30, 220), 5)
    cv2.putText(page, "- 1 -", (590, 1650), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (30, 30, 30), 2)
    return page
