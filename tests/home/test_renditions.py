"""Pictures are made when a page is published: a visitor's request makes none."""

from __future__ import annotations

import pytest
from wagtail.images.tests.utils import get_test_image_file

from home.models import StandardPage
from siptenan.common.models import SiteImage, SiteRendition
from tests.factories import publish

pytestmark = pytest.mark.django_db


def image() -> SiteImage:
    return SiteImage.objects.create(title="Kain", file=get_test_image_file(size=(900, 600)))


@pytest.mark.parametrize("where", ["home", "standard"])
def test_a_visit_makes_no_picture(site, client, where):
    figure = ("figure", {"image": image(), "alt": "Kain", "caption": ""})
    if where == "home":
        site.body = [*((block.block_type, block.value) for block in site.body), figure]
        page = site
        page.save_revision().publish()
    else:
        page = publish(site, StandardPage(title="Contoh", slug="contoh", body=[figure]))
    made = set(SiteRendition.objects.values_list("filter_spec", flat=True))
    assert len(made) == 3
    html = client.get(page.url).content.decode()
    assert html.count("/media/images/") >= 3
    assert set(SiteRendition.objects.values_list("filter_spec", flat=True)) == made
