from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete, post_migrate, post_save


class CommonConfig(AppConfig):
    """What every room of the house uses; fills the reference tables after the first migrate."""

    name = "siptenan.common"
    label = "common"
    verbose_name = "SIPTENAN"

    def ready(self) -> None:
        from siptenan.common import encryption, signals
        from siptenan.common.reference_data import fill_empty_tables

        encryption.check_keys(settings.FIELD_KEYS)  # stops the start, not the first visitor
        post_migrate.connect(fill_empty_tables, sender=self)
        signals.connect()
        self._start_new_generations()
        self._keep_share_images()

    def _start_new_generations(self) -> None:
        from wagtail.models import PageViewRestriction, Site, get_page_models
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from siptenan.common.generation import bump
        from siptenan.common.models import Channel, Holiday, OfficeSettings, WorkingHours

        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(bump, dispatch_uid="generation")
        shown = (OfficeSettings, WorkingHours, Holiday, Channel, Site, PageViewRestriction, *get_page_models())
        for model in shown:
            post_save.connect(bump, sender=model, dispatch_uid=f"generation-save-{model._meta.label}")
            post_delete.connect(bump, sender=model, dispatch_uid=f"generation-delete-{model._meta.label}")

    def _keep_share_images(self) -> None:
        from wagtail.signals import page_published

        from siptenan.common import share_images
        from siptenan.common.models import ShareImage

        page_published.connect(share_images.order, dispatch_uid="share-image")
        post_delete.connect(share_images.delete_file, sender=ShareImage, dispatch_uid="share-image-file")
