"""The template library: forms to start from. Each is data in a module of its own; a draft made of one is a form like
any other, and nothing remembers where it came from.
"""

from __future__ import annotations

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from forms.library.complaint import COMPLAINT
from forms.library.consultation import CONSULTATION
from forms.library.rows import FormTemplate
from forms.library.satisfaction import SATISFACTION
from forms.library.training import TRAINING
from forms.models import FormField, FormPage
from siptenan.accounts.models import User

TEMPLATES = {template.code: template for template in (CONSULTATION, COMPLAINT, TRAINING, SATISFACTION)}

__all__ = ["TEMPLATES", "FormTemplate", "make_page", "start"]


def make_page(template: FormTemplate) -> FormPage:
    """Return a page of the template, not stored."""
    page = FormPage(live=False, **template.page)
    page.form_fields = [FormField(sort_order=order, **row) for order, row in enumerate(template.rows)]
    return page


def start(template: FormTemplate, parent: Page, by: User) -> FormPage:
    """Store a draft of the template below a page, under the first free address, and return it."""
    page = make_page(template)
    page.slug = find_available_slug(parent, slugify(page.title))
    page.owner = by
    parent.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page
