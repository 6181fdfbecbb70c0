from django.db import migrations, models

# Where messages led while they kept an address, and what each of these is about.
ADDRESSES = [
    ("/(?:desk|my)/carriers/([0-9]+)/", "carriers.carrier"),
    ("/my/applications/([0-9]+)/(?:receipt/)?", "applications.application"),
    ("/desk/screening/([0-9]+)/", "applications.application"),
    ("/desk/renamings/([0-9]+)/", "applications.renaming"),
    ("/my/organisation/", "applications.renaming"),
    ("/desk/panels/([0-9]+)/", "panels.panel"),
    ("/desk/panels/draws/([0-9]+)/", "panels.draw"),
    ("/jury/", "panels.panel"),
    ("/jury/sheets/([0-9]+)/", "panels.scoresheet"),
    ("/desk/ranking/([0-9]+)/", "ranking.candidatelist"),
    ("/desk/publicity/", "ranking.candidate"),
    ("/desk/publicity/objections/([0-9]+)/", "publicity.objection"),
    ("/postings/([0-9]+)/", "publicity.posting"),
    ("/desk/results/reports/([0-9]+)/", "results.report"),
    ("/desk/results/announcements/([0-9]+)/", "programmes.cycle"),
    ("/desk/calls/([0-9]+)/", "notices.call"),
    ("/desk/amendments/([0-9]+)/", "notices.amendment"),
    ("/notices/([0-9]+)/", "notices.publication"),
    ("/desk/calendar/([0-9]+)/", "clock.holidayyear"),
    ("/desk/", "programmes.nudge"),
    ("/my/(?:members/)?", "accounts.organisation"),
    ("/my/(?:authorisation|claim)/", "mandates.mandate"),
    ("/accounts/2fa/", "accounts.user"),
]


def keep_the_subject(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for address, about in ADDRESSES:
            number = "substring(link from %s)::bigint" if "(" in address.replace("(?:", "") else "NULL"
            pattern = f"^{address}$"
            given = [about, pattern, pattern] if number != "NULL" else [about, pattern]
            cursor.execute(
                f"UPDATE outbox_message SET about = %s, about_id = {number} WHERE link ~ %s", given
            )


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_mailed")]

    operations = [
        migrations.AddField("message", "about", models.CharField(blank=True, default="", max_length=60), preserve_default=False),
        migrations.AddField("message", "about_id", models.BigIntegerField(null=True)),
        migrations.RunPython(keep_the_subject, migrations.RunPython.noop, elidable=False),
        migrations.RemoveField("message", "link"),
    ]
