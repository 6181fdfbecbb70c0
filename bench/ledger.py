"""How many entries the ledger takes a second: `python -m bench.ledger`, in a database that is thrown away."""

import argparse
import os
import tempfile
import threading
import time
from contextlib import suppress

import psutil


def main() -> None:
    """Write entries one a transaction, many a transaction, and by several writers at once."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=2000)
    wanted = asked.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            ZAITI_SCRATCH="1", ZAITI_DATA=folder, SECRET_KEY="bench", DJANGO_SETTINGS_MODULE="zaiti.settings"
        )
        os.environ.pop("DATABASE_URL", None)
        measure(wanted)


def measure(wanted: int) -> None:
    """Start an own PostgreSQL and print what each way of writing gives."""
    import django  # noqa: PLC0415 (settings want the environment)
    from django.core.management import call_command  # noqa: PLC0415 (settings want the environment)

    from zaiti.cli import starting  # noqa: PLC0415 (settings want the environment)

    starting.own_database()
    django.setup()
    call_command("migrate", verbosity=0)
    for words, size, writers in (
        ("one a transaction", 1, 1),
        ("one a transaction, four writers", 1, 4),
        ("50 a transaction", 50, 1),
        ("500 a transaction", 500, 1),
    ):
        spent, began = spent_by_processors(), time.perf_counter()
        write(wanted, size, writers)
        taken, spent = time.perf_counter() - began, spent_by_processors() - spent
        print(
            f"{words:>32}: {wanted / taken:7.0f} entries/s, {1000 * spent / wanted:6.2f} ms of processor each"
        )


def spent_by_processors() -> float:
    """Seconds of processor so far, of this process and its PostgreSQL: they count on a busy machine too."""
    postmaster = next(p for p in psutil.process_iter() if _is_postmaster(p))
    times = [postmaster.cpu_times(), *(child.cpu_times() for child in postmaster.children())]
    gone = times[0].children_user + times[0].children_system
    return time.process_time() + gone + sum(one.user + one.system for one in times)


def _is_postmaster(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return (
            any(os.environ["ZAITI_DATA"] in word for word in process.cmdline())
            and "postgres" in process.name()
        )
    return False


def write(number: int, size: int, writers: int) -> None:
    """Write so many entries, so many a transaction, by so many at once."""
    threads = [threading.Thread(target=_write, args=(number // writers, size)) for _ in range(writers)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def _write(number: int, size: int) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 (settings want the environment)

    from zaiti.accounts.models import User  # noqa: PLC0415 (settings want the environment)
    from zaiti.ledger.chain import record  # noqa: PLC0415 (settings want the environment)

    person = User.objects.create(username=f"bench{threading.get_ident()}{time.monotonic_ns()}", name="示例人")
    for _ in range(number // size):
        with transaction.atomic():
            for n in range(size):
                record("greet", person, by=person, number=n, reason="示例")
    connection.close()


if __name__ == "__main__":
    main()
