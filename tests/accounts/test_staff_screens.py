"""Manual 2.1 to 2.3: an admin adds, changes and removes users; nobody else does."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from forms import services
from forms.models import Submission
from siptenan.accounts import roles
from siptenan.accounts.models import User
from siptenan.accounts.permissions import role_of
from tests import factories

from .helpers import is_signed_in, sign_in

USERS = "/cms/users/"
PASSWORD = "batik-jlamprang-9"


def role_pk(name: str) -> int:
    return Group.objects.get(name=name).pk


def filled_in(form_page, **values) -> dict:
    """The form for a new officer."""
    return {
        "username": "siti", "first_name": "Siti", "last_name": "Contoh", "email": "siti@example.id",
        "password1": PASSWORD, "password2": PASSWORD, "role": role_pk(roles.OFFICER),
        "assigned_forms": [form_page.pk], "is_active": "on", **values,
    }  # fmt: skip


def errors(response) -> dict[str, str]:
    """What each field complains about, as the page says it."""
    assert response.status_code == 200
    return {name: " ".join(messages) for name, messages in response.context["form"].errors.items()}


@pytest.fixture
def as_admin(client, admin) -> Client:
    client.force_login(admin)
    return client


def test_the_form_asks_what_the_manual_asks_in_indonesian(as_admin, form_page):
    soup = BeautifulSoup(as_admin.get(f"{USERS}new/").content, "html.parser")
    labels = [label.get_text(strip=True).rstrip("*") for label in soup.select("form .w-field__label")]
    assert labels == [
        "Nama pengguna", "Nama depan", "Nama belakang", "Email", "Sandi", "Ulangi sandi", "Peran",
        "Formulir yang ditangani", "Aktif",
    ]  # fmt: skip
    choices = [label.get_text(strip=True).partition(":")[0] for label in soup.select("#id_role label")]
    assert choices == ["Admin", "Editor", "Petugas"]
    assert [label.get_text(strip=True) for label in soup.select("#id_assigned_forms label")] == [form_page.title]


def test_adding_an_officer_who_then_signs_in_and_sees_his_form(as_admin, form_page, ticket):
    response = as_admin.post(f"{USERS}new/", filled_in(form_page), follow=True)
    assert "Pengguna “Siti Contoh” ditambahkan." in response.content.decode()
    user = User.objects.get(username="siti")
    assert role_of(user).name == roles.OFFICER
    assert (user.is_superuser, user.is_staff) == (False, False)
    browser = Client()
    sign_in(browser, "siti", PASSWORD)
    assert ticket.reference in browser.get("/cms/kotak-masuk/").content.decode()


@pytest.mark.parametrize("role", [roles.ADMIN, roles.EDITOR])
def test_other_roles_need_no_form(as_admin, form_page, role):
    as_admin.post(f"{USERS}new/", filled_in(form_page, role=role_pk(role), assigned_forms=[]))
    assert role_of(User.objects.get(username="siti")).name == role


def test_a_single_name_is_a_name(as_admin, form_page):
    as_admin.post(f"{USERS}new/", filled_in(form_page, last_name=""))
    assert str(User.objects.get(username="siti")) == "Siti"


def test_a_single_name_can_save_his_own_account_page(client, officer):
    client.force_login(officer)
    page = BeautifulSoup(client.get("/cms/account/").content, "html.parser")
    fields = {field["name"]: field.get("value", "") for field in page.select("#w-editor-form input[name]")}
    fields |= {field["name"]: field.select_one("[selected]")["value"] for field in page.select("#w-editor-form select")}
    fields |= {"name_email-first_name": "Suparman", "name_email-last_name": ""}
    fields = {name: value for name, value in fields.items() if name not in ("avatar-avatar", "avatar-clear")}
    client.post("/cms/account/", fields)
    officer.refresh_from_db()
    assert officer.get_full_name() == "Suparman"


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"username": ""}, "username", "harus diisi"),
        ({"username": "siti aminah"}, "username", "tanpa spasi"),
        ({"username": "ADMIN"}, "username", "sudah dipakai"),
        ({"email": "bukan surel"}, "email", "valid"),
        ({"password2": "lain-sama-sekali-9"}, "password2", "tidak sama"),
        ({"password1": "12345678901", "password2": "12345678901"}, "password2", "angka"),
        ({"password1": "pendek", "password2": "pendek"}, "password2", "10"),
        ({"role": ""}, "role", "harus diisi"),
        ({"assigned_forms": []}, "assigned_forms", "paling sedikit satu"),
        ({"username": "a\x00b"}, "username", "nol"),
        ({"first_name": "x" * 1000}, "first_name", "150"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(as_admin, form_page, values, field, words):
    found = errors(as_admin.post(f"{USERS}new/", filled_in(form_page, **values)))
    assert words in found[field]
    assert not User.objects.filter(first_name="Siti").exists()


def can_sign_in(user: User) -> bool:
    browser = Client()
    sign_in(browser, user.username)
    return is_signed_in(browser)


def test_a_name_that_differs_in_case_only_would_shut_both_out(as_admin, form_page, officer):
    """allauth refuses a sign-in that fits two users, so a second 'Petugas' would lock the first one out."""
    errors(as_admin.post(f"{USERS}new/", filled_in(form_page, username="Petugas")))
    assert can_sign_in(officer)


def test_a_page_that_is_no_form_cannot_be_assigned(as_admin, form_page, site):
    assert "assigned_forms" in errors(as_admin.post(f"{USERS}new/", filled_in(form_page, assigned_forms=[site.pk])))


def test_changing_name_role_and_forms(as_admin, form_page, officer):
    second = factories.make_form("konsultasi-siinas", title="Form Konsultasi SIINas", ticket_prefix="SIINAS")
    as_admin.post(
        f"{USERS}edit/{officer.pk}/",
        filled_in(form_page, username="petugas", password1="", password2="", assigned_forms=[second.pk]),
    )
    officer.refresh_from_db()
    assert officer.get_full_name() == "Siti Contoh"
    assert [page.pk for page in officer.assigned_forms.all()] == [second.pk]
    assert officer.check_password(factories.people.PASSWORD), "a blank password leaves the old one"


def test_the_edit_form_shows_what_is(as_admin, form_page, officer):
    soup = BeautifulSoup(as_admin.get(f"{USERS}edit/{officer.pk}/").content, "html.parser")
    assert int(soup.select_one("[name=role][checked]")["value"]) == role_pk(roles.OFFICER)
    assert [int(box["value"]) for box in soup.select("[name=assigned_forms][checked]")] == [form_page.pk]
    assert soup.select_one("[name=is_active]").has_attr("checked")
    assert not soup.select("[name=reset_second_factor]"), "he has no second factor"


def test_a_new_role_replaces_the_old(as_admin, form_page, officer):
    as_admin.post(
        f"{USERS}edit/{officer.pk}/",
        filled_in(form_page, username="petugas", password1="", password2="", role=role_pk(roles.EDITOR)),
    )
    assert [group.name for group in officer.groups.all()] == [roles.EDITOR]


def test_a_new_password_works_and_ends_the_old_sessions(as_admin, form_page, officer):
    browser = Client()
    sign_in(browser, "petugas")
    as_admin.post(f"{USERS}edit/{officer.pk}/", filled_in(form_page, username="petugas"))
    assert not is_signed_in(browser)
    sign_in(browser, "petugas", PASSWORD)
    assert is_signed_in(browser)


def test_switching_a_user_off(as_admin, form_page, officer):
    values = filled_in(form_page, username="petugas", password1="", password2="")
    del values["is_active"]
    as_admin.post(f"{USERS}edit/{officer.pk}/", values)
    assert not can_sign_in(officer)


def test_removing_a_user_keeps_what_he_did_with_his_name(as_admin, form_page, officer, ticket):
    services.assign(ticket, officer, by=officer)
    services.reply(ticket, "Ya, dapat didaftarkan.", by=officer)
    confirm = as_admin.get(f"{USERS}delete/{officer.pk}/").content.decode()
    assert "riwayatnya tetap ada dengan namanya" in confirm
    response = as_admin.post(f"{USERS}delete/{officer.pk}/", follow=True)
    assert "Pengguna “Petugas” dihapus." in response.content.decode()
    assert not User.objects.filter(pk=officer.pk).exists()
    ticket = Submission.objects.get(pk=ticket.pk)
    assert ticket.assignee is None
    assert ticket.status == "dijawab"
    page = as_admin.get(f"/cms/tiket/{ticket.pk}/").content.decode()
    assert "Ya, dapat didaftarkan." in page
    assert "Petugas" in page
    assert ModelLogEntry.objects.filter(action="wagtail.delete", object_id=str(officer.pk)).exists()


def test_the_list_shows_name_role_forms_and_last_visit(as_admin, form_page, officer):
    soup = BeautifulSoup(as_admin.get(USERS).content, "html.parser")
    headings = [cell.get_text(strip=True) for cell in soup.select("table.listing thead th")]
    assert headings == ["Nama", "Nama pengguna", "Peran", "Formulir", "Aktif", "Terakhir masuk"]
    row = next(row for row in soup.select("table.listing tbody tr") if "petugas" in row.get_text())
    assert roles.OFFICER in row.get_text()
    assert form_page.title in row.get_text()
    assert not soup.select("[data-bulk-action-checkbox]")


@pytest.mark.parametrize(("is_active", "words"), [(True, "Ya"), (False, "Tidak")])
def test_the_list_says_in_words_who_may_sign_in(as_admin, officer, is_active, words):
    User.objects.filter(pk=officer.pk).update(is_active=is_active)
    table = BeautifulSoup(as_admin.get(USERS).content, "html.parser").select_one("table.listing")
    headings = [cell.get_text(strip=True) for cell in table.select("thead th")]
    row = next(row for row in table.select("tbody tr") if "petugas" in row.get_text())
    assert row.select("td")[headings.index("Aktif")].get_text(strip=True) == words
    assert not {"True", "False"} & set(table.get_text(" ").split())


@pytest.mark.parametrize(
    "query", ["?q=petug", "?ordering=name", "?ordering=bogus", "?is_active=true", "?last_login_from=x"]
)
def test_searching_sorting_and_filtering_the_list(as_admin, officer, query):
    response = as_admin.get(f"{USERS}{query}")
    assert response.status_code == 200


def test_filtering_by_role(as_admin, officer, editor):
    page = as_admin.get(f"{USERS}?groups={role_pk(roles.EDITOR)}").content.decode()
    assert "editor" in page
    assert "petugas@" not in page
    rows = BeautifulSoup(page, "html.parser").select("table.listing tbody tr")
    assert len(rows) == 1


def test_the_list_costs_the_same_with_more_users(as_admin, form_page):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_admin.get(USERS).status_code == 200
        return len(queries)

    factories.make_staff(roles.OFFICER, "a", forms=[form_page])
    as_admin.get(USERS)
    few = cost()
    for number in range(15):
        factories.make_staff(roles.OFFICER, f"petugas{number}", forms=[form_page])
    assert cost() == few


@pytest.mark.parametrize("path", ["", "new/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/", "usage/{pk}/"])
@pytest.mark.parametrize("role", ["officer", "editor"])
def test_only_an_admin_gets_to_these_screens(request, client, officer, editor, admin, role, path):
    client.force_login(request.getfixturevalue(role))
    url = USERS + path.format(pk=admin.pk)
    for response in (client.get(url), client.post(url, {"username": "x"})):
        assert (response.status_code, response["Location"]) == (302, "/cms/")
    assert User.objects.filter(pk=admin.pk).exists()


@pytest.mark.parametrize("role", ["officer", "editor"])
def test_others_have_no_such_menu(request, client, role):
    client.force_login(request.getfixturevalue(role))
    assert USERS not in client.get("/cms/").content.decode()


def test_the_admin_has_it(as_admin):
    assert USERS in as_admin.get("/cms/").content.decode()
