from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GalleryConfig(AppConfig):
    """The catalogue of products, their verification, and the register of industries behind it."""

    name = "gallery"
    verbose_name = "Gallery IKM"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from forms import worker
        from gallery import interest, permissions, signals, workflow
        from gallery.models import Business, Product
        from siptenan.accounts import gates

        for model in (Business, Product):
            register_permission_policy(model, permissions.GalleryPolicy(model))
        for beginning in ("wagtailsnippets", "wagtailsnippetchoosers"):  # Wagtail asks nobody who only chooses
            gates.GATES[f"{beginning}_gallery_"] = permissions.can_work
        gates.GATES[f"{gates.BULK_ACTION}:gallery"] = permissions.can_work
        signals.connect()
        post_migrate.connect(workflow.ensure, sender=self)
        worker.CHORES[interest.sum_views] = worker.DAY_S
