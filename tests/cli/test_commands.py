import signal

import psutil
import pytest
from typer.testing import CliRunner

from tests.cli.running import Up, until, zaiti
from zaiti.cli import app
from zaiti.cli.failures import sentence
from zaiti.settings import POLICIES

PACK = POLICIES / "luohu-2024.yaml"


def test_a_sound_pack_passes(tmp_path):
    done = zaiti(tmp_path, "check-pack", str(PACK))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{PACK}: nothing wrong found.\n"


def test_an_error_in_a_pack_is_named_by_file_line_and_field(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text(PACK.read_text().replace("cap:", "kap:", 1))
    done = zaiti(tmp_path, "check-pack", str(broken))
    line = 1 + broken.read_text().splitlines().index(
        next(x for x in broken.read_text().splitlines() if "kap:" in x)
    )
    assert done.returncode == 1
    assert f"{broken}:{line}: " in done.stderr
    assert "kap" in done.stderr


@pytest.mark.parametrize("command", ["check-pack", "replay"])
def test_a_missing_file_is_named(tmp_path, command):
    done = zaiti(tmp_path, command, "nowhere.yaml")
    assert (done.returncode, done.stderr) == (1, "There is no file nowhere.yaml.\n")


@pytest.mark.parametrize("command", ["check-pack", "replay"])
def test_a_folder_is_no_pack(tmp_path, command):
    assert zaiti(tmp_path, command, str(tmp_path)).stderr == f"There is no file {tmp_path}.\n"


def test_a_pack_with_errors_is_not_replayed(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: b: c")
    done = zaiti(tmp_path, "replay", str(broken))
    assert done.returncode == 1
    assert done.stderr.startswith(f"{broken}:1: ")


@pytest.fixture
def temporary(tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def test_a_pack_without_a_story_is_refused_before_anything_is_made(tmp_path, temporary):
    data, pack_without_a_story = tmp_path / "data", str(POLICIES / "shenzhen-2025.yaml")
    done = zaiti(data, "replay", pack_without_a_story, TMPDIR=str(temporary))
    assert done.returncode == 1
    assert "luohu-2024.yaml" in done.stderr
    assert not list(temporary.iterdir())
    assert not data.exists()


def test_a_replay_that_is_stopped_half_way_leaves_nothing_behind(tmp_path, temporary):
    data = tmp_path / "data"
    with Up(data, tmp_path / "log", f"replay {PACK}", TMPDIR=str(temporary)) as replay:
        until(lambda: list(temporary.glob("*/postgres.users")))
        server = psutil.Process(int(next(temporary.glob("*/postgres/postmaster.pid")).read_text().split()[0]))
        assert replay.end(signal.SIGTERM) == 128 + signal.SIGTERM
    assert not server.is_running() or server.status() == psutil.STATUS_ZOMBIE  # a host may bury it later
    assert not list(temporary.iterdir())
    assert not data.exists()


def test_without_a_command_it_lists_them():
    listed = CliRunner().invoke(app, []).output
    assert all(name in listed for name in ("up", "work", "replay", "check-pack", "manage"))


def test_djangos_commands_stand_behind_manage(data):
    done = zaiti(data, "manage", "check", "--help", ZAITI_DEMO="1")
    assert done.returncode == 0
    assert "--deploy" in done.stdout


def test_an_unknown_management_command_is_refused_in_a_sentence(data):
    done = zaiti(data, "manage", "nonsense", ZAITI_DEMO="1")
    assert done.returncode == 1
    assert "Unknown command: 'nonsense'" in done.stderr
    assert "Traceback" not in done.stderr


def test_debug_mode_shows_the_traceback(tmp_path):
    done = zaiti(tmp_path, "check-pack", "nowhere.yaml", ZAITI_DEBUG="1")
    assert "Traceback" in done.stderr


def test_a_failure_nobody_thought_of_is_still_a_sentence():
    said = sentence(KeyError("quota"))
    assert said == "Unexpected: KeyError: 'quota'\nZAITI_DEBUG=1 shows where."
