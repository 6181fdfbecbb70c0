from django.db import migrations

from zaiti.core.folding import MAKE


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_duties_apart")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION zaiti_fold(text)")]
