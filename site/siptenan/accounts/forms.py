"""The form with which an admin adds and changes a member of staff (manual 2.1 and 2.2)."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.html import format_html
from wagtail.models import Page
from wagtail.users.forms import UserForm

from siptenan.accounts.models import User
from siptenan.accounts.permissions import may_make_superusers, role_groups, role_of
from siptenan.accounts.roles import OFFICER, ROLES


class RoleField(forms.ModelChoiceField):
    """One of the three roles, with what each may do."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs) -> None:
        super().__init__(role_groups().order_by("pk"), empty_label=None, **kwargs)

    def label_from_instance(self, group: Group) -> str:
        return f"{group.name}: {ROLES[group.name].description}"


class FormPagesField(forms.ModelMultipleChoiceField):
    """Form pages, by title."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        pages = Page.objects.filter(content_type__app_label="forms").order_by("title", "pk")
        super().__init__(pages, **kwargs)

    def label_from_instance(self, page: Page) -> str:
        return page.title


class StaffForm(UserForm):
    """What both forms share.

    `acting_user` decides which fields there are: what he may not set is not in the form, so that posting it
    changes nothing.
    """

    email = forms.EmailField(label="Email")
    first_name = forms.CharField(label="Nama depan", max_length=150)
    last_name = forms.CharField(label="Nama belakang", max_length=150, required=False)
    password1 = forms.CharField(
        label="Sandi", required=False, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label="Ulangi sandi",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    role = RoleField(label="Peran")
    assigned_forms = FormPagesField(
        label="Formulir yang ditangani", required=False, help_text="Petugas hanya melihat tiket dari formulir ini."
    )
    is_active = forms.BooleanField(
        label="Aktif", required=False, initial=True, help_text="Pengguna yang tidak aktif tidak dapat masuk."
    )
    is_superuser = forms.BooleanField(
        label="Superuser", required=False, help_text="Boleh segalanya, termasuk mengatur superuser lain."
    )

    error_messages = {
        "duplicate_username": "Nama pengguna ini sudah dipakai.",
        "password_mismatch": "Kedua sandi tidak sama.",
    }
    field_order = (
        "username", "first_name", "last_name", "email", "password1", "password2",
        "role", "assigned_forms", "is_active", "is_superuser", "reset_second_factor",
    )  # fmt: skip

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "assigned_forms", "is_active", "is_superuser")

    def __init__(self, *args, acting_user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.acting_user = acting_user
        username = self.fields["username"]
        username.label = "Nama pengguna"
        username.help_text = "Dipakai untuk masuk. Huruf, angka, dan tanda @ . + - _ saja."
        username.error_messages["invalid"] = "Pakai huruf, angka, dan tanda @ . + - _ saja, tanpa spasi."
        if may_make_superusers(acting_user):
            self.fields["role"].required = False
        else:
            del self.fields["is_superuser"]

    def clean_username(self) -> str:
        """Case makes no other user: sign-in ignores it, and two that match would both be shut out."""
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(self.error_messages["duplicate_username"], code="duplicate_username")
        return username

    def clean(self) -> dict:
        """An officer without a form would see an empty inbox and not know why."""
        cleaned = super().clean()
        role = cleaned.get("role")
        if role and role.name == OFFICER and not cleaned.get("assigned_forms"):
            self.add_error("assigned_forms", "Pilih paling sedikit satu formulir untuk Petugas.")
        if "role" in cleaned and not (role or cleaned.get("is_superuser")):
            self.add_error("role", "Pilih satu peran.")
        return cleaned

    def _save_m2m(self) -> None:
        super()._save_m2m()
        if "role" not in self.fields:
            return
        others = self.instance.groups.exclude(name__in=ROLES)
        self.instance.groups.set([*others, *filter(None, [self.cleaned_data.get("role")])])


class StaffCreationForm(StaffForm):
    """A new member of staff."""


class StaffEditForm(StaffForm):
    """A member of staff is changed; blank passwords leave the old one."""

    password_required = False
    reset_second_factor = forms.BooleanField(
        label="Matikan verifikasi dua langkah", required=False, help_text="Bila ponselnya hilang atau berganti."
    )

    def __init__(self, *args, editing_self: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = role_of(self.instance)
        self.fields["password1"].label = "Sandi baru"
        self.fields["password1"].help_text = format_html(
            "Kosongkan bila sandi tidak diganti. {}", password_validators_help_text_html()
        )
        self.fields["password2"].label = "Ulangi sandi baru"
        if editing_self:  # nobody shuts himself out, or raises himself
            for name in ("is_active", "is_superuser", "role"):
                self.fields.pop(name, None)
        if editing_self or not Authenticator.objects.filter(user=self.instance).exists():
            del self.fields["reset_second_factor"]

    def _save_m2m(self) -> None:
        super()._save_m2m()
        if self.cleaned_data.get("reset_second_factor"):
            Authenticator.objects.filter(user=self.instance).delete()
