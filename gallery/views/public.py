"""The pages of the catalogue: the list, a product, a business; routes of GalleryIndexPage."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template.response import TemplateResponse

from gallery import interest, qr_card, structured_data
from gallery.catalogue import detail
from gallery.models import FormerAddress, GalleryIndexPage, Product
from gallery.pictures import Photo
from siptenan.common import share_images
from siptenan.common.addresses import absolute
from siptenan.common.head import Head
from siptenan.common.models.pages import shortened

Kind = FormerAddress.Kind
CARD_FILE = "kartu.pdf"
REMEMBERED = "max-age=60"  # of a redirect, by browsers; a product may get its old name back


def product(request: HttpRequest, page: GalleryIndexPage, slug: str) -> HttpResponse:
    """The page of a product."""
    found = detail.find_product(slug)
    if found is None:
        return _former(request, page, Kind.PRODUCT, slug)
    shown = detail.product(found, request)
    interest.count_view(request, found.pk)
    photo = next(iter(shown["photos"]), None)
    description = found.description or f"{found.name} buatan {found.business.name}, Kota Pekalongan."
    own = {
        "object": found,
        "own_head": _head(f"{found.name} - {found.business.name}", description, shown["share_url"], "product", photo),
        "own_structured_data": [
            structured_data.breadcrumbs(page, found.name, shown["share_url"]),
            structured_data.of_product(found, shown["photos"]),
        ],
    }
    return page.render(request, template="gallery/product.html", context_overrides={**shown, **own})


def business(request: HttpRequest, page: GalleryIndexPage, slug: str) -> HttpResponse:
    """The page of a business."""
    found = detail.find_business(slug)
    if found is None:
        return _former(request, page, Kind.BUSINESS, slug)
    shown = detail.business(found, request)
    description = found.story or f"{found.name}, usaha di Kelurahan {found.kelurahan.name}, Kota Pekalongan."
    own = {
        "object": found,
        "own_head": _head(found.name, description, shown["share_url"], "website", shown["photo"]),
        "own_structured_data": [
            structured_data.breadcrumbs(page, found.name, shown["share_url"]),
            structured_data.of_business(found, shown["photo"]),
        ],
    }
    return page.render(request, template="gallery/business.html", context_overrides={**shown, **own})


def whatsapp(request: HttpRequest, page: GalleryIndexPage, slug: str) -> HttpResponse:
    """Count the press and lead to a chat with the seller, the message about the product already typed."""
    found = _public(slug)
    url = detail.whatsapp_to(found.business, detail.message_about(found))
    if not url:
        raise Http404
    interest.count_whatsapp(request, found.pk)
    response = HttpResponseRedirect(url)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response


def card(request: HttpRequest, page: GalleryIndexPage, slug: str) -> HttpResponse:
    """A card with the QR code of a product to print, as a PDF."""
    found = _public(slug)
    content = qr_card.pdf(found, absolute(detail.product_url(found.slug)))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="kartu-{found.slug}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _public(slug: str) -> Product:
    found = detail.find_product(slug)
    if found is None:
        raise Http404
    return found


def _head(title: str, description: str, url: str, kind: str, photo: Photo | None) -> Head:
    """The head of a product or business; without a photo it shows the picture of the whole site."""
    picture: dict[str, Any] = {"image_url": absolute(share_images.site_picture_url())}
    if photo and photo.shared_url:
        width, height = photo.shared_size
        picture = {
            "image_url": absolute(photo.shared_url),
            "image_width": width,
            "image_height": height,
            "image_type": "image/jpeg",
        }
    return Head(
        title=title, description=shortened(description), url=url, type=kind, page_number=1, image_alt=title, **picture
    )


def _former(request: HttpRequest, page: GalleryIndexPage, kind: Kind, slug: str) -> HttpResponse:
    """Lead on from an address of before; what was deleted is gone, what is hidden or never was is not found."""
    moved = detail.former(kind, slug)
    if moved is None:
        raise Http404
    if moved.url:
        query = request.META.get("QUERY_STRING", "")
        redirect = HttpResponsePermanentRedirect(f"{moved.url}?{query}" if query else moved.url)
        redirect["Cache-Control"] = REMEMBERED
        return redirect
    context = {"near": detail.near(slug), "index_url": page.get_url(request), "kind": kind.label}
    return TemplateResponse(request, "gallery/gone.html", context, status=410, headers={"Cache-Control": "no-store"})
