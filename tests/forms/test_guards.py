"""A form page with tickets is not deleted, by whatever way; Wagtail's own list of submissions is closed."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import PageLogEntry

from forms.models import FormPage, Submission
from siptenan.accounts.models import User
from tests import factories
from tests.forms.officers import listed, signed_in, text

pytestmark = pytest.mark.django_db

REFUSAL = "Tidak dihapus: “Form Konsultasi HAKI” sudah mempunyai tiket"


@pytest.fixture
def client(admin):
    return signed_in(admin)


@pytest.fixture
def kalindri(form_page):
    return form_page.get_parent()


@pytest.fixture
def empty_form(site):
    """A form that nobody has sent yet."""
    return factories.make_form("kosong", title="Form Kosong", ticket_prefix="KOSONG")


def bulk(*pages) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"/cms/bulk/wagtailcore/page/delete/?next=/cms/pages/&{ids}"


class TestRefused:
    @pytest.fixture(autouse=True)
    def _nothing_is_gone(self, ticket, form_page):
        yield
        assert Submission.objects.filter(pk=ticket.pk).exists()
        assert FormPage.objects.filter(pk=form_page.pk).exists()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_in_the_pages_own_delete(self, client, form_page, method):
        response = getattr(client, method)(reverse("wagtailadmin_pages:delete", args=[form_page.pk]), follow=True)
        assert REFUSAL in text(response, "body")
        assert "Batalkan penerbitan" in text(response, "body")

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_in_the_delete_of_its_parents(self, client, kalindri, site, method):
        for page in (kalindri, site):
            response = getattr(client, method)(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
            assert REFUSAL in text(response, "body")

    def test_in_bulk_with_all_that_was_chosen(self, client, form_page, empty_form):
        response = client.post(bulk(empty_form, form_page), follow=True)
        assert REFUSAL in text(response, "body")
        assert FormPage.objects.filter(pk=empty_form.pk).exists()

    def test_in_bulk_of_the_parent_and_of_everything(self, client, kalindri):
        everything = f"/cms/bulk/wagtailcore/page/delete/?next=/cms/pages/&id=all&childOf={kalindri.get_parent().pk}"
        for url in (bulk(kalindri), everything):
            assert REFUSAL in text(client.post(url, follow=True), "body")

    def test_in_code_which_changes_nothing_at_all(self, form_page, kalindri):
        for page in (form_page, kalindri.specific):
            with pytest.raises(ProtectedError):
                page.delete()
        kalindri.refresh_from_db()
        assert kalindri.numchild == 1  # else the next delete of KALINDRI would orphan the form
        assert not PageLogEntry.objects.filter(action="wagtail.delete").exists()

    def test_whatever_became_of_its_tickets(self, client, form_page, ticket):
        Submission.objects.update(status="spam")
        response = client.post(reverse("wagtailadmin_pages:delete", args=[form_page.pk]), follow=True)
        assert REFUSAL in text(response, "body")

    def test_by_the_address_that_wagtails_scripts_could_use(self, form_page, admin, editor):
        url = reverse("wagtailadmin_api:pages:action", args=[form_page.pk, "delete"])
        for user in (admin, editor, User.objects.create_superuser("pemilik", "pemilik@example.id", "x")):
            assert signed_in(user).post(url)["Location"] == "/cms/"
            assert signed_in(user).post(url, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403

    def test_for_an_editor_too(self, editor, form_page):
        response = signed_in(editor).post(reverse("wagtailadmin_pages:delete", args=[form_page.pk]), follow=True)
        assert REFUSAL in text(response, "body")


class TestAllowed:
    def test_a_form_without_tickets_is_deleted(self, client, empty_form, ticket):
        url = reverse("wagtailadmin_pages:delete", args=[empty_form.pk])
        assert "Form Kosong" in text(client.get(url), "body")
        client.post(url)
        assert not FormPage.objects.filter(pk=empty_form.pk).exists()

    def test_forms_without_tickets_are_deleted_in_bulk(self, client, empty_form, ticket):
        another = factories.make_form("kosong-2", title="Form Kosong 2", ticket_prefix="KOSONG")
        client.post(bulk(empty_form, another))
        assert FormPage.objects.count() == 1

    def test_a_form_with_tickets_is_unpublished_and_its_tickets_stay(self, client, form_page, ticket):
        client.post(reverse("wagtailadmin_pages:unpublish", args=[form_page.pk]))
        form_page.refresh_from_db()
        assert not form_page.live
        assert client.get("/kalindri/konsultasi-haki/").status_code == 404
        assert listed(client.get("/cms/kotak-masuk/")) == [ticket.reference]
        assert client.get(f"/cms/tiket/{ticket.pk}/").status_code == 200

    def test_a_form_with_tickets_is_moved_in_bulk_actions_other_than_delete(self, client, form_page, ticket):
        client.post(f"/cms/bulk/wagtailcore/page/unpublish/?next=/cms/pages/&id={form_page.pk}")
        form_page.refresh_from_db()
        assert not form_page.live


class TestWagtailsOwnSubmissions:
    """They would list and delete tickets by the right to edit the page."""

    @pytest.mark.parametrize("who", ["admin", "editor", "officer"])
    def test_are_closed(self, request, form_page, ticket, who):
        client = signed_in(request.getfixturevalue(who))
        for url in (
            "/cms/forms/",
            "/cms/forms/results/",
            f"/cms/forms/submissions/{form_page.pk}/",
            f"/cms/forms/submissions/{form_page.pk}/results/",
            f"/cms/forms/submissions/{form_page.pk}/?export=csv",
            f"/cms/forms/submissions/{form_page.pk}/delete/?selected-submissions={ticket.pk}",
        ):
            for response in (client.get(url), client.post(url)):
                assert response.status_code in (302, 403, 404, 405), url
                assert "Batik Contoh" not in response.content.decode()
        assert Submission.objects.filter(pk=ticket.pk).exists()

    def test_are_not_in_the_menu(self, client, form_page, ticket):
        assert "/cms/forms/" not in client.get("/cms/").content.decode()
