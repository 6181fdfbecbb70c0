"""Votes over the whole document which numbers are page numbers, and what they say is missing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scancheck.numerals import Candidate, Printed
from scancheck.profile import Profile

Key = tuple[str, str]
# Numbers in step: on pages this near, and off by no more than a missing page or two.
NEAR, SLIP = 12, 2


@dataclass(frozen=True)
class Pagination:
    """Each page's number, and what is wrong; positions are counted from 1, `missing` are numbers."""

    numbers: tuple[Printed | None, ...]
    missing: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    out_of_order: tuple[int, ...] = ()
    voted: bool = False


@dataclass
class Run:
    """Pages numbered in one series: positions and their numbers."""

    items: list[tuple[int, Printed]] = field(default_factory=list)


def paginate(pages: Sequence[Sequence[Candidate]], profile: Profile) -> Pagination:
    """Choose each page's number and read the order from them."""
    chosen = _chosen(pages, profile)
    numbers = tuple(chosen.get(position) for position in range(1, len(pages) + 1))
    runs = _runs(chosen)
    missing: list[int] = []
    repeated: list[int] = []
    disordered: list[int] = []
    for run in runs:
        if len(run.items) < profile.number_least_votes:
            continue
        missing += _missing(run)
        repeated += _repeated(run)
        disordered += _disordered(run)
    voted = any(len(run.items) >= profile.number_least_votes for run in runs)
    return Pagination(numbers, tuple(missing), tuple(repeated), tuple(disordered), voted)


def _chosen(pages: Sequence[Sequence[Candidate]], profile: Profile) -> dict[int, Printed]:
    """The candidate on each page that most neighbours agree with."""
    support = _support(pages)
    chosen: dict[int, Printed] = {}
    for position, candidates in enumerate(pages, 1):
        scored = [(support(position, each), each.confidence, each) for each in candidates]
        scored = [entry for entry in scored if _believed(entry[0], entry[2], profile)]
        if scored:
            chosen[position] = max(scored, key=lambda entry: entry[:2])[2].printed
    return _without_misreadings(chosen)


def _believed(votes: int, candidate: Candidate, profile: Profile) -> bool:
    """A worded form speaks for itself; a bare number needs others in step with it."""
    if candidate.printed.form in ("of", "page"):
        return votes >= 1 or candidate.confidence >= 0.9
    return votes >= profile.number_least_votes - 1


def _support(pages: Sequence[Sequence[Candidate]]) -> Callable[[int, Candidate], int]:
    """How many other pages have a number of the same kind in step with this one."""
    where: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    for position, candidates in enumerate(pages, 1):
        for each in candidates:
            where[_key(each)].append((position, each.printed.number))

    def votes(position: int, candidate: Candidate) -> int:
        offset = candidate.printed.number - position
        others = (each for each in where[_key(candidate)] if 0 < abs(each[0] - position) <= NEAR)
        return len({other for other, number in others if abs(number - other - offset) <= SLIP})

    return votes


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


def _runs(chosen: dict[int, Printed]) -> list[Run]:
    """Split into series: Roman apart from Arabic; a fresh start at 1 begins another."""
    runs: list[Run] = []
    for roman in (True, False):
        series = [(each, chosen[each]) for each in sorted(chosen) if (chosen[each].form == "roman") == roman]
        for index, (position, printed) in enumerate(series):
            after = series[index + 1][1].number if index + 1 < len(series) else None
            if index == 0 or _restarts(runs[-1], printed, after):
                runs.append(Run())
            runs[-1].items.append((position, printed))
    return runs


def _restarts(run: Run, printed: Printed, after: int | None) -> bool:
    """Whether another document begins here: another total, or a 1 that a 2 follows."""
    last = run.items[-1][1]
    other_total = None not in (printed.total, last.total) and printed.total != last.total
    return other_total or (printed.number == 1 and last.number > 2 and after == 2)


def _missing(run: Run) -> list[int]:
    """Numbers between the first and last (or the stated total) that no page carries."""
    held = {printed.number for _, printed in run.items}
    total = next((printed.total for _, printed in run.items if printed.total), None)
    last = total if total and total - max(held) <= 200 else max(held)
    first = 1 if min(held) <= 3 else min(held)
    return [number for number in range(first, last + 1) if number not in held and not _unread(run, number)]


def _unread(run: Run, number: int) -> bool:
    """Whether a page without a number stands where this one belongs."""
    held = {printed.number: position for position, printed in run.items}
    below = max((each for each in held if each < number), default=None)
    above = min((each for each in held if each > number), default=None)
    if below is None:
        return above is not None and held[above] - (above - number) >= 1
    if above is None:
        return False
    return held[above] - held[below] >= above - below


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
