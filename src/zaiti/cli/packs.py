"""A policy pack that a command is given."""

from pathlib import Path

from zaiti.cli.failures import Stop
from zaiti.places import pack as at_hand
from zaiti.programmes.packs import check_pack


def sound(given: Path) -> Path:
    """Find the pack, ours where there is no such file, and refuse one with errors."""
    pack = at_hand(given)
    if not pack.is_file():
        raise Stop(f"There is no file {given}.")
    if errors := check_pack(pack):
        raise Stop("\n".join(f"{e.file}:{e.line}: {e.field}: {e.message}" for e in errors))
    return pack
