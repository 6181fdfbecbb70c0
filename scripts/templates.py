"""Templates as djangofmt writes them, but where readers would see it: `templates.py format`, `check`, `left`.

djangofmt may put a line break between two tags that stood together in a line, and a blank in a Chinese
sentence is a fault. So what it wrote is kept only if it says what was there: the same tags of Django and HTML
with their attributes, in order, and blanks at the same places. A blank beside a block element is nothing; one
beside text or an inline element is seen. `left` names the templates that stay as people wrote them.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
INLINE = set(
    """a abbr b bdi button cite code data del em i img input ins kbd label mark meter output progress q s
    select small span strong sub sup svg time u var wbr textarea path circle""".split()  # noqa: SIM905 - a list is longer
)
TEMPLATE = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.S)
MARK = "\ue000{}\ue001"
BLANK = " \t\r\n\f"
# These show nothing themselves, and what stands before them may be seen right beside what stands after.
SILENT = re.compile(
    r"\{%\s*(if|elif|else|endif|for|empty|endfor|with|endwith|load|csrf_token|url .* as|block|endblock"
    r"|extends|partialdef|endpartialdef|ifchanged|endifchanged|localize|endlocalize)\b|\{#"
)

ONE_WAY = r"load|csrf_token|url .* as|extends"
ENTERING = re.compile(rf"silent (\{{% (if|with|{ONE_WAY})\b|\{{#)")
LEAVING = re.compile(rf"silent (\{{% (endif|endwith|{ONE_WAY})\b|\{{#)")


class Pieces(HTMLParser):
    """A template as pieces: elements, texts, tags of Django, blanks."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.marked: list[str] = []
        self.found: list[str] = []
        self.feed(TEMPLATE.sub(self._mark, text))
        self.close()

    def _mark(self, match: re.Match[str]) -> str:
        self.marked.append(" ".join(match[0].split()))
        return MARK.format(len(self.marked) - 1)

    def _whole(self, text: str) -> str:
        return re.sub("\ue000(\\d+)\ue001", lambda match: self.marked[int(match[1])], text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element with its attributes, blanks in them counted once."""
        told = self._whole(" ".join((self.get_starttag_text() or "").split()))
        told = re.sub(r"\s*(/?>)$", r"\1", told)
        told = re.sub(r"\s+(?=\{%\s*(?:if|endif|else|elif|for|endfor))|(?<=%\})\s+", "", told)
        self.found.append(("inline " if tag in INLINE else "block ") + told)

    def handle_endtag(self, tag: str) -> None:
        """Its end."""
        self.found.append(("inline " if tag in INLINE else "block ") + f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Text and the tags of Django within it."""
        for part in re.split("(\ue000\\d+\ue001)", data):
            if part.startswith("\ue000"):
                told = self._whole(part)
                self.found.append(("silent " if SILENT.match(told) else "shown ") + told)
            else:
                self.found += _words(part)

    def handle_entityref(self, name: str) -> None:
        """A sign by its name."""
        self.found.append(f"shown &{name};")

    def handle_charref(self, name: str) -> None:
        """A sign by its number."""
        self.found.append(f"shown &#{name};")


def _words(text: str) -> Iterator[str]:
    for word in re.split(f"([{BLANK}]+)", text):
        if word:
            yield " " if not word.strip(BLANK) else f"shown {word}"


def pieces(text: str) -> list[str]:
    """The pieces, without the blanks that nobody sees."""
    found = Pieces(text).found
    return [piece for place, piece in enumerate(found) if piece != " " or _is_seen(found, place)]


def _is_seen(found: list[str], place: int) -> bool:
    """A blank at the beginning or the end of a line's box is nothing."""
    before, after = _beside(found, place, -1, ENTERING), _beside(found, place, 1, LEAVING)
    begins = before.startswith(("block", "inline <button")) or "<br" in before
    ends = after.startswith("block") or "<br" in after or after == "inline </button>"
    return not (begins or ends)


def _beside(found: list[str], place: int, step: int, passed: re.Pattern[str]) -> str:
    """What stands next to a blank whatever the branch: silent tags are passed where one way leads."""
    place += step
    while 0 <= place < len(found) and (found[place] == " " or passed.match(found[place])):
        place += step
    return found[place] if 0 <= place < len(found) else "block"


def formatted() -> dict[Path, str]:
    """Each template as it is to be: what djangofmt makes of it, if that says the same."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "src"
        shutil.copytree(SOURCE, copy, ignore=lambda _place, names: [n for n in names if n == "__pycache__"])
        shutil.copy(SOURCE.parent / "pyproject.toml", folder)
        djangofmt = Path(sys.executable).with_name("djangofmt")
        subprocess.run([djangofmt, "src"], cwd=folder, capture_output=True)  # noqa: S603 - of our environment
        made = {file: (copy / file.relative_to(SOURCE)).read_text() for file in SOURCE.rglob("*.html")}
    return {file: text if pieces(text) == pieces(file.read_text()) else "" for file, text in made.items()}


def main(wanted: str) -> int:
    """Format, check, or name what is left to people."""
    different = {file: text for file, text in formatted().items() if text != file.read_text()}
    safe = {file: text for file, text in different.items() if text}
    for file in sorted(
        safe if wanted == "check" else different.keys() - safe.keys() if wanted == "left" else ()
    ):
        print(file.relative_to(SOURCE.parent))
    if wanted == "format":
        for file, text in safe.items():
            file.write_text(text)
        print(f"{len(safe)} templates formatted, {len(different) - len(safe)} left to people")
    return int(wanted == "check" and bool(safe))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
