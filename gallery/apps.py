from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GalleryConfig(AppConfig):
    """The catalogue of products, their verification, and the register of industries behind it."""

    name = "gallery"
    verbose_name = "Gallery IKM"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from gallery import permissions, signals, workflow
        from gallery.models import Business, Product

        for model in (Business, Product):
            register_permission_policy(model, permissions.GalleryPolicy(model))
        signals.connect()
        post_migrate.connect(workflow.ensure, sender=self)
