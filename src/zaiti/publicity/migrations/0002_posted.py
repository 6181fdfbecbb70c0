import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0001_initial"),
        ("publicity", "0001_initial"),
        ("ranking", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(model_name="posting", name="candidates"),
        migrations.CreateModel(
            name="Posted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("changed", models.BooleanField(default=False, verbose_name="changed by the correction")),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posted", to="ranking.candidate"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="publicity.posting"
                    ),
                ),
            ],
            options={"ordering": ["posting", "candidate__carrier_type__order", "candidate__rank"]},
        ),
        migrations.AddConstraint(
            model_name="posted",
            constraint=models.UniqueConstraint(fields=("posting", "candidate"), name="posted_once"),
        ),
        migrations.AddField(
            model_name="posting",
            name="candidates",
            field=models.ManyToManyField(
                related_name="postings", through="publicity.Posted", to="ranking.candidate"
            ),
        ),
        migrations.AddField(
            model_name="posting",
            name="reason",
            field=models.TextField(blank=True, verbose_name="why it was corrected"),
        ),
        migrations.AddField(
            model_name="posting",
            name="paper",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="sent_back_reason",
            field=models.TextField(blank=True, verbose_name="why it was sent back"),
        ),
    ]
