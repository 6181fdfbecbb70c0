"""Who dies is started again, later each time; who can't start at all ends the rest."""

import subprocess
import sys

import pytest

from tests.cli.running import PATIENCE

SLEEPS = "import time; time.sleep(60)"
DIES = "import sys; sys.exit(3)"
RUNS_ONCE = "import os, sys, time; time.sleep(0.5); os.kill(os.getpid(), 9)"
FAMILY = """
import sys, time
from zaiti.cli import family
began = time.monotonic()
ready = lambda: time.monotonic() - began > float(sys.argv[2])
one = [sys.executable, "-c", sys.argv[1]]
other = [sys.executable, "-c", sys.argv[3]]
sys.exit(family.run({"one": one, "other": other}, is_ready=ready, when_ready=lambda: print("ready")))
"""


def run(program: str, *, ready_s: float, patience: float = PATIENCE) -> tuple[int | None, str]:
    """Run a family of which one runs this program; give its exit code, if it ended, and its words."""
    line = [sys.executable, "-c", FAMILY, program, str(ready_s), SLEEPS]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.terminate()
        return None, process.communicate(timeout=PATIENCE)[0]
    return process.returncode, process.communicate()[0]


@pytest.mark.parametrize("ready_s", [30, 0])
def test_one_that_cannot_start_ends_all_with_a_sentence(ready_s):
    code, said = run(DIES, ready_s=ready_s)
    assert code == 1
    assert "The one process ended by itself with exit code 3.  Why stands above" in said


def test_one_that_is_killed_comes_back_later_each_time():
    code, said = run(RUNS_ONCE, ready_s=0, patience=9)
    assert code is None
    waits = [line.split("again in ")[1] for line in said.splitlines() if "again in" in line]
    assert waits[:3] == ["1 s.", "2 s.", "4 s."]
