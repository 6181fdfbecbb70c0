"""The tree against Certificate Transparency's reference tests, and a library we did not write."""

import pymerkle
import pytest

from zaiti.ledger.tree import EMPTY, WIDE, Peaks, inclusion, number_of, peaks_of, root_of, spelled, widths
from zaiti.ledger.verify import Wrong, leaf_hash, root_by

# github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc (RFC 6962, RFC 9162).
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATH_OF_FIRST = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
LEAVES = [leaf_hash(bytes.fromhex(one)) for one in ENTRIES]


def tiles(leaves):
    """The tiles over these leaves, as a log would keep them."""
    levels = [leaves]
    while len(levels[-1]) >= WIDE:
        below = levels[-1]
        levels.append([root_of(below[at : at + WIDE]) for at in range(0, len(below) // WIDE * WIDE, WIDE)])
    return lambda level, number, width: levels[level][number * WIDE : number * WIDE + width]


def many(number):
    return [leaf_hash(n.to_bytes(4)) for n in range(number)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_an_empty_tree_has_the_hash_of_nothing():
    assert root_of([]) == EMPTY


def test_a_path_is_that_of_the_reference():
    assert [step.hex() for step in inclusion(0, 8, tiles(LEAVES))] == PATH_OF_FIRST


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600, 70_000])
def test_roots_and_paths_are_those_of_another_implementation(size):
    leaves = many(size)
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    for n in range(size):
        theirs.append_entry(n.to_bytes(4))
    tile = tiles(leaves)
    assert peaks_of(size, tile).root() == theirs.get_root()
    for index in {0, size // 2, size - 1}:
        path = inclusion(index, size, tile)
        assert path == theirs.prove_inclusion(index + 1).path[1:]
        assert root_by(leaves[index], index, size, path) == theirs.get_root()


def test_a_path_that_is_too_long_too_short_or_of_another_place_leads_elsewhere():
    root, path = root_of(LEAVES), inclusion(3, 8, tiles(LEAVES))
    for index, steps in ((3, path[:-1]), (3, [*path, path[0]]), (8, path)):
        with pytest.raises(Wrong):
            root_by(LEAVES[3], index, 8, steps)
    assert root_by(LEAVES[3], 2, 8, path) != root


def test_the_partial_tiles_of_70000_are_those_of_the_specification():
    assert widths(70_000) == [(2, 0, 1), (1, 1, 17), (0, 273, 112)]
    assert widths(256) == [(1, 0, 1)]


def test_a_tile_has_one_spelling():
    assert spelled(1234067) == "x001/x234/067"
    assert [number_of(spelled(n)) for n in (0, 999, 1000, 1234067)] == [0, 999, 1000, 1234067]
    assert number_of("x000/001") is None


def test_a_tree_known_by_its_peaks_grows_like_the_whole():
    tree = Peaks(peaks_of(300, tiles(many(300))).peaks)
    for one in many(600)[300:]:
        tree.add(one)
    assert (tree.size, tree.root()) == (600, root_of(many(600)))
