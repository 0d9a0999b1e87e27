from pathlib import Path

from django.db import migrations

SCHEMA = Path(__file__).resolve().parents[2] / "sql" / "schema.sql"


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunSQL(SCHEMA.read_text(encoding="utf-8"))]
