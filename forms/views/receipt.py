"""The receipt of what a browser has just sent: number, PIN, link, the answers; as a page and as a picture."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from forms import references, rendering, services
from forms.models import FormPage, Submission
from forms.references import FormToken, ReceiptPass
from forms.views.privacy import RECEIPT_COOKIE, seal
from siptenan.common.dates import format_datetime
from siptenan.common.models import OfficeSettings
from siptenan.common.throttle import Limit, hit

RECEIPT_KEY = "k"
KEY_USES = Limit(count=1, seconds=5 * 60)  # longer than a key is good for


def wants_json(request: HttpRequest) -> bool:
    """Whether a script sent the form, not the browser itself."""
    return "application/json" in request.META.get("HTTP_ACCEPT", "")


def to_receipt(
    request: HttpRequest, page: FormPage, token: FormToken, reference: str = "", *, path: str = ""
) -> HttpResponse:
    """Lead to the receipt, with a cookie that opens it for a while and a key that opens it once without cookies.

    A script that sent the form gets the address, and the number, instead of being led there. `path` is the page's own
    when the form was sent to another address.
    """
    address = (path or request.path) + page.receipt_path
    key = references.issue_receipt_pass(ReceiptPass.KEY, token)
    url = f"{address}?{RECEIPT_KEY}={key}"  # nothing in it has to be quoted
    response: HttpResponse
    if wants_json(request):
        response = JsonResponse({"reference": reference, "url": url}, status=201)
    else:
        response = HttpResponseRedirect(url)
        response.status_code = 303
    response.set_cookie(
        RECEIPT_COOKIE,
        references.issue_receipt_pass(ReceiptPass.COOKIE, token),
        max_age=references.RECEIPT_MAX_AGE_S[ReceiptPass.COOKIE],
        path=address,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return seal(response)


def to_what_was_sent(request: HttpRequest, page: FormPage) -> HttpResponse:
    """Lead to the receipt without opening it: whoever comes back after it was closed has to know number and PIN."""
    response = HttpResponseRedirect(request.path + page.receipt_path)
    response.status_code = 303
    return seal(response)


def receipt_view(request: HttpRequest, page: FormPage) -> HttpResponse:
    """The receipt of what this browser sent; without cookie and key, the way to the status page.

    POST closes it: the next person on a shared phone sees nothing of it.
    """
    if request.method == "POST":
        response = redirect(page.get_parent().get_url(request))
        response.delete_cookie(RECEIPT_COOKIE, path=request.path, samesite="Lax")
        response["Clear-Site-Data"] = '"cache"'  # the steps that Back would show without asking us
        return seal(response)
    token = _token_in_cookie(request, page)
    if request.method == "GET" and RECEIPT_KEY in request.GET:
        token = _token_of_key(request.GET[RECEIPT_KEY], page) or token
    submission = services.ticket_of(token) if token else None
    if token is None or submission is None:
        return seal(redirect(reverse("track") + "?bukti=0"))
    context = receipt_context(request, page, submission, references.pin_for_token(token.id))
    return seal(TemplateResponse(request, "forms/receipt.html", context))


def receipt_image_view(request: HttpRequest, page: FormPage) -> HttpResponse:
    """The receipt as a picture, to keep on the phone."""
    token = _token_in_cookie(request, page)
    submission = services.ticket_of(token) if token else None
    if token is None or submission is None or submission.pin_version > 0:
        return seal(redirect("track"))
    image = rendering.receipt_image(submission, references.pin_for_token(token.id))
    response = HttpResponse(image, content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{submission.reference}.png"'
    return seal(response)


def _token_in_cookie(request: HttpRequest, page: FormPage) -> FormToken | None:
    return references.read_receipt_pass(ReceiptPass.COOKIE, request.COOKIES.get(RECEIPT_COOKIE, ""), page.pk)


def _token_of_key(key: str, page: FormPage) -> FormToken | None:
    """The token behind a key in the address, the first time it is used; the address stays in the history."""
    token = references.read_receipt_pass(ReceiptPass.KEY, key, page.pk)
    if token is None or not hit("receipt-key", key, KEY_USES, trailing=True).allowed:
        return None
    return token


def receipt_context(request: HttpRequest, page: FormPage, submission: Submission, pin: str) -> dict:
    """What the receipt shows. An officer who issued a new PIN has ended this one, and all that it opened."""
    context = {**page.get_context(request), "submission_reference": submission.reference, "pin": None}
    if submission.pin_version > 0:
        return context
    link = rendering.status_url(submission)
    has_cookie = RECEIPT_COOKIE in request.COOKIES or getattr(request, "is_preview", False)  # the picture needs it
    return {
        **context,
        "pin": pin,
        "status_url": link,
        "qr_svg": rendering.qr_svg(link),
        "due_text": format_datetime(submission.due_at),
        "due_reason": submission.due_reason,
        "submitted_text": f"Dikirim {format_datetime(submission.submitted_at)}",
        "answers": rendering.answers(submission),
        "what_happens_next": page.what_happens_next,
        "whatsapp_url": rendering.whatsapp_to_office(OfficeSettings.load(request_or_site=request).whatsapp, submission),
        "receipt_image_url": page.get_url(request) + page.reverse_subpage("show_receipt_image") if has_cookie else "",
    }
