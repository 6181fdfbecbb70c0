"""Experts belong to the pool of one city: that of the bureau which added them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

OF_WHO_ADDED_THEM = """
UPDATE panels_expert SET city_id = coalesce(
    (SELECT coalesce(city_id, id) FROM accounts_authority WHERE id = kept_by_id),
    (SELECT min(id) FROM accounts_authority WHERE level = 'city'));
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_a_city_and_its_districts"),
        ("panels", "0006_order_by_own_columns"),
    ]

    operations = [
        migrations.AddField(
            model_name="expert",
            name="city",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="experts",
                to="accounts.authority",
                verbose_name="city bureau",
            ),
        ),
        migrations.AlterField(
            model_name="expert",
            name="types",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                default=list,
                size=None,
                verbose_name="carrier types",
            ),
        ),
        migrations.RunSQL(OF_WHO_ADDED_THEM, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="expert",
            name="city",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="experts",
                to="accounts.authority",
                verbose_name="city bureau",
            ),
        ),
    ]
