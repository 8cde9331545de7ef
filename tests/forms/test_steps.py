"""Forms of sections and steps, without JavaScript: nothing typed is lost, nothing hidden blocks a send."""

from __future__ import annotations

import pytest

from forms import rendering
from forms.models import Submission
from siptenan.common import generation
from siptenan.common.models import Unit
from tests.factories import make_form
from tests.forms.long_form import FIRST, LAST, TYPED, URL, ask, make, sent, walk
from tests.forms.phone import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unit(site):
    Unit.objects.create(code="x-kodi", name="kodi contoh")
    generation.forget()


# --- Steps ----------------------------------------------------------------------------------------


def test_each_section_is_a_step():
    """A2."""
    make()
    phone = Phone(URL)
    assert (phone.heading, phone.progress, phone.labels) == ("Diri", "Langkah 1 dari 3", ["Nama", "Rumah"])
    assert "Siapa Anda." in phone.form.get_text()
    assert phone.buttons == ["lanjut", "simpan"]
    phone.press("lanjut", **FIRST)
    assert (phone.response.status_code, phone.heading, phone.progress) == (200, "Usaha", "Langkah 2 dari 3")
    assert phone.labels == ["Punya NIB", "NIB", "Hasil"]
    assert phone.buttons == ["lanjut", "kembali", "simpan"]
    assert phone.page.select_one("progress")["value"] == "2"
    phone.press("lanjut", punya_nib="Ya", nib="1234567890123")
    assert (phone.heading, phone.progress) == ("Izin", "Langkah 3 dari 4")
    phone.press("lanjut", tahun_izin="2015")
    assert phone.buttons == ["periksa", "kembali", "simpan"]
    assert Submission.objects.count() == 0


def test_the_whole_way_makes_one_ticket():
    make()
    phone = walk()
    assert phone.kept() == TYPED
    ticket = sent(phone)
    assert ticket.answers["butuh"] == ["Merek", "Halal"]
    assert ticket.answers["hasil"] == {"value": "1500", "unit": "x-kodi", "unit_name": "kodi contoh"}
    assert ticket.answers["sumber"] == "poster"
    assert (ticket.contact_name, ticket.status) == ("Ibu Contoh", "baru")
    assert {"diri", "bacalah", "usaha"}.isdisjoint(ticket.answers)


def test_without_a_page_to_check_the_last_step_sends():
    make(check=False)
    phone = walk(nib="Tidak")
    assert phone.buttons == ["kirim", "kembali", "simpan"]
    assert sent(phone).answers["punya_nib"] == "Tidak"


def test_back_and_forth_keeps_everything_and_complains_of_nothing():
    make()
    phone = walk()
    for action in ["kembali", "kembali", "kembali", "kembali"]:
        phone.press(action)
        assert phone.kept() == TYPED
        assert (phone.response.status_code, phone.errors) == (200, {})
    assert phone.heading == "Diri"
    for _ in range(3):
        phone.press("lanjut")
        assert phone.kept() == TYPED
    phone.press("kembali", butuh=["Pelatihan"], nilai__1="Kurang")
    phone.press("lanjut")
    assert (phone.kept()["butuh"], phone.kept()["nilai-1"]) == (["Pelatihan"], ["Kurang"])


def test_what_is_half_typed_goes_back_too():
    make()
    phone = Phone(URL)
    phone.press("lanjut", **FIRST)
    phone.press("kembali", punya_nib="Ya", nib="12", hasil__value="dua")
    assert phone.errors == {}
    phone.press("lanjut")
    assert (phone.kept()["nib"], phone.kept()["hasil-value"]) == (["12"], ["dua"])
    assert phone.errors == {}


def test_nothing_grows_on_the_way():
    """A value that is carried twice would be sent twice as often each time."""
    make()
    phone = walk()
    for action in ("kembali", "lanjut", "ke:nama", "lanjut", "kembali"):
        phone.press(action)
        assert {name: len(values) for name, values in phone.kept().items()} == {
            name: len(values) for name, values in TYPED.items()
        }


# --- Errors ---------------------------------------------------------------------------------------


def test_only_what_has_been_seen_is_wrong():
    make()
    phone = Phone(URL)
    phone.press("lanjut", rumah__street="Jl. Contoh")
    assert (phone.response.status_code, phone.heading) == (422, "Diri")
    assert phone.errors == {
        "#id_nama": "Nama belum diisi.",
        "#id_rumah_4": "Rumah: Kota atau kabupaten belum diisi.",
    }
    phone.press("lanjut", **FIRST)
    assert (phone.response.status_code, phone.errors, phone.heading) == (200, {}, "Usaha")


def test_a_link_of_the_summary_never_leads_nowhere():
    """Two steps are wrong: the first is shown with its errors, then the other with its own."""
    make()
    phone = walk()
    phone.press("ke:nama")
    phone.press("kirim", nama="", nib="1", tahun_izin="dua ribu")
    assert (phone.response.status_code, phone.heading) == (422, "Diri")
    assert list(phone.errors) == ["#id_nama"]
    phone.press("kirim", nama="Ibu Contoh")
    assert (phone.heading, list(phone.errors)) == ("Usaha", ["#id_nib"])
    assert all(phone.page.select(link) for link in phone.errors)
    phone.press("kirim", nib="1234567890123")
    assert (phone.heading, list(phone.errors)) == ("Izin", ["#id_tahun_izin"])
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("action", ["kirim", "periksa", "xyz", ""])
def test_whoever_skips_the_steps_is_led_to_the_first_fault(action):
    make()
    phone = Phone(URL)
    phone.press(action, **FIRST)
    assert (phone.response.status_code, phone.heading) == (422, "Usaha")
    assert phone.errors == {"#id_punya_nib_0": "Punya NIB belum dipilih."}
    assert phone.kept()["nama"] == ["Ibu Contoh"]
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("number", ["0", "-1", "99", "abc", "", "1e9", "²", "9" * 400, "2; DROP"])
@pytest.mark.parametrize("action", ["lanjut", "kembali", "periksa", "kirim", "ke:nama"])
def test_a_forged_number_of_a_step_breaks_nothing(number, action):
    make()
    phone = walk()
    phone.press("kembali")
    phone.press(action, langkah=number)
    assert phone.response.status_code in (200, 303)
    if phone.response.status_code == 200:
        assert phone.kept() == TYPED


FORGED = ["ke:", "ke:tidak_ada", "ke:<script>", "ke:kunci_formulir", "KE:nama", "\0", "x" * 9999]


@pytest.mark.parametrize("action", FORGED)
def test_a_forged_action_breaks_nothing(action):
    make()
    phone = walk()
    phone.press(action)
    assert phone.response.status_code == 200
    assert phone.kept() == TYPED
    assert "<script>alert" not in phone.response.content.decode()


# --- A3: conditions -------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["single", "steps"])
@pytest.mark.parametrize("check", [True, False])
def test_a_hidden_required_question_never_blocks(layout, check):
    """A3, without JavaScript: NIB, and the section of licences with its required year."""
    make(layout, check)
    phone = Phone(URL)
    if layout == "single":
        phone.press("kirim", punya_nib="Tidak", **FIRST, **LAST)
    else:
        phone = walk(nib="Tidak")
        phone.press("kirim")
    assert phone.response.status_code == 303
    ticket = Submission.objects.get()
    assert (ticket.answers["nib"], ticket.answers["tahun_izin"]) == ("", "")
    shown = [answer.label for answer in rendering.answers(ticket)]
    assert "NIB" not in shown
    assert "Tahun izin" not in shown


@pytest.mark.parametrize("layout", ["single", "steps"])
def test_what_is_hidden_is_not_stored_however_wrong_it_is(layout):
    make(layout)
    phone = Phone(URL)
    typed = {name.replace("-", "__"): values for name, values in TYPED.items()}
    phone.press("kirim", **{**typed, "punya_nib": "Tidak", "nib": "salah", "tahun_izin": "salah"})
    assert phone.response.status_code == 303
    assert Submission.objects.get().answers["nib"] == ""


def test_a_shown_required_question_is_required_on_one_page_too():
    make("single", check=False)
    phone = Phone(URL)
    phone.press("kirim", punya_nib="Ya", **FIRST, **LAST)
    assert phone.response.status_code == 422
    assert set(phone.errors) == {"#id_nib", "#id_tahun_izin"}


def test_one_page_tells_the_conditions_in_words():
    make("single")
    phone = Phone(URL)
    words = [element.get_text(strip=True) for element in phone.page.select(".field-condition")]
    assert words == ["Hanya bila “Punya NIB” dijawab “Ya”."] * 2
    assert len(phone.page.select("[data-show-if]")) == 2


def test_an_answer_that_hides_a_step_and_shows_it_again_keeps_what_was_typed_there():
    make()
    phone = walk()
    phone.press("ke:punya_nib")
    phone.press("lanjut", punya_nib="Tidak")
    assert (phone.heading, phone.progress) == ("Pilihan", "Langkah 3 dari 3")
    phone.press("periksa")
    assert "Tahun izin" not in phone.checked
    assert "NIB" not in phone.checked
    phone.press("ke:punya_nib")
    phone.press("lanjut", punya_nib="Ya")
    assert phone.heading == "Izin"
    assert phone.kept() == TYPED


def test_a_form_whose_sections_are_all_hidden_can_still_be_sent():
    never = {"show_if_key": "sumber", "show_if_operator": "equals", "show_if_values": "radio"}
    make(rows=[ask("Sumber", "hidden", required=False), ask("Satu", "section", **never), ask("Nama")])
    phone = Phone(URL)
    assert phone.response.status_code == 200
    phone.press("kirim")
    assert phone.response.status_code == 303
    assert Submission.objects.get().answers == {"sumber": "", "nama": ""}


def test_steps_without_sections_are_one_step():
    make(rows=[ask("Nama"), ask("Kota")])
    phone = Phone(URL)
    assert (phone.labels, phone.buttons) == (["Nama", "Kota"], ["periksa", "simpan"])
    phone.press("periksa", nama="Ibu", kota="Pekalongan")
    assert phone.checked == {"Nama": "Ibu", "Kota": "Pekalongan"}
    assert sent(phone).answers == {"nama": "Ibu", "kota": "Pekalongan"}


# --- B9: checking ---------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["single", "steps"])
def test_the_page_for_checking_shows_every_answer(layout):
    """B9."""
    make(layout)
    phone = Phone(URL)
    if layout == "steps":
        phone = walk()
    else:
        typed = {name.replace("-", "__"): values for name, values in TYPED.items()}
        phone.press("periksa", **typed)
    shown = phone.checked
    assert list(shown) == ["Nama", "Rumah", "Punya NIB", "NIB", "Hasil", "Tahun izin", "Butuh", "Nilai", "Setuju"]
    assert shown["Rumah"] == "Jl. Contoh 1, Pekalongan"
    assert shown["Hasil"] == "1.500 kodi contoh"
    assert shown["Butuh"] == "Merek, Halal"
    assert shown["Nilai"] == "Cepat: Baik"
    assert shown["Setuju"].startswith("Setuju, ")
    titles = [title.get_text() for title in phone.page.select(".check-section h2")]
    assert titles == ["Diri", "Usaha", "Izin", "Pilihan"]
    assert phone.kept() == TYPED
    assert Submission.objects.count() == 0


def test_an_empty_answer_is_shown_as_empty():
    make()
    assert walk(nib="Tidak").checked["Hasil"] == "Tidak diisi"


@pytest.mark.parametrize("layout", ["single", "steps"])
@pytest.mark.parametrize("key", ["nama", "rumah", "hasil", "butuh", "setuju"])
def test_change_leads_to_the_question_and_keeps_all_answers(layout, key):
    """B9."""
    make(layout)
    typed = {name.replace("-", "__"): values for name, values in TYPED.items()}
    phone = Phone(URL)
    phone.press("periksa", **typed)
    button = phone.form.select_one(f"button[value='ke:{key}']")
    assert button.get_text(" ", strip=True).startswith("Ubah ")
    phone.press(button["value"])
    assert phone.response.status_code == 200
    assert phone.page.select(f".fields [data-question={key}]")
    assert phone.kept() == TYPED
    phone.press("periksa", nama="Bapak Contoh")
    assert (phone.checked["Nama"], phone.checked["Butuh"]) == ("Bapak Contoh", "Merek, Halal")


def test_a_change_leads_straight_back_to_the_page_for_checking():
    make()
    phone = walk()
    phone.press("ke:nama")
    assert phone.buttons == ["periksa", "simpan"]
    onward = phone.form.select_one("button[value=periksa]")
    assert onward.get_text() == "Simpan dan kembali ke pemeriksaan"
    phone.press("periksa", nama="")
    assert (phone.response.status_code, list(phone.errors)) == (422, ["#id_nama"])
    assert phone.buttons == ["periksa", "simpan"]
    phone.press("periksa", nama="Ibu Lain")
    assert phone.checked["Nama"] == "Ibu Lain"
    assert sent(phone).answers["nama"] == "Ibu Lain"


def test_a_change_that_asks_more_leads_to_the_new_question_and_then_back():
    make()
    phone = walk(nib="Tidak")
    phone.press("ke:punya_nib")
    phone.press("periksa", punya_nib="Ya", nib="1234567890123")
    assert (phone.response.status_code, phone.heading) == (422, "Izin")
    phone.press("periksa", tahun_izin="2015")
    assert phone.checked["Tahun izin"] == "2015"


def test_enter_on_a_form_with_a_page_to_check_leads_there():
    make("single", rows=[ask("Nama")])
    phone = Phone(URL)
    phone.press(None, nama="Ibu")
    assert phone.checked == {"Nama": "Ibu"}


def test_a_browser_may_keep_neither_nik_nor_file_nor_consent(site):
    page = make_form(
        "draf",
        [
            {"label": "Nama", "field_type": "singleline"},
            {"label": "Jumlah", "field_type": "quantity"},
            {"label": "NIK", "field_type": "nik"},
            {"label": "Foto", "field_type": "photo"},
            {"label": "Setuju", "field_type": "consent", "text": "Data dipakai."},
            {"label": "Asal", "field_type": "hidden"},
        ],
    )
    form = page.form_class(page=page)
    assert form.kept_names == "nama jumlah-value jumlah-unit"
    assert form.has_private
