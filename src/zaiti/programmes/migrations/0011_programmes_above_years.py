"""A programme stands above its years; types say their letters and whether one master heads them."""

import django.db.models.deletion
from django.db import migrations, models

# What all years so far recognise, and how their certificates were numbered.
ONLY_ONE = {
    "name": "终身职业技能培训载体",
    "title": "终身职业技能培训载体认定",
    "certificate": "{city}-{year}-{type}-{number}",
}
LETTERS = {"base": "JD", "studio": "DS", "station": "XC"}


def put_above(apps, _editor):
    """Give each city its programme, and each type its letters."""
    model = apps.get_model
    for cycle in model("programmes", "Cycle").objects.order_by("pk"):
        programme, _new = model("programmes", "Programme").objects.get_or_create(
            city_id=cycle.city_id, code="carriers", defaults=ONLY_ONE
        )
        model("programmes", "Cycle").objects.filter(pk=cycle.pk).update(programme=programme)
    for code, letters in LETTERS.items():
        model("programmes", "CarrierType").objects.filter(code=code).update(letters=letters)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_kinds_of_unit_are_data"),
        ("programmes", "0010_abandoned_years"),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("title", models.CharField(max_length=120, verbose_name="public title")),
                ("certificate", models.CharField(max_length=80, verbose_name="certificate numbers")),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="accounts.authority",
                        verbose_name="city bureau",
                    ),
                ),
            ],
            options={"verbose_name": "programme", "ordering": ["id"]},
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(fields=("city", "code"), name="one_programme_per_code"),
        ),
        migrations.AddField(
            model_name="cycle",
            name="programme",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cycles",
                to="programmes.programme",
                verbose_name="programme",
            ),
        ),
        migrations.AlterField(
            model_name="carriertype",
            name="code",
            field=models.CharField(max_length=40, verbose_name="code"),
        ),
        migrations.AddField(
            model_name="carriertype",
            name="letters",
            field=models.CharField(
                default="", max_length=20, verbose_name="letters in certificate numbers"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(put_above, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="cycle",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cycles",
                to="programmes.programme",
                verbose_name="programme",
            ),
        ),
    ]
