from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The shell of the site, and how the CMS presents itself."""

    name = "home"
    verbose_name = "Situs"

    def ready(self) -> None:
        from home.cms import translate_fixed_labels

        translate_fixed_labels()
