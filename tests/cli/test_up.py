import signal
import socket
from contextlib import ExitStack
from http.client import HTTPConnection

import psutil
import psycopg
import pytest

from tests.cli.running import Up, until, zaiti
from zaiti.embedded import database_url, release

STARTED = "Ctrl-C stops it."


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """One data folder for the module: the first start makes it, the others find it made."""
    return tmp_path_factory.mktemp("up")


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def start(data, port, tmp_path, **more):
    """Start it as in production, which has no demo data to load."""
    plain = {"SECRET_KEY": "for a test", "ZAITI_HOSTS": "127.0.0.1", "ZAITI_NO_TLS_REDIRECT": "1"}
    return Up(data, tmp_path / "log", PORT=port, ZAITI_WEB_WORKERS="1", **plain, **more)


def children(up):
    """The web server and the worker, by their command lines; both are the parent's own children."""
    found = psutil.Process(up.process.pid).children()
    return {"web" if "granian" in " ".join(child.cmdline()) else "worker": child for child in found}


def family(up):
    return [psutil.Process(up.process.pid), *psutil.Process(up.process.pid).children(recursive=True)]


def gone(processes):
    until(lambda: not any(map(alive, processes)), patience=20)
    return not any(map(alive, processes))


def alive(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def answer(port):
    asking = HTTPConnection("127.0.0.1", int(port), timeout=20)
    asking.request("GET", "/")
    return asking.getresponse().status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_stop_and_leaves_nothing_running(data, port, tmp_path, number):
    with start(data, port, tmp_path) as up:
        up.until(STARTED)
        assert f"Zaiti is at http://127.0.0.1:{port}/" in up.said
        assert answer(port) < 500
        assert set(children(up)) == {"web", "worker"}
        everyone = family(up)
        assert up.end(number) == 0
        assert gone(everyone)
    assert not (data / "postgres/postmaster.pid").exists()
    assert "Traceback" not in up.said


def test_a_second_start_does_not_gather_the_static_files_again(data, port, tmp_path):
    made = [(stamp, stamp.stat().st_mtime_ns) for stamp in data.rglob(".made-of")]
    assert len(made) == 1
    with start(data, port, tmp_path) as up:
        up.until(STARTED)
    assert [(stamp, stamp.stat().st_mtime_ns) for stamp in data.rglob(".made-of")] == made


@pytest.mark.parametrize("name", ["web", "worker"])
def test_when_one_child_dies_the_other_is_stopped_and_it_says_why(data, port, tmp_path, name):
    with start(data, port, tmp_path) as up:
        up.until(STARTED)
        everyone = family(up)
        children(up)[name].send_signal(signal.SIGKILL)
        assert up.process.wait(30) == 1
        assert gone(everyone)
    assert f"The {name} process was killed by signal 9." in up.said
    assert not (data / "postgres/postmaster.pid").exists()


def test_after_kill_9_of_everything_it_starts_again(data, port, tmp_path):
    with start(data, port, tmp_path) as up:
        up.until(STARTED)
        server = int((data / "postgres/postmaster.pid").read_text().splitlines()[0])
        everyone = family(up)
        for one in [*everyone, psutil.Process(server)]:
            one.kill()
        up.process.wait(20)
        assert gone(everyone)
    with start(data, port, tmp_path) as again:
        again.until(STARTED)


def test_the_children_of_a_killed_parent_stop_by_themselves(data, port, tmp_path):
    with start(data, port, tmp_path) as up:
        up.until(STARTED)
        everyone = family(up)
        up.end(signal.SIGKILL)
        assert gone(everyone)
    with start(data, port, tmp_path) as again:
        again.until(STARTED)


def test_it_can_use_a_postgresql_from_elsewhere(data, port, tmp_path):
    with ExitStack() as later:
        url = database_url(tmp_path / "elsewhere", throw_away=True)
        later.callback(release, tmp_path / "elsewhere")
        up = later.enter_context(start(data, port, tmp_path, DATABASE_URL=url))
        up.until(STARTED)
        assert not (data / "postgres/postmaster.pid").exists()
        assert up.end(signal.SIGINT) == 0
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT count(*) FROM django_migrations").fetchone()[0]


def test_a_taken_port_is_refused_with_the_way_out(data, port, tmp_path):
    with socket.create_server(("127.0.0.1", int(port))):
        done = zaiti(data, "up", ZAITI_DEMO="1", PORT=port)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} on 127.0.0.1 can't be used (Address already in use)")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.invalid"])
def test_demo_mode_refuses_to_serve_other_machines(data, port, host):
    done = zaiti(data, "up", ZAITI_DEMO="1", PORT=port, ZAITI_HOST=host)
    assert done.returncode == 1
    assert done.stderr == f"Demo mode serves this machine alone, not {host}: leave ZAITI_HOST unset.\n"


@pytest.mark.parametrize("wrong", ["eighty", "0", "65536", "-1", ""])
def test_a_port_that_is_none_is_refused(data, wrong):
    done = zaiti(data, "up", ZAITI_DEMO="1", PORT=wrong)
    assert done.stderr == f"PORT must be a number from 1 to 65535, not “{wrong}”.\n"


def test_a_secret_key_is_asked_for_outside_demo_mode(data, port):
    done = zaiti(data, "up", PORT=port)
    assert done.returncode == 1
    assert done.stderr.startswith("Set SECRET_KEY")


@pytest.mark.parametrize("command", ["up", "work"])
def test_a_postgresql_that_does_not_answer_is_named(data, port, command):
    nowhere = f"postgresql://zaiti@127.0.0.1:{port}/zaiti"
    done = zaiti(data, command, ZAITI_DEMO="1", DATABASE_URL=nowhere)
    assert done.returncode == 1
    assert done.stderr.startswith("PostgreSQL does not answer: ")
    assert "Connection refused" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["sqlite:///zaiti.db", "nonsense", "mongo://here/zaiti"])
def test_a_database_url_that_is_no_postgresql_is_refused(data, port, url):
    done = zaiti(data, "up", ZAITI_DEMO="1", PORT=port, DATABASE_URL=url)
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_worker_alone_runs_until_it_is_told_to_stop(data, tmp_path):
    with ExitStack() as later:
        later.callback(release, data)
        database_url(data)
        assert zaiti(data, "manage", "migrate", "-v0", ZAITI_DEMO="1").returncode == 0
        up = later.enter_context(start(data, "1", tmp_path, command="work"))
        up.until("Launching a worker")
        assert up.end(signal.SIGTERM) in (0, 128 + signal.SIGTERM)  # the latter when it had not begun yet
