"""Times the engine against PDFium rasterising the same pages at 150 dpi, in the same run."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import pikepdf
import psutil
import pypdfium2 as pdfium
from bench.scancheck import books, desk, nasty, papers, scanner

import scancheck
from scancheck.checks import clarity, seals, titles
from scancheck.profile import STANDARD

PAGES, THROUGH = 12, 48


@dataclass(frozen=True)
class Speed:
    """Milliseconds of processor time a page: the least of several runs."""

    raster: float
    plain: float
    numbered: float

    @property
    def plain_ratio(self) -> float:
        """Without recognition, against PDFium."""
        return self.plain / self.raster

    @property
    def numbered_ratio(self) -> float:
        """With page-number recognition, against PDFium."""
        return self.numbered / self.raster


def book(pages: int, dpi: int = 300, seed: int = 77) -> bytes:
    """A file of ordinary scans: text, tables and forms, one page in four sealed."""
    random, scans = Random(seed), []
    for number in range(1, pages + 1):
        seals = ("round",) if number % 4 == 0 else ()
        order = desk.Order(seed + number, dpi, seals=seals, number=(number, pages), distractor=None)
        page, truth = papers.page(order)
        how = scanner.usual(random, quality=random.choice((60, 75, 85)), noise=random.choice((1, 3, 6)))
        scans.append(scanner.jpeg(scanner.scan(page, truth, how), how.quality))
    return books.bind(scans, dpi)


def speed(repeats: int = 9) -> Speed:
    """Measure the three on one core, one after the other, several times over."""
    data = book(PAGES)
    quiet = replace(STANDARD, recognise=False)
    # Names and titles aside: what is timed is the page-number strip alone.
    numbers = replace(
        STANDARD, bounds=(titles.Bounds(pages=0), seals.Bounds(read=False), clarity.Bounds(reading=False))
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.pdf"
        path.write_bytes(data)
        raster = plain = numbered = float("inf")
        for _ in range(repeats):
            raster = min(raster, _timed(lambda: _rasterised(path)))
            plain = min(plain, _spent(path, quiet))
            numbered = min(numbered, _spent(path, numbers))
    return Speed(raster / PAGES, plain / PAGES, numbered / PAGES)


def _spent(path: Path, profile: scancheck.Profile) -> float:
    """Milliseconds in the sandbox's checks, page by page; starting a process is not a page's cost."""
    return sum(scancheck.inspect(path, profile).timings_ms.values())


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _rasterised(path: Path) -> None:
    document = pdfium.PdfDocument(path)
    for index in range(len(document)):
        document[index].render(scale=150 / 72).to_numpy()


@dataclass(frozen=True)
class Length:
    """Wall milliseconds a page for a shorter and a longer file, and peaks in MiB: the child's that
    reads the file, and what the caller holds beyond what it held before."""

    short: float
    long: float
    peak: float
    caller: float


def length(pages: int = 2000) -> Length:
    """Read a long file and one a quarter as long: cost should be linear and memory flat."""
    data = book(8, dpi=150)
    peaks, held = [0.0], [_held()]
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as watcher:
        spent = [_per_page(data, pages // 4, Path(folder))]
        done = threading.Event()
        watching = watcher.submit(_watch, peaks, held, done)
        spent.append(_per_page(data, pages, Path(folder)))
        done.set()
        watching.result()
    return Length(spent[0], spent[1], max(peaks), max(held) - held[0])


def _watch(peaks: list[float], held: list[float], done: threading.Event) -> None:
    """Note the memory of the engine's processes, and of this one, while they run."""
    while not done.wait(0.5):
        peaks += [_peak(folder) for folder in Path("/proc").glob("[0-9]*")]
        held.append(_held())


def _held() -> float:
    """MiB that this process holds."""
    return psutil.Process().memory_info().rss / 2**20


def _peak(folder: Path) -> float:
    """MiB that one process has held at most, if it is the engine's; else 0."""
    try:
        if b"scancheck.engine" not in (folder / "cmdline").read_bytes():
            return 0.0
        status = (folder / "status").read_text()
    except OSError:
        return 0.0
    return int(status.split("VmHWM:")[1].split()[0]) / 1024 if "VmHWM:" in status else 0.0


def _per_page(data: bytes, count: int, folder: Path) -> float:
    path = folder / f"{count}.pdf"
    source, target = pikepdf.open(BytesIO(data)), pikepdf.Pdf.new()
    for number in range(count):
        target.pages.append(source.pages[number % len(source.pages)])
    target.save(path)
    start = time.perf_counter()
    scancheck.inspect(path, replace(STANDARD, max_pages=count, recognise=False))
    return (time.perf_counter() - start) * 1000 / count


@dataclass(frozen=True)
class Ratios:
    """Processor time of all checks against PDFium at 150 dpi, page by page, and the milliseconds a page."""

    usual: float
    p95: float
    milliseconds: float
    pages: int


def mixed(pages: int = 40, seed: int = 500) -> Ratios:
    """Pages of every layout, a third sealed, a few turned or at 150 dpi, each a file of its own and so with
    its title read; seals are compared with the applicant's name."""
    random, ours, theirs = Random(seed), [], []
    with TemporaryDirectory() as folder:
        for number in range(pages):
            seals_ = ("round",) if number % 3 == 0 else ()
            order = desk.Order(seed + number, random.choice((150, 200, 300)), seals=seals_, distractor=None)
            page, truth = papers.page(order)
            how = scanner.usual(random, quality=75, noise=3.0, turned=random.choice((0, 0, 0, 0, 90)))
            path = Path(folder) / f"{number}.pdf"
            path.write_bytes(books.bind([scanner.jpeg(scanner.scan(page, truth, how), 75)], order.dpi))
            expect = scancheck.Expectation(truth.name, sealed="somewhere")
            ours.append(min(_all(path, expect) for _ in range(2)))
            theirs.append(min(_timed(lambda path=path: _rasterised(path)) for _ in range(2)))
    each = np.array(ours) / np.array(theirs)
    return Ratios(sum(ours) / sum(theirs), float(np.percentile(each, 95)), sum(ours) / pages, pages)


def _all(path: Path, expect: scancheck.Expectation) -> float:
    return sum(scancheck.inspect(path, expect=expect).timings_ms.values())


def worst(seed: int = 1) -> tuple[str, float, int]:
    """The nasty page that costs most: its kind, its milliseconds, and how many kinds there are."""
    spent = {}
    for kind, page, dpi in nasty.pages(seed):
        data, patient = books.bind([page], dpi), replace(STANDARD, page_seconds=60.0)
        expect = scancheck.Expectation("深圳市示例职业培训学校", sealed="somewhere")
        spent[kind] = sum(scancheck.inspect(data, patient, expect).timings_ms.values())
    most = max(spent, key=lambda kind: spent[kind])
    return most, spent[most], len(spent)


def throughput() -> float:
    """Pages a second with two files at a time, without recognition."""
    data = book(THROUGH)
    quiet = replace(STANDARD, recognise=False)
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: scancheck.inspect(data, quiet), range(2)))
    return 2 * THROUGH / (time.perf_counter() - start)
