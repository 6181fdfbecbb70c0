"""Django's cache in PostgreSQL, for allauth's counters: an `add` is atomic, nothing live is ever culled."""

import pickle
from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from zaiti.limits import standing_apart

LIVE = "(ends IS NULL OR ends > clock_timestamp())"
PUT = """
    INSERT INTO limits_kept AS kept (name, value, ends)
    VALUES (%(name)s, %(value)s, clock_timestamp() + %(lasts)s)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, ends = excluded.ends
"""


class KeptCache(BaseCache):
    """One row a key."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Give what is kept and live."""
        rows = self._run(f"SELECT value FROM limits_kept WHERE name = %(name)s AND {LIVE}", key, version)  # noqa: S608 - constants
        return pickle.loads(rows[0][0]) if rows else default  # noqa: S301 - our own database's, as in Django

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep it, whatever was kept before."""
        self._run(f"{PUT} RETURNING true", key, version, **self._row(value, timeout))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it unless something live is kept; of several at once one is told so."""
        new = f"{PUT} WHERE NOT {LIVE.replace('ends', 'kept.ends')} RETURNING true"
        return bool(self._run(new, key, version, **self._row(value, timeout)))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let it last longer."""
        longer = f"UPDATE limits_kept SET ends = clock_timestamp() + %(lasts)s WHERE name = %(name)s AND {LIVE} RETURNING true"  # noqa: S608, E501 - constants
        return bool(self._run(longer, key, version, lasts=self._lasts(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget it."""
        forget = f"DELETE FROM limits_kept WHERE name = %(name)s RETURNING {LIVE}"  # noqa: S608 - constants
        return self._run(forget, key, version) == [(True,)]

    def clear(self) -> None:
        """Forget everything."""
        with standing_apart.cursor() as cursor:
            cursor.execute("DELETE FROM limits_kept")

    def _run(self, statement: str, key: str, version: int | None, **facts: Any) -> list[tuple[Any, ...]]:
        name = self.make_and_validate_key(key, version=version)
        with standing_apart.cursor() as cursor:
            cursor.execute(statement, {"name": name, **facts})
            return list(cursor.fetchall())

    def _row(self, value: Any, timeout: Any) -> dict[str, Any]:
        return {"value": pickle.dumps(value), "lasts": self._lasts(timeout)}

    def _lasts(self, timeout: Any) -> timedelta | None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if seconds is None else timedelta(seconds=seconds)
