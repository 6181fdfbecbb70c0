"""A body is taken in whole, or turned away in time."""

import asyncio
from dataclasses import replace

import pytest

from zaiti.front.intake import Gone, Intake, Limits, Turned

FEW = Limits(body=100, patience=0.2, grace=0.3, rate=1000, by_address=2, at_once=3, in_memory=10, kept_free=0)


def sends(*pieces: bytes, pause: float = 0.0, ends: bool = True):
    """A client that sends these pieces, then ends or stalls."""
    left = list(pieces)

    async def receive():
        await asyncio.sleep(pause)
        if not left:
            await asyncio.sleep(60)
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left) or not ends}

    return receive


def take(receive, tmp_path, limits=FEW, length=None):
    with asyncio.run(Intake(limits, tmp_path).read(receive, length, "a")) as body:
        return body.read()


def turned(receive, tmp_path, **facts) -> int:
    with pytest.raises(Turned) as no:
        take(receive, tmp_path, **facts)
    return no.value.status


def test_it_comes_out_as_it_went_in(tmp_path):
    assert take(sends(b"one ", b"two, and more than fits ", b"in memory"), tmp_path).endswith(b"in memory")


def test_too_much_is_turned_away_when_announced_and_when_it_comes(tmp_path):
    assert turned(sends(b"x"), tmp_path, length=101) == 413
    assert turned(sends(b"x" * 60, b"x" * 60), tmp_path) == 413


def test_who_stalls_is_let_go(tmp_path):
    assert turned(sends(b"x", ends=False), tmp_path) == 408


def test_who_trickles_is_let_go(tmp_path):
    assert turned(sends(*[b"x"] * 90, pause=0.02), tmp_path) == 408


def test_who_is_slow_but_steady_is_not(tmp_path):
    assert len(take(sends(*[b"x" * 5] * 20, pause=0.02), tmp_path, replace(FEW, rate=10))) == 100


def test_nothing_lasts_for_ever(tmp_path):
    assert turned(sends(*[b"x" * 5] * 20, pause=0.02), tmp_path, limits=replace(FEW, longest=0.2)) == 408


def test_a_client_that_leaves_is_gone(tmp_path):
    async def receive():
        return {"type": "http.disconnect"}

    with pytest.raises(Gone):
        take(receive, tmp_path)


def test_a_full_disk_is_not_filled_further(tmp_path):
    full = replace(FEW, kept_free=1 << 60)
    assert turned(sends(b"x" * 50), tmp_path, limits=full, length=50) == 507
    assert take(sends(b"x"), tmp_path, full) == b"x"


def test_only_so_many_are_under_way_from_one_address_and_in_all(tmp_path):
    intake = Intake(FEW, tmp_path)

    async def crowd(*addresses: str) -> list[int]:
        reads = [intake.read(sends(b"x", pause=0.05), None, address) for address in addresses]
        ends = await asyncio.gather(*reads, return_exceptions=True)
        return [end.status if isinstance(end, Turned) else 200 for end in ends]

    assert asyncio.run(crowd("a", "a", "a", "b", "c")) == [200, 200, 429, 200, 503]
    assert asyncio.run(crowd("a", "a")) == [200, 200]
