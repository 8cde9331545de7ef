"""Counters of the throttle may be lost in a crash of the server, so PostgreSQL need not wait for the disk for them.

Every send counts; with a logged table all sends from one address would queue for the same row and its flush.
"""

from django.db import migrations

from siptenan.common.databases import PostgresSQL


class Migration(migrations.Migration):
    dependencies = [("common", "0002_cache_table")]

    operations = [
        PostgresSQL(
            "ALTER TABLE common_throttlecounter SET UNLOGGED",
            "ALTER TABLE common_throttlecounter SET LOGGED",
        )
    ]
