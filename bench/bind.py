"""How long a bound copy takes a page, beside plain joining: `python -m bench.bind --pages 2000`.

Plain joining is pikepdf appending the pages of the same files and saving them, as qpdf does;
a bound copy fits, numbers and marks each page besides, in the sandbox.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from threading import Event, Thread
from typing import Any

import pikepdf
import psutil
from PIL import Image, ImageDraw

FILE_PAGES, SIDE, DPI = 50, (1654, 2338), 200


def main() -> None:
    """Bind and join the same scans in turn, three times."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=2000)
    pages = asked.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            ZAITI_SCRATCH="1", ZAITI_DATA=folder, SECRET_KEY="bench", DJANGO_SETTINGS_MODULE="zaiti.settings"
        )
        os.environ.pop("DATABASE_URL", None)
        measure(max(pages // FILE_PAGES, 1))


def measure(files: int) -> None:
    """Print each round's seconds and their ratio, the size, and the most memory the sandbox took."""
    import django  # noqa: PLC0415 (settings want the environment)
    from django.core.management import call_command  # noqa: PLC0415 (settings want the environment)

    from zaiti.cli import starting  # noqa: PLC0415 (settings want the environment)

    starting.own_database()
    django.setup()
    call_command("migrate", verbosity=0)
    one, copy = scans(), prepared(files)
    for _round in range(3):
        joined, plain = timed(lambda: join(one, files))
        with watched() as most:
            size, bound = timed(lambda: bind(copy))
        print(
            f"{files * FILE_PAGES} pages: bound in {bound:5.1f} s ({size >> 20} MB, sandbox {most[0]} MB), "
            f"joined in {plain:5.1f} s ({joined >> 20} MB), ratio {bound / plain:4.1f}"
        )


def scans() -> bytes:
    """A file of A4 scans whose print differs from page to page."""
    rng, sheets = random.Random(7), []
    for _page in range(FILE_PAGES):
        sheet = Image.new("L", SIDE, 248)
        draw = ImageDraw.Draw(sheet)
        for line in range(200, 2100, 40):
            draw.text(
                (150, line), "".join(chr(rng.randint(33, 126)) for _ in range(90)), fill=20, font_size=28
            )
        sheets.append(sheet)
    sheets[0].save(made := BytesIO(), "PDF", save_all=True, append_images=sheets[1:], resolution=DPI)
    return made.getvalue()


def prepared(files: int) -> Any:
    """An application handed in with so many of those files, and its copy to be bound."""
    from tests import make  # noqa: PLC0415 (models want Django set up)

    from zaiti.applications.models import BoundCopy  # noqa: PLC0415 (models want Django set up)
    from zaiti.files.store import store  # noqa: PLC0415 (models want Django set up)

    submission = make.application(state="submitted").submissions.get()
    version = submission.application.materials.first().versions.get()
    version.file = store(BytesIO(scans()), name="scan.pdf", by=submission.by)
    version.save()
    row = submission.files[0] | {"sha256": version.file.sha256, "pages": FILE_PAGES}
    submission.files = [row] * files
    submission.save()
    return BoundCopy.objects.create(submission=submission, asked_at=submission.at)


def bind(copy: Any) -> int:
    """Bind it as the job does; give its size."""
    from zaiti.applications.binding import bind_into  # noqa: PLC0415 (models want Django set up)

    with tempfile.TemporaryFile() as made:
        bind_into(made, copy, lambda _laid: None)
        return made.tell()


def join(one: bytes, files: int) -> int:
    """Append the pages of all files and save; give the size."""
    with pikepdf.new() as whole, tempfile.TemporaryFile() as kept:
        for _file in range(files):
            whole.pages.extend(pikepdf.open(BytesIO(one)).pages)
        whole.save(kept)
        return kept.tell()


def timed(does: Callable[[], int]) -> tuple[int, float]:
    """What it gives, and the seconds it took."""
    began = time.perf_counter()
    given = does()
    return given, time.perf_counter() - began


@contextmanager
def watched() -> Iterator[list[int]]:
    """The most memory in MB that a process of the sandbox holds meanwhile."""
    most, over = [0], Event()

    def watch() -> None:
        while not over.wait(0.1):
            for process in psutil.process_iter(["cmdline"]):
                with suppress(psutil.Error):
                    if "zaiti.applications.volume" in (process.info["cmdline"] or []):
                        most[0] = max(most[0], process.memory_info().rss >> 20)

    watcher = Thread(target=watch)
    watcher.start()
    yield most
    over.set()
    watcher.join()


if __name__ == "__main__":
    main()
