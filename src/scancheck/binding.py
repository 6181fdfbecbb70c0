"""What the command line reads beside PDFs: pictures, and Word files where LibreOffice is there."""

import base64
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from scancheck.profile import Profile
from scancheck.sandbox import Died, Sandbox

PICTURES = frozenset((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".webp", ".bmp"))
WORD = frozenset((".doc", ".docx", ".rtf", ".wps"))
# Opening a large photo takes longer than checking a page, and LibreOffice some seconds to start.
PICTURE_TIMES, OFFICE_SECONDS = 4, 120
# As a hostile document may grow without end: 4 GiB of memory, 512 MiB of file; what it started ends with it.
_ULIMITS = (
    f'ulimit -c 0 -t {OFFICE_SECONDS} -v {4 << 20} -f {1 << 20}; exec timeout -k 5 {OFFICE_SECONDS} "$@"'
)
BOUNDED = ("/bin/sh", "-c", _ULIMITS, "sh")
# A document's links lead nowhere: what an office would fetch for it, it would fetch from inside our network.
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SET = {
    (_SECURITY, "MacroSecurityLevel"): "3",
    (_SECURITY, "DisableMacrosExecution"): "true",
    (_SECURITY, "DisableActiveContent"): "true",
    (_SECURITY, "BlockUntrustedRefererLinks"): "true",
    ("/org.openoffice.Office.Writer/Content/Update", "Link"): "2",
    ("/org.openoffice.Inet/Settings", "ooInetProxyType"): "2",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName"): "127.0.0.1",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort"): "9",
}
GUARDED = (
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SET.items()
    )
    + "</oor:items>"
)
Made = tuple[bytes, str | None]
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
        with path.open("rb") as file:
            return Paper(path, *bound(file, profile))
    if suffix in WORD and office():
        made, problem = printed(path)
        return Paper(path, path if problem else made, problem)
    return Paper(path, path)


def office() -> str | None:
    """Where LibreOffice is, if it is."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def bound(file: BinaryIO, profile: Profile, *, for_office: bool = False) -> Made:
    """A picture bound as a PDF, each frame a page, turned as the camera says; or the code of a problem.

    For an office each page is A4, and nothing that a telephone noted beside the picture is kept.
    """
    facts = {"max_pixels": profile.max_pixels, "max_pages": profile.max_pages, "office": for_office}
    return _made("bind", file, profile, PICTURE_TIMES, **facts)


def joined(file: BinaryIO, sizes: Sequence[int], profile: Profile) -> Made:
    """PDFs that lie in a file one behind the other, each of so many bytes, as one; or a problem's code."""
    return _made("join", file, profile, PICTURE_TIMES, sizes=list(sizes))


def _made(job: str, file: BinaryIO, profile: Profile, times: int, **facts: object) -> Made:
    """What the sandbox makes of a file, as far as it may weigh."""
    made, problem, most = bytearray(), None, profile.max_bytes
    seconds, memory = times * profile.page_seconds, profile.memory_bytes
    try:
        for answer in _SANDBOX.run(job, file, step_seconds=seconds, memory_bytes=memory, **facts):
            made += base64.b64decode(answer.get("pdf", ""))
            problem = answer.get("problem", problem)
            if len(made) > most:
                return b"", "too_complex"
    except Died as death:
        problem = _PROBLEMS[death.why]
    return bytes(made), problem


def printed(path: Path) -> Made:
    """A Word file as LibreOffice prints it: bounded, without macros, links or the network."""
    program = office()
    assert program  # asked by the caller
    with TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        _guard(profile)
        how = ["--headless", "--convert-to", "pdf", "--outdir", folder]
        try:
            subprocess.run(  # noqa: S603 (found on the path, no shell)
                [*BOUNDED, program, f"-env:UserInstallation={profile.as_uri()}", *how, path.resolve()],
                capture_output=True,
                check=True,
                env={**os.environ, **NOWHERE},
            )
            return (Path(folder) / f"{path.stem}.pdf").read_bytes(), None
        except (subprocess.SubprocessError, FileNotFoundError):
            return b"", "word_unprinted"


def _guard(profile: Path) -> None:
    """Settings under which a document runs nothing and fetches nothing."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(GUARDED)
