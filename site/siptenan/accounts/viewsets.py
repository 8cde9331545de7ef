"""The screens on which an admin adds, changes and removes staff (manual 2.1 to 2.3)."""

from __future__ import annotations

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import UsageView
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.users.views import users

from siptenan.accounts.forms import StaffCreationForm, StaffEditForm
from siptenan.accounts.models import User
from siptenan.accounts.permissions import may_touch, role_groups, role_of


class MayTouchMixin:
    """The object-level check that Wagtail's generic views do not make: a superuser is a superuser's business."""

    request: HttpRequest

    def get_object(self, *args, **kwargs) -> User:
        target = super().get_object(*args, **kwargs)  # type: ignore[misc]  # of the view this is mixed into
        if not may_touch(self.request.user, target):
            raise PermissionDenied
        return target


class ActingUserMixin:
    """Tells the form who is filling it in, which decides what it offers."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]  # of the view this is mixed into
        return {**kwargs, "acting_user": self.request.user}


class StaffFilterSet(WagtailFilterSet):
    """Role, active, last sign-in."""

    groups = django_filters.ModelMultipleChoiceFilter(
        queryset=lambda request: role_groups(), label="Peran", widget=CheckboxSelectMultiple
    )
    is_active = django_filters.BooleanFilter(label="Aktif", widget=BooleanRadioSelect)
    last_login = django_filters.DateFromToRangeFilter(label="Terakhir masuk", widget=DateRangePickerWidget)

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(self, *args, is_searching: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)  # `is_searching` matters to indexed models only


def role_label(user: User) -> str:
    """The role as the list shows it."""
    role = role_of(user)
    return " + ".join(filter(None, ["Superuser" if user.is_superuser else "", role.name if role else ""]))


def forms_label(user: User) -> str:
    """The forms that an officer answers, as the list shows them."""
    return ", ".join(sorted(page.title for page in user.assigned_forms.all()))


def active_label(user: User) -> str:
    """Whether he may sign in, in words: Wagtail's tick says "True" to a screen reader."""
    return "Ya" if user.is_active else "Tidak"


class StaffIndexView(users.IndexView):
    """Everybody; without boxes to tick, since staff is changed one by one (see wagtail_hooks)."""

    page_title = "Pengguna"
    add_item_label = "Tambah pengguna"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column_class(TitleColumn)(
                "name", accessor=str, label="Nama", sort_key="name", get_url=self.get_edit_url, width="30%"
            ),
            Column("username", label="Nama pengguna", sort_key="username"),
            Column("role", label="Peran", accessor=role_label),
            Column("forms", label="Formulir", accessor=forms_label),
            Column("is_active", label="Aktif", accessor=active_label, sort_key="is_active"),
            DateColumn("last_login", label="Terakhir masuk", sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().prefetch_related("groups", "assigned_forms")

    def get_edit_url(self, instance: User) -> str | None:
        return super().get_edit_url(instance) if may_touch(self.request.user, instance) else None


class StaffCreateView(ActingUserMixin, users.CreateView):
    """Manual 2.1."""

    page_title = "Tambah pengguna"
    page_subtitle = "Pengguna"
    success_message = "Pengguna “%(object)s” ditambahkan."
    error_message = "Pengguna belum ditambahkan. Perbaiki isian yang ditandai."
    submit_button_label = "Simpan pengguna"


class StaffEditView(MayTouchMixin, ActingUserMixin, users.EditView):
    """Manual 2.2."""

    success_message = "Perubahan pengguna “%(object)s” disimpan."
    error_message = "Perubahan belum disimpan. Perbaiki isian yang ditandai."


class StaffDeleteView(MayTouchMixin, users.DeleteView):
    """Manual 2.3. What the person did stays, with the name."""

    page_title = "Hapus pengguna"
    success_message = "Pengguna “%(object)s” dihapus."
    confirmation_message = (
        "Hapus pengguna ini? Tiket yang ia pegang kembali tanpa petugas; balasan dan riwayatnya tetap ada dengan "
        "namanya. Bila ia hanya cuti atau pindah bagian, lebih baik buka pengguna ini dan hilangkan tanda Aktif."
    )

    def get_usage_url(self) -> None:
        """Wagtail counts references that stay when the person goes; the message says what matters."""


class StaffHistoryView(MayTouchMixin, users.HistoryView):
    """What was changed on an account, and by whom."""


class StaffUsageView(MayTouchMixin, UsageView):
    """Where Wagtail refers to an account."""


class StaffViewSet(users.UserViewSet):
    """Wagtail's user screens, made safe and Indonesian.

    No copies: the copy of a superuser would be one, with a password that the copying admin chooses.
    """

    menu_label = "Pengguna"
    copy_view_enabled = False
    filterset_class = StaffFilterSet
    index_view_class = StaffIndexView
    add_view_class = StaffCreateView
    edit_view_class = StaffEditView
    delete_view_class = StaffDeleteView
    history_view_class = StaffHistoryView
    usage_view_class = StaffUsageView
    index_template_name = "wagtailadmin/generic/index.html"
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type:
        return StaffEditForm if for_update else StaffCreationForm
