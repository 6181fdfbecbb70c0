"""The front for production, as nginx itself reads it, and as requests pass through it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.running import until

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy/nginx.conf"
NGINX, OPENSSL = shutil.which("nginx") or "/usr/sbin/nginx", shutil.which("openssl")
pytestmark = pytest.mark.skipif(
    not (os.path.exists(NGINX) and OPENSSL), reason="nginx and openssl are not installed here"
)
ECHO = """
import json
from wsgiref.simple_server import make_server
def app(environ, start_response):
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({k: v for k, v in environ.items() if k.startswith("HTTP_")}).encode()]
make_server("127.0.0.1", %d, app).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def configured(tmp_path):
    """The configuration as it stands, with a certificate of its own."""
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"]
    made += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([str(OPENSSL), *made], check=True, capture_output=True)
    text = CONFIGURATION.read_text().replace("/etc/ssl/zaiti/", f"{tmp_path}/")
    text = text.replace("/var/log/nginx/", f"{tmp_path}/")
    (tmp_path / "zaiti.conf").write_text(text)
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/errors; events {{}} http {{ access_log off;"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = [f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds]
    (tmp_path / "nginx.conf").write_text(f"{whole} {' '.join(temporary)} include {tmp_path}/zaiti.conf; }}")
    return tmp_path


def nginx(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), *more]
    return subprocess.run(command, text=True, capture_output=True, timeout=20)


def test_nginx_takes_the_configuration(configured):
    said = nginx(configured, "-t")
    assert said.returncode == 0, said.stderr
    assert "[emerg]" not in said.stderr


@pytest.fixture
def passing(configured):
    """nginx, without TLS and on a free port, before a server that says what it was sent."""
    front, behind = free_port(), free_port()
    text = (configured / "zaiti.conf").read_text()
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{front};")
    text = "\n".join(line for line in text.splitlines() if "[::]" not in line)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ssl default_server;", f"listen 127.0.0.1:{free_port()} ssl;")
    (configured / "zaiti.conf").write_text(text)
    server = subprocess.Popen([sys.executable, "-c", ECHO % behind], stderr=subprocess.DEVNULL)
    started = nginx(configured)
    assert started.returncode == 0, started.stderr
    until(lambda: answers(behind) and answers(front))
    yield front
    os.kill(int((configured / "pid").read_text()), signal.SIGTERM)
    server.kill()
    server.wait()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_what_a_client_says_in_a_proxys_name_is_replaced(passing):
    asking = HTTPConnection("127.0.0.1", passing, timeout=10)
    forged = {
        "Host": "zaiti.example.gov.cn",
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Proto": "https",
        "X-Request-Start": "t=1",
    }
    asking.request("POST", "/", b"x" * 1000, forged)
    said = json.loads(asking.getresponse().read())
    assert (said["HTTP_X_FORWARDED_FOR"], said["HTTP_X_FORWARDED_PROTO"]) == ("127.0.0.1", "http")
    assert abs(float(said["HTTP_X_REQUEST_START"].removeprefix("t=")) - time.time()) < 5


def test_a_body_too_large_ends_at_nginx(passing):
    asking = HTTPConnection("127.0.0.1", passing, timeout=10)
    asking.putrequest("POST", "/")
    asking.putheader("Content-Length", str(300 * 2**20))
    asking.endheaders()
    assert asking.getresponse().status == 413


def test_no_log_keeps_a_secret_link(passing, configured):
    secret = "Zy-" + "x" * 40
    came_from = {"Referer": f"https://zaiti.example.gov.cn/my/join/{secret}/"}
    places = [
        f"/objections/{secret}/receipt/",
        f"/my/join/{secret}/",
        f"/accounts/password/reset/key/1-{secret}/",
        f"/accounts/login/?next=/my/join/{secret}/",
        "/register/",
    ]
    for place in places:
        asking = HTTPConnection("127.0.0.1", passing, timeout=10)
        asking.request("GET", place, headers=came_from)
        asking.getresponse().read()
    log = configured / "zaiti.log"
    until(lambda: log.read_text().count("\n") == len(places))
    assert secret not in log.read_text() + (configured / "zaiti-error.log").read_text()
    assert "GET /objections/..." in log.read_text()
    assert "GET /register/" in log.read_text()
