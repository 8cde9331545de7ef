"""The menu "Gallery IKM" of the CMS."""

from __future__ import annotations

from wagtail.snippets.views.snippets import SnippetViewSetGroup

from gallery.viewsets import BusinessViewSet, ProductViewSet


class GalleryGroup(SnippetViewSetGroup):
    """Between the inbox and the regulations."""

    menu_label = "Gallery IKM"
    menu_name = "gallery-ikm"
    menu_icon = "pick"
    menu_order = 60
    items = (BusinessViewSet, ProductViewSet)
