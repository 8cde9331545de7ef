"""The questions that a registration is made of cannot be lost in the page editor; all else is the editor's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.http import HttpResponse, QueryDict

from forms import groups
from forms.builder import PublicForm
from forms.models import FormPage
from gallery.registration import CORE_QUESTIONS
from tests.factories import make_form, make_gallery_form, make_registration
from tests.forms.cms_forms import PageEditor
from tests.gallery.registering import record_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_editor(client, editor) -> PageEditor:
    client.force_login(editor)
    return PageEditor(client, make_gallery_form())


def row(page_editor: PageEditor, label: str) -> str:
    """The beginning of the names of the fields of a question."""
    labels = [field.label for field in page_editor.latest().form_fields.all()]
    return f"form_fields-{labels.index(label)}"


def says(response: HttpResponse) -> str:
    assert response.status_code == 200, "it was not refused"
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def published(page_editor: PageEditor) -> dict[str, str]:
    rows = FormPage.objects.get(pk=page_editor.page.pk).form_fields.all()
    return {field.clean_name: field.field_type for field in rows}


def test_the_form_has_all_of_them(page_editor):
    assert CORE_QUESTIONS.items() <= published(page_editor).items()


@pytest.mark.parametrize("publish", [True, False])
def test_it_cannot_be_deleted(page_editor, publish):
    """Each of them, in one press; every one is named."""
    rows = FormPage.objects.get(pk=page_editor.page.pk).form_fields.filter(clean_name__in=CORE_QUESTIONS)
    before = (published(page_editor), page_editor.revision())
    gone = {f"{row(page_editor, question.label)}-DELETE": "1" for question in rows}
    said = says(page_editor.save(publish=publish, **gone))
    assert len(rows) == len(CORE_QUESTIONS)
    assert [q.label for q in rows if f"Pertanyaan inti “{q.label}” tidak boleh dihapus." not in said] == []
    assert (published(page_editor), page_editor.revision()) == before


def test_one_alone_cannot_be_deleted(page_editor):
    said = says(page_editor.save(**{f"{row(page_editor, 'NIK')}-DELETE": "1"}))
    assert said.count("tidak boleh dihapus") == 1
    assert "nik" in published(page_editor)


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize(
    ("label", "kind"),
    [("NIK", "singleline"), ("Kelurahan", "dropdown")],  # a dropdown without choices is wrong besides
)
def test_it_cannot_be_given_another_type(page_editor, label, kind, publish):
    before = (published(page_editor), page_editor.revision())
    response = page_editor.save(publish=publish, **{f"{row(page_editor, label)}-field_type": kind})
    said = says(response)
    assert f"Jenis pertanyaan inti “{label}” tidak boleh diganti." in said
    assert "tidak boleh dihapus" not in said
    assert (published(page_editor), page_editor.revision()) == before


def test_it_cannot_be_replaced_by_another_one_of_its_name(page_editor):
    """Taken out and asked anew under the same label, a question would have another key, and so no meaning."""
    first = len(page_editor.latest().form_fields.all())
    new = {"id": "", "ORDER": str(first + 1), "DELETE": "", "label": "Nama Usaha", "field_type": "singleline"}
    changes = {f"form_fields-{first}-{name}": value for name, value in new.items()}
    changes |= {"form_fields-TOTAL_FORMS": str(first + 1), f"{row(page_editor, 'Nama Usaha')}-DELETE": "1"}
    assert page_editor.save(**changes).status_code == 200
    assert published(page_editor)["nama_usaha"] == "singleline"


def test_words_and_questions_of_their_own_are_the_editors(page_editor):
    page_editor.rename("Nama Usaha", "Nama Usaha Anda")
    page_editor.add("Punya toko daring?", kind="singleline", required="")
    assert "punya_toko_daring" in published(page_editor)
    page_editor.delete("Punya toko daring?")
    assert "punya_toko_daring" not in published(page_editor)
    form = FormPage.objects.get(pk=page_editor.page.pk)
    assert record_of(make_registration(form)).business.name == "Tempe Contoh Jaya"


# --- What they ask beyond their type --------------------------------------------------------------


@pytest.fixture
def asked(site) -> Callable[..., PublicForm]:
    """Return a function that fills in the Gallery form with these answers and no other."""
    page = make_gallery_form()

    def fill_in(**typed: str) -> PublicForm:
        data = QueryDict(mutable=True)
        data.update(typed)
        return page.form_class.for_data(data)(data, page=page)

    return fill_in


@pytest.mark.parametrize("key", ["jumlah_tenaga_kerja_laki_laki", "jumlah_tenaga_kerja_perempuan"])
def test_nobody_is_half_a_worker(asked, key):
    for typed in ("2,5", "2.5", "0,1"):
        assert asked(**{key: typed}).errors[key] == ["Tulis angka bulat, tanpa koma. Contoh: 3."]
    form = asked(**{key: "2"})
    assert key not in form.errors
    assert 'inputmode="numeric"' in str(form[key])


@pytest.mark.parametrize("typed", ["3375014101900001", "9" * 20, "-1"])
@pytest.mark.parametrize(
    "key",
    [
        "modal_awal", "pendapatan_bulan", "harga", "nilai_bahan_baku_bulan", "nilai_bahan_penolong_bulan",
        "jumlah_tenaga_kerja_laki_laki", "jumlah_tenaga_kerja_perempuan", "kapasitas_produksi_bulan",
        "jumlah_bahan_baku_bulan", "jumlah_bahan_bakar_bulan",
    ],
)  # fmt: skip
def test_a_number_that_nobody_can_mean_is_refused(asked, key, typed):
    """A NIK in the wrong box, or a slip of the finger: more than a column holds, or less than nothing."""
    is_amount = key.startswith(("kapasitas", "jumlah_bahan"))
    given = {f"{key}-value": typed, f"{key}-unit": "kg"} if is_amount else {key: typed}
    (said,) = asked(**given).errors[key]
    assert ("kurang dari" in said or "paling sedikit 0" in said) if typed == "-1" else "paling banyak" in said


def test_a_price_is_at_most_what_the_catalogue_takes(asked):
    assert asked(harga="10.000.000.001").errors["harga"] == ["Harga terlalu besar: paling banyak Rp 10.000.000.000."]
    assert "harga" not in asked(harga="10.000.000.000").errors


def test_the_first_year_of_a_business_has_begun(asked):
    """The year of Pekalongan: at half past midnight of 1 January it is still December in London."""
    with time_machine.travel(dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)):
        assert asked(tahun_berdiri="2027").errors["tahun_berdiri"] == [
            "Tahun Berdiri harus empat angka, antara 1900 dan 2026."
        ]
        assert "tahun_berdiri" not in asked(tahun_berdiri="2026").errors
        form = asked(tahun_berdiri="2027")
        with time_machine.travel(dt.datetime(2026, 12, 31, 17, 30, tzinfo=dt.UTC)):
            assert "tahun_berdiri" not in form.errors  # a form that was built the day before


def test_what_is_made_is_counted_in_units_of_goods(asked):
    form = asked()
    offered = {code for code, _ in form.fields["kapasitas_produksi_bulan"].parts[1].field.choices}
    assert {"kg", "potong", "kodi", "bungkus", "m"} <= offered
    assert offered.isdisjoint({"rupiah", "orang", "kWh"})
    fuel = {code for code, _ in form.fields["jumlah_bahan_bakar_bulan"].parts[1].field.choices}
    assert "kWh" in fuel


def test_a_form_of_questions_leaves_these_to_its_editor(site):
    rows = [
        {"label": "Tahun Berdiri", "field_type": "year"},
        {"label": "Jumlah Tenaga Kerja Perempuan", "field_type": "number"},
    ]
    page = make_form("lain", rows, title="Lain")
    data = QueryDict("tahun_berdiri=2150&jumlah_tenaga_kerja_perempuan=2,5")
    assert page.form_class(data, page=page).errors == {}


def test_they_hold_in_each_copy_of_a_group_too(site):
    page = make_gallery_form()
    order = page.form_fields.get(clean_name="nama_produk").sort_order
    page.form_fields.filter(clean_name="jumlah_tenaga_kerja_perempuan").update(sort_order=order)
    page = FormPage.objects.get(pk=page.pk)
    data = QueryDict("produk=2&jumlah_tenaga_kerja_perempuan__2=2,5", mutable=True)
    data[groups.control(next(row for row in page.questions() if row.key == "produk"))] = "2"
    form = page.form_class.for_data(data)(data, page=page)
    assert form.errors["jumlah_tenaga_kerja_perempuan__2"] == ["Tulis angka bulat, tanpa koma. Contoh: 3."]
