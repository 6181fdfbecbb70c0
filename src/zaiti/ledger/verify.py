#!/usr/bin/env python3
"""Check a Zaiti receipt with nothing of Zaiti's: `python3 verify.py receipt.json --key KEY`.

One file, Python's standard library alone. It says what the receipt says, and whether that stands in the log
whose checkpoint the receipt holds. docs/verify.md tells the same in words, so that you may write your own.

A receipt is JSON:
    statement   the entry's text, exactly as it was hashed (RFC 8785); what is personal stands in it as
                sixty-four hexadecimal digits, a commitment
    disclosed   of those, what the reader of this receipt may know: name -> [salt, text]
    proof       a transparency-log proof (c2sp.org/tlog-proof): index, path, signed checkpoint
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
Json = dict[str, Any]


class Wrong(Exception):  # noqa: N818 - a word of its own: what was checked does not hold
    """What does not hold, as a sentence."""


AMISS = (Wrong, KeyError, TypeError, ValueError, AttributeError)  # how a receipt shows that it is none


# --- The tree: RFC 9162, section 2.1 ---


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_by(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root to which a path leads from a leaf (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise Wrong(f"the entry's index {index} lies outside a tree of {size}")
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise Wrong("the path is too long")
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    if last:
        raise Wrong("the path is too short")
    return found


# --- The signature: Ed25519, RFC 8032, section 5.1 ---

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
HALF = pow(2, (P - 1) // 4, P)  # a square root of -1


def _add(a: Point, b: Point) -> Point:
    """The sum of two points, in extended coordinates."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P


def _times(number: int, point: Point) -> Point:
    """A point added to itself so many times."""
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _add(total, point)
        point, number = _add(point, point), number >> 1
    return total


def _x(y: int, sign: int) -> int:
    """The other coordinate of a point on the curve."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * HALF % P
    if y >= P or (x * x - square) % P or (not x and sign):
        raise Wrong("no point of the curve")
    return x if x & 1 == sign else P - x


def _point(written: bytes) -> Point:
    """A point from its thirty-two octets."""
    number = int.from_bytes(written, "little")
    y = number & (2**255 - 1)
    x = _x(y, number >> 255)
    return x, y, 1, x * y % P


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE: Point = (_x(BASE_Y, 0), BASE_Y, 1, _x(BASE_Y, 0) * BASE_Y % P)


def signed_by(key: bytes, text: bytes, signature: bytes) -> bool:
    """Tell whether this key signed this text."""
    try:
        a, r, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    except Wrong:
        return False
    if len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    left, right = _times(s, BASE), _add(r, _times(h, a))
    return not (left[0] * right[2] - right[0] * left[2]) % P and not (
        (left[1] * right[2] - right[1] * left[2]) % P
    )


def octets(encoded: str) -> bytes:
    """What is spelled in base64, in its one spelling."""
    found = base64.b64decode(encoded, validate=True)
    if base64.b64encode(found).decode() != encoded:
        raise Wrong("this base64 has another spelling")
    return found


def whole(digits: str) -> int:
    """A whole number, in its one spelling."""
    if str(int(digits)) != digits:
        raise Wrong("this number has another spelling")
    return int(digits)


# --- The checkpoint: c2sp.org/signed-note, c2sp.org/tlog-checkpoint ---


def key_id(name: str, key: bytes) -> bytes:
    """The four octets by which a signature names its key."""
    return hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]


def read_key(written: str) -> tuple[str, bytes]:
    """The name and the public key of a verifier key, `name+id+base64`."""
    try:
        name, said, encoded = written.strip().split("+", 2)
        public = octets(encoded)
    except ValueError as why:
        raise Wrong("this is no verifier key (name+id+base64)") from why
    if public[:1] != b"\x01" or len(public) != 33 or key_id(name, public[1:]).hex() != said:
        raise Wrong("this is no Ed25519 verifier key, or a letter of it is wrong")
    return name, public[1:]


def opened(note: str, key: str) -> str:
    """The text of a note, if this key signed it."""
    name, public = read_key(key)
    text, parted, signatures = note.rpartition("\n\n")
    *lines, end = signatures.split("\n")
    for line in [] if end else lines:
        dash, _, rest = line.partition(" ")
        who, _, encoded = rest.partition(" ")
        if dash != "—" or who != name:
            continue
        mark = octets(encoded)
        if mark[:4] == key_id(name, public) and parted:
            if signed_by(public, f"{text}\n".encode(), mark[4:]):
                return f"{text}\n"
            raise Wrong("the checkpoint's signature is false")
    raise Wrong(f"the checkpoint is not signed by {name}")


def checkpoint(note: str, key: str) -> tuple[str, int, bytes]:
    """The log's name, its size and its root, if the checkpoint is signed."""
    try:
        origin, size, root, *_more = opened(note, key).split("\n")
        return origin, whole(size), octets(root)
    except ValueError as why:
        raise Wrong("this is no checkpoint") from why


# --- The receipt ---


def commitment(salt: bytes, text: str) -> str:
    """What stands in a statement for something personal."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def entry_of(statement: str) -> bytes:
    """What the log holds of a statement: its digest and nothing more."""
    return hashlib.sha256(statement.encode()).digest()


def read_proof(proof: str) -> tuple[int, list[bytes], str]:
    """The index, the path and the checkpoint of a c2sp.org/tlog-proof."""
    head, _, note = proof.partition("\n\n")
    first, *lines = head.split("\n")
    lines = lines[1:] if lines and lines[0].startswith("extra ") else lines
    if first != "c2sp.org/tlog-proof@v1" or not lines or not lines[0].startswith("index "):
        raise Wrong("this is no transparency-log proof")
    return whole(lines[0][6:]), [octets(line) for line in lines[1:]], note


def disclosed(receipt: Json) -> Json:
    """What the receipt discloses, once each word of it is found to be what was committed to."""
    said = json.loads(receipt["statement"])
    told = {name: said[name] for name in ("actor", "by", "label")}
    told |= {f"facts.{name}": word for name, word in said["facts"].items()}
    found = {}
    for name, (salt, text) in receipt["disclosed"].items():
        octets_of_salt = bytes.fromhex(salt)
        if octets_of_salt.hex() != salt or told.get(name) != commitment(octets_of_salt, text):
            raise Wrong(f"“{name}” is not what the entry says")
        found[name] = json.loads(text)
    return found


def check(receipt: Json, key: str) -> Json:
    """What a receipt says, if every step from it to the signed checkpoint holds."""
    index, path, note = read_proof(receipt["proof"])
    origin, size, root = checkpoint(note, key)
    if root_by(leaf_hash(entry_of(receipt["statement"])), index, size, path) != root:
        raise Wrong("the entry does not stand in the tree that the checkpoint signs")
    said = json.loads(receipt["statement"])
    return {"log": origin, "index": index, "size": size, **said, "disclosed": disclosed(receipt)}


def main() -> None:
    """Check one receipt and say what was found."""
    asked = argparse.ArgumentParser(description="Check a Zaiti receipt.")
    asked.add_argument("receipt", type=Path)
    asked.add_argument("--key", required=True, help="the log's verifier key, from a source you trust")
    given = asked.parse_args()
    try:
        found = check(json.loads(given.receipt.read_text("utf-8")), given.key)
    except AMISS as why:
        sys.exit(f"DOES NOT HOLD: {why}")
    print(json.dumps(found, ensure_ascii=False, indent=1))
    print(f"HOLDS: entry {found['index']} of {found['size']} in the log {found['log']}")


if __name__ == "__main__":
    main()
