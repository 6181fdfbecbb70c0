from django.db import migrations, models


def keep_units(apps, _schema):
    """The unit as the certificate has it; else as it is called now."""
    for carrier in apps.get_model("carriers", "Carrier").objects.select_related("certificate", "organisation"):
        said = carrier.certificate.facts if carrier.certificate else {}
        carrier.unit = said.get("organisation") or carrier.organisation.name
        carrier.save(update_fields=["unit"])


class Migration(migrations.Migration):
    dependencies = [("carriers", "0002_alter_inactivitycheck_options_and_more")]

    operations = [
        migrations.AddField(
            "carrier",
            "unit",
            models.CharField("recognised unit", max_length=120, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(keep_units, migrations.RunPython.noop, elidable=True),
    ]
