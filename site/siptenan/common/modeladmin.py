"""A hardened wagtail-modeladmin for the reference tables (docs/adr/0003-modeladmin-for-reference-tables.md).

wagtail-modeladmin hands every key of the address to `.filter()`, so that a list with a foreign key answers
questions about passwords, and turns many odd values into a 500. What this module promises instead:
* a list takes nothing from the address but its search, ordering, page and own filters, and those only with
  values it offered itself;
* an address names a row by a number, or leads nowhere (404);
* nothing is exported; a list, a history and a form each need their permission;
* a table with a foreign key is refused at start;
* a code that is in use is neither renamed nor deleted, and the screen says by whom it is used.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import DeleteView, HistoryView, IndexView

from siptenan.common.signals import uses_of

MAX_PARAMETER = 100  # characters; SQLite gives up on a search of a thousand words


class OfferedFilter(SimpleListFilter):
    """A list filter on one field that knows only the values it offers; any other is as good as none."""

    field: str

    def value(self) -> str | None:
        value = super().value()
        return value if value in {str(offered) for offered, _ in self.lookup_choices} else None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        return queryset if value is None else queryset.filter(**{self.field: value})


class NumberedURLs(AdminURLHelper):
    """Addresses in which a row is a number that every database can hold."""

    def _get_object_specific_action_url_pattern(self, action: str) -> str:
        return rf"^{self.base_url_path}/{action}/(?P<instance_pk>[0-9]{{1,18}})/$"


class ViewPermission(PermissionHelper):
    """A list needs the view permission; modeladmin is content with any permission on the table."""

    def user_can_list(self, user) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))


class ReferenceIndexView(IndexView):
    """The list of a reference table."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.GET = self._own_parameters(request.GET)  # type: ignore[assignment]  # no view changes it
        return super().dispatch(request, *args, **kwargs)

    def _own_parameters(self, given: QueryDict) -> QueryDict:
        filters = [own.parameter_name for own in self.model_admin.list_filter]
        own = QueryDict(mutable=True)
        for key in (self.SEARCH_VAR, self.ORDER_VAR, self.PAGE_VAR, *filters):
            if key in given:
                own[key] = str(given[key])[:MAX_PARAMETER]
        return own


class ReferenceHistoryView(HistoryView):
    """Who changed a row; modeladmin would show it to everybody who may enter the CMS."""

    def check_action_permitted(self, user) -> bool:
        return self.permission_helper.user_can_edit_obj(user, self.instance)


class ReferenceDeleteView(DeleteView):
    """Asks before it deletes, or says why it does not."""

    def obstacle(self) -> str:
        """Why the row has to stay, empty when it may go."""
        return self.model_admin.why_fixed(self.instance)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.obstacle():
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)


class ReferenceForm(WagtailAdminModelForm):
    """The form of one row; a code that is in use stays as it is."""

    model_admin: ClassVar[ReferenceAdmin]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if self.instance.pk and code != self.instance.code and (reason := self.model_admin.why_fixed(self.instance)):
            raise ValidationError(f"{reason} Kodenya tidak dapat diubah; namanya dapat.")
        return code


class ReferenceAdmin(ModelAdmin):
    """One reference table in the menu Referensi."""

    list_filter: tuple[type[OfferedFilter], ...] = ()
    panels: ClassVar[list]
    fixed_codes: ClassVar[dict[str, str]] = {}  # codes that stay even when unused, and why
    inspect_view_enabled = False
    index_view_class = ReferenceIndexView
    delete_view_class = ReferenceDeleteView
    delete_template_name = "common/reference_delete.html"
    history_view_class = ReferenceHistoryView
    url_helper_class = NumberedURLs
    permission_helper_class = ViewPermission

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        if relations := [field.name for field in self.opts.get_fields() if field.is_relation]:
            raise ImproperlyConfigured(f"No table with relations here (ADR 0003): {self.model.__name__} {relations}.")

    def get_edit_handler(self) -> ObjectList:
        class Form(ReferenceForm):
            model_admin = self

        return ObjectList(self.panels, base_form_class=Form)

    def why_fixed(self, row: Model) -> str:
        """Why a row can neither be deleted nor get another code: a sentence, or empty when it can."""
        code = getattr(row, "code", None)
        if code is None:
            return ""
        if code in self.fixed_codes:
            return self.fixed_codes[code]
        uses = uses_of(self.model, code)
        return f"Kode “{code}” dipakai oleh {' dan '.join(uses)}." if uses else ""
