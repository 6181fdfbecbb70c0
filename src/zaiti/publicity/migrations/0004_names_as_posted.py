from django.db import migrations, models


def keep_names(apps, _schema):
    """Each name as the posting's own document has it, in the document's order; else as the unit is called now."""
    for posting in apps.get_model("publicity", "Posting").objects.select_related("paper"):
        said = posting.paper.facts.get("names", []) if posting.paper else []
        rows = list(posting.names.order_by("pk").select_related("candidate__review__application__organisation"))
        for place, row in enumerate(rows):
            application = row.candidate.review.application
            known = said[place] if len(said) == len(rows) else {}
            row.unit = known.get("unit") or application.organisation.name
            row.carrier_name = known.get("carrier") or application.carrier_name or row.unit
            row.save(update_fields=["unit", "carrier_name"])


class Migration(migrations.Migration):
    dependencies = [
        ("publicity", "0003_identity_kind"),
        ("applications", "0003_master_folded"),
    ]

    operations = [
        migrations.AddField(
            "posted",
            "unit",
            models.CharField("applicant as posted", max_length=120, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "posted",
            "carrier_name",
            models.CharField("carrier as posted", max_length=120, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop, elidable=True),
    ]
