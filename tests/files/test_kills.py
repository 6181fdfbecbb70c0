"""A process killed in the middle of storing leaves all of a file or nothing, and all it answered for."""

import hashlib
import os
import random
import signal
import time
from io import BytesIO
from pathlib import Path

import pytest

from tests.busy import busy
from zaiti.files.disk import DRAFTS, Bytes, Disk

TRIALS = 60
SIZE = 300_000


def storing(folder: Path, answers: int) -> None:
    """Store one file after another for ever, and answer for each; never comes back."""
    disk = Disk(location=folder)
    while True:
        content = os.urandom(SIZE)
        wanted = Bytes(hashlib.sha256(content).hexdigest(), SIZE)
        disk.keep(place_of(wanted.sha256), BytesIO(content), wanted, 0)
        os.write(answers, f"{wanted.sha256}\n".encode())


def place_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def killed(folder: Path, after_s: float) -> list[str]:
    """Start such a process and kill it; give the files it had answered for."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        storing(folder, theirs)
    os.close(theirs)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ours) as answers:
        return answers.read().split()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_nothing_answered_for_is_lost_and_nothing_is_torn(tmp_path):
    answered = []
    for _trial in range(TRIALS):
        answered += killed(tmp_path, random.uniform(0.005, 0.08 * busy()))
    there = {place.name: place for place in tmp_path.glob("??/??/*")}
    torn = [n for n, place in there.items() if hashlib.sha256(place.read_bytes()).hexdigest() != n]
    assert torn == []
    assert set(answered) <= set(there)
    assert len(answered) > TRIALS / 4  # the trials did store
    broken_off = len(list((tmp_path / DRAFTS).iterdir()))
    assert broken_off > 0  # and were killed in the middle of it
    assert Disk(location=tmp_path).sweep(time.time() + 60) == broken_off
