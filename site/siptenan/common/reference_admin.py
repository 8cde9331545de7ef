"""The menu Referensi: channels, commodities, days off, kelurahan, units, and what other rooms add."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import WMABaseView

from siptenan.common import holiday_import
from siptenan.common.dates import format_date
from siptenan.common.holiday_import import MAX_BYTES, InvalidFile
from siptenan.common.modeladmin import OfferedFilter, ReferenceAdmin, ReferenceIndexView
from siptenan.common.models import Channel, Commodity, Holiday, Kelurahan, Unit
from siptenan.common.national_holidays import knows_joint_leave, national_holidays

MAX_ERRORS_SHOWN = 50


class ChannelAdmin(ReferenceAdmin):
    """Where visitors come from."""

    model = Channel
    base_url_path = "referensi/saluran"
    menu_label = "Saluran"
    menu_icon = "link"
    list_display = ("name", "code")
    search_fields = ("name", "code")
    panels = [FieldPanel("name"), FieldPanel("code")]
    fixed_codes = {
        Channel.DEFAULT_CODE: "Kode “web” dipakai untuk setiap kiriman yang datang tanpa kode saluran.",
        Channel.UNKNOWN_CODE: "Kode “lain” dipakai untuk setiap kiriman dengan kode yang tidak dikenal.",
        "loket": "Kode “loket” dipakai untuk tiket yang dicatat petugas di loket.",
    }


class KecamatanFilter(OfferedFilter):
    title = "kecamatan"
    parameter_name = field = "kecamatan"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(name, name) for name in _values(Kelurahan, "kecamatan")]


class KelurahanAdmin(ReferenceAdmin):
    """The 27 kelurahan of the city."""

    model = Kelurahan
    base_url_path = "referensi/kelurahan"
    menu_label = "Kelurahan"
    menu_icon = "site"
    list_display = ("name", "kecamatan", "code", "postcode")
    list_filter = (KecamatanFilter,)
    search_fields = ("name", "code", "postcode")
    panels = [
        FieldPanel("name"),
        FieldPanel("kecamatan"),
        FieldRowPanel(["code", "postcode"]),
        FieldRowPanel(["latitude", "longitude"]),
    ]


class DimensionFilter(OfferedFilter):
    title = "dimensi"
    parameter_name = "dimensi"
    field = "dimension"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(name, name) for name in _values(Unit, "dimension") if name]


class UnitAdmin(ReferenceAdmin):
    """Units of quantity, and how they convert."""

    model = Unit
    base_url_path = "referensi/satuan"
    menu_label = "Satuan"
    menu_icon = "list-ol"
    list_display = ("name", "code", "dimension", "conversion")
    list_filter = (DimensionFilter,)
    search_fields = ("name", "code")
    panels = [FieldPanel("name"), FieldRowPanel(["code", "dimension"]), FieldRowPanel(["factor", "base_unit"])]

    def conversion(self, unit: Unit) -> str:
        if unit.factor is None:
            return ""
        return f"{unit.factor.normalize():f} {unit.base_unit}".replace(".", ",")

    conversion.short_description = "nilai"  # type: ignore[attr-defined]  # the way Django's admin labels a column


class CommodityAdmin(ReferenceAdmin):
    """Kinds of products, each with its industry in KBLI 2020 and 2025."""

    model = Commodity
    base_url_path = "referensi/komoditas"
    menu_label = "Komoditas"
    menu_icon = "tag"
    list_display = ("name", "examples", "kbli_2025", "kbli_2020")
    search_fields = ("name", "examples", "kbli_2020", "kbli_2025", "title_2025")
    panels = [
        FieldRowPanel(["name", "code"]),
        FieldPanel("examples"),
        FieldRowPanel(["kbli_2025", "title_2025"]),
        FieldRowPanel(["kbli_2020", "title_2020"]),
        FieldPanel("units"),
    ]


class YearFilter(OfferedFilter):
    """Always one year, this one unless another is chosen."""

    title = "tahun"
    parameter_name = "tahun"
    field = "date__year"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        this_year = timezone.localdate().year
        years = {day.year for day in Holiday.objects.dates("date", "year")} | {this_year, this_year + 1}
        return [(str(year), str(year)) for year in sorted(years, reverse=True)]

    def value(self) -> str:
        return super().value() or str(timezone.localdate().year)

    def choices(self, changelist) -> Iterator[Any]:
        for year, _ in self.lookup_choices:
            query = f"?{self.parameter_name}={year}"
            yield {"selected": self.value() == year, "query_string": query, "display": year}


class HolidayIndexView(ReferenceIndexView):
    """The days off of one year, and below them those that nobody needs to type."""

    def get_queryset(self, request: HttpRequest | None = None) -> QuerySet:
        queryset = super().get_queryset(request)
        self.has_filters = False  # the years stand above the list, where they are there for an empty list too
        return queryset

    def get_context_data(self, **kwargs: Any) -> dict:
        years = self.filter_specs[0]
        year = int(years.value())
        own = {row.date: row for row in Holiday.objects.filter(date__year=year)}
        known = [
            {"day": format_date(day), "name": name, "own": own.get(day)}
            for day, name in sorted(national_holidays(year, year).items())
        ]
        return super().get_context_data(
            year=year,
            years=list(years.choices(self)),
            known=known,
            joint_leave_is_missing=not knows_joint_leave(year),
            import_url=self.model_admin.import_url if self.model_admin.may_import(self.request.user) else "",
            **kwargs,
        )


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Berkas CSV",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Pilih berkas CSV.", "empty": "Berkas ini kosong."},
    )


class HolidayImportView(WMABaseView):
    """Two steps: a file is checked and counted, then what was counted is saved. Nothing is kept in between."""

    template_name = "common/holiday_import.html"
    page_title = "Impor hari libur"

    def check_action_permitted(self, user) -> bool:
        return self.model_admin.may_import(user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        confirmed = "content" in request.POST
        form = UploadForm(None if confirmed else request.POST, None if confirmed else request.FILES)
        if not confirmed and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        content = (
            request.POST["content"].encode()
            if confirmed
            else form.cleaned_data["file"].read(MAX_BYTES + 1)  # one byte too many is enough to refuse it
        )
        try:
            days = holiday_import.read(content)
        except InvalidFile as refusal:
            shown, more = refusal.errors[:MAX_ERRORS_SHOWN], len(refusal.errors) - MAX_ERRORS_SHOWN
            return self.render_to_response(self.get_context_data(form=UploadForm(), errors=shown, more=max(more, 0)))
        if confirmed:
            messages.success(request, f"Impor selesai: {holiday_import.save(days)}.")
            return redirect(f"{self.index_url}?tahun={days[0].date.year}")
        plan = holiday_import.plan(days)
        return self.render_to_response(self.get_context_data(plan=plan, content=content.decode("utf-8-sig")))

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(
            **{"form": UploadForm(), "kinds": Holiday.Kind.choices, "limit_kb": MAX_BYTES // 1000, **kwargs}
        )


class HolidayAdmin(ReferenceAdmin):
    """Days off that the library does not know, and days on which the office works after all."""

    model = Holiday
    base_url_path = "referensi/hari-libur"
    menu_label = "Hari libur"
    menu_icon = "date"
    list_display = ("day", "name", "kind")
    list_filter = (YearFilter,)
    list_per_page = 400  # a whole year
    panels = [FieldRowPanel(["date", "kind"]), FieldPanel("name")]
    index_view_class = HolidayIndexView
    index_template_name = "common/holiday_index.html"

    def day(self, holiday: Holiday) -> str:
        return format_date(holiday.date)

    day.short_description = "tanggal"  # type: ignore[attr-defined]  # the way Django's admin labels a column
    day.admin_order_field = "date"  # type: ignore[attr-defined]  # as above

    @property
    def import_url(self) -> str:
        return reverse("holiday-import")

    def may_import(self, user) -> bool:
        """An import both adds and changes rows."""
        helper = self.permission_helper
        return helper.user_can_create(user) and helper.user_can_edit_obj(user, None)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        return HolidayImportView.as_view(model_admin=self)(request)

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        own = path(f"{self.base_url_path}/impor/", self.import_view, name="holiday-import")
        return (*super().get_admin_urls_for_registration(), own)


class ReferenceGroup(ModelAdminGroup):
    """The menu entry, between Laporan (9000) and Pengaturan (10000)."""

    menu_label = "Referensi"
    menu_item_name = "referensi"
    menu_icon = "list-ul"
    menu_order = 9500
    items: tuple[type[ReferenceAdmin], ...] = (ChannelAdmin, HolidayAdmin, KelurahanAdmin, CommodityAdmin, UnitAdmin)
    registered: ClassVar[list[ReferenceGroup]] = []

    def __init__(self) -> None:
        super().__init__()
        self.registered.append(self)

    @classmethod
    def extend(cls, *admins: type[ReferenceAdmin]) -> None:
        """Add tables of another room. For its wagtail_hooks: Wagtail asks for menu and addresses after all of them."""
        cls.items += admins
        for group in cls.registered:
            added = [admin(parent=group) for admin in admins]
            group.modeladmin_instances += added
            for admin in added:
                admin.register_admin_url_finders()
                admin.register_indexing()


def _values(model: type[Model], field: str) -> QuerySet:
    return model._default_manager.order_by(field).values_list(field, flat=True).distinct()
