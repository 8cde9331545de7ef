from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegulasiConfig(AppConfig):
    """The library of regulations."""

    name = "regulasi"
    verbose_name = "Regulasi"

    def ready(self) -> None:
        from regulasi import signals
        from regulasi.vocabulary_data import fill_empty_tables

        post_migrate.connect(fill_empty_tables, sender=self)
        signals.connect()
