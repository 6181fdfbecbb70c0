"""How much of the source the tests ran, after `make test`; fails below the least that pyproject.toml allows.

SlipCover counted the tests' own processes, at no cost; coverage the commands that they started.
"""

import argparse
import json
import sys
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).resolve().parents[1]
COUNTED = ROOT / ".coverage.slip.json"


def main() -> None:
    """Put both together and print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--some", action="store_true", help="only some tests ran: no least")
    some = parser.parse_args().some
    counted = Coverage(config_file=str(ROOT / "pyproject.toml"))
    ran = {str(ROOT / name): file["executed_lines"] for name, file in _files().items()}
    COUNTED.unlink()
    counted.combine()
    counted.get_data().add_lines(ran)
    for source in counted.config.source:
        counted.get_data().touch_files(str(file) for file in (ROOT / source).rglob("*.py"))
    if counted.report(omit=counted.config.run_omit) < (0 if some else counted.config.fail_under):
        sys.exit(f"Less than {counted.config.fail_under:.0f} % of the source is covered by tests.")


def _files() -> dict[str, dict[str, list[int]]]:
    files: dict[str, dict[str, list[int]]] = json.loads(COUNTED.read_text())["files"]
    return files


if __name__ == "__main__":
    main()
