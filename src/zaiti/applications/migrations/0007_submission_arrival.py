from django.db import migrations, models
from django.db.models import F

from zaiti.clock.present import now


def fill(apps, schema_editor):
    apps.get_model("applications", "submission").objects.update(arrived_at=F("at"))


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_open_fields"), ("clock", "0001_initial")]
    operations = [
        migrations.AddField(
            "submission",
            "arrived_at",
            models.DateTimeField(default=now, verbose_name="arrived at"),
        ),
        migrations.AlterField("submission", "at", models.DateTimeField(verbose_name="recorded at")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
