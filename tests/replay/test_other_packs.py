"""A second city and a second programme, each from its pack alone to the published list."""

import json

import pytest

from tests.replay.test_replay import replay

SAMPLES = {
    "samples/yangshi-2026.yaml": ({"lab": 2, "village": 1, "guild": 1, "online": 1}, "YSXT2026SX0001"),
    "samples/contest-2026.yaml": ({"venue": 1, "coach": 1}, "SZ-JS-2026-CB-0001"),
}


@pytest.mark.slow
@pytest.mark.parametrize("pack", SAMPLES)
def test_it_ends_with_its_own_list(pack, tmp_path):
    outcome = tmp_path / "outcome.json"
    done = replay(pack, "--json", str(outcome))
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    told = json.loads(outcome.read_text())
    recognised, first = SAMPLES[pack]
    assert told["recognised"] == recognised
    assert [check["name"] for check in told["checks"] if not check["ok"]] == []
    assert first in {row[0] for row in told["steps"][-1]["rows"]}
    assert "终身职业技能培训载体" not in outcome.read_text()
