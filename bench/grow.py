"""Make a played demo as large as a province: rows are copied in the database, keys and names made anew."""
# ruff: noqa: E501 - the statements read better whole

from collections.abc import Iterable

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

CARRIERS, TEXTS, POSTINGS = 3000, 3000, 300
DEEDS = 32  # entries of the ledger for each application
SLOTS = 40  # more than any application has materials
STATES = (
    "'draft','draft','submitted','submitted','submitted','submitted','submitted','submitted','submitted',"
    "'returned','returned','accepted','accepted','accepted','accepted','accepted','accepted','accepted',"
    "'accepted','declined'"
)
# What each row is copied from: the demo has one of every state; calls 2025, the first type of each.
PLAN = (
    """
CREATE TEMP TABLE grown AS
WITH played AS (
    SELECT DISTINCT ON (a.state) a.state, a.id FROM applications_application a
    JOIN notices_call c ON c.id = a.call_id JOIN programmes_carriertype t ON t.id = a.carrier_type_id
    WHERE t.code = 'base' ORDER BY a.state, c.cycle_id DESC, (SELECT count(*) FROM panels_review r
        WHERE r.application_id = a.id AND r.state = 'scored') DESC, a.id
), calls AS (
    SELECT c.id, t.id AS kind, row_number() OVER (ORDER BY c.id) - 1 AS place FROM notices_call c
    JOIN programmes_carriertype t ON t.cycle_id = c.cycle_id AND t.code = 'base'
    JOIN programmes_cycle y ON y.id = c.cycle_id AND y.state = 'open' WHERE c.state = 'published'
)
SELECT n, %(base)s + n AS key, p.id AS source, p.state, c.id AS call, c.kind,
    CASE WHEN p.state = 'accepted' THEN panel.id END AS panel, panel.state = 'closed' AS scored
FROM generate_series(1, %(number)s) n
JOIN played p ON p.state = (ARRAY["""
    + STATES
    + """])[1 + n %% 20]
JOIN calls c ON c.place = (n / 20) %% (SELECT count(*) FROM calls)
LEFT JOIN panels_panel panel ON panel.call_id = c.id AND panel.carrier_type_id = c.kind
UNION ALL
SELECT %(number)s + n, %(base)s + %(number)s + n, r.application_id, 'recognised', p.call_id, p.carrier_type_id,
    p.id, true
FROM generate_series(1, %(carriers)s) n, (SELECT c.review_id FROM carriers_carrier k
    JOIN ranking_candidate c ON c.id = k.candidate_id ORDER BY k.id LIMIT 1) first
JOIN panels_review r ON r.id = first.review_id JOIN panels_panel p ON p.id = r.panel_id;
CREATE INDEX ON grown (source);
CREATE TEMP TABLE materials AS SELECT id, row_number() OVER (PARTITION BY application_id ORDER BY id) AS nth
    FROM applications_material;
CREATE TEMP TABLE versions AS SELECT v.id, row_number() OVER (PARTITION BY m.application_id ORDER BY v.id) AS nth
    FROM applications_materialversion v JOIN applications_material m ON m.id = v.material_id;
CREATE TEMP TABLE sheets AS SELECT id, row_number() OVER (PARTITION BY review_id ORDER BY id) AS nth
    FROM panels_scoresheet;
CREATE TEMP TABLE seats AS SELECT id, panel_id, row_number() OVER (PARTITION BY panel_id ORDER BY id) AS nth
    FROM panels_seat;
ANALYZE grown;
"""
)
SLOT = "row_number() OVER (PARTITION BY g.key ORDER BY t.id)"
OF_SLOT = f"g.key * {SLOTS} + {SLOT}"
NTH = f"g.key * {SLOTS} + nth.nth"


def grow(number: int) -> None:
    """Add so many applications, and the carriers, texts and deeds of a place of that size."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica"
        )  # no triggers: what is copied was checked
        cursor.execute(PLAN, {"base": 1_000_000, "number": number, "carriers": CARRIERS})
        for table, source, values in _steps():
            cursor.execute(_copied(table, source, values))
        _texts(cursor)
        cursor.execute(_deeds(number))
        for line in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(line)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _copied(table: str, source: str, values: dict[str, str]) -> str:
    """Copy rows `t` of a table for each row `g` of the plan, with these columns made anew."""
    model = next(m for m in apps.get_models() if m._meta.db_table == table and not m._meta.proxy)
    columns = [field.column for field in model._meta.local_fields if not field.generated]
    chosen = ", ".join(values.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) SELECT {chosen} FROM grown g {source}"


def _steps() -> Iterable[tuple[str, str, dict[str, str]]]:
    of = "JOIN applications_application a ON a.id = g.source "
    yield (
        "accounts_organisation",
        of + "JOIN accounts_organisation t ON t.id = a.organisation_id",
        {"id": "g.key", "uscc": "'91' || lpad(g.key::text, 16, '0')", "name": "'示例大单位' || g.n"},
    )
    yield (
        "accounts_user",
        of + "JOIN accounts_user t ON t.id = a.contact_id",
        {"id": "g.key", "username": "'grown' || g.n", "organisation_id": "g.key"},
    )
    yield (
        "applications_application",
        "JOIN applications_application t ON t.id = g.source",
        {
            "id": "g.key",
            "organisation_id": "g.key",
            "contact_id": "g.key",
            "call_id": "g.call",
            "carrier_type_id": "g.kind",
            "number": "CASE WHEN t.number IS NOT NULL THEN t.number || '-' || g.n END",
            "carrier_name": "'示例载体' || g.n",
            "claims": "'{}'::varchar[]",
            "submitted_at": "t.submitted_at - g.n * interval '1 second'",
            "answer_due": "t.answer_due + (g.n % 11)::int",
        },
    )
    yield (
        "applications_answers",
        "JOIN applications_answers t ON t.application_id = g.source",
        {"application_id": "g.key"},
    )
    yield (
        "applications_material",
        ("JOIN applications_material t ON t.application_id = g.source JOIN materials nth USING (id)"),
        {"id": NTH, "application_id": "g.key"},
    )
    yield (
        "applications_materialversion",
        (
            "JOIN applications_material m ON m.application_id = g.source JOIN materials ON materials.id = m.id "
            "JOIN applications_materialversion t ON t.material_id = m.id JOIN versions nth ON nth.id = t.id"
        ),
        {"id": NTH, "material_id": f"g.key * {SLOTS} + materials.nth"},
    )
    yield (
        "screening_check",
        (
            "JOIN applications_material m ON m.application_id = g.source JOIN materials nth ON nth.id = m.id "
            "JOIN screening_check t ON t.material_id = m.id LEFT JOIN versions v ON v.id = t.version_id"
        ),
        {"id": NTH, "material_id": NTH, "version_id": f"g.key * {SLOTS} + v.nth"},
    )
    yield (
        "applications_submission",
        "JOIN applications_submission t ON t.application_id = g.source",
        {
            "id": OF_SLOT,
            "application_id": "g.key",
            "number": f"t.number || '-' || g.n || '-' || {SLOT}",
            "paper_id": "NULL",
        },
    )
    for table in ("screening_correction", "screening_ruling", "screening_papercopy"):
        yield (
            table,
            f"JOIN {table} t ON t.application_id = g.source",
            {"id": OF_SLOT, "application_id": "g.key", "paper_id": "NULL"},
        )
    yield from _judged()


def _judged() -> Iterable[tuple[str, str, dict[str, str]]]:
    review = "JOIN panels_review r ON r.application_id = g.source AND g.panel IS NOT NULL "
    yield (
        "panels_review",
        review + "JOIN panels_review t ON t.id = r.id",
        {
            "id": "g.key",
            "application_id": "g.key",
            "panel_id": "g.panel",
            "state": "CASE WHEN g.scored THEN 'scored' ELSE (SELECT o.state FROM panels_review o WHERE o.panel_id = g.panel LIMIT 1) END",
            "total": "CASE WHEN g.scored THEN t.total - (g.n % 200) * 0.1 END",
        },
    )
    yield (
        "panels_sitevisit",
        review + "JOIN panels_sitevisit t ON t.review_id = r.id",
        {"id": "g.key", "review_id": "g.key", "paper_id": "NULL"},
    )
    sheet = (
        review
        + "AND g.scored JOIN panels_scoresheet s ON s.review_id = r.id JOIN sheets nth ON nth.id = s.id "
        "JOIN seats ON seats.panel_id = g.panel AND seats.nth = nth.nth "
    )
    yield (
        "panels_scoresheet",
        sheet + "JOIN panels_scoresheet t ON t.id = s.id",
        {"id": NTH, "review_id": "g.key", "seat_id": "seats.id", "paper_id": "NULL"},
    )
    yield (
        "panels_score",
        sheet + "JOIN panels_score t ON t.sheet_id = s.id",
        {"id": f"g.key * {SLOTS * 10} + {SLOT}", "sheet_id": NTH},
    )
    listed = "(SELECT l.id FROM ranking_candidatelist l WHERE l.panel_id = g.panel)"
    yield (
        "ranking_candidate",
        review + "JOIN ranking_candidate t ON t.review_id = r.id AND g.scored",
        {
            "id": "g.key",
            "review_id": "g.key",
            "list_id": listed,
            "rank": "100 + row_number() OVER (PARTITION BY g.panel ORDER BY g.n)",
            **{
                name: f"(SELECT p.{name} FROM panels_panel p WHERE p.id = g.panel)"
                for name in ("cycle_id", "authority_id", "carrier_type_id")
            },
            "state": "CASE WHEN g.state = 'recognised' THEN t.state ELSE 'ranked' END",
            "successor_of_id": "NULL",
        },
    )
    yield (
        "carriers_carrier",
        (
            "JOIN LATERAL (SELECT * FROM carriers_carrier WHERE candidate_id = (SELECT c.id FROM ranking_candidate c "
            "JOIN panels_review r ON r.id = c.review_id WHERE r.application_id = g.source)) t ON g.state = 'recognised'"
        ),
        {
            "id": "g.key",
            "certificate_number": "t.certificate_number || '-' || g.n",
            "candidate_id": "g.key",
            "organisation_id": "g.key",
            "name": "'示例载体' || g.n",
            "unit": "'示例大单位' || g.n",
            "certificate_id": "NULL",
            "state": "'active'",
            "revoked_on": "NULL",
        },
    )


def _texts(cursor) -> None:
    """Published texts and postings, as many at every size."""
    plan = "CREATE TEMP TABLE grown AS SELECT n, 1000000 + n AS key FROM generate_series(1, {}) n"
    text = "JOIN LATERAL (SELECT * FROM notices_publication WHERE id < 1000000 AND kind <> 'posting' ORDER BY id OFFSET g.n % 8 LIMIT 1) t ON true"
    cursor.execute("DROP TABLE grown; " + plan.format(TEXTS))
    cursor.execute(
        _copied(
            "notices_publication",
            text,
            {
                "id": "g.key",
                "index_number": "'示例' || g.key",
                "doc_number": "''",
                "paper_id": "NULL",
                "replaces_id": "NULL",
                "amends_id": "NULL",
                "published_at": "t.published_at - g.n * interval '1 hour'",
                "title": "t.title || g.n",
            },
        )
    )
    cursor.execute("DELETE FROM grown WHERE n > %s", [POSTINGS])
    posting = "JOIN LATERAL (SELECT * FROM publicity_posting WHERE state = 'closed' AND id < 1000000 ORDER BY id LIMIT 1) t ON true"
    cursor.execute(
        _copied(
            "publicity_posting",
            posting,
            {
                "id": "g.key",
                "publication_id": "g.key",
                "posted_at": "t.posted_at - g.n * interval '1 hour'",
                "paper_id": "NULL",
                "replaces_id": "NULL",
            },
        )
    )
    names = (
        "JOIN LATERAL (SELECT id FROM publicity_posting WHERE state = 'closed' AND id < 1000000 ORDER BY id LIMIT 1) p "
        "ON true JOIN publicity_posted t ON t.posting_id = p.id"
    )
    cursor.execute(_copied("publicity_posted", names, {"id": OF_SLOT, "posting_id": "g.key"}))


def _deeds(number: int) -> str:
    """The ledger's entries, in their places; their hashes are unlike each other and no more."""
    cursor_columns = ["at", "by_id", "actor", "verb", "thing_type", "thing_id", "thing_label", "facts"]
    names, chosen = ", ".join(cursor_columns), ", ".join(_fact(name) for name in cursor_columns)
    return (
        f"INSERT INTO ledger_entry (id, {names}, rule, salt, digest, previous, hash, place) SELECT last.id + n, {chosen}, "
        "t.rule, t.salt, sha256((last.place + n)::text::bytea), encode(sha256((last.place + n - 1)::text::bytea), 'hex'), encode(sha256((last.place + n)::text::bytea), 'hex'), last.place + n "
        "FROM (SELECT max(id) AS id, max(place) AS place FROM ledger_entry) last, "
        f"generate_series(1, {number * DEEDS}) n JOIN (SELECT *, row_number() OVER (ORDER BY id) AS nth FROM ledger_entry) t "
        "ON t.nth = 1 + n % (SELECT count(*) FROM ledger_entry)"
    )


def _fact(name: str) -> str:
    """A deed is done to a thing of its own: no page tells a thousand deeds of one."""
    return "1000000 + n" if name == "thing_id" else f"t.{name}"
