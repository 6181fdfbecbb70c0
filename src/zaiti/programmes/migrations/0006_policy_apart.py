import django.db.models.deletion
from django.db import migrations, models

MOVED = "INSERT INTO programmes_policy (cycle_id, facts) SELECT id, policy FROM programmes_cycle"
BACK = "UPDATE programmes_cycle SET policy = facts FROM programmes_policy WHERE cycle_id = id"


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0005_confirmed_rubrics'),
    ]

    operations = [
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('cycle', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='stated', serialize=False, to='programmes.cycle')),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'policy pack',
            },
        ),
        migrations.RunSQL(MOVED, BACK),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='cycle',
            name='policy',
        ),
    ]
