"""A unit's kind is the code that its city's years give it."""

from django.db import migrations, models

CODES = {
    "training": "training_institution",
    "university": "higher_education",
    "college": "vocational_college",
    "public": "public_institution",
}


def as_years_say(apps, _editor):
    """Put the packs' own codes in place of ours."""
    units = apps.get_model("accounts", "Organisation").objects
    for old, new in CODES.items():
        units.filter(kind=old).update(kind=new)


def as_before(apps, _editor):
    """And back."""
    units = apps.get_model("accounts", "Organisation").objects
    for old, new in CODES.items():
        units.filter(kind=new).update(kind=old)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_a_city_and_its_districts")]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(max_length=40, verbose_name="kind of unit"),
        ),
        migrations.RunPython(as_years_say, as_before),
    ]
