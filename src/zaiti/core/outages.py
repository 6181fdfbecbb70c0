"""Tell a database that is away from one that refuses."""

from django.db import InterfaceError, OperationalError

# PostgreSQL's errcodes-appendix: connection, shutdown or start, all seats taken
AWAY = ("08", "57P0", "53300")


def is_outage(failure: BaseException | None) -> bool:
    """Say whether the database could not be reached, or ended the conversation."""
    if not isinstance(failure, OperationalError | InterfaceError):
        return False
    state = getattr(failure.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY)
