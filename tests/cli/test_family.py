"""Who dies is started again, later each time; who can't start at all ends the rest."""

import subprocess
import sys
from threading import Timer

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


def begin(program: str, ready_s: float) -> subprocess.Popen[str]:
    """Start a family of which one runs this program."""
    line = [sys.executable, "-c", FAMILY, program, str(ready_s), SLEEPS]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.parametrize("ready_s", [30, 0])
def test_one_that_cannot_start_ends_all_with_a_sentence(ready_s):
    family = begin(DIES, ready_s)
    said = family.communicate(timeout=PATIENCE)[0]
    assert family.returncode == 1
    assert "The one process ended by itself with exit code 3.  Why stands above" in said


def test_one_that_is_killed_comes_back_later_each_time():
    family = begin(RUNS_ONCE, ready_s=0)
    late = Timer(PATIENCE, family.kill)
    late.start()
    deaths = (line for line in family.stdout if "again in" in line)
    waits = [next(deaths).split("again in ")[1].strip() for _death in range(3)]
    family.terminate()
    family.communicate(timeout=PATIENCE)
    late.cancel()
    assert waits == ["1 s.", "2 s.", "4 s."]
