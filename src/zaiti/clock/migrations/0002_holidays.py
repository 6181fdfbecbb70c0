from django.db import migrations

from zaiti.clock.seed import FIRST_YEAR, LAST_YEAR, SOURCE, special_days


def fill(apps, schema_editor):
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    year, day = apps.get_model("clock", "HolidayYear"), apps.get_model("clock", "SpecialDay")
    year.objects.bulk_create([year(year=number, source=SOURCE) for number in years])
    day.objects.bulk_create([day(day=d, working=working, name=name) for d, working, name in special_days()])


class Migration(migrations.Migration):
    dependencies = [("clock", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
