"""Entries get a salt and a digest by the second rule; those written so far keep their old hash beside it."""

import pgtrigger.compiler
import pgtrigger.migrations
import zaiti.ledger.models
from django.db import migrations, models

from zaiti.ledger.models import new_salt
from zaiti.ledger.statement import digest

FILL = """
UPDATE ledger_entry SET rule = 1, salt = given.salt, digest = given.digest
FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS given (id, salt, digest)
WHERE ledger_entry.id = given.id
"""
AT_ONCE = 2000


def hash_what_was_written(apps, schema_editor):
    """Give each old entry its salt and digest; what it says, its old hash and its place stay."""
    entries = apps.get_model("ledger", "Entry").objects.order_by("id")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        last = 0
        while rows := list(entries.filter(id__gt=last)[:AT_ONCE]):
            for row in rows:
                row.rule, row.salt = 1, new_salt()
            columns = ([row.id for row in rows], [row.salt for row in rows], [digest(row) for row in rows])
            cursor.execute(FILL, columns)
            last = rows[-1].id
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")



class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0004_each_citys_own'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField(unique=True, verbose_name='entries')),
                ('root', models.BinaryField(max_length=32)),
                ('note', models.TextField()),
                ('key', models.CharField(max_length=400)),
                ('made_at', models.DateTimeField(verbose_name='made at')),
            ],
            options={
                'verbose_name': 'checkpoint of the log',
                'ordering': ['-size'],
            },
        ),
        migrations.CreateModel(
            name='FullTile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('number', models.PositiveBigIntegerField()),
                ('root', models.BinaryField(max_length=32)),
            ],
            options={
                'verbose_name': 'tile of the log',
                'ordering': ['level', 'number'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='entry',
            name='seal',
        ),
        migrations.AddField(
            model_name='entry',
            name='digest',
            field=models.BinaryField(default=b'', max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='entry',
            name='rule',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='entry',
            name='salt',
            field=models.BinaryField(default=zaiti.ledger.models.new_salt, max_length=32),
        ),
        migrations.AlterField(
            model_name='entry',
            name='previous',
            field=models.CharField(default='', max_length=64, verbose_name='hash before'),
        ),
        migrations.RunPython(hash_what_was_written, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='seal', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE last record; one record; at_place bigint; before text; sealed text;', func="\n    IF EXISTS (SELECT FROM ledger_entry WHERE id = NEW.id AND place IS NOT NULL) THEN RETURN NULL; END IF;\n    PERFORM pg_advisory_xact_lock(7031964);\n    SELECT place, hash INTO last FROM ledger_entry WHERE place IS NOT NULL ORDER BY place DESC LIMIT 1;\n    at_place := COALESCE(last.place, 0);\n    before := COALESCE(last.hash, '0000000000000000000000000000000000000000000000000000000000000000');\n    FOR one IN SELECT id, digest FROM ledger_entry WHERE place IS NULL ORDER BY id LOOP\n        at_place := at_place + 1;\n        sealed := encode(sha256(convert_to(before || encode(one.digest, 'hex'), 'UTF8')), 'hex');\n        UPDATE ledger_entry SET place = at_place, previous = before, hash = sealed WHERE id = one.id;\n        before := sealed;\n    END LOOP;\n    RETURN NULL;\n", hash='406613a925aa5d10f07da2ace1fe9222a4e34ec6', operation='INSERT', pgid='pgtrigger_seal_dd03e', table='ledger_entry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a0cef8948025e0d80d8467c22e0def01d940ae99', operation='UPDATE OR DELETE', pgid='pgtrigger_kept_768bb', table='ledger_checkpoint', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='fulltile',
            constraint=models.UniqueConstraint(fields=('level', 'number'), name='one_tile'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fulltile',
            trigger=pgtrigger.compiler.Trigger(name='tile_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4c40f1f2bffe02d8d1b7a1690f88f6ed9a621db3', operation='UPDATE OR DELETE', pgid='pgtrigger_tile_kept_c561a', table='ledger_fulltile', when='BEFORE')),
        ),
    ]
