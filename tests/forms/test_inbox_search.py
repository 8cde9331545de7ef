"""Finding a ticket (D4): by a part of anything, by filters that combine, and with whatever nonsense is asked."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from forms import services
from forms.enums import Status
from forms.references import FormToken
from siptenan.accounts import roles
from siptenan.common.dates import WIB
from tests import factories
from tests.forms.officers import listed, many, signed_in, text

ALL = "/cms/kotak-masuk/semua/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def rara(form_page):
    """The ticket to be found."""
    return factories.make_ticket(
        form_page,
        **{
            "Nama Usaha/Perusahaan": "Batik Jlamprang Éka 100%",
            "Nama Lengkap": "Rara Wulandari",
            "Alamat": "Jl. Hayam_Wuruk 7",
            "Pertanyaan": 'Kelas "merek" untuk sarung cap, modal Rp 1.500.000 😀?',
            "Nomor WhatsApp": "+6281234567890",
            "Email": "rara@contoh.id",
        },
    )


@pytest.fixture
def client(officer, rara, form_page):
    """The browser of an officer, in whose inbox are the ticket to be found and one that is not."""
    factories.make_ticket(
        form_page,
        **{
            "Nama Usaha/Perusahaan": "Tempe Mulia",
            "Nama Lengkap": "Bagas",
            "Alamat": "Jl. HayamxWuruk 9",
            "Pertanyaan": "Berapa biayanya?",
            "Nomor WhatsApp": "+6285711112222",
        },
    )
    return signed_in(officer)


def found(client, **asked) -> list[str]:
    response = client.get(ALL, asked)
    assert response.status_code == 200
    return listed(response)


def answers(client, queries: list[str]) -> dict[str, list[str]]:
    """What each query finds: compared as a whole, so that a failure names every query that is wrong."""
    return {query: found(client, q=query) for query in queries}


def test_a_part_of_anything_finds_it(client, rara):
    queries = [
        "jlampr", "JLAMPRANG", "éka", "ÉKA", "Wulan", "rara wulandari", "wulandari rara", "  rara  ",
        "sarung", "merek cap", '"merek"', "1.500.000", "😀", "100%", "hayam_wuruk", "rara@contoh.id",
        "0812", "62812", "+62812", "0812 3456 7890", "0812-3456-7890", "0812.3456.7890", "+62 812-3456-7890",
        "(0812) 3456", "34567890", "3456-78", "rara 0812", "_", "%",
    ]  # fmt: skip
    assert answers(client, queries) == {query: [rara.reference] for query in queries}


def test_its_number_finds_it_however_it_is_written(client, rara):
    number = rara.reference
    written = [number, number.lower(), number.replace("-", ""), number.replace("-", " "), number[5:], number[3:12]]
    assert answers(client, written) == {query: [number] for query in written}


def test_what_the_visitor_added_finds_it(client, rara):
    services.add_information(rara, "Nama Motifnya: BUKETAN Pesisir")
    queries = ["buketan", "Buketan merek"]
    assert answers(client, queries) == {query: [rara.reference] for query in queries}


def test_the_answers_of_a_changed_repeat_find_it_too(client, form_page):
    token, asked = FormToken("ulang", form_page.pk, time.time() - 60), form_page.questions()
    first = {"alamat": "Jl. Pertama", "nomor_whatsapp": "+6281300000001"}
    changed = {"alamat": "Jl. KEDUA", "nomor_whatsapp": "+6281399999999"}
    for given in (first, changed):
        ticket = services.submit(form_page, asked, given, token, channel="web")
    queries = ["pertama", "kedua", "0813-0000", "0813 9999 9999", "62813999"]
    assert answers(client, queries) == {query: [ticket.reference] for query in queries}


def test_what_is_not_in_it_does_not(client):
    queries = ["rara tempe", "hayam%wuruk", "100 %x", "'", "0813", "' OR 1=1 --", "\\"]
    assert answers(client, queries) == {query: [] for query in queries}


def test_no_question_is_too_strange(client):
    queries = ["x" * 10_000, "kata " * 3_000, "%" * 500, "'\"\\;--", "🧵" * 300, "[", "*", "\u202e"]
    assert answers(client, queries) == {query: [] for query in queries}


def test_a_question_pasted_whole_finds_its_ticket(officer, form_page):
    question = "Apakah usaha saya " + " ".join(f"kata{number}" for number in range(200))
    ticket = factories.make_ticket(form_page, Pertanyaan=question)
    assert found(signed_in(officer), q=question) == [ticket.reference]


class TestFilters:
    @pytest.fixture
    def siinas(self, officer):
        """A second form that the officer answers."""
        page = factories.make_form("konsultasi-siinas", title="Form Konsultasi SIINas", ticket_prefix="SIINAS")
        officer.assigned_forms.add(page)
        return page

    def test_form(self, client, rara, siinas):
        ticket = factories.make_ticket(siinas)
        assert found(client, form=siinas.pk) == [ticket.reference]
        assert len(found(client, form=[siinas.pk, rara.form_id])) == 3

    def test_status(self, client, rara, officer):
        services.reply(rara, "Sudah kami jawab.", by=officer)
        assert found(client, status="dijawab") == [rara.reference]
        assert len(found(client, status=["dijawab", "baru"])) == 2

    def test_officer(self, client, rara, officer, form_page):
        colleague = factories.make_staff(roles.OFFICER, "budi", forms=[form_page])
        services.assign(rara, colleague, by=officer)
        assert found(client, assignee=colleague.pk) == [rara.reference]
        assert found(client, held="sudah") == [rara.reference]
        assert rara.reference not in found(client, held="belum")

    def test_overdue(self, client, rara):
        [late] = many(rara, 1, due_at=dt.datetime(2026, 1, 5, tzinfo=WIB))
        many(rara, 1, due_at=dt.datetime(2026, 1, 5, tzinfo=WIB), status=Status.DONE)
        assert found(client, overdue="ya") == [late.reference]

    def test_answered(self, client, rara, officer):
        services.reply(rara, "Sudah kami jawab.", by=officer)
        services.move(rara, Status.IN_PROGRESS, by=officer)
        assert found(client, answered="sudah") == [rara.reference]
        assert rara.reference not in found(client, answered="belum")

    def test_channel(self, client, rara):
        [shop] = many(rara, 1, channel="ig")
        assert found(client, channel="ig") == [shop.reference]

    def test_period_counts_days_in_wib(self, client, rara):
        def at(day, hour, minute):
            return dt.datetime(2026, 11, day, hour, minute, tzinfo=WIB)

        many(rara, 1, submitted_at=at(9, 23, 59))
        first, last = many(rara, 2, submitted_at=lambda n: (at(10, 0, 0), at(12, 23, 59))[n])
        many(rara, 1, submitted_at=at(13, 0, 0))
        asked = {"submitted_at_from": "2026-11-10", "submitted_at_to": "2026-11-12"}
        assert set(found(client, **asked)) == {first.reference, last.reference}

    def test_combine_with_each_other_and_with_the_search(self, client, rara, officer, siinas):
        answers = {"Nama Lengkap": "Rara Wulandari"}
        factories.make_ticket(siinas, **answers)
        services.reply(factories.make_ticket(rara.form, **answers), "Ya.", by=officer)
        assert len(found(client, q="wulandari")) == 3
        assert len(found(client, q="wulandari", form=rara.form_id)) == 2
        assert found(client, q="wulandari", form=rara.form_id, status="baru") == [rara.reference]
        assert found(client, q="wulandari", form=rara.form_id, status="baru", channel="ig") == []

    def test_what_is_active_is_shown_in_words(self, client, rara):
        page = client.get(
            ALL, {"form": rara.form_id, "status": "baru", "overdue": "ya", "submitted_at_to": "2026-12-31"}
        )
        active = text(page, ".w-active-filters")
        for words in ("Form Konsultasi HAKI", "Baru", "Lewat batas", "31"):
            assert words in active


WRONG = [
    "form=x", "form=1&form=x", "form=999999", "form=99999999999999999999999", "form=-1", "status=bogus",
    "status=baru&status=x", "assignee=x", "assignee=0", "assignee=null", "overdue=x", "held=x", "answered=x",
    "channel=%27", "submitted_at_from=xx", "submitted_at_to=31-31-2026", "submitted_at_from=0001-01-01",
    "submitted_at_to=9999-12-31", "submitted_at_from=2026-11-30&submitted_at_to=2026-13-01",
]  # fmt: skip


def test_wrong_filters_list_nothing_and_say_why(client):
    for asked in WRONG:
        page = client.get(f"{ALL}?{asked}")
        assert (page.status_code, listed(page)) == (200, []), asked
        assert "Saringan ini tidak dikenal" in text(page), asked
        assert client.get(f"{ALL}hasil/?{asked}&_w_filter_fragment=1").status_code == 200, asked


def test_wrong_filters_export_nothing(client, rara):
    for asked in WRONG:
        rows = b"".join(client.get(f"{ALL}?{asked}&export=csv")).decode().splitlines()
        assert len(rows) == 1, asked
    assert not rara.events.filter(kind="exported").exists()


def test_an_empty_or_unknown_filter_changes_nothing(client):
    for asked in (
        "submitted_at_from=&submitted_at_to=",
        "overdue=",
        "channel=",
        "form=",
        "x=1",
        "form__title=x",
        "pin_hash=x",
    ):
        assert len(listed(client.get(f"{ALL}?{asked}"))) == 2, asked


def test_a_period_the_wrong_way_round_is_empty(client, rara):
    assert found(client, submitted_at_from="2026-12-31", submitted_at_to="2026-01-01") == []


class TestNothingOfOthers:
    """A filter and a search reach no further than the officer's own forms (D6)."""

    @pytest.fixture
    def theirs(self, client, rara):
        other = factories.make_form("konsultasi-siinas", title="Form Rahasia", ticket_prefix="SIINAS")
        colleague = factories.make_staff(roles.OFFICER, "rahasia", forms=[other])
        ticket = factories.make_ticket(other, **{"Nama Lengkap": "Rara Wulandari"})
        return services.assign(ticket, colleague, by=colleague)

    def test_by_search(self, client, rara, theirs):
        assert found(client, q="wulandari") == [rara.reference]
        assert found(client, q=theirs.reference) == []

    def test_by_filter(self, client, theirs):
        assert found(client, form=theirs.form_id) == []
        assert found(client, assignee=theirs.assignee_id) == []

    def test_by_what_is_offered(self, client, theirs):
        drawer = text(client.get(ALL), "#filters-drilldown")
        assert "Form Rahasia" not in drawer
        assert "Rahasia" not in drawer
        assert "Form Konsultasi HAKI" in drawer
