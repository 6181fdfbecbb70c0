"""`zaiti up` as a process.  Tests share one that runs; after one that ends it, it is started again."""

import signal
import socket
import subprocess
import time
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException

import psutil
import psycopg
import pytest

from tests.cli.running import PATIENCE, STARTED, free_port, start, until, zaiti
from zaiti.embedded import database_url, release


@pytest.fixture(scope="module")
def elsewhere(data, tmp_path_factory):
    """A PostgreSQL that is not Zaiti's own; its folder is short, so that its socket keeps its place."""
    folder = tmp_path_factory.mktemp("pg")
    if (data / "postgres").exists() and not postmaster(data):
        subprocess.run(["cp", "-a", data / "postgres", folder / "postgres"], check=True)  # with every table
    yield folder
    release(folder)


@pytest.fixture
def url(elsewhere):
    """Its address; it runs."""
    return database_url(elsewhere, throw_away=True)


@pytest.fixture(scope="module")
def beside(data, tmp_path_factory, elsewhere):
    """One that uses it."""
    url = database_url(elsewhere, throw_away=True)
    with start(data, free_port(), tmp_path_factory.mktemp("beside"), DATABASE_URL=url) as up:
        up.until(STARTED)
        yield up


@pytest.fixture
def port():
    return free_port()


def children(up):
    """The web server and the workers, by their command lines, among the parent's children.

    It may just be starting PostgreSQL, which is none of them.
    """
    marks = {"granian": "web", "--queue=scans": "scan worker", "--queue=default": "worker"}
    lines = {child: child.cmdline() for child in psutil.Process(up.process.pid).children()}
    return {marks[mark]: child for child, line in lines.items() for mark in set(marks).intersection(line)}


def family(up):
    return [psutil.Process(up.process.pid), *psutil.Process(up.process.pid).children(recursive=True)]


def gone(processes):
    until(lambda: not any(map(alive, processes)))
    return not any(map(alive, processes))


def alive(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def asked(port, address="/"):
    asking = HTTPConnection("127.0.0.1", int(port), timeout=PATIENCE)
    asking.request("GET", address)
    return asking.getresponse()


def answer(port):
    return asked(port).status


def answers(port):
    """Whether the site works."""
    try:
        return answer(port) == 200
    except (OSError, HTTPException):
        return False


def postmaster(data):
    """PostgreSQL's own process, if it runs."""
    try:
        return psutil.Process(int((data / "postgres/postmaster.pid").read_text().splitlines()[0]))
    except (OSError, IndexError, psutil.Error):
        return None


def works_off_a_job(url):
    """Whether a worker takes a job: one without a row comes back to be tried again."""
    with psycopg.connect(url, autocommit=True) as connection:
        made = "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', %s, %s)"
        job = connection.execute(f"{made} RETURNING id", ["papers.render", '{"paper": 404}']).fetchone()[0]
        tried = "SELECT attempts > 0 FROM procrastinate_jobs WHERE id = %s"
        until(lambda: connection.execute(tried, [job]).fetchone()[0])
        return connection.execute(tried, [job]).fetchone()[0]


def test_it_serves_and_says_where(house):
    up = house()
    assert f"Zaiti is at http://127.0.0.1:{up.port}/" in up.said
    assert answer(up.port) < 500
    assert set(children(up)) == {"web", "worker", "scan worker"}
    assert "Traceback" not in up.said


def test_scans_are_read_by_a_worker_that_lets_all_others_go_first(house):
    up = house()
    up.until("Launching a worker on scans")
    assert children(up)["scan worker"].nice() == 19
    assert children(up)["worker"].nice() == 0


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_child_that_is_killed_is_started_again(house, name):
    up = house()
    killed = children(up)[name]
    killed.send_signal(signal.SIGKILL)
    up.until(f"The {name} process was killed by signal 9.  It is started again in 1 s.")
    until(lambda: name in children(up) and children(up)[name].pid != killed.pid)
    assert children(up)[name].pid != killed.pid
    until(lambda: answers(up.port))
    assert answers(up.port)


def test_a_postgresql_that_is_killed_is_brought_back_and_all_goes_on(house, data):
    up = house()
    before = {name: child.pid for name, child in children(up).items()}
    killed = postmaster(data)
    for one in [killed, *killed.children()]:
        one.kill()
    until(lambda: postmaster(data) not in (None, killed))  # by the parent, or by a child that just begins
    assert postmaster(data) not in (None, killed)
    until(lambda: answers(up.port))
    assert answers(up.port)
    assert {name: child.pid for name, child in children(up).items()} == before
    with ExitStack() as later:
        later.callback(release, data)
        assert works_off_a_job(database_url(data))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_it_is_told_to_and_leaves_nothing_running(house, data, number):
    up = house()
    assert answers(up.port)
    everyone, before = family(up), len(up.said)
    assert set(children(up)) == {"web", "worker", "scan worker"}
    assert up.end(number) == 0
    assert gone(everyone)
    assert not (data / "postgres/postmaster.pid").exists()
    assert "Traceback" not in up.said[before:]


def test_a_worker_may_begin_before_its_postgresql_does(data, tmp_path, elsewhere, url):
    assert zaiti(data, "manage", "migrate", "-v0", ZAITI_DEMO="1", DATABASE_URL=url).returncode == 0
    stop_at_once(elsewhere)
    with start(data, "1", tmp_path, command="work --wait", DATABASE_URL=url) as up:
        up.until("Launching a worker")
        up.until("connection")  # refused, which it says and outlives
        database_url(elsewhere, throw_away=True)
        assert works_off_a_job(url)
        assert up.end(signal.SIGTERM) == 0


def stop_at_once(data):
    """End PostgreSQL by its fast shutdown."""
    postmaster(data).send_signal(signal.SIGINT)
    until(lambda: postmaster(data) is None)


def test_a_second_start_does_not_gather_the_static_files_again(data, request):
    made = [(stamp, stamp.stat().st_mtime_ns) for stamp in data.rglob(".made-of")]
    assert len(made) == 1
    request.getfixturevalue("beside")
    assert [(stamp, stamp.stat().st_mtime_ns) for stamp in data.rglob(".made-of")] == made


def test_while_postgresql_is_away_pages_say_so_and_come_back_by_themselves(beside, elsewhere, url):
    before = {name: child.pid for name, child in children(beside).items()}
    stop_at_once(elsewhere)
    for address in ("/", "/register/", "/accounts/login/"):
        away = asked(beside.port, address)
        assert away.status == 503
        assert away.headers["Retry-After"]
        assert "数据库暂时没有应答" in away.read().decode()
    time.sleep(3)
    database_url(elsewhere, throw_away=True)
    until(lambda: answers(beside.port))
    assert {name: child.pid for name, child in children(beside).items()} == before
    assert works_off_a_job(url)


def test_it_can_use_a_postgresql_from_elsewhere(beside, data, url):
    assert not (data / "postgres/postmaster.pid").exists()
    assert answer(beside.port) == 200
    assert beside.end(signal.SIGINT) == 0
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM django_migrations").fetchone()[0]


def test_after_kill_9_of_everything_it_starts_again(house, data):
    up = house()
    server = int((data / "postgres/postmaster.pid").read_text().splitlines()[0])
    everyone = family(up)
    for one in [*everyone, psutil.Process(server)]:
        one.kill()
    up.process.wait(PATIENCE)
    assert gone(everyone)
    assert answers(house().port)


def test_the_children_of_a_killed_parent_stop_by_themselves(house):
    up = house()
    everyone = family(up)
    up.end(signal.SIGKILL)
    assert gone(everyone)
    assert answers(house().port)


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
        up = later.enter_context(start(data, "1", tmp_path, traced=True, command="work"))
        up.until("Launching a worker")
        assert up.end(signal.SIGTERM) in (0, 128 + signal.SIGTERM)  # the latter when it had not begun yet
