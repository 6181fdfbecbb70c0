"""The log's key, and what it signs: notes after c2sp.org/signed-note, checkpoints after tlog-checkpoint."""

import base64
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from zaiti.ledger.verify import key_id

HEAD, ED25519 = "PRIVATE+KEY+", b"\x01"  # how a key is written, and its kind


@dataclass(frozen=True)
class Signer:
    """A key and the name under which it signs."""

    name: str
    key: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The public key's octets."""
        return self.key.public_key().public_bytes_raw()

    def verifier(self) -> str:
        """The public key as others write it down."""
        return f"{self._named()}+{base64.b64encode(ED25519 + self.public).decode()}"

    def secret(self) -> str:
        """The private key as it is kept."""
        return f"{HEAD}{self._named()}+{base64.b64encode(ED25519 + self.key.private_bytes_raw()).decode()}"

    def _named(self) -> str:
        return f"{self.name}+{key_id(self.name, self.public).hex()}"

    def sign(self, text: str) -> str:
        """The note: the text, and the signature below it."""
        mark = key_id(self.name, self.public) + self.key.sign(text.encode())
        return f"{text}\n— {self.name} {base64.b64encode(mark).decode()}\n"

    def checkpoint(self, size: int, root: bytes) -> str:
        """Say and sign how large the log is, and its root."""
        return self.sign(f"{self.name}\n{size}\n{base64.b64encode(root).decode()}\n")


def read(written: str) -> Signer:
    """The key from how it is kept."""
    try:
        name, _id, encoded = written.strip().removeprefix(HEAD).split("+", 2)
        octets = base64.b64decode(encoded, validate=True)
        signer = Signer(name, Ed25519PrivateKey.from_private_bytes(octets[1:]))
    except ValueError as why:
        raise ImproperlyConfigured(_WHAT) from why
    if octets[:1] != ED25519 or signer.secret() != written.strip():
        raise ImproperlyConfigured(_WHAT)
    return signer


_WHAT = (
    "This is no key of a log (ZAITI_LOG_KEY, or the data folder's log-key): `zaiti manage log_key` makes one."
)


def new() -> Signer:
    """A new key, named as the log's address without its scheme."""
    there = urlsplit(settings.PUBLIC_URL)
    return Signer(f"{there.netloc}{there.path.rstrip('/')}/log", Ed25519PrivateKey.generate())


def own(*, may_make: bool) -> Signer:
    """The installation's key, from the environment or the data folder; it is made once, for a new log."""
    if settings.LOG_KEY:
        return read(settings.LOG_KEY)
    kept: Path = settings.DATA / "log-key"
    if not kept.exists():
        if not may_make:
            raise ImproperlyConfigured(
                f"The log was signed with a key that is not here: set ZAITI_LOG_KEY, or bring back {kept}."
            )
        _keep(kept, new())
    return read(kept.read_text())


def _keep(kept: Path, signer: Signer) -> None:
    """Write the key for the owner's eyes alone; whoever comes second takes the first one's."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{signer.secret()}\n")
    except FileExistsError:
        return
