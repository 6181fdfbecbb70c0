"""What went wrong, in a sentence for whoever typed the command."""

from dj_database_url import ParseError, UnknownSchemeError
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import DatabaseError, OperationalError

from zaiti.core import Refused
from zaiti.embedded import EmbeddedError

SENTENCES = (CommandError, EmbeddedError, ImproperlyConfigured, Refused)


class Stop(Exception):  # noqa: N818 - a plain word, like Refused
    """The command can't go on; the message is a sentence with the way out."""


def sentence(failure: Exception) -> str:
    """Put a failure into words."""
    match failure:
        case Stop() | OSError():
            return str(failure)
        case UnknownSchemeError() | ParseError():
            return "DATABASE_URL must look like postgresql://user:password@host:5432/database."
        case OperationalError():
            return (
                f"PostgreSQL does not answer: {_one_line(failure)}  Is it running, and is DATABASE_URL right?"
            )
        case DatabaseError():
            return f"PostgreSQL refused: {_one_line(failure)}  Does `zaiti manage migrate` help?"
        case _ if isinstance(failure, SENTENCES):
            return str(failure)
        case _:
            return f"Unexpected: {type(failure).__name__}: {failure}\nZAITI_DEBUG=1 shows where."


def _one_line(failure: Exception) -> str:
    return " ".join(str(failure).split())
