from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class FormsConfig(AppConfig):
    """The form builder and the casework."""

    name = "forms"
    verbose_name = "Formulir dan tiket"

    def ready(self) -> None:
        from forms import checks, signals  # noqa: F401 - importing registers the checks
        from forms.encrypted_answers import TicketAnswers
        from siptenan.common import key_rotation

        signals.connect()
        key_rotation.register(TicketAnswers())
        self._read_submit_limit()

    def _read_submit_limit(self) -> None:
        """Stop the start, not the first visitor, when the limit cannot be read."""
        from siptenan.common.throttle import Limit

        try:
            Limit.parse(settings.SUBMIT_LIMIT)
        except ValueError as error:
            raise ImproperlyConfigured(f"SIPTENAN_SUBMIT_LIMIT: {error}") from None
