from django.db import migrations, models
from django.db.models import F

from zaiti.clock.present import now


def fill(apps, schema_editor):
    apps.get_model("publicity", "objection").objects.update(recorded_at=F("received_at"))


class Migration(migrations.Migration):
    dependencies = [("publicity", "0004_names_as_posted"), ("clock", "0001_initial")]
    operations = [
        migrations.AddField(
            "objection",
            "recorded_at",
            models.DateTimeField(default=now, verbose_name="recorded at"),
        ),
        migrations.AlterField("objection", "due", models.DateField(null=True, verbose_name="to be answered by")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
