"""Where Zaiti's own files lie: inside the package when it is installed, beside it in a checkout."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
INSTALLED = (PACKAGE / "policies").is_dir()  # a wheel has taken them in
ROOT = Path.cwd() if INSTALLED else PACKAGE.parents[1]
POLICIES = PACKAGE / "policies" if INSTALLED else ROOT / "policies"
FRONT_END = PACKAGE / "npm" if INSTALLED else ROOT / "node_modules"  # packages from npm


def data() -> Path:
    """The data folder: ZAITI_DATA, else the checkout's, or one of the user's own."""
    if given := os.environ.get("ZAITI_DATA"):
        return Path(given).resolve()
    return Path.home() / ".local/share/zaiti" if INSTALLED else ROOT / "var/data"


def pack(given: Path) -> Path:
    """The file itself, or the pack of its name among those that Zaiti brings along."""
    shipped = POLICIES / f"{given.stem}.yaml"
    return shipped if not given.exists() and shipped.is_file() else given
