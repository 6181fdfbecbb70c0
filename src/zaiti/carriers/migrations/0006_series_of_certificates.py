"""Certificates are counted under all that stands round their number, so no two cities share a series."""

from django.db import migrations

# carrier:2024:JD was the only city's; its next number follows as before.
RENAMED = """
UPDATE papers_counter AS counter SET key = 'carrier:' || upper(city.code) || '-' ||
    split_part(counter.key, ':', 2) || '-' || split_part(counter.key, ':', 3) || '-{number}'
FROM (SELECT code FROM accounts_authority WHERE level = 'city' ORDER BY id LIMIT 1) AS city
WHERE counter.key LIKE 'carrier:____:%';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("carriers", "0005_searched"),
        ("papers", "0003_kinds_are_declared"),
        ("accounts", "0009_kinds_of_unit_are_data"),
    ]

    operations = [migrations.RunSQL(RENAMED, migrations.RunSQL.noop)]
