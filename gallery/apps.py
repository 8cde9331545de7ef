from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GalleryConfig(AppConfig):
    """The catalogue of products, their verification, and the register of industries behind it."""

    name = "gallery"
    verbose_name = "Gallery IKM"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from forms import retention, ticket_blocks, worker
        from gallery import aggregates, interest, links, permissions, quarterly, signals, workflow
        from gallery.catalogue import detail
        from gallery.models import Business, Product
        from gallery.views import one_ikm
        from siptenan.accounts import gates
        from siptenan.common import companions

        for model in (Business, Product):
            register_permission_policy(model, permissions.GalleryPolicy(model))
        for beginning in ("wagtailsnippets", "wagtailsnippetchoosers"):  # Wagtail asks nobody who only chooses
            gates.GATES[f"{beginning}_gallery_"] = permissions.can_work
        gates.GATES[f"{gates.BULK_ACTION}:gallery"] = permissions.can_work
        signals.connect()
        post_migrate.connect(workflow.ensure, sender=self)
        ticket_blocks.register(one_ikm.block)
        companions.register_uses(detail.resting_on)
        retention.FORGETTING.append(links.forget)
        worker.CHORES[interest.sum_views] = worker.DAY_S
        worker.CHORES[aggregates.freeze_due] = worker.HOUR_S
        worker.CHORES[quarterly.keep_ended] = worker.HOUR_S
