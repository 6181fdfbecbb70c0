"""What `make docs` does beside mkdocs: pages of the repository's top join those of docs, and links follow."""

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from scancheck import registered

ROOT = Path(__file__).resolve().parents[1]
TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
# Where the page on scancheck has the list that `scancheck --checks` prints.
CHECKS = "<!-- scancheck --checks -->"
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the top, and each file that a page links to."""
    for name in TOP:
        files.append(File.generated(config, name, content=(ROOT / name).read_text()))
    for page in [*TOP, *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]:
        for target in _linked(page):
            if (ROOT / target).is_file() and not target.startswith("docs/") and target not in TOP:
                files.append(File.generated(config, target, abs_src_path=str(ROOT / target)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Have links lead to where the pages lie in the site; a folder is no page, so only its name stays."""
    source = page.file.src_uri if page.file.src_uri in TOP else f"docs/{page.file.src_uri}"
    return LINK.sub(lambda link: _moved(link, source), markdown.replace(CHECKS, _checks()))


def _checks() -> str:
    """The checks there are, as a table."""
    rows = (
        f"| `{each.name}` | {', '.join(each.about)} | {', '.join(f'`{code}`' for code in each.words)} |"
        for each in registered()
    )
    return "\n".join(("| check | what it looks at | codes of its findings |", "|---|---|---|", *rows))


def _linked(page: str) -> set[str]:
    return {_place(page, link[1]) for link in LINK.finditer((ROOT / page).read_text())}


def _place(page: str, target: str) -> str:
    """Where a link of a page leads, from the repository's top."""
    return normpath(str(PurePosixPath(page).parent / target))


def _moved(link: re.Match[str], page: str) -> str:
    place = _place(page, link[1])
    if (ROOT / place).is_dir():
        return "]"
    return f"]({place.removeprefix('docs/')}{link[2] or ''})"
