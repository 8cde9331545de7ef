"""Addresses of the CMS screens for officers."""

from __future__ import annotations

from django.urls import include, path

from forms.views import consents, files, form_templates, inbox, outbox, statistics, ticket

inbox_urls = [
    pattern
    for slug in inbox.TABS
    for pattern in (
        path("" if slug == inbox.DEFAULT_TAB else f"{slug}/", inbox.InboxView.as_view(tab=slug), name=slug),
        path(f"{slug}/hasil/", inbox.InboxView.as_view(tab=slug, results_only=True), name=f"{slug}-results"),
    )
]

ticket_urls = [
    path("", ticket.TicketView.as_view(), name="detail"),
    path("balas/", ticket.ReplyView.as_view(), name="reply"),
    path("balasan/<int:message>/", ticket.EditReplyView.as_view(), name="edit-reply"),
    path("catatan/", ticket.NoteView.as_view(), name="note"),
    path("status/", ticket.MoveView.as_view(), name="move"),
    path("disposisi/", ticket.AssignView.as_view(), name="assign"),
    path("pin/", ticket.PinView.as_view(), name="pin"),
    path("nik/", ticket.RevealNikView.as_view(), name="reveal-nik"),
    path("whatsapp/", ticket.WhatsAppView.as_view(), name="whatsapp"),
    path("hasil-kontak/", ticket.ContactOutcomeView.as_view(), name="outcome"),
    path("foto/<uuid:photo>/", files.PhotoView.as_view(), name="photo"),
    path("berkas/<uuid:upload>/", files.UploadView.as_view(), name="file"),
]

urlpatterns = [
    path("formulir/baru/<int:parent_id>/", form_templates.FormTemplatesView.as_view(), name="form-templates"),
    path("kotak-masuk/", include((inbox_urls, "inbox"))),
    path("tiket/<int:pk>/", include((ticket_urls, "ticket"))),
    path("statistik/", statistics.StatisticsView.as_view(), name="ticket-statistics"),
    path("persetujuan/", consents.FormsView.as_view(), name="consent-forms"),
    path("persetujuan/<int:form>/", consents.TextsView.as_view(), name="consent-texts"),
    path("surel-keluar/", outbox.OutboxView.as_view(), name="outgoing-mail"),
    path("surel-keluar/<int:pk>/coba-lagi/", outbox.RetryView.as_view(), name="outgoing-mail-retry"),
]
