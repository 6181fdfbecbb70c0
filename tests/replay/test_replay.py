"""The Luohu 2024 year as a new user would play it: one command, its own database, an outcome as JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def replay(pack: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zaiti.cli", "replay", str(ROOT / "policies" / pack), *options]
    clean = {key: value for key, value in os.environ.items() if key != "PYTEST_VERSION"}
    return subprocess.run(command, capture_output=True, text=True, env=clean, timeout=600, cwd=ROOT)


@pytest.mark.slow
def test_it_ends_with_three_bases_two_studios_and_one_station(tmp_path):
    outcome = tmp_path / "outcome.json"
    done = replay("luohu-2024.yaml", "--json", str(outcome))
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    told = json.loads(outcome.read_text())
    assert told["recognised"] == {"base": 3, "studio": 2, "station": 1}
    assert [check["name"] for check in told["checks"] if not check["ok"]] == []
    assert len(told["checks"]) >= 15
    assert len(told["steps"]) == 11
    assert told["ledger_entries"] > 500


def test_another_pack_is_refused_in_a_sentence():
    done = replay("shenzhen-2025.yaml")
    assert done.returncode != 0
    assert "luohu-2024" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
