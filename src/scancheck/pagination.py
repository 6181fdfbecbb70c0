"""Votes over the whole document which numbers are page numbers, and what they say is missing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise
from operator import itemgetter

from scancheck.numerals import Candidate, Printed

Key = tuple[str, str]
# Numbers in step: on pages this near, and off by no more than a missing page or two.
NEAR, SLIP = 12, 2
# How far apart numbers of one series stand on their pages, as shares of width and height.
BESIDE, ABOVE = 0.12, 0.04
# A series whose first number is this small began at 1; a total further on than this was misread.
NEAR_START, MOST_LOST = 3, 200
# A longer jump in a series without a total is an excerpt.
LONGEST_JUMP = 10


@dataclass(frozen=True)
class Pagination:
    """Each page's number, and what is wrong; positions are counted from 1, `missing` are numbers.

    `some_missing` tells of gaps with fewer unread pages than numbers: first and last number, how many lack.
    """

    numbers: tuple[Printed | None, ...]
    missing: tuple[int, ...] = ()
    some_missing: tuple[tuple[int, int, int], ...] = ()
    repeated: tuple[int, ...] = ()
    out_of_order: tuple[int, ...] = ()
    voted: bool = False


@dataclass
class Run:
    """Pages numbered in one series: positions and their numbers; it may reach from `first` to `last`."""

    first: int
    last: int
    items: list[tuple[int, Printed]] = field(default_factory=list)


def paginate(
    pages: Sequence[Sequence[Candidate]], least_votes: int, blank: Collection[int] = ()
) -> Pagination:
    """Choose each page's number and read the order from them; `blank` are positions of empty pages."""
    chosen = _believable(pages, least_votes)
    if not _uncounted(chosen, blank):
        return _ordered(_without_misreadings(chosen), len(pages), least_votes)
    written = [position for position in range(1, len(pages) + 1) if position not in blank]
    chosen = _believable([pages[position - 1] for position in written], least_votes)
    order = _ordered(_without_misreadings(chosen), len(written), least_votes)
    numbers = dict(zip(written, order.numbers, strict=True))
    return replace(
        order,
        numbers=tuple(numbers.get(position) for position in range(1, len(pages) + 1)),
        out_of_order=tuple(written[place - 1] for place in order.out_of_order),
    )


def _uncounted(chosen: dict[int, Printed], blank: Collection[int]) -> bool:
    """Whether the numbers pass over blank pages, as over empty backs that were scanned too."""
    votes = 0
    for (here, printed), (after, later) in pairwise(sorted(chosen.items(), key=itemgetter(0))):
        empty = sum(here < position < after for position in blank)
        steps = later.number - printed.number
        if empty and steps in (after - here, after - here - empty):
            votes += 1 if steps < after - here else -1
    return votes > 0


def _ordered(chosen: dict[int, Printed], pages: int, least_votes: int) -> Pagination:
    """What the numbers say of the pages' order."""
    numbers = tuple(chosen.get(position) for position in range(1, pages + 1))
    runs = [run for run in _runs(chosen, pages) if len(run.items) >= least_votes]
    gaps = [gap for run in runs for gap in _gaps(run, set(chosen))]
    whole = (range(first, last + 1) for first, last, lack in gaps if last - first < lack)
    return Pagination(
        numbers,
        missing=tuple(chain.from_iterable(whole)),
        some_missing=tuple(gap for gap in gaps if gap[1] - gap[0] >= gap[2]),
        repeated=tuple(number for run in runs for number in _repeated(run)),
        out_of_order=tuple(position for run in runs for position in _disordered(run)),
        voted=bool(runs),
    )


def _believable(pages: Sequence[Sequence[Candidate]], least_votes: int) -> dict[int, Printed]:
    """The candidate on each page that most neighbours agree with."""
    support = _support(pages)
    chosen: dict[int, Printed] = {}
    for position, candidates in enumerate(pages, 1):
        scored = [(support(position, each), each.confidence, each) for each in candidates]
        scored = [entry for entry in scored if _believed(entry[0], entry[2], least_votes)]
        if scored:
            chosen[position] = max(scored, key=lambda entry: entry[:2])[2].printed
    return chosen


def _believed(votes: int, candidate: Candidate, least_votes: int) -> bool:
    """A worded form speaks for itself; a bare number needs others in step with it."""
    if candidate.printed.form in ("of", "page"):
        return votes >= 1 or candidate.confidence >= 0.9
    return votes >= least_votes - 1


def _support(pages: Sequence[Sequence[Candidate]]) -> Callable[[int, Candidate], int]:
    """How many other pages have a number of the same kind in step with this one."""
    where: defaultdict[Key, list[tuple[int, Candidate]]] = defaultdict(list)
    for position, candidates in enumerate(pages, 1):
        for each in candidates:
            where[_key(each)].append((position, each))

    def votes(position: int, candidate: Candidate) -> int:
        offset = candidate.printed.number - position
        others = (each for each in where[_key(candidate)] if 0 < abs(each[0] - position) <= NEAR)
        stable = ((other, each) for other, each in others if _same_place(candidate, each))
        return len({other for other, each in stable if abs(each.printed.number - other - offset) <= SLIP})

    return votes


def _same_place(a: Candidate, b: Candidate) -> bool:
    """Whether two pages have their numbers at the same place, or at mirrored ones as bound books do."""
    across = min(abs(a.across - b.across), abs(a.across - (1 - b.across)))
    return across < BESIDE and abs(a.down - b.down) < ABOVE


def _key(candidate: Candidate) -> Key:
    """Dashed and bare numbers are one kind: a dash is easily lost."""
    form = "plain" if candidate.printed.form in ("dash", "bare") else candidate.printed.form
    return form, candidate.place


def _without_misreadings(chosen: dict[int, Printed]) -> dict[int, Printed]:
    """Drop a number that both neighbours contradict, unless it is one that is wanted elsewhere."""
    positions = sorted(chosen)
    kept = dict(chosen)
    totals = Counter(printed.total for printed in chosen.values() if printed.total)
    usual = totals.most_common(1)[0][0] if totals else None
    numbers = Counter(printed.number for printed in chosen.values())
    for before, here, after in zip(positions, positions[1:], positions[2:], strict=False):
        low, number, high = (chosen[each].number for each in (before, here, after))
        in_step = high - low == after - before
        if in_step and number != low + here - before and not _moved(number, numbers, chosen, here):
            kept.pop(here)
    return {
        position: printed if printed.total in (None, usual) or totals[printed.total] > 1
        else Printed(printed.form, printed.number)
        for position, printed in kept.items()
    }  # fmt: skip


def _moved(number: int, numbers: Counter[int], chosen: dict[int, Printed], here: int) -> bool:
    """Whether a number out of step is a page that is elsewhere missing, or a second copy of one."""
    copied = numbers[number] > 1 and abs(number - here) <= 60
    largest = max(printed.number for printed in chosen.values())
    return copied or (numbers[number] == 1 and number < largest and _gap(number, chosen, here))


def _gap(number: int, chosen: dict[int, Printed], here: int) -> bool:
    """Whether its neighbours in number stand next to each other elsewhere."""
    where = {printed.number: position for position, printed in chosen.items() if position != here}
    return number - 1 in where and where.get(number + 1) == where[number - 1] + 1


def _runs(chosen: dict[int, Printed], pages: int) -> list[Run]:
    """Split into series: Roman apart from Arabic; a fresh start at 1 begins another."""
    runs: list[Run] = []
    for roman in (True, False):
        series = [(each, chosen[each]) for each in sorted(chosen) if (chosen[each].form == "roman") == roman]
        for index, (position, printed) in enumerate(series):
            after = series[index + 1][1].number if index + 1 < len(series) else None
            if index == 0 or _restarts(runs[-1], printed, after):
                runs.append(Run(1, pages))
            runs[-1].items.append((position, printed))
    runs.sort(key=lambda run: run.items[0][0])
    for run, later in pairwise(runs):
        run.last, later.first = later.items[0][0] - 1, run.items[-1][0] + 1
    return runs


def _restarts(run: Run, printed: Printed, after: int | None) -> bool:
    """Whether another document begins here: another total, or a 1 that a 2 follows."""
    last = run.items[-1][1]
    other_total = None not in (printed.total, last.total) and printed.total != last.total
    return other_total or (printed.number == 1 and last.number >= 2 and after == 2)


def _gaps(run: Run, numbered: set[int]) -> list[tuple[int, int, int]]:
    """Numbers, from first to last, that more pages should carry than stand there unread, and how many more.

    The series begins at 1 where it is near, and ends at the stated total.
    """
    held = {printed.number: position for position, printed in run.items}
    total = next((printed.total for _, printed in run.items if printed.total), None)
    if min(held) <= NEAR_START:
        held[0] = run.first - 1
    if total and 0 <= total - max(held) <= MOST_LOST:
        held[total + 1] = run.last + 1
    gaps = []
    for (below, start), (above, end) in pairwise(sorted(held.items())):
        unread = sum(position not in numbered for position in range(start + 1, end))
        excerpt = not total and above - below - 1 > LONGEST_JUMP
        if above - below - 1 > unread and not excerpt:
            gaps.append((below + 1, above - 1, above - below - 1 - unread))
    return gaps


def _repeated(run: Run) -> list[int]:
    seen: set[int] = set()
    twice = []
    for _, printed in run.items:
        if printed.number in seen:
            twice.append(printed.number)
        seen.add(printed.number)
    return sorted(set(twice))


def _disordered(run: Run) -> list[int]:
    """Positions to take out so that the rest ascends: the fewest possible."""
    best: list[list[int]] = []
    for index, (_, printed) in enumerate(run.items):
        before = [best[i] for i in range(index) if run.items[i][1].number <= printed.number]
        best.append([*_longest(before), index])
    kept = set(_longest(best))
    return [position for index, (position, _) in enumerate(run.items) if index not in kept]


def _longest(chains: list[list[int]]) -> list[int]:
    return sorted(chains, key=len)[-1] if chains else []
