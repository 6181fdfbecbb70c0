"""Words compared as people mean them: width, case, spaces, dashes and middle dots make no difference.

PostgreSQL folds on both sides (`zaiti_fold`, made by a migration of accounts): nothing stored grows stale.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import CharField, Func, GeneratedField, Lookup, Model, Q, QuerySet, TextField

Row = TypeVar("Row", bound=Model)
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500"
DOTS = "\u00b7\u0387\u2022\u2027\u2219\u22c5\u30fb"
BLANKS = " \t\n\r\v\f\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"
LEFT_OUT = BLANKS + DASHES + DOTS
_OUT = str.maketrans(dict.fromkeys(LEFT_OUT))
_SQL_OUT = "".join(f"\\{ord(char):04X}" for char in LEFT_OUT)
MAKE = f"""
CREATE OR REPLACE FUNCTION zaiti_fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(lower(normalize(words, NFKC)), U&'{_SQL_OUT}', '')
$$
"""


def fold(text: str) -> str:
    """Give a text as it is compared."""
    return unicodedata.normalize("NFKC", text).lower().translate(_OUT)


class Fold(Func):
    """The same in the database, for an index."""

    function = "zaiti_fold"
    output_field = TextField()


class FoldAll(Fold):
    """Several columns as one; between them a sign that nobody can type."""

    arg_joiner = " || U&'\\001F' || "


class _Folded(Lookup):
    said = ""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Fold both sides."""
        left, held = self.process_lhs(compiler, connection)
        right, asked = self.process_rhs(compiler, connection)
        return self.said.format(left=left, right=right), [*held, *asked]


@CharField.register_lookup
@TextField.register_lookup
class Says(_Folded):
    """`name__says=word`: the word stands in it."""

    lookup_name = "says"
    said = "strpos(zaiti_fold({left}), zaiti_fold({right})) > 0"


@CharField.register_lookup
@TextField.register_lookup
class Same(_Folded):
    """`number__same=other`: the two are one."""

    lookup_name = "same"
    said = "zaiti_fold({left}) = zaiti_fold({right})"


class Folded(TextField):  # type: ignore[type-arg]  # parameters of the stubs, not of Django
    """Text that rests folded, so that no search folds it again."""


@Folded.register_lookup
class Has(_Folded):
    """`words__says=word`, as of any text."""

    lookup_name = "says"
    said = "strpos({left}, zaiti_fold({right})) > 0"


def searched(*columns: str) -> GeneratedField:
    """A column in which PostgreSQL keeps what lists search of a row, folded: folding takes 45 times as long.

    When `MAKE` changes, a migration writes these columns anew.
    """
    return GeneratedField(expression=FoldAll(*columns), output_field=Folded(), db_persist=True)


def having(rows: QuerySet[Row], words: Iterable[str], *fields: str) -> QuerySet[Row]:
    """Keep the rows that have every word in one of these fields."""
    for word in words:
        rows = rows.filter(Q.create([(f"{field}__says", word) for field in fields], connector=Q.OR))
    return rows
