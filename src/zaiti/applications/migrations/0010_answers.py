"""What the form says moves from columns into answers by entry; sealed telephones move as they rest."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

GIVEN = """
INSERT INTO applications_answers (application_id, form_id, given)
SELECT a.id, f.id, jsonb_strip_nulls(jsonb_build_object(
    'carrier_name', nullif(a.carrier_name, ''),
    'training_address', nullif(a.training_address, ''),
    'occupations', nullif(a.occupations, ''),
    'trained_last_year', a.trained_last_year,
    'summary', nullif(a.summary, ''),
    'plan', nullif(a.plan, ''),
    'registered_address', nullif(a.registered_address, ''),
    'operating_address', nullif(a.operating_address, ''),
    'contact_name', nullif(a.contact_name, ''),
    'contact_phone', nullif(a.contact_phone, ''),
    'master_name', nullif(a.master_name, ''),
    'master_certificate', nullif(a.master_certificate, '')
))
FROM applications_application a
JOIN programmes_formversion f ON f.carrier_type_id = a.carrier_type_id AND f.number = 1
"""
CLAIMED = """
UPDATE applications_application a SET claims = ARRAY['master_certificate:' || zaiti_fold(master_certificate)]
FROM programmes_carriertype t
WHERE t.id = a.carrier_type_id AND t.code = 'studio' AND master_certificate <> '' AND submitted_at IS NOT NULL
"""
NAMED = """
UPDATE applications_application a SET named = jsonb_strip_nulls(jsonb_build_object(
    '联系人姓名', nullif(contact_name, ''),
    '技能大师姓名', CASE WHEN t.code = 'studio' THEN nullif(master_name, '') END
))
FROM programmes_carriertype t WHERE t.id = a.carrier_type_id
"""
PINNED = """
UPDATE applications_submission s SET form_version_id = w.form_id
FROM applications_answers w WHERE w.application_id = s.application_id
"""
GONE = [
    *["occupations", "trained_last_year", "summary", "plan", "registered_address", "operating_address"],
    *["contact_name", "contact_phone", "master_name", "master_certificate"],
]


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0009_searched"),
        ("programmes", "0009_form_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answers",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="answers",
                        serialize=False,
                        to="applications.application",
                    ),
                ),
                ("given", models.JSONField(default=dict)),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.formversion",
                    ),
                ),
            ],
            options={"verbose_name": "answers"},
        ),
        migrations.AddField(
            model_name="application",
            name="claims",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=260), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="application", name="named", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="submission",
            name="form_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.formversion",
            ),
        ),
        migrations.RunSQL(GIVEN, migrations.RunSQL.noop),
        migrations.RunSQL(CLAIMED, migrations.RunSQL.noop),
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
        migrations.RunSQL(PINNED, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="submission",
            name="form_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.formversion",
            ),
        ),
        migrations.RemoveIndex(model_name="application", name="master_folded"),
        *[migrations.RemoveField(model_name="application", name=name) for name in GONE],
        migrations.AddIndex(
            model_name="application",
            index=django.contrib.postgres.indexes.GinIndex(fields=["claims"], name="claimed_once"),
        ),
    ]
