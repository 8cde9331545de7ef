"""Finding tickets by any part of a number, name, telephone or answer stays on an index (PostgreSQL)."""

from django.db import migrations

from siptenan.common.databases import PostgresSQL


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial")]

    operations = [
        PostgresSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        PostgresSQL(
            "CREATE INDEX ticket_search ON forms_submission USING gin (search_text gin_trgm_ops)",
            "DROP INDEX IF EXISTS ticket_search",
        ),
    ]
