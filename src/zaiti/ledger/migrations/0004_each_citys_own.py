"""Each entry knows its city; what was written so far is the one city's that there was."""

import django.db.models.deletion
from django.db import migrations, models

OF_THE_ONLY_CITY = """
ALTER TABLE ledger_entry DISABLE TRIGGER USER;
UPDATE ledger_entry SET city_id = (SELECT min(id) FROM accounts_authority WHERE level = 'city');
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE ledger_entry ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_a_city_and_its_districts"),
        ("ledger", "0003_sealed_at_the_end"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="city",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.authority",
            ),
        ),
        migrations.RunSQL(OF_THE_ONLY_CITY, migrations.RunSQL.noop),
    ]
