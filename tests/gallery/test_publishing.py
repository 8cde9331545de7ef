"""What becomes public, and what is taken back."""

from __future__ import annotations

import pytest

from gallery.models import Business, CatalogueEntry, FormerAddress, Product
from gallery.publishing import free_slug
from tests.factories import make_business, make_product

pytestmark = pytest.mark.django_db


def listed() -> set[str]:
    return set(CatalogueEntry.objects.filter(is_listed=True).values_list("name", flat=True))


def test_a_product_is_listed_while_it_and_its_business_are_live():
    business = make_business(live=False)
    product = make_product(business, live=False)
    assert listed() == set()
    business.save_revision().publish()
    assert listed() == set()
    product.save_revision().publish()
    assert listed() == {"Kain Batik Contoh"}
    business.refresh_from_db()
    business.unpublish()
    assert listed() == set()
    business.save_revision().publish()
    assert listed() == {"Kain Batik Contoh"}
    product.refresh_from_db()
    product.unpublish()
    assert listed() == set()


def test_a_hidden_product_leaves_nothing_of_itself_in_the_catalogue():
    product = make_product(make_business(), "Sarung Contoh")
    product.unpublish()
    entry = CatalogueEntry.objects.get(product_id=product.pk)
    assert (entry.name, entry.slug, entry.business_name, entry.text, entry.picture) == ("", "", "", "", {})


def test_a_deleted_one_leaves_only_its_addresses():
    business = make_business()
    product = make_product(business)
    slugs = {product.slug, business.slug}
    business.delete()
    assert not Product.objects.exists()
    assert listed() == set()
    assert set(FormerAddress.objects.filter(target_id=None).values_list("slug", flat=True)) == slugs


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Kain Batik", "kain-batik"), ("Tempe “Enak”!", "tempe-enak"), ("布", "tanpa-nama"), ("x" * 200, "x" * 160)],
)
def test_an_address_is_made_from_the_name(name, wanted):
    assert free_slug(Product, name) == wanted


def test_no_address_is_given_twice_not_even_after_the_first_is_gone():
    business = make_business()
    first, second = make_product(business, "Sarung"), make_product(business, "Sarung")
    assert (first.slug, second.slug) == ("sarung", "sarung-2")
    first.delete()
    assert free_slug(Product, "Sarung") == "sarung-3"
    assert free_slug(Business, "Sarung") == "sarung"
    assert free_slug(Product, "Sarung", pk=second.pk) == "sarung-2"
