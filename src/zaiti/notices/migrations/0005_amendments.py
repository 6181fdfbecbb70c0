"""Extensions become amendments, which corrections are too: two people, and a numbered paper."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_extensions(apps, schema_editor):
    """Until now one approver extended alone, without a paper: nobody is named as preparing it."""
    made = apps.get_model("notices", "Amendment").objects
    for row in apps.get_model("notices", "Extension").objects.select_related("call"):
        made.create(
            kind="extension",
            state="published",
            publication_id=row.call.publication_id,
            reason=row.reason,
            old_closes_at=row.old_closes_at,
            closes_at=row.new_closes_at,
            made_at=row.at,
            published_id=row.publication_id,
            approved_by_id=row.by_id,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0004_text_taken_down'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_back_reason', models.TextField(blank=True, verbose_name='why it was sent back')),
                ('kind', models.CharField(choices=[('extension', 'extension'), ('correction', 'correction of a published text')], max_length=12, verbose_name='kind')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('prepared', 'waiting for approval'), ('sent_back', 'sent back'), ('published', 'published')], default='draft', max_length=10, verbose_name='state')),
                ('reason', models.TextField(verbose_name='reason')),
                ('old_closes_at', models.DateTimeField(null=True, verbose_name='old closing time')),
                ('closes_at', models.DateTimeField(null=True, verbose_name='new closing time')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('made_at', models.DateTimeField(verbose_name='begun at')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='prepared by')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='notices.publication', verbose_name='text that changes')),
                ('published', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendment', to='notices.publication', verbose_name='published as')),
            ],
            options={
                'verbose_name': 'amendment of a published text',
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.RunPython(keep_extensions, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.DeleteModel(
            name='Extension',
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', models.F('prepared_by')), _negated=True), name='notices_amendment_two_people'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'prepared')), fields=('publication',), name='one_amendment_waiting'),
        ),
    ]
