"""Deeds that start together, each on its own connection; for tests marked `django_db(transaction=True)`."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import IntegrityError, connection

from zaiti.core import Refused


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Run deeds in threads that start together; give each one's end: “done” or its refusal's name."""
    start, ends = Barrier(len(deeds)), [""] * len(deeds)

    def run(number: int) -> None:
        start.wait()
        try:
            deeds[number]()
            ends[number] = "done"
        except (Refused, IntegrityError) as error:
            ends[number] = type(error).__name__
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends
