"""The other front for production, as Caddy itself reads it, and as requests pass through it."""

import json
import os
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.running import until
from tests.cli.test_deploy import CONFIGURATION, ECHO, answers, free_port

CADDYFILE = CONFIGURATION.with_name("Caddyfile")
CADDY = Path(sys.executable).with_name("caddy")
SITE = "zaiti.example.gov.cn"


def caddy(folder: Path, what: str, file: Path, **more) -> subprocess.Popen[str]:
    command = [CADDY, what, "--adapter", "caddyfile", "--config", file]
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return subprocess.Popen(command, env=os.environ | home, text=True, stderr=subprocess.PIPE, **more)


def test_caddy_takes_the_configuration(tmp_path):
    checking = caddy(tmp_path, "validate", CADDYFILE, stdout=subprocess.PIPE)
    told, complaints = checking.communicate(timeout=30)
    assert checking.returncode == 0, complaints
    assert "Valid configuration" in told + complaints
    assert '"level":"warn"' not in complaints


@pytest.fixture
def passing(tmp_path):
    """Caddy, without TLS and on a free port, before a server that says what it was sent."""
    front, behind = free_port(), free_port()
    text = CADDYFILE.read_text().replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    text = (
        text.replace("max_size 210MB", "max_size 2MB")
        .replace(f"\n{SITE} {{", f"\nhttp://{SITE}:{front} {{")
        .replace("{\n", "{\n\tadmin off\n", 1)
    )
    changed = tmp_path / "Caddyfile"
    changed.write_text(text)
    server = subprocess.Popen([sys.executable, "-c", ECHO % behind], stderr=subprocess.DEVNULL)
    running = caddy(tmp_path, "run", changed)
    until(lambda: answers(behind) and answers(front))
    yield front, running
    for process in (running, server):
        process.kill()
        process.wait()


def ask(port: int, method: str, place: str, body: bytes = b"", **headers: str) -> HTTPConnection:
    asking = HTTPConnection("127.0.0.1", port, timeout=10)
    asking.request(method, place, body, {"Host": SITE} | headers)
    return asking


def test_what_a_client_says_in_a_proxys_name_is_replaced(passing):
    forged = {
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "elsewhere.example",
        "Forwarded": "for=10.0.0.1",
        "X-Request-Start": "t=1",
    }
    said = json.loads(ask(passing[0], "POST", "/", b"x" * 1000, **forged).getresponse().read())
    assert (said["HTTP_X_FORWARDED_FOR"], said["HTTP_X_FORWARDED_PROTO"]) == ("127.0.0.1", "http")
    assert said["HTTP_HOST"] == SITE
    assert {"HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REQUEST_START"}.isdisjoint(said)


def test_a_body_too_large_ends_at_caddy(passing):
    assert ask(passing[0], "POST", "/", b"x" * 2**20).getresponse().status == 200
    asking = HTTPConnection("127.0.0.1", passing[0], timeout=10)
    asking.putrequest("POST", "/", skip_host=True)
    asking.putheader("Host", SITE)
    asking.putheader("Content-Length", str(300 * 2**20))
    asking.endheaders()
    asking.send(b"x" * 3 * 2**20)  # Caddy counts what comes, not what is announced
    assert asking.getresponse().status == 413


def test_no_log_keeps_a_secret_link(passing):
    front, running = passing
    secret = "Zy-" + "x" * 40
    came_from = {"Referer": f"https://{SITE}/my/join/{secret}/"}
    for place in (f"/objections/{secret}/receipt/", f"/accounts/login/?next=/my/join/{secret}/"):
        assert ask(front, "GET", place, **came_from).getresponse().status == 200
    running.terminate()
    assert secret not in running.communicate(timeout=30)[1]
