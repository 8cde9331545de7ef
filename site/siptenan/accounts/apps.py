from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """Staff accounts and roles."""

    default = True  # of the two configurations in this file

    name = "siptenan.accounts"
    label = "accounts"
    verbose_name = "Akun"

    def ready(self) -> None:
        from wagtail.admin.forms.account import NameEmailForm

        from siptenan.accounts.roles import apply_roles

        post_migrate.connect(apply_roles, sender=self)
        # Many people here have one name; Wagtail's account page would not let them save without a second one.
        NameEmailForm.base_fields["last_name"].required = False


class CmsUsersConfig(WagtailUsersAppConfig):
    """wagtail.users with the project's own screens for users."""

    user_viewset = "siptenan.accounts.viewsets.StaffViewSet"
