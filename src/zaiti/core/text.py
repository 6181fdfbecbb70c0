"""Words that people give: data, never markup; what may stand in them, and what is left out at each exit."""

import logging
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.core.secret_links import without_secrets

# Line ends of Windows, old Macs, mainframes and Unicode.
LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
# Takes no room and says nothing: soft hyphen, zero-width spaces and joiners, byte order mark.
UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
# Control characters, marks that turn the direction of reading, halves of characters, no characters at all.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
# Letters and signs by their class that show as nothing: Hangul fillers, the empty Braille cell.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
WHITE = re.compile(r"\s+")


def tidy(text: str, *, lines: bool = False) -> str:
    """Put right what nobody sees: line ends, unseen characters; a tab on one line is a space."""
    text = UNSEEN.sub("", LINE_ENDS.sub("\n", text))
    return text if lines else text.replace("\t", " ")


def wrong(text: str, *, lines: bool = False) -> str:
    """Say in a sentence what can't stand in such a text; nothing when all is well."""
    if found := CONTROL.search(text):
        facts = {"place": found.start() + 1, "code": f"U+{ord(found.group()):04X}"}
        return (
            _(
                "Character %(place)s is a control character that can't be seen (%(code)s), such as comes "
                "along when text is copied from Word or a web page. Please delete it, or type the words anew."
            )
            % facts
        )
    if not lines and "\n" in text:
        return _("This must stand on one line; please take the line break out.")
    return ""


def words(text: str, *, lines: bool = False) -> str:
    """Give a text in its one form, or refuse it."""
    if no := wrong(text := tidy(text, lines=lines), lines=lines):
        raise Refused(no)
    return text


def says_something(text: str) -> bool:
    """Tell whether anything in it can be seen."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in BLANK for one in text)


def needed(text: str, sentence: str) -> str:
    """Give a reason in its one form, or refuse with the sentence where nothing is said."""
    given = words(text, lines=True).strip()
    if not says_something(given):
        raise Refused(sentence)
    return given


def plain(value: Any) -> Any:
    """Leave out, in a text or all through lists and dicts of them, what no file, letter or feed can hold."""
    if isinstance(value, str):
        return CONTROL.sub("", tidy(str(value), lines=True))
    if isinstance(value, dict):
        return {plain(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def one_line(text: object) -> str:
    """Give a text on one line, for a subject, a title, a file's name, a cell."""
    return WHITE.sub(" ", plain(str(text))).strip()


if TYPE_CHECKING:  # parameters of the stubs, not of Django
    _Char = models.CharField[str | int | Combinable, str]
    _Text = models.TextField[str | Combinable, str]
else:
    _Char = models.CharField
    _Text = models.TextField


class _Kept:
    """A column that takes people's words; whichever way they come, they are checked as they are saved."""

    name: str
    attname: str
    lines = False

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Put the text in its one form, or refuse it with a sentence."""
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = words(value, lines=self.lines)
            setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For the database it is the plain column."""
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]  # a mixin of fields
        return name, f"django.db.models.{'TextField' if self.lines else 'CharField'}", args, kwargs


class Line(_Kept, _Char):
    """One line of people's words: a name, a title, an address."""


class FileName(Line):
    """A file's name is put right, never refused: who uploads it often can't rename it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Put the name on one line."""
        setattr(model_instance, self.attname, one_line(getattr(model_instance, self.attname)))
        return getattr(model_instance, self.attname)


class Lines(_Kept, _Text):
    """A longer text of people's words, with its lines."""

    lines = True


class LogLine(logging.Formatter):
    """A log's line stays one line, whatever stands in it, and holds no secret link."""

    def format(self, record: logging.LogRecord) -> str:
        """Cut secrets off, in tracebacks too."""
        return without_secrets(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own name
        """Write control characters as escapes; a traceback below keeps its lines."""
        made = super().formatMessage(record)
        return CONTROL.sub(lambda found: ascii(found.group())[1:-1], made.replace("\n", "\\n"))
