from django.apps import AppConfig
from django.db.models.signals import post_migrate

SWEEP_S = 300


class RegulasiConfig(AppConfig):
    """The library of regulations."""

    name = "regulasi"
    verbose_name = "Regulasi"

    def ready(self) -> None:
        from forms import worker
        from regulasi import changes, entries, extraction, legal_basis, signals, tasks
        from regulasi.vocabulary_data import fill_empty_tables
        from siptenan.common import companions, staging

        post_migrate.connect(fill_empty_tables, sender=self)
        signals.connect()
        companions.register(legal_basis.below)
        companions.register_bases(legal_basis.of)
        companions.register_addresses(legal_basis.address_of)
        companions.register_changes(changes.of_page)
        worker.CHORES[extraction.sweep] = SWEEP_S
        worker.CHORES[staging.purge] = worker.HOUR_S
        worker.CHORES[tasks.mend_entries] = worker.DAY_S
        worker.CHORES[tasks.log_contradictions] = worker.DAY_S
        worker.CHORES[tasks.log_dead_links] = worker.DAY_S
        worker.CHORES[entries.sum_views] = worker.DAY_S
