from django.apps import AppConfig


class FormsConfig(AppConfig):
    """The form builder and the casework."""

    name = "forms"
    verbose_name = "Formulir dan tiket"

    def ready(self) -> None:
        from forms import checks, signals  # noqa: F401 - importing registers the checks

        signals.connect()
