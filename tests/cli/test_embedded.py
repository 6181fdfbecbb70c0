import os
import signal
import subprocess
import sys

import psutil
import psycopg
import pytest

from tests.cli.running import until
from zaiti.embedded import EmbeddedError, database_url, release

JOIN_AND_WAIT = """
import sys
from pathlib import Path
from zaiti.embedded import database_url
print(database_url(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


def ask(url, question="SELECT current_setting('fsync')"):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def server(data):
    return psutil.Process(int((data / "postgres/postmaster.pid").read_text().splitlines()[0]))


def other_user(data):
    return subprocess.Popen(
        [sys.executable, "-c", JOIN_AND_WAIT, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait(30)


@pytest.fixture
def data(tmp_path):
    yield tmp_path
    release(tmp_path)


def test_it_is_a_real_durable_postgresql_in_utf8(data):
    url = database_url(data)
    assert ask(url) == "on"
    assert ask(url, "SELECT current_setting('synchronous_commit')") == "on"
    assert ask(url, "SELECT upper('é载')") == "É载"


def test_the_server_for_tests_does_without_fsync(data):
    assert ask(database_url(data, throw_away=True)) == "off"


def test_it_opens_no_tcp_port(data):
    database_url(data)
    assert not [c for c in server(data).net_connections("inet") if c.status == psutil.CONN_LISTEN]


def test_the_data_are_there_after_a_stop(data):
    with psycopg.connect(database_url(data)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    release(data)
    assert not (data / "postgres/postmaster.pid").exists()
    assert ask(database_url(data), "SELECT number FROM kept") == 7


def test_leaving_does_not_stop_it_under_another_process(data):
    other = other_user(data)
    url = other.stdout.readline().strip()
    assert database_url(data) == url
    release(data)
    assert ask(url) == "on"
    other.communicate("")
    assert not (data / "postgres/postmaster.pid").exists()


def test_a_killed_process_no_longer_counts_as_a_user(data):
    other = other_user(data)
    other.stdout.readline()
    kill(other)
    database_url(data)
    release(data)
    assert not (data / "postgres/postmaster.pid").exists()


def test_processes_that_start_at_once_share_one_server(data):
    others = [other_user(data) for _ in range(3)]
    assert len({other.stdout.readline() for other in others}) == 1
    for other in others:
        other.communicate("")
    assert not (data / "postgres/postmaster.pid").exists()


def test_it_recovers_when_the_server_was_killed(data):
    with psycopg.connect(database_url(data)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(server(data).pid, signal.SIGKILL)
    assert ask(database_url(data), "SELECT number FROM kept") == 7


def test_it_recovers_when_a_query_outlives_the_killed_server(data):
    connection = psycopg.connect(database_url(data))
    connection.pgconn.send_query(b"SELECT sum(i * random()) FROM generate_series(1, 6000000) AS i")
    os.kill(server(data).pid, signal.SIGKILL)
    assert ask(database_url(data)) == "on"
    connection.close()


def test_another_process_under_the_dead_servers_number_is_no_obstacle(data):
    database_url(data)
    pid_file = data / "postgres/postmaster.pid"
    lines = pid_file.read_text().splitlines()
    killed = server(data)
    os.kill(killed.pid, signal.SIGKILL)
    until(lambda: not killed.is_running() or killed.status() == psutil.STATUS_ZOMBIE)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert ask(database_url(data)) == "on"


def test_a_half_made_cluster_is_made_anew(data):
    (data / "postgres.new").mkdir()
    (data / "postgres.new/PG_VERSION").write_text("18")
    assert ask(database_url(data)) == "on"


def test_a_long_folder_with_chinese_and_spaces_will_do(tmp_path):
    data = tmp_path / "长 名'字" / ("x" * 120)
    url = database_url(data)
    assert ask(url) == "on"
    release(data)
    assert not os.path.exists(psycopg.conninfo.conninfo_to_dict(url)["host"])


def test_a_broken_cluster_is_named_in_a_sentence(data):
    (data / "postgres").mkdir(mode=0o700)
    with pytest.raises(EmbeddedError, match="is not a database cluster directory"):
        database_url(data)
