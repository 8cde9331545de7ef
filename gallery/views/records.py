"""The private record of a business in the CMS, and “Catat usaha”. Each look and each change is recorded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View
from wagtail.models import ModelLogEntry

from forms.views.privacy import seal
from gallery import duplicates, examination, permissions, records
from gallery.duplicates import Twin
from gallery.models import BusinessRecord, Product
from gallery.views.record_forms import BusinessForm, MaterialFormSet, RecordForm, materials_initial, materials_of

MATERIALS = "bahan"  # prefix of the formset
MOST_HISTORY = 50
CONFIRMED = "tetap"  # sent by the button “Tetap simpan”


class RecordView(View):
    """What is private of one business: who may change it gets a form, who may see it gets a list."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_see_records(request.user):
            raise PermissionDenied
        response = seal(super().dispatch(request, *args, **kwargs))
        # With no-referrer a browser would send its form as from nowhere, and Django's CSRF check refuse it.
        response["Referrer-Policy"] = "same-origin"
        return response

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self._record(pk)
        records.record_view(record, by=request.user)
        formset = MaterialFormSet(prefix=MATERIALS, initial=materials_initial(record))
        return self._page(record, RecordForm(instance=record), formset)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not permissions.can_change_records(request.user):
            raise PermissionDenied
        record = self._record(pk)
        form = RecordForm(request.POST, instance=record)
        formset = MaterialFormSet(request.POST, prefix=MATERIALS, initial=materials_initial(record))
        if not (form.is_valid() and formset.is_valid()):
            return self._page(self._record(pk), form, formset, status=422)
        if "new_nik" in form.changed_data and (twins := _unconfirmed(form.record(), request)):
            return self._page(self._record(pk), form, formset, twins=twins, status=422)
        changed = _changed(form, formset)
        seen = form.cleaned_data["seen"]
        try:
            records.change(form.record(), materials_of(formset), changed, by=request.user, seen=seen)
        except records.StaleRecord:
            return self._stale(pk)
        messages.success(request, "Data industri disimpan." if changed else "Tidak ada yang berubah.")
        return redirect("gallery-record", pk)

    def _stale(self, pk: int) -> HttpResponse:
        """What he typed stays, beside what it would change of what a colleague has stored; pressing again does so."""
        record = self._record(pk)
        materials = MaterialFormSet(self.request.POST, prefix=MATERIALS, initial=materials_initial(record))
        form = RecordForm({**self.request.POST.dict(), "seen": records.version(record)}, instance=self._record(pk))
        form.is_valid()
        return self._page(record, form, materials, differing=_changed(form, materials), status=409)

    def _record(self, pk: int) -> BusinessRecord:
        rows = permissions.records_for(self.request.user)
        return get_object_or_404(rows.select_related("business__kelurahan", "submission", "capacity_unit"), pk=pk)

    def _page(
        self,
        record: BusinessRecord,
        form: RecordForm,
        formset: Any,
        *,
        twins: Any = (),
        differing: list[str] | None = None,
        status: int = 200,
    ) -> TemplateResponse:
        entries = ModelLogEntry.objects.for_instance(record).select_related("user").order_by("-timestamp", "-pk")
        context = {
            "page_title": "Data industri",
            "header_title": record.business.name,
            "header_icon": "lock",
            "breadcrumbs_items": [
                {"url": reverse("gallery-register"), "label": "Data industri"},
                {"url": "", "label": record.business.name},
            ],
            "record": record,
            "form": form,
            "formset": formset,
            "can_change": permissions.can_change_records(self.request.user),
            "differing": differing,
            "private_rows": examination.private_rows(record),
            "masked_nik": examination.masked_nik(record),
            "products": record.business.products.order_by("pk"),
            "business_url": examination.edit_url(record.business),
            "add_product_url": add_product_url(record),
            "history": entries[:MOST_HISTORY],
            "same": [twin for twin in duplicates.known(record, self.request.user) if twin.is_same is not False],
            **_asked(twins),
        }
        return TemplateResponse(self.request, "gallery/admin/record.html", context, status=status)


class AddRecordView(View):
    """“Catat usaha”: an officer records a business that did not register itself."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_add_businesses(request.user):
            raise PermissionDenied
        response = seal(super().dispatch(request, *args, **kwargs))
        response["Referrer-Policy"] = "same-origin"  # as above
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(BusinessForm(), RecordForm(), MaterialFormSet(prefix=MATERIALS))

    def post(self, request: HttpRequest) -> HttpResponse:
        public, form = BusinessForm(request.POST), RecordForm(request.POST)
        formset = MaterialFormSet(request.POST, prefix=MATERIALS)
        if not all([public.is_valid(), form.is_valid(), formset.is_valid()]):
            return self._page(public, form, formset, status=422)
        if twins := _unconfirmed(form.record(), request):
            return self._page(public, form, formset, twins=twins, status=422)
        given = public.cleaned_data
        business = records.create(
            given["name"],
            given["kelurahan"],
            given["commodity"],
            form.record(),
            materials_of(formset),
            by=request.user,
        )
        messages.success(request, f"{business.name} dicatat sebagai draf. Sekarang tambahkan produknya.")
        return redirect("gallery-record", business.record.pk)

    def _page(
        self, public: BusinessForm, form: RecordForm, formset: Any, *, twins: Any = (), status: int = 200
    ) -> TemplateResponse:
        context = {
            "page_title": "Catat usaha",
            "header_title": "Catat usaha",
            "header_icon": "plus",
            "breadcrumbs_items": [
                {"url": reverse("gallery-register"), "label": "Data industri"},
                {"url": "", "label": "Catat usaha"},
            ],
            "public_form": public,
            "form": form,
            "formset": formset,
            "can_change": True,
            **_asked(twins),
        }
        return TemplateResponse(self.request, "gallery/admin/record.html", context, status=status)


def _changed(form: RecordForm, formset: Any) -> list[str]:
    """The labels of what is typed otherwise than it is stored."""
    return [*form.labels(), *(["Bahan"] if formset.has_changed() else [])]


def _unconfirmed(record: BusinessRecord, request: HttpRequest) -> list[Twin]:
    """The businesses that have this NIK, number or NIB already, unless the officer has just said that he knows."""
    twins = duplicates.known(record, request.user)
    return [] if request.POST.get(CONFIRMED) == _marker(twins) else twins


def _asked(twins: list[Twin]) -> dict[str, Any]:
    """What the page shows of them, and what its second button sends."""
    return {"twins": twins, "confirmed_name": CONFIRMED, "confirmed_value": _marker(twins)}


def _marker(twins: list[Twin]) -> str:
    """Which businesses were shown: others are asked about anew."""
    return ",".join(str(pk) for pk in sorted(twin.record.pk for twin in twins))


def add_product_url(record: BusinessRecord) -> str:
    """Return the address of an empty product form, for this business."""
    return f"{reverse(Product.snippet_viewset.get_url_name('add'))}?business={record.business_id}"
