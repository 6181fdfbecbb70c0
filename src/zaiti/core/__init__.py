"""What every room stands on: the two ways of saying no, and sealed text."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):  # noqa: N818  # a word of the house, not an error
    """The step cannot be taken now; the message is a sentence for the person who tried."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = str(message)


def require(allowed: bool) -> None:
    """Stop with “permission denied” unless this person may do it."""
    if not allowed:
        raise PermissionDenied
