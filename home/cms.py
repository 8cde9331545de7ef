"""How the CMS presents itself to three officers: the office's name and colours, no menus for developers."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

# Links to Wagtail's own release notes and its guide in English.
HIDDEN_MENU_ITEMS = frozenset({"help"})


def stylesheet() -> SafeString:
    """Wagtail hook `insert_global_admin_css`."""
    return format_html('<link rel="stylesheet" href="{}">', static("siptenan/css/cms.css"))


def date_script() -> SafeString:
    """Wagtail hook `insert_global_admin_js`: a date stays as it was typed (js/cms-dates.js)."""
    return format_html('<script src="{}"></script>', static("siptenan/js/cms-dates.js"))


def hide_menu_items(request: HttpRequest, menu_items: list) -> None:
    """Wagtail hook `construct_main_menu`."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_MENU_ITEMS]


def translate_fixed_labels() -> None:
    """Give Indonesian labels to the link dialogs of the editor, which have none and so show their field names."""
    from wagtail.admin.forms import choosers

    labels = {
        "link_text": "Teks tautan",
        "email_address": "Alamat email",
        "subject": "Perihal",
        "body": "Isi",
        "phone_number": "Nomor telepon",
    }
    for form in (
        choosers.ExternalLinkChooserForm,
        choosers.AnchorLinkChooserForm,
        choosers.EmailLinkChooserForm,
        choosers.PhoneLinkChooserForm,
    ):
        for name, field in form.base_fields.items():
            field.label = labels.get(name, field.label)
