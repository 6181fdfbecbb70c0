import pytest
from bench.scancheck.chance import interval, told


def test_a_share_has_the_interval_that_wilson_gives_it():
    assert interval(0, 100) == (pytest.approx(0, abs=1e-9), pytest.approx(0.037, abs=5e-4))
    assert interval(81, 263) == (pytest.approx(0.2553, abs=5e-4), pytest.approx(0.3662, abs=5e-4))
    assert interval(0, 0) == (0.0, 1.0)
    assert told(1, 2) == "50.0% [9.5%, 90.5%] n=2"
