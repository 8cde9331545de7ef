"""The yearly list of days off: what a file may look like, what is refused, and what saving it does."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import registry as log_registry

from siptenan.common import holiday_import
from siptenan.common.holiday_import import InvalidFile, LineError
from siptenan.common.models import Holiday
from siptenan.common.signals import calendar_changed

HEADING = "tanggal,nama,jenis\n"
FILE = (
    HEADING + "2027-03-10,Idul Fitri,libur_nasional\n2027-03-12,Cuti Idul Fitri,cuti_bersama\n"
    "2027-04-01,Hari Jadi,libur_daerah\n2027-12-24,Tetap buka,masuk\n"
)
IDUL_FITRI = dt.date(2027, 3, 10)


def read(text: str) -> list[tuple[str, str, str]]:
    return [(f"{day.date}", day.name, day.kind) for day in holiday_import.read(text.encode())]


def refused(content: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(InvalidFile) as refusal:
        holiday_import.read(content.encode() if isinstance(content, str) else content)
    return [(error.line, error.text) for error in refusal.value.errors]


class TestRead:
    def test_every_kind(self):
        assert read(FILE) == [
            ("2027-03-10", "Idul Fitri", "libur_nasional"),
            ("2027-03-12", "Cuti Idul Fitri", "cuti_bersama"),
            ("2027-04-01", "Hari Jadi", "libur_daerah"),
            ("2027-12-24", "Tetap buka", "masuk"),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "tanggal;nama;jenis\n01/04/2027;Hari Jadi;libur_daerah\n",
            "tanggal;nama;jenis\n1/4/2027;Hari Jadi;libur_daerah",
            "\ufefftanggal,nama,jenis\r\n2027-04-01,Hari Jadi,libur_daerah\r\n",
            "tanggal,hari,nama,jenis\n2027-04-01,Kamis,Hari Jadi,libur_daerah\n",
            "tanggal,hari,nama,jenis\n2027-04-01,bukan hari,Hari Jadi,libur_daerah\n",
            "jenis,nama,tanggal\nlibur_daerah,Hari Jadi,2027-04-01\n",
            ' Tanggal , NAMA,Jenis\n 2027-04-01 ,"Hari Jadi", Libur Daerah \n',
            "tanggal;nama;jenis\n;;\n\n01/04/2027;Hari Jadi;libur_daerah\n;;\n",
        ],
        ids=[
            "Excel in Indonesia",
            "short date",
            "BOM and CRLF",
            "with day",
            "wrong day",
            "other order",
            "untidy",
            "gaps",
        ],
    )
    def test_ways_to_write_the_same_day(self, text):
        assert read(text) == [("2027-04-01", "Hari Jadi", "libur_daerah")]

    def test_a_name_with_a_comma_in_quotes(self):
        assert read(HEADING + '2027-04-01,"Hari Jadi, ke-121",libur_daerah')[0][1] == "Hari Jadi, ke-121"

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            ("2027-02-30,A,masuk", "Tanggal “2027-02-30” tidak dikenal"),
            ("13/25/2027,A,masuk", "tidak dikenal"),
            ("10 Maret 2027,A,masuk", "Tulis seperti 2027-03-10 atau 10/03/2027"),
            (",A,masuk", "Tanggal “” tidak dikenal"),
            ("0027-03-10,A,masuk", "Tahun 27 di luar 2000 sampai 2100"),
            ("2027-03-10,,masuk", "Nama kosong"),
            (f"2027-03-10,{'x' * 121},masuk", "Nama lebih dari 120 karakter"),
            ("2027-03-10,A,libur", "Jenis “libur” tidak dikenal. Pilih libur_nasional, cuti_bersama, libur_daerah"),
            ("2027-03-10,A", "Jenis “” tidak dikenal"),
            ("2027-03-10,A,B,masuk", "lebih banyak sel"),
        ],
    )
    def test_a_wrong_row_says_where_and_what(self, row, says):
        errors = refused(f"{HEADING}2027-01-01,Benar,masuk\n{row}\n")
        assert {line for line, _ in errors} == {3}
        assert says in " ".join(text for _, text in errors)

    def test_all_errors_at_once(self):
        assert [line for line, _ in refused(f"{HEADING}x,A,masuk\n2027-01-01,B,masuk\n2027-01-02,,x\n")] == [2, 4, 4]

    def test_a_date_twice(self):
        assert refused(f"{HEADING}2027-01-01,A,masuk\n2027-01-02,B,masuk\n01/01/2027,C,masuk") == [
            (4, "Tanggal ini sudah ada di baris 2.")
        ]

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "Kolom “tanggal” tidak ada"),
            (b"tanggal,nama\n", "Kolom “jenis” tidak ada"),
            (b"tanggal,nama,jenis,ket\n", "Kolom “ket” tidak dikenal"),
            (b"tanggal,nama,nama,jenis\n", "Kolom “nama” ada lebih dari sekali"),
            (b"tanggal|nama|jenis\n", "Kolom “tanggal” tidak ada"),
            (b"tanggal,nama,jenis\n\n;;\n"[:20], "tidak berisi satu hari pun"),
            ("tanggal,nama,jenis\n2027-01-01,Hari Çaka,masuk".encode("latin-1"), "CSV UTF-8"),
            (FILE.encode("utf-16"), "CSV UTF-8"),
            (b"PK\x03\x04\x14\x00\x00\x00", "CSV UTF-8"),
            (f"{HEADING}2027-01-01,A\0B,masuk".encode(), "CSV UTF-8"),
            (HEADING.encode() + b"x" * 100_000, "lebih besar dari 100 KB"),
        ],
    )
    def test_what_is_no_such_file(self, content, says):
        assert says in " ".join(text for _, text in refused(content))


@pytest.mark.django_db
class TestSave:
    def test_adds_changes_and_leaves(self):
        Holiday.objects.create(date=IDUL_FITRI, name="Idul Fitri (perkiraan)", kind="libur_nasional")
        Holiday.objects.create(date="2027-04-01", name="Hari Jadi", kind="libur_daerah")
        other = Holiday.objects.create(date="2027-05-05", name="Tidak di berkas", kind="libur_daerah")
        days = holiday_import.read(FILE.encode())
        assert str(holiday_import.plan(days)) == "2 ditambah, 1 diubah, 1 sama"
        assert Holiday.objects.get(date=IDUL_FITRI).name == "Idul Fitri (perkiraan)", "a plan saves nothing"
        assert str(holiday_import.save(days)) == "2 ditambah, 1 diubah, 1 sama"
        assert Holiday.objects.get(date=IDUL_FITRI).name == "Idul Fitri"
        assert Holiday.objects.filter(pk=other.pk).exists()
        assert Holiday.objects.count() == 5

    def test_twice_is_the_same_as_once(self):
        holiday_import.save(holiday_import.read(FILE.encode()))
        assert str(holiday_import.save(holiday_import.read(FILE.encode()))) == "0 ditambah, 0 diubah, 4 sama"

    def test_all_or_nothing(self, monkeypatch):
        saved = []

        def third_fails(self, **kwargs):
            saved.append(self)
            if len(saved) == 3:
                raise RuntimeError("the disk is full")
            super(Holiday, self).save(**kwargs)

        monkeypatch.setattr(Holiday, "save", third_fails)
        with pytest.raises(RuntimeError, match="disk"):
            holiday_import.save(holiday_import.read(FILE.encode()))
        assert not Holiday.objects.exists()

    def test_the_history_of_a_row_knows(self):
        holiday_import.save(holiday_import.read(FILE.encode()))
        Holiday.objects.filter(date=IDUL_FITRI).update(name="lain")
        holiday_import.save(holiday_import.read(FILE.encode()))
        entries = log_registry.get_logs_for_instance(Holiday.objects.get(date=IDUL_FITRI))
        assert sorted(entry.action for entry in entries) == ["wagtail.create", "wagtail.edit"]


@pytest.fixture
def announced():
    """How often the calendar was said to have changed."""
    heard = []

    def listen(**kwargs):
        heard.append(1)

    calendar_changed.connect(listen)
    yield heard
    calendar_changed.disconnect(listen)


@pytest.mark.django_db
class TestAnnouncement:
    def test_once_for_a_whole_import(self, announced, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            holiday_import.save(holiday_import.read(FILE.encode()))
        assert len(announced) == 1

    def test_once_for_each_change(self, announced, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            day = Holiday.objects.create(date=IDUL_FITRI, name="A")
        with django_capture_on_commit_callbacks(execute=True):
            day.save()
        with django_capture_on_commit_callbacks(execute=True):
            day.delete()
        assert len(announced) == 3

    def test_not_when_nothing_changed(self, announced, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            holiday_import.plan(holiday_import.read(FILE.encode()))
        assert not announced

    @pytest.mark.django_db(transaction=True)
    def test_only_after_the_commit(self, announced):
        with transaction.atomic():
            Holiday.objects.create(date=IDUL_FITRI, name="A")
            Holiday.objects.create(date="2027-04-01", name="B")
            assert not announced
        assert len(announced) == 1

    @pytest.mark.django_db(transaction=True)
    def test_a_rollback_is_not_announced_but_what_follows_is(self, announced):
        def add_and_take_back():
            with transaction.atomic():
                Holiday.objects.create(date=IDUL_FITRI, name="A")
                transaction.set_rollback(True)

        with transaction.atomic():
            add_and_take_back()
        assert not announced
        with transaction.atomic():
            add_and_take_back()
            Holiday.objects.create(date=IDUL_FITRI, name="A")
        assert len(announced) == 1


@pytest.fixture
def upload(admin, client):
    """Send a file as the admin, or confirm a checked one."""
    client.force_login(admin)

    def send(content: str | bytes | None = None, confirm: str | None = None):
        content = content.encode() if isinstance(content, str) else content
        data = {"content": confirm} if confirm is not None else {}
        if content is not None:
            data["file"] = SimpleUploadedFile("libur.csv", content)
        response = client.post(reverse("holiday-import"), data, follow=True)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return send


class TestScreen:
    def test_check_then_save(self, upload):
        Holiday.objects.create(date=IDUL_FITRI, name="Perkiraan")
        preview = upload(FILE)
        assert "3 ditambah, 1 diubah, 0 sama" in preview.main.text
        rows = [[cell.text for cell in row.select("td")] for row in preview.select("main tbody tr")]
        assert ["Rabu, 10 Maret 2027", "Idul Fitri", "Libur nasional", "diubah"] in rows
        assert Holiday.objects.count() == 1, "a preview saves nothing"

        result = upload(confirm=preview.select_one("textarea[name=content]").text)
        assert "Impor selesai: 3 ditambah, 1 diubah, 0 sama." in result.text
        assert "Rabu, 10 Maret 2027" in result.select_one(".result-list").text, "the list of that year"
        assert Holiday.objects.count() == 4

    def test_a_confirmation_is_checked_again(self, upload):
        assert "Baris 2: Nama kosong." in upload(confirm=HEADING + "2027-01-01,,masuk").main.text
        assert not Holiday.objects.exists()

    def test_errors_by_line_and_nothing_saved(self, upload):
        alert = upload(FILE + "2027-02-30,X,masuk\n").select_one("[role=alert]")
        assert "Tidak ada yang disimpan" in alert.text
        assert "Baris 6: Tanggal “2027-02-30” tidak dikenal" in alert.text
        assert not Holiday.objects.exists()

    def test_a_thousand_errors_are_not_all_listed(self, upload):
        alert = upload(HEADING + "x,A,masuk\n" * 1000).select_one("[role=alert]")
        assert len(alert.select("li")) == 51
        assert alert.select("li")[-1].text == "dan 950 kesalahan lain"

    def test_no_file_or_an_empty_one(self, upload):
        assert "Pilih berkas CSV." in upload().main.text
        assert "Berkas ini kosong." in upload("").main.text

    def test_a_large_file(self, upload):
        assert "lebih besar dari 100 KB" in upload(HEADING + "2027-01-01,A,masuk\n" * 10_000).main.text

    def test_what_a_file_contains_is_text(self, upload):
        preview = upload(HEADING + "2027-01-01,<script>alert(1)</script>,masuk")
        assert not preview.main.find("script")
        assert "<script>alert(1)</script>" in preview.main.tbody.text


def test_a_refusal_counts_its_reasons():
    assert str(InvalidFile([LineError(1, "a"), LineError(2, "b")])) == "2 errors"
