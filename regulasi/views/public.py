"""The page of a regulation and what lies below it; routes of RegulationPage (regulasi.models.routes)."""

from __future__ import annotations

import functools

from csp.constants import SELF
from csp.utils import build_policy
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from forms import references, services
from forms.builder import TOKEN_FIELD
from forms.views.public import keep_out_of_caches
from forms.views.receipt import to_receipt
from regulasi import abstract_pdf, citation, deadline, files, qr_card, reading, readings, reporting, structured_data
from regulasi.addresses import index_url, regulation_url
from regulasi.models import RegulationPage
from regulasi.reporting import ReportForm
from siptenan.common.throttle import Exceeded

STALE = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Halaman ini sudah terlalu lama terbuka. Tulisan Anda masih ada di bawah. Silakan kirim sekali lagi.",
}
TOO_MANY = {
    "level": "warn",
    "title": "Belum terkirim",
    "text": "Terlalu banyak kiriman dari jaringan ini. Tulisan Anda masih ada di bawah. Silakan kirim lagi satu menit "
    "lagi.",
}


@functools.cache
def framing_policy() -> str:
    """The strict policy of public pages, with frames of our own: the PDF stands in one."""
    return build_policy(update={"frame-src": [SELF]})


def page(request: HttpRequest, found: RegulationPage) -> HttpResponse:
    """The regulation to be read; a preview shows the draft at hand."""
    is_preview = getattr(request, "is_preview", False)
    known = reading.read(found) if is_preview else reading.known(found.pk)
    if known is None or not (index_url() or is_preview):
        raise Http404
    if not is_preview:
        readings.count_view(request, found.pk)
    regulation, shown = known.page, reading.shown(known, is_preview=is_preview)
    own = {"page": regulation, "self": regulation, "own_structured_data": structured_data.of(regulation, shown)}
    response = regulation.render(request, context_overrides={**shown, **own})
    response["Content-Security-Policy"] = framing_policy()
    return response


def document(request: HttpRequest, found: RegulationPage, name: str) -> HttpResponseBase:
    """The PDF inside the page. Under a name of before it is found by the one of today."""
    regulation = _public(found)
    if name != regulation.file_name:
        return HttpResponseRedirect(f"{regulation_url(regulation.slug)}dokumen/{regulation.file_name}")
    return files.inline(request, regulation)


def download(request: HttpRequest, found: RegulationPage) -> HttpResponseBase:
    """The PDF to keep."""
    response = files.download(request, _public(found))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def abstract(request: HttpRequest, found: RegulationPage) -> HttpResponse:
    """The abstract as a PDF."""
    regulation = _public(found)
    return _file(abstract_pdf.pdf(regulation), "application/pdf", regulation.abstract_file_name, attachment=False)


def card(request: HttpRequest, found: RegulationPage) -> HttpResponse:
    """A card with a QR code to print."""
    regulation = _public(found)
    content = qr_card.pdf(regulation, citation.permanent_url(regulation))
    return _file(content, "application/pdf", f"kartu-{regulation.slug}.pdf", attachment=False)


def bibtex(request: HttpRequest, found: RegulationPage) -> HttpResponse:
    """The citation as a record of BibTeX."""
    regulation = _public(found)
    return _file(citation.bibtex(regulation).encode(), "application/x-bibtex; charset=utf-8", f"{regulation.slug}.bib")


def ris(request: HttpRequest, found: RegulationPage) -> HttpResponse:
    """The citation as a record of RIS."""
    regulation = _public(found)
    content_type = "application/x-research-info-systems; charset=utf-8"
    return _file(citation.ris(regulation).encode(), content_type, f"{regulation.slug}.ris")


def calendar(request: HttpRequest, found: RegulationPage) -> HttpResponse:
    """The deadline for the visitor's calendar."""
    regulation = _public(found)
    if regulation.deadline is None:
        raise Http404
    content = deadline.calendar_file(regulation)
    return _file(content, "text/calendar; charset=utf-8", f"tenggat-{regulation.slug}.ics")


def report(request: HttpRequest, found: RegulationPage) -> HttpResponse:
    """GET asks what is wrong with the regulation; POST makes a ticket of it."""
    regulation, to = _public(found), reporting.report_form()
    if to is None:
        raise Http404
    if request.method != "POST":
        return _report_page(request, regulation, ReportForm(token=references.issue_token(to.pk)))
    data = request.POST.copy()
    form, raw_token = ReportForm(data), request.POST.get(TOKEN_FIELD, "")
    token = references.read_token(raw_token, to.pk) or services.token_of_a_ticket(raw_token, to)
    is_valid = form.is_valid()
    if token is None:
        data[TOKEN_FIELD] = references.renew_token(raw_token, to.pk)
    if token is None or not is_valid:
        return _report_page(request, regulation, form, notice=STALE if is_valid else None, status=422)
    try:
        submission = reporting.send(request, regulation, to, form, token)
    except Exceeded as refusal:
        response = _report_page(request, regulation, form, notice=TOO_MANY, status=429)
        response["Retry-After"] = str(refusal.retry_after)
        return response
    return to_receipt(request, to, token, submission.reference, path=to.get_url(request) or "")


def _report_page(
    request: HttpRequest, regulation: RegulationPage, form: ReportForm, *, notice: dict | None = None, status: int = 200
) -> HttpResponse:
    context = {
        **regulation.get_context(request),
        "form": form,
        "notice": notice,
        "regulation_url": regulation_url(regulation.slug),
    }
    response = TemplateResponse(request, "regulasi/report.html", context, status=status)
    return keep_out_of_caches(response)


def _public(found: RegulationPage) -> RegulationPage:
    """The regulation as it is published now; the object that a route remembers is shared and may be older."""
    regulation = reading.published(found.pk)
    if regulation is None or not index_url():
        raise Http404
    return regulation


def _file(content: bytes, content_type: str, name: str, *, attachment: bool = True) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(attachment, name) or ""
    response["X-Robots-Tag"] = "noindex"
    return response
