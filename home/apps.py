from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class HomeConfig(AppConfig):
    """The shell of the site, and how the CMS presents itself."""

    name = "home"
    verbose_name = "Situs"

    def ready(self) -> None:
        from home.cms import translate_fixed_labels

        translate_fixed_labels()
        self._start_new_generations()
        self._make_renditions()

    def _start_new_generations(self) -> None:
        """Lists of info show names of categories and labels, which are no pages."""
        from home.models import InfoCategory, InfoTag
        from siptenan.common.generation import bump

        for model in (InfoCategory, InfoTag):
            post_save.connect(bump, sender=model, dispatch_uid=f"generation-save-{model._meta.label}")
            post_delete.connect(bump, sender=model, dispatch_uid=f"generation-delete-{model._meta.label}")

    def _make_renditions(self) -> None:
        from wagtail.signals import page_published

        from home import renditions
        from home.models import EventPage, HomePage, InfoPage, StandardPage

        for model in (EventPage, HomePage, InfoPage, StandardPage):
            page_published.connect(renditions.make, sender=model, dispatch_uid=f"renditions-{model.__name__}")
