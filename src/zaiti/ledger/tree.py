"""The tree over the entries (RFC 9162): tiles, roots and paths, of hashes alone."""

from collections.abc import Callable, Iterable

from zaiti.ledger.verify import node_hash

EMPTY = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
WIDE = 256  # hashes of a full tile
Peak = tuple[int, bytes]  # a full subtree: how high, its hash
Tile = Callable[[int, int, int], list[bytes]]  # of a level, a number and a width


class Peaks:
    """A tree that grows at its end and is known by its full subtrees alone, the leftmost first."""

    def __init__(self, peaks: Iterable[Peak] = ()) -> None:
        self.peaks = list(peaks)

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return sum(1 << height for height, _hash in self.peaks)

    def add(self, found: bytes, height: int = 0) -> None:
        """Put a leaf, or a full subtree that fits, to its end."""
        while self.peaks and self.peaks[-1][0] == height:
            _height, before = self.peaks.pop()
            found, height = node_hash(before, found), height + 1
        self.peaks.append((height, found))

    def root(self) -> bytes:
        """The hash of the whole."""
        if not self.peaks:
            return EMPTY
        *before, (_height, root) = self.peaks
        for _height, left in reversed(before):
            root = node_hash(left, root)
        return root


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The hash of the tree over these leaves' hashes."""
    tree = Peaks()
    for one in hashes:
        tree.add(one)
    return tree.root()


def widths(size: int) -> list[tuple[int, int, int]]:
    """The partial tiles of a tree: level, number and width of each, the highest first."""
    found, level = [], 0
    while size:
        if size % WIDE:
            found.append((level, size // WIDE, size % WIDE))
        size, level = size // WIDE, level + 1
    return found[::-1]


def peaks_of(size: int, tile: Tile) -> Peaks:
    """The peaks of a tree, from its tiles."""
    tree = Peaks()
    for level, number, width in widths(size):
        for one in tile(level, number, width):
            tree.add(one, 8 * level)
    return tree


def inclusion(index: int, size: int, tile: Tile) -> list[bytes]:
    """The path from a leaf to the root of a tree, from its tiles (RFC 9162, 2.1.3.1)."""
    return _path(index, 0, size, lambda begin, end: _hash(begin, end, size, tile))


def _path(index: int, begin: int, end: int, hashed: Callable[[int, int], bytes]) -> list[bytes]:
    if end - begin == 1:
        return []
    middle = begin + _left(end - begin)
    if index < middle:
        return [*_path(index, begin, middle, hashed), hashed(middle, end)]
    return [*_path(index, middle, end, hashed), hashed(begin, middle)]


def _left(size: int) -> int:
    """How many leaves the left side of a tree has: the largest power of two below its size."""
    return 1 << (size - 1).bit_length() - 1


def _hash(begin: int, end: int, size: int, tile: Tile) -> bytes:
    """The hash of the leaves of a subtree: those of a whole one lie in one tile."""
    number = end - begin
    if number & (number - 1):
        middle = begin + _left(number)
        return node_hash(_hash(begin, middle, size, tile), _hash(middle, end, size, tile))
    level = (number.bit_length() - 1) // 8
    one = WIDE**level
    first, last = begin // one, end // one
    width = min(WIDE, size // one - first // WIDE * WIDE)
    return root_of(tile(level, first // WIDE, width)[first % WIDE : (last - 1) % WIDE + 1])


def spelled(number: int) -> str:
    """A tile's number as it stands in its address: x001/x234/067."""
    digits = str(number).zfill(3)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])


def number_of(written: str) -> int | None:
    """The number a tile's address spells; none if it is not the one spelling."""
    digits = written.replace("x", "").replace("/", "")
    return int(digits) if digits.isdecimal() and spelled(int(digits)) == written else None
