"""The check that runs at once at upload: is this a PDF that people can open?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from scancheck.intake import digest, kind
from scancheck.profile import MEBIBYTE, STANDARD, Profile
from scancheck.sandbox import Died, Sandbox

Source = Path | str | bytes
_SANDBOX = Sandbox("scancheck.prober")
_DEATHS = {"timeout": "timeout", "memory": "too_complex", "crash": "broken", "error": "broken"}


@dataclass(frozen=True)
class Probe:
    """What an upload is, before anyone looks at its pages; `size` is in bytes."""

    ok: bool
    problem: str | None
    pages: int | None
    size: int
    sha256: str
    notes: tuple[str, ...] = ()
    limit: int | None = None

    def message(self, lang: str = "zh") -> str:
        """Say in one sentence what is wrong and what to do about it."""
        sentence = _SENTENCES[self.problem or "ok"]["en" if lang.startswith("en") else "zh"]
        return sentence.format(size=self.size / MEBIBYTE, pages=self.pages, limit=self.limit)


def probe(source: Source, profile: Profile = STANDARD) -> Probe:
    """Say whether `source` (a path or the bytes themselves) is a PDF that can be taken in.

    Never raises for what the file contains; raises OSError where a path can't be read.
    Scripts, launch actions and attachments are in `notes` ("javascript", "launch",
    "embedded_files", "unsearched") and don't make the file unusable.
    """
    with opened(source) as file:
        size = file.seek(0, 2)
        sha256, problem = digest(file), _problem(file, size, profile)
        if problem:
            limit = profile.max_bytes // MEBIBYTE if problem == "too_large" else None
            return Probe(False, problem, None, size, sha256, limit=limit)
        return _look(file, size, sha256, profile)


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open a source as a file with a descriptor of its own; bytes go to an unnamed file."""
    if not isinstance(source, bytes):
        with open(source, "rb") as file:
            yield file
        return
    with TemporaryFile() as copy:
        copy.write(source)
        copy.flush()
        yield copy


def _problem(file: BinaryIO, size: int, profile: Profile) -> str | None:
    """What the first and last bytes already rule out."""
    found = kind(file, size)
    if found != "pdf":
        return found
    return "too_large" if size > profile.max_bytes else None


def _look(file: BinaryIO, size: int, sha256: str, profile: Profile) -> Probe:
    """Open the file in the sandbox, and read its pages and what it carries."""
    facts: dict[str, object] = {"problem": "broken", "pages": None}
    limits = {"max_pages": profile.max_pages, "max_objects": profile.max_objects}
    try:
        for answer in _SANDBOX.run(
            "look",
            file,
            step_seconds=profile.open_seconds / 2,
            memory_bytes=profile.memory_bytes,
            **limits,
        ):
            facts |= answer
    except Died as death:
        facts["problem"] = _DEATHS[death.why]
    return _judged(facts, size, sha256, profile)


def _judged(facts: dict[str, object], size: int, sha256: str, profile: Profile) -> Probe:
    pages = facts["pages"] if isinstance(facts["pages"], int) else None
    problem = str(facts["problem"]) if facts["problem"] else None
    if problem is None and pages is not None and pages > profile.max_pages:
        return Probe(False, "too_many_pages", pages, size, sha256, _notes(facts), limit=profile.max_pages)
    return Probe(problem is None, problem, pages, size, sha256, _notes(facts))


def _notes(facts: dict[str, object]) -> tuple[str, ...]:
    carried = ("javascript", "launch", "embedded_files")
    unsearched = () if "javascript" in facts else ("unsearched",)
    return tuple(name for name in carried if facts.get(name)) + unsearched


_SENTENCES = {
    "ok": {"zh": "文件可以打开，共 {pages} 页。", "en": "The file opens; it has {pages} pages."},
    "empty": {
        "zh": "文件是空的（0 字节），请重新导出或扫描后上传。",
        "en": "The file is empty (0 bytes). Export or scan it again and upload it.",
    },
    "not_pdf": {
        "zh": "这不是 PDF 文件，请把材料扫描或另存为 PDF 后上传。",
        "en": "This is not a PDF. Scan the material or save it as PDF, then upload it.",
    },
    "image": {
        "zh": "这是一张图片（仅扩展名为 PDF 或直接上传了图片），请扫描为 PDF 或用“打印为 PDF”转换后上传。",
        "en": "This is an image, not a PDF. Scan it to PDF, or print the image to PDF, and upload that.",
    },
    "ofd": {
        "zh": "这是 OFD 版式文件，请用 OFD 阅读软件打开后导出为 PDF 再上传。",
        "en": "This is an OFD file. Open it in an OFD reader, export it as PDF, and upload that.",
    },
    "word": {
        "zh": "这是 Word 文档，请打印盖章后扫描成 PDF，或另存为 PDF 后上传。",
        "en": "This is a Word document. Print, seal and scan it to PDF, or save it as PDF, then upload it.",
    },
    "truncated": {
        "zh": "文件不完整（缺少结尾，可能没有传完或复制时中断），请取原文件重新上传。",
        "en": "The file is cut off (its end is missing). Upload it again from the original.",
    },
    "broken": {
        "zh": "文件已损坏，无法打开，请重新扫描或重新导出 PDF 后上传。",
        "en": "The file is damaged and can't be opened. Scan or export it again and upload it.",
    },
    "encrypted": {
        "zh": "文件设有打开密码，请去掉密码后重新上传。",
        "en": "The file needs a password to open. Remove the password and upload it again.",
    },
    "too_large": {
        "zh": "文件有 {size:.0f} MB，超过上限 {limit} MB，请用 300 dpi 以下重新扫描，或压缩后上传。",
        "en": "The file is {size:.0f} MB; the limit is {limit} MB. Scan at 300 dpi or less, or compress it.",
    },
    "too_many_pages": {
        "zh": "文件有 {pages} 页，超过上限 {limit} 页，请按材料拆分后分别上传。",
        "en": "The file has {pages} pages; the limit is {limit}. Split it by material and upload the parts.",
    },
    "timeout": {
        "zh": "文件结构异常，在限定时间内无法打开，请重新扫描或“打印为 PDF”后上传。",
        "en": "The file couldn't be opened in the time allowed. Scan it again or print it to a new PDF.",
    },
    "too_complex": {
        "zh": "文件内容展开后过大，无法打开，请重新扫描或“打印为 PDF”后上传。",
        "en": "The file grows too large when opened. Scan it again or print it to a new PDF.",
    },
}
