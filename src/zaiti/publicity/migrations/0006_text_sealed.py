from django.db import migrations
from zaiti.core.sealed import SealedField, sealed, unsealed


def _each(schema_editor, turn):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, text FROM publicity_objection WHERE text <> ''")
        for key, text in cursor.fetchall():
            cursor.execute("UPDATE publicity_objection SET text = %s WHERE id = %s", [turn(text), key])


def seal(apps, schema_editor):
    """What was objected is kept sealed from now on: it often says by whom."""
    _each(schema_editor, sealed)


def unseal(apps, schema_editor):
    """As it stood before."""
    _each(schema_editor, unsealed)


class Migration(migrations.Migration):
    dependencies = [("publicity", "0005_objection_terms")]

    operations = [
        migrations.RunPython(seal, unseal),
        migrations.AlterField("objection", "text", SealedField(verbose_name="objection and facts")),
    ]
