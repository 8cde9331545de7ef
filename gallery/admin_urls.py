"""Addresses of the Gallery's own screens, below /cms/."""

from __future__ import annotations

from django.urls import path

from gallery.views import business_import, one_ikm, quarterly, records, register, updates, verification
from gallery.views.registrations import RegistrationsView

registration = "gallery/pendaftaran/<int:pk>/"
everything = RegistrationsView.as_view(
    only_waiting=False,
    index_url_name="gallery-registrations-all",
    index_results_url_name="gallery-registrations-all-results",
)
everything_results = RegistrationsView.as_view(
    only_waiting=False,
    results_only=True,
    index_url_name="gallery-registrations-all",
    index_results_url_name="gallery-registrations-all-results",
)

urlpatterns = [
    path("gallery/pendaftaran/", RegistrationsView.as_view(), name="gallery-registrations"),
    path(
        "gallery/pendaftaran/hasil/",
        RegistrationsView.as_view(results_only=True),
        name="gallery-registrations-results",
    ),
    path("gallery/pendaftaran/semua/", everything, name="gallery-registrations-all"),
    path("gallery/pendaftaran/semua/hasil/", everything_results, name="gallery-registrations-all-results"),
    path(registration, verification.RegistrationView.as_view(), name="gallery-registration"),
    path(f"{registration}mulai/", verification.TakeUpView.as_view(), name="gallery-registration-take-up"),
    path(f"{registration}foto/", verification.TakePhotosView.as_view(), name="gallery-registration-photos"),
    path(f"{registration}periksa/", verification.ChecksView.as_view(), name="gallery-registration-checks"),
    path(f"{registration}perbaikan/", verification.AskView.as_view(), name="gallery-registration-ask"),
    path(f"{registration}setujui/", verification.ApproveView.as_view(), name="gallery-registration-approve"),
    path(f"{registration}tolak/", verification.RejectView.as_view(), name="gallery-registration-reject"),
    path(f"{registration}batal/", verification.WithdrawView.as_view(), name="gallery-registration-withdraw"),
    path(f"{registration}nik/", verification.RevealNikView.as_view(), name="gallery-registration-nik"),
    path("gallery/catat/", records.AddRecordView.as_view(), name="gallery-record-add"),
    path("gallery/data-industri/<int:pk>/", records.RecordView.as_view(), name="gallery-record"),
    path("gallery/data-industri/", register.RegisterView.as_view(), name="gallery-register"),
    path(
        "gallery/data-industri/hasil/",
        register.RegisterView.as_view(results_only=True),
        name="gallery-register-results",
    ),
    path("gallery/data-industri/<int:pk>/siinas/", register.SiinasView.as_view(), name="gallery-siinas"),
    path("gallery/data-industri/triwulan/", quarterly.QuartersView.as_view(), name="gallery-quarters"),
    path(
        "gallery/data-industri/triwulan/<int:year>-<int:number>.<slug:file_format>",
        quarterly.export,
        name="gallery-quarter-export",
    ),
    path("gallery/ikm/<int:pk>/", one_ikm.IkmView.as_view(), name="gallery-ikm"),
    path("gallery/ikm/tiket/<int:pk>/", one_ikm.TicketIkmView.as_view(), name="gallery-ikm-ticket"),
    path("gallery/ikm/putuskan/", one_ikm.DecideView.as_view(), name="gallery-ikm-decide"),
    path("gallery/pembaruan/", updates.UpdatesView.as_view(), name="gallery-updates"),
    path("gallery/pembaruan/<int:pk>/", updates.UpdateView.as_view(), name="gallery-update"),
    path("gallery/pembaruan/foto/<int:pk>/", updates.photo, name="gallery-update-photo"),
    path("gallery/pemilik/<int:pk>/", updates.BusinessOwnerView.as_view(), name="gallery-owner"),
    path("gallery/minat/", updates.InterestView.as_view(), name="gallery-interest"),
    path("gallery/impor/", business_import.ImportView.as_view(), name="gallery-import"),
    path("gallery/impor/contoh.xlsx", business_import.example, name="gallery-import-example"),
]
