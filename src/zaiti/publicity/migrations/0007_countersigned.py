"""Four eyes are told once: the same columns everywhere, and the database keeps the two people apart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def name_who_proposed(apps, schema_editor):
    """Until now whoever handled it last had also proposed the answer."""
    rows = apps.get_model("publicity", "Objection").objects.exclude(answer="").exclude(state="not_admitted")
    rows.update(prepared_by=models.F("handled_by"))


class Migration(migrations.Migration):
    dependencies = [
        ("publicity", "0006_text_sealed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(model_name="objection", old_name="decided_by", new_name="approved_by"),
        migrations.AlterField(
            model_name="objection",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="approved by",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="prepared_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="prepared by",
            ),
        ),
        migrations.RunPython(name_who_proposed, migrations.RunPython.noop),
        # What waits for the transaction's end would keep the table from being altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                name="publicity_objection_two_people",
            ),
        ),
    ]
