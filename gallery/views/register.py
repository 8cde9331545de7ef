"""Data industri: the register in the CMS, its file, and what SIINas asks for besides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from forms.field_types import get as question_type
from forms.views.columns import LabelledColumn
from forms.views.privacy import seal
from gallery import permissions, quarterly, records, register, siinas
from gallery.filters import RegisterFilterSet
from gallery.models import BusinessRecord
from gallery.quarters import Quarter

SEARCH_WORDS_MAX = 10


def _rupiah(amount: int | None) -> str:
    return question_type("rupiah").display(str(amount)) if amount is not None else ""


class RegisterView(BaseListingView):
    """The list of all businesses with their industry data; nobody outside the Gallery sees it."""

    model = BusinessRecord
    page_title = "Data industri"
    header_icon = "table"
    template_name = "gallery/admin/register.html"
    results_template_name = "gallery/admin/register_results.html"
    paginate_by = 50
    table_classname = "listing cards inbox"
    default_ordering = "business__name"
    is_searchable = True
    filterset_class = RegisterFilterSet
    verbose_name = "usaha"
    verbose_name_plural = "usaha"
    index_url_name = "gallery-register"
    index_results_url_name = "gallery-register-results"

    columns = [
        TitleColumn(
            "business",
            label="Usaha",
            accessor="business.name",
            get_url=lambda record: reverse("gallery-siinas", args=[record.pk]),
            sort_key="business__name",
        ),
        LabelledColumn("kelurahan", label="Kelurahan", accessor="business.kelurahan.name"),
        LabelledColumn(
            "commodity", label="Komoditas", accessor=lambda record: record.business.commodity or "belum ada"
        ),
        LabelledColumn(
            "workers",
            label="Tenaga kerja L + P",
            accessor=lambda record: f"{_or_dash(record.workers_male)} + {_or_dash(record.workers_female)}",
        ),
        LabelledColumn("capacity", label="Kapasitas per bulan", accessor=lambda record: _capacity(record)),
        LabelledColumn("investment", label="Investasi", accessor=lambda record: _rupiah(record.investment)),
        LabelledColumn("scale", label="Skala", accessor=lambda record: _scale(record)),
        LabelledColumn("siinas", label="SIINas", accessor=lambda record: siinas.readiness(record).text),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_see_records(request.user):
            raise PermissionDenied
        return seal(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file_format = request.GET.get("export")
        if file_format in register.FORMATS:
            return self._export(file_format)
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet:
        return permissions.records_for(self.request.user)

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.order_by(self.ordering, "pk")

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        # Wagtail would drop all filters when one is wrong, and list (and export) what nobody asked for.
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        for word in self.search_query.replace("\0", "").split()[:SEARCH_WORDS_MAX]:
            queryset = queryset.filter(
                Q(business__name__icontains=word) | Q(owner_name__icontains=word) | Q(makes__icontains=word)
            )
        return queryset

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset()
        return register.listed().filter(pk__in=found.order_by().values("pk")).order_by(*found.query.order_by)

    def _export(self, file_format: str) -> HttpResponse:
        if not permissions.can_export(self.request.user):
            raise PermissionDenied
        with_nik = "nik" in self.request.GET
        if with_nik and not permissions.can_reveal_nik(self.request.user):
            raise PermissionDenied
        records = list(self.get_queryset())
        register.record_export(records, by=self.request.user, file_format=file_format, with_nik=with_nik)
        return register.response(
            records, file_format, name=f"data-industri-{timezone.localtime():%Y%m%d-%H%M}", with_nik=with_nik
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict:
        query = self.request.GET.copy()
        for key in (self.page_kwarg, "export", "nik", "_w_filter_fragment"):
            query.pop(key, None)
        asked = f"?{query.urlencode()}" if query else ""
        export_url = f"{self.index_url}{asked}{'&' if asked else '?'}export="
        records = self.get_queryset()
        found = register.sums(records)
        return {
            **super().get_context_data(*args, **kwargs),
            "sums": [
                ("Usaha", _number(found.businesses)),
                ("Tenaga kerja laki-laki", _number(found.workers_male)),
                ("Tenaga kerja perempuan", _number(found.workers_female)),
                ("Investasi", _rupiah(found.investment)),
                ("Kapasitas per bulan", _amounts(found) or "belum ada"),
            ],
            "recaps": [
                ("Kelurahan", self._recap(register.by_kelurahan(records), query, "kelurahan")),
                ("Komoditas", self._recap(register.by_commodity(records), query, "commodity")),
            ],
            "exports": self._exports(export_url),
            "wrong_filters": not self.filters.is_valid(),
        }

    def _exports(self, url: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """What the user may take away: a description and its files."""
        if not permissions.can_export(self.request.user):
            return []
        exports = [("Unduh daftar ini", [("Excel (XLSX)", f"{url}xlsx"), ("CSV", f"{url}csv")])]
        if permissions.can_reveal_nik(self.request.user):
            whole = [("Excel (XLSX)", f"{url}xlsx&nik=lengkap"), ("CSV", f"{url}csv&nik=lengkap")]
            exports.append(("Dengan NIK lengkap (dicatat)", whole))
        return exports

    def _recap(self, groups: list[register.Group], query: QueryDict, filter_name: str) -> list[dict]:
        """Each group with its figures and the address of the list that they count."""
        return [
            {
                "name": group.name,
                "url": f"{self.index_url}?{_narrowed(query, filter_name, group.key).urlencode()}",
                "figures": [
                    ("Usaha", _number(group.sums.businesses)),
                    ("Tenaga kerja L", _number(group.sums.workers_male)),
                    ("Tenaga kerja P", _number(group.sums.workers_female)),
                    ("Investasi", _rupiah(group.sums.investment)),
                    ("Kapasitas per bulan", _amounts(group.sums) or "-"),
                ],
            }
            for group in groups
        ]


def _narrowed(query: QueryDict, filter_name: str, key: int | None) -> QueryDict:
    """The filters of a list, and those of one group of it besides."""
    query = query.copy()
    if key is None:
        query["classified"] = "tidak"
    else:
        query[filter_name] = str(key)
    return query


def _number(number: int) -> str:
    return register.shown(Decimal(number))


def _amounts(found: register.Sums) -> str:
    return ", ".join(amount.shown for amount in found.capacity)


def _or_dash(number: int | None) -> str:
    return "?" if number is None else str(number)


def _capacity(record: BusinessRecord) -> str:
    if record.capacity is None:
        return ""
    return register.Quantity(record.capacity, record.capacity_unit.code if record.capacity_unit else "").shown


def _scale(record: BusinessRecord) -> str:
    scale = register.scale_of(record)
    return scale.label if scale else "belum diketahui"


class SiinasView(WagtailAdminTemplateMixin, FormView):
    """“Pelengkap SIINas” of one business: what is there, what is missing, and a form for it."""

    page_title = "Pelengkap SIINas"
    header_icon = "table"
    template_name = "gallery/admin/siinas.html"
    form_class = siinas.SiinasForm
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_change_records(request.user):
            raise PermissionDenied
        self._read()
        if request.method == "GET":
            records.record_view(self.record, by=request.user)
        response = seal(super().dispatch(request, *args, **kwargs))
        # With no-referrer a browser would send its form as from nowhere, and Django's CSRF check refuse it.
        response["Referrer-Policy"] = "same-origin"
        return response

    def _read(self) -> None:
        self.record = get_object_or_404(
            register.listed().filter(pk__in=permissions.records_for(self.request.user)), pk=self.kwargs["pk"]
        )
        self.last_report = quarterly.last_report(self.record)

    def get_page_subtitle(self) -> str:
        return self.record.business.name

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("gallery-register"), "label": RegisterView.page_title},
            {"url": "", "label": self.record.business.name},
        ]

    def get_initial(self) -> dict:
        answers = siinas.SiinasForm.answers_of(self.record)
        return {**answers, "last_production": quarterly.produced(self.last_report), "seen": self._seen()}

    def get_form_kwargs(self) -> dict:
        last = str(quarterly.quarter_of(self.last_report)) if self.last_report else ""
        return {**super().get_form_kwargs(), "last_quarter": last}

    def form_valid(self, form: siinas.SiinasForm) -> HttpResponse:
        if form.cleaned_data["seen"] != self._seen():
            return self._stale()
        try:
            with transaction.atomic():
                records.lock(self.record, records.version(self.record))
                self._store(form)
        except records.StaleRecord:
            return self._stale()
        return self._saved()

    def _saved(self) -> HttpResponse:
        messages.success(self.request, "Pelengkap SIINas disimpan.")
        return redirect("gallery-siinas", self.record.pk)

    def _store(self, form: siinas.SiinasForm) -> None:
        if self.last_report and "last_production" in form.changed_data:
            quarterly.add_production(self.last_report, form.cleaned_data["last_production"], by=self.request.user)
        changed = [str(form.fields[name].label) for name in form.changed_data if name not in siinas.NO_ANSWERS]
        if changed:
            siinas.store(self.record, form.stored(), by=self.request.user, changed=changed)

    def _seen(self) -> str:
        """What the page shows: this state of the record, in this quarter, and whether the last one can be added to."""
        last = self.last_report.pk if self.last_report else "-"
        return f"{records.version(self.record)} {Quarter.now()} {last}"

    def _stale(self) -> HttpResponse:
        """What he typed stays, but for production of another quarter; pressing again stores it."""
        self._read()
        data, now = self.request.POST.dict(), self._seen()
        is_same_quarter = data.get("seen", "").partition(" ")[2] == now.partition(" ")[2]
        if not is_same_quarter:
            field = siinas.SiinasForm.base_fields["last_production"]
            data["last_production"] = field.prepare_value(quarterly.produced(self.last_report)) or ""
            data.pop("production", None)
        form = siinas.SiinasForm(**{**self.get_form_kwargs(), "data": {**data, "seen": now}})
        if is_same_quarter and form.is_valid() and set(form.changed_data) <= {"seen"}:
            return self._saved()  # he pressed twice
        return self.render_to_response(self.get_context_data(form=form, is_stale=True), status=409)

    def form_invalid(self, form: siinas.SiinasForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict:
        return {
            **super().get_context_data(**kwargs),
            "record": self.record,
            "readiness": siinas.readiness(self.record),
            "count": len(siinas.DATA),
            "scale": _scale(self.record),
            "capacity": _capacity(self.record),
            "investment": _rupiah(self.record.investment),
            "last_quarter": quarterly.quarter_of(self.last_report) if self.last_report else None,
            "lines": [_told(line) for line in quarterly.against_last(self.record, self.last_report)],
        }


def _told(line: quarterly.Line) -> tuple[str, str, str, str]:
    """A figure with its unit, now, then, and the difference with its sign."""
    name = f"{line.figure.name} ({line.unit})" if line.unit else line.figure.name
    return name, _figure(line.now), _figure(line.before), _figure(line.difference, signed=True)


def _figure(value: Decimal | str | None, *, signed: bool = False) -> str:
    if not isinstance(value, Decimal):
        return value or "-"
    shown = register.shown(abs(value))
    sign = ("+" if value > 0 else "-" if value < 0 else "") if signed else ""
    return f"{sign}{shown}"
