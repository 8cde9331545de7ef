"""The screens of the CMS for businesses and products."""

from __future__ import annotations

from wagtail.admin.ui.tables import DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from gallery.models import Business, Product


class BusinessViewSet(SnippetViewSet):
    """Usaha."""

    model = Business
    base_url_path = "gallery/usaha"
    icon = "group"
    menu_label = "Usaha"
    list_display = ["name", "kelurahan", "commodity", DateColumn("created_at", label="Dicatat", sort_key="created_at")]
    list_filter = ["kelurahan", "commodity", "live"]
    search_fields = ["name", "contact_name"]
    search_backend_name = None
    copy_view_enabled = False


class ProductViewSet(SnippetViewSet):
    """Produk."""

    model = Product
    base_url_path = "gallery/produk"
    icon = "tag"
    menu_label = "Produk"
    list_display = ["name", "business", "commodity", DateColumn("created_at", label="Dicatat", sort_key="created_at")]
    list_filter = ["commodity", "stock", "live"]
    search_fields = ["name", "business__name"]
    search_backend_name = None
    copy_view_enabled = False
