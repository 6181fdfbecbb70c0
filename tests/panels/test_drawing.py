import hashlib

from hypothesis import given
from hypothesis import strategies as st

from zaiti.panels.drawing import draw, key, pool_line

LINES = [f"{n:03d} {hashlib.sha256(str(n).encode()).hexdigest()}" for n in range(1, 31)]


def test_a_key_is_what_sha256sum_gives_for_seed_and_line():
    assert key("seed", "001 mark") == hashlib.sha256(b"seed\n001 mark").hexdigest()


def test_the_lowest_keys_are_seated_lowest_first():
    keys = [one.key for one in draw(LINES, "0f" * 32, 5)]
    assert keys == sorted(key("0f" * 32, line) for line in LINES)[:5]


def test_the_same_seed_and_pool_give_the_same_draw():
    assert draw(LINES, "ab" * 32, 7) == draw(list(LINES), "ab" * 32, 7)


@given(st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(0, 30), st.integers(0, 29))
def test_taking_one_line_out_changes_nothing_for_the_others(seed, places, gone):
    whole = [one for one in draw(LINES, seed, 30) if one.line != LINES[gone]]
    assert draw([line for line in LINES if line != LINES[gone]], seed, places) == whole[:places]


def test_every_line_is_drawn_about_as_often():
    seats = [one.line for n in range(3000) for one in draw(LINES, str(n), 3)]
    shares = [seats.count(line) / 300 for line in LINES]
    assert all(0.8 < share < 1.2 for share in shares)


def test_a_line_binds_to_one_person_and_does_not_show_the_name():
    line = pool_line(1, expert=7, name="示例", unit="示例校", nonce="n")
    assert line.startswith("001 ")
    assert "示例" not in line
    assert line != pool_line(1, expert=7, name="示例", unit="示例校", nonce="m")
