"""Codes are of one city alone, and a city has the name that letters and titles begin with."""

import re

from django.db import migrations, models

PLACE = re.compile(r"(?:[^省]{2,8}省)?[^市州盟]{1,9}(?:市|自治州|州|盟|地区)")


def name_places(apps, _editor):
    """Read each city's name off its bureau's."""
    for bureau in apps.get_model("accounts", "Authority").objects.filter(level="city"):
        found = PLACE.match(bureau.name)
        bureau.place = found.group() if found else ""
        bureau.save(update_fields=["place"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_searched")]

    operations = [
        migrations.AddField(
            model_name="authority",
            name="place",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="name of the place"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="authority",
            name="code",
            field=models.SlugField(max_length=30, verbose_name="code"),
        ),
        migrations.AddConstraint(
            model_name="authority",
            constraint=models.UniqueConstraint(
                fields=("city", "code"), name="one_code_in_a_city", nulls_distinct=False
            ),
        ),
        migrations.RunPython(name_places, migrations.RunPython.noop),
    ]
