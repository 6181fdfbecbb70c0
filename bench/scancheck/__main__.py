"""`python -m bench.scancheck [--share=0.3] [--series=1]`: every target of the engine, measured, in one table.

A share measures fewer pages; another series, other pages of the same kinds.
"""

import sys
import time
from collections.abc import Iterator

import cv2
from bench.scancheck import hostile, measures, sealnames, timing
from bench.scancheck.chance import told as shared

import scancheck

Row = tuple[str, str, str, bool | None]


def main() -> None:
    """Print a row as soon as it is measured."""
    cv2.setNumThreads(1)
    share, measures.SERIES[0] = _given("--share=", 1.0), int(_given("--series=", measures.SERIES[0]))
    print(f"{'what':44} {'target':34} {'measured':52} met")
    for what, target, measured, met in rows(share):
        mark = {True: "yes", False: "NO", None: ""}[met]
        print(f"{what:44} {target:34} {measured:52} {mark}", flush=True)


def _given(option: str, otherwise: float) -> float:
    return next((float(each.removeprefix(option)) for each in sys.argv if each.startswith(option)), otherwise)


def rows(share: float) -> Iterator[Row]:
    """All rows; `share` scales the numbers of pages."""

    def many(count: int) -> int:
        return max(4, int(count * share))

    yield from _speed(share)
    yield _hostile()
    yield from _seals(many(300), many(150))
    yield from _angles(many(300))
    yield from _clarity(many(200))
    yield from _numbers(many(25), many(150))
    yield from _turns(many(400))
    yield from _names(many(120))


def _angles(count: int) -> Iterator[Row]:
    ours = measures.skews(count)
    told = f"p95 {ours.p95:.3f}°, gross {ours.gross}, measured {ours.share:.0%} of {count}"
    yield "skew, 0.2 to 12°", "p95 ≤ 0.03°, no gross error", told, ours.p95 <= 0.03 and not ours.gross
    for name, theirs in measures.rival_skews(count).items():
        yield f"  {name}, same pages", "", f"p95 {theirs.p95:.3f}°, gross {theirs.gross}", None


def _turns(count: int) -> Iterator[Row]:
    found = measures.turns(count)
    rate = found.right / max(1, found.right + found.wrong)
    told = f"{shared(found.right, found.right + found.wrong)}, {found.unsure} unsure"
    yield "orientation, pages with ≥ 3 lines", "≥ 99.8 % or unsure", told, rate >= 0.998


def _seals(rounds: int, others: int) -> Iterator[Row]:
    found, none = measures.sealed("round", rounds), measures.sealed("none", rounds)
    false = found.false + none.false
    precision = found.hit / max(1, found.hit + false)
    told = f"recall {shared(found.hit, found.hit + found.missed)}, "
    told += f"precision {shared(found.hit, found.hit + false)}"
    yield (
        "round red seals",
        "recall ≥ 99 %, precision ≥ 99.5 %",
        told,
        found.recall >= 0.99 and precision >= 0.995,
    )
    told = shared(min(none.false, rounds), rounds)
    yield "pages without a seal given one", "≤ 0.1 %", told, none.false <= 0.001 * rounds
    for kind in ("faint", "oval", "square", "grey", "edge-cut"):
        each = measures.sealed(kind, others)
        told = f"recall {shared(each.hit, each.hit + each.missed)}, precision {each.precision:.1%}"
        yield f"{kind} seals", "recall ≥ 95 %", told, each.recall >= 0.95


def _names(count: int) -> Iterator[Row]:
    """At both resolutions; last in fonts and with names that nothing was tuned on, which stay set."""
    for others in (False, True):
        if others:
            sealnames.use_other_fonts()
        for dpi in (300, 150):
            seed = measures.seed_of(31) + dpi + others
            found = sealnames.accepted(count if dpi == 300 else count // 2, dpi, seed, others)
            told = ", ".join(f"{kind} {shared(*share)}" for kind, share in found.items())
            met = _share(found["own"]) >= 0.98 and all(
                _share(found[kind]) <= 0.005 for kind in ("other", "alike", "length")
            )
            what = f"seal name, {dpi} dpi" + (", other fonts and names" if others else "")
            yield what, "own ≥ 98 %, a sign off ≤ .5 %", told, met


def _share(found: tuple[int, int]) -> float:
    return found[0] / max(1, found[1])


def _numbers(books: int, documents: int) -> Iterator[Row]:
    found = measures.page_numbers(books)
    told = f"{shared(found.read, found.total)} read, {found.wrong} wrong"
    yield (
        "page numbers after the vote",
        "≥ 99.5 % read, none wrong",
        told,
        found.read / found.total >= 0.995 and not found.wrong,
    )
    order = measures.orders(documents)
    told = f"found {shared(order.found, order.faults)}, false {shared(order.false, order.sound)}"
    met = order.found >= 0.99 * order.faults and order.false <= 0.005 * order.sound
    yield "missing, repeated, swapped in 30 pages", "found ≥ 99 %, false ≤ 0.5 %", told, met


def _clarity(count: int) -> Iterator[Row]:
    found = measures.clarities(count)
    told = f"AUC {found.auc:.3f}, {found.milliseconds:.1f} ms a page ({found.poor:.0%} poor of {count})"
    yield (
        "clarity, recognition error > 3 %",
        "AUC ≥ 0.98, ≤ 25 ms",
        told,
        found.auc >= 0.98 and found.milliseconds <= 25,
    )


def _speed(share: float) -> Iterator[Row]:
    fast = timing.speed()
    told = f"{fast.plain:.1f} / {fast.raster:.1f} ms = {fast.plain_ratio:.2f}"
    yield "time, 300 dpi JPEG, no recognition", "≤ 0.6 × PDFium at 150 dpi", told, fast.plain_ratio <= 0.6
    told = f"{fast.numbered:.1f} / {fast.raster:.1f} ms = {fast.numbered_ratio:.2f}"
    yield "time with page-number recognition", "≤ 1.0 ×", told, fast.numbered_ratio <= 1.0
    every = timing.mixed(max(6, int(40 * share)))
    told = f"{every.usual:.1f}, p95 {every.p95:.1f}; {every.milliseconds:.0f} ms a page (n = {every.pages})"
    met = every.usual <= 2 and every.p95 <= 4
    yield "time, all checks, mixed pages", "≤ 2 × PDFium, p95 ≤ 4 ×", told, met
    kind, most, count = timing.worst()
    told = f"{most:.0f} ms ({kind}; {count} kinds)"
    yield "nasty pages", "≤ 1 s each", told, most <= 1000
    through = timing.throughput()
    yield (
        "throughput, two files at a time",
        "≥ 40 pages/s on 2 cores",
        f"{through:.1f} pages/s",
        through >= 40,
    )
    pages = 2000 if share >= 0.3 else 400
    long = timing.length(pages)
    told = f"{long.short:.1f} then {long.long:.1f} ms a page, {long.peak:.0f} + {long.caller:.0f} MiB"
    met = long.long <= 1.15 * long.short and long.peak + long.caller <= 400
    yield f"a file of {pages:,} pages", "linear, within 400 MiB", told, met


def _hostile() -> Row:
    worst, count = 0.0, 0
    for _, data in hostile.files():
        start = time.perf_counter()
        scancheck.probe(data)
        scancheck.inspect(data)
        worst, count = max(worst, time.perf_counter() - start), count + 1
    return f"{count} hostile files", "no crash or hang, ≤ 5 s each", f"slowest {worst:.1f} s", worst <= 5


if __name__ == "__main__":
    main()
