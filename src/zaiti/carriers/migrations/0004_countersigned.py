"""Four eyes are told once: the same columns everywhere, and the database keeps the two people apart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def part_the_reasons(apps, schema_editor):
    """One column held both; only a matter that rests keeps its reason there."""
    rows = apps.get_model("carriers", "Revocation").objects.exclude(state="dropped")
    rows.update(sent_back_reason=models.F("reason"), reason="")


class Migration(migrations.Migration):
    dependencies = [
        ("carriers", "0003_unit_as_recognised"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(model_name="revocation", old_name="decided_by", new_name="approved_by"),
        migrations.AlterField(
            model_name="revocation",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="approved by",
            ),
        ),
        migrations.AlterField(
            model_name="revocation",
            name="prepared_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="prepared by",
            ),
        ),
        migrations.AddField(
            model_name="revocation",
            name="sent_back_reason",
            field=models.TextField(blank=True, default="", verbose_name="why it was sent back"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="revocation",
            name="reason",
            field=models.TextField(blank=True, verbose_name="why it was dropped"),
        ),
        migrations.RunPython(part_the_reasons, migrations.RunPython.noop),
        # What waits for the transaction's end would keep the table from being altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                name="carriers_revocation_two_people",
            ),
        ),
    ]
