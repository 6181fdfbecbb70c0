"""What the command line reads beside PDFs: pictures, and Word files where LibreOffice is there."""

import base64
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scancheck.profile import Profile
from scancheck.sandbox import Died, Sandbox

PICTURES = frozenset((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".webp", ".bmp"))
WORD = frozenset((".doc", ".docx", ".rtf", ".wps"))
# Opening a large photo takes longer than checking a page, and LibreOffice some seconds to start.
PICTURE_TIMES, OFFICE_SECONDS = 4, 120
_SANDBOX = Sandbox("scancheck.binder")
_PROBLEMS = {"timeout": "timeout", "memory": "too_complex", "crash": "not_image", "error": "not_image"}


@dataclass(frozen=True)
class Paper:
    """A file as it was named, and the PDF it is or was made into; `problem` is a code where none was."""

    path: Path
    source: Path | bytes
    problem: str | None = None


def paper(path: Path, profile: Profile) -> Paper:
    """A file ready to be checked. Raises OSError where it can't be read."""
    suffix = path.suffix.lower()
    if suffix in PICTURES:
        return _picture(path, profile)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if suffix in WORD and office:
        return _printed(path, office)
    return Paper(path, path)


def _picture(path: Path, profile: Profile) -> Paper:
    """A picture bound as a PDF, each frame a page, turned as the camera says."""
    pieces, problem = [], None
    with path.open("rb") as file:
        try:
            for answer in _SANDBOX.run(
                "bind",
                file,
                step_seconds=PICTURE_TIMES * profile.page_seconds,
                memory_bytes=profile.memory_bytes,
                max_pixels=profile.max_pixels,
            ):
                pieces.append(base64.b64decode(answer.get("pdf", "")))
                problem = answer.get("problem", problem)
        except Died as death:
            problem = _PROBLEMS[death.why]
    return Paper(path, b"".join(pieces), problem)


def _printed(path: Path, office: str) -> Paper:
    """A Word file as LibreOffice prints it, in a profile of its own."""
    with TemporaryDirectory() as folder:
        apart = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        how = ["--headless", "--convert-to", "pdf", "--outdir", folder]
        made = Path(folder) / f"{path.stem}.pdf"
        try:
            subprocess.run(  # noqa: S603 (found on the path, no shell)
                [office, apart, *how, path.resolve()], capture_output=True, timeout=OFFICE_SECONDS, check=True
            )
            return Paper(path, made.read_bytes())
        except (subprocess.SubprocessError, FileNotFoundError):
            return Paper(path, path, "word_unprinted")
