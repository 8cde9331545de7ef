from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """The catalogue of products, their verification, and the register of industries behind it."""

    name = "gallery"
    verbose_name = "Gallery IKM"

    def ready(self) -> None:
        from gallery import signals

        signals.connect()
