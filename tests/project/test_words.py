"""No English word of ours reaches a visitor (B11): pages, errors, receipt, status page and mails against a list."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from forms import field_types, outbox, services
from forms.enums import Status
from forms.models import OutgoingMail, Submission
from forms.models.mail import MailKind
from forms.views import resume
from siptenan.accounts.models import User
from siptenan.common.throttle import Limit
from tests.factories import make_form, make_ticket, open_form, send

# The commonest words of English pages, forms and error messages that are not Indonesian words as well.
ENGLISH = frozenset(
    """
    about accept access account active add added again all allowed already also and another answer any apply are
    argument attach attachment back bad because been before begin below between blank block body both browse button
    but can cancel cannot change changed character characters check checked choice choices choose choosing clear
    click close closed code comma complete confirm content continue copied copy correct create created current date
    day days decimal decimals default delete deleted deny details did digit digits directory disabled display does
    done download duplicate each edit empty enabled english ensure enter error errors event every exceeded exist
    exists expected expired extension failed failure false field fields file filename files fill filter find first
    following for forbidden format found from full get given goes greater group hello help here hidden history hour
    hours how however incorrect information input internal invalid its join just know large last later latest least
    leave left length less letters like limit line link list load loading locked long longer look made mail make many
    match matching maximum may message messages method minimum minute minutes missing month more most must name need
    never new next none not nothing now null number numbers off office old once one only open optional or order other
    our out over page pages part password paste people permission phone photo photos picture place please point
    policy possible powered press previous print problem provide question questions quick read receipt received
    refused reload remove reply report request required reset resource response results retry return right same save
    saved search second secret see select selected send sender sent server set should show sign since size skip
    something sorry spam start state status still stop store subject submission submit submitted success such support
    sure take terms text than thank thanks that the their them then there these they thing things this those through
    ticket time title today together too tool top true try two type under unique unknown unsupported until unable
    update upload uploaded use used user valid value values version very view wait want warning was way welcome were
    what when where which while who whose will with without word words work would write wrong year years yes yet you
    your
    """.split()  # noqa: SIM905 - a list of five hundred quoted words is no list to read
)
# Words of the list that Indonesian has taken over, or that the manual itself puts on the screen.
INDONESIAN_TOO = frozenset({"format", "internal", "set", "status"})
MANUAL = re.compile(r"\b(HOME|CONTACT|LOGIN|ADDRESS|CALL US|EMAIL US|WORKING HOURS|GALLERY IKM)\b")
# The random letters of a ticket's number may spell a word ("HAKI-YET7-C6YX").
NUMBERS = re.compile(r"\b[A-Z]{2,6}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
ADDRESSES = re.compile(r"\S+@\S+|https?://\S+|\S+\.(?:id|com|html)\S*")
SPOKEN = ("title", "alt", "placeholder", "aria-label", "content", "data-busy", "data-done")

pytestmark = pytest.mark.django_db


def english(text: str) -> set[str]:
    """The words of the list that occur in a text."""
    plain = ADDRESSES.sub(" ", NUMBERS.sub(" ", MANUAL.sub(" ", text)))
    return {word for word in re.findall(r"[a-z]+", plain.lower()) if word in ENGLISH - INDONESIAN_TOO}


def words_of(response: HttpResponse) -> str:
    """All that a page says, to the eye and to a screen reader; what is marked as English stays out."""
    page = BeautifulSoup(response.content.decode(), "html.parser")
    for element in page.select("script, style, svg, [lang=en]"):
        element.decompose()
    said = [page.get_text(" ")]
    for element in page.find_all(True):
        if element.name == "meta" and element.get("name") != "description":
            continue
        said += [element[name] for name in SPOKEN if element.has_attr(name)]
    return " ".join(said)


def faults(responses: dict[str, HttpResponse]) -> dict[str, set[str]]:
    found = {name: english(words_of(response)) for name, response in responses.items()}
    return {name: words for name, words in found.items() if words}


def test_the_check_itself_finds_english():
    assert english("This field is required.") == {"this", "field", "required"}
    assert english("Select a valid choice. x is not one of the available choices.") >= {"select", "valid", "choices"}
    assert english("HOME KALINDRI CONTACT LOGIN, tulis ke the@office.example.com") == set()
    assert english("Nomor tiket HAKI-YET7-C6YX, jawaban belum ada yet") == {"yet"}
    html = '<title>Home</title><input placeholder="Search"><p lang="en">Please</p><img alt="photo"><p>Isi dulu</p>'
    assert english(words_of(HttpResponse(html))) == {"search", "photo"}


@pytest.fixture
def demo(db) -> None:
    """The demo site: the real pages with the real words."""
    call_command("load_demo", password="sandi-contoh-123", verbosity=0, stdout=StringIO())


# What no page links to: one kind, nothing found with and without something near, too long a text.
SEARCHES = ["/cari/?q=batik&jenis=usaha", "/cari/?q=zxqwv", "/cari/?q=tempe+zxqwv", f"/cari/?q={'merek+' * 60}"]


def crawled(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    waiting, seen = ["/", "/kalindri/?ch=ig", "/kalindri/lacak/", *SEARCHES], set()
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        response = client.get(url, follow=True)
        if not response["Content-Type"].startswith("text/html"):
            continue
        yield url, response
        for link in BeautifulSoup(response.content, "html.parser").select("a[href^='/']"):
            path = link["href"].split("#")[0]
            if not path.startswith(("/cms/", "/login/", "/documents/", "//")):
                waiting.append(path)


def test_every_page_of_the_demo(demo):
    """Also to a browser that asks for English: there is one language."""
    pages = dict(crawled(Client(headers={"Accept-Language": "en"})))
    assert {"/kalindri/konsultasi-haki/", "/kalindri/gallery-ikm/", "/regulasi/", "/info/", "/contact/"} <= set(pages)
    assert {"/kalindri/lanjutkan/", "/cari/", "/cari/?q=merek"} <= set(pages)
    assert faults(pages) == {}


def test_every_error_of_every_kind_of_question(site, client):
    kinds = {kind: field_types.get(kind) for kind in field_types.codes()}
    rows = [
        {"label": f"Isian {kind}", "field_type": kind, "choices": "Satu\nDua", "required": True, "help_text": "Isi."}
        for kind in kinds
    ]
    page = make_form("jenis", rows, title="Jenis")
    keys = [question.key for question in page.questions()]
    wrong = ["", "\0", "x" * 6_000, "a b", "1e400", "31/02/2026", "01/01/0001", "0812", "9" * 40, "0,12345678"]
    answers = {repr(text[:12]): client.post(page.url, dict.fromkeys(keys, text)) for text in wrong}
    assert {response.status_code for response in answers.values()} == {422}
    labels = {f"isian {kind}" for kind in kinds}
    found = {name: english(_without(words_of(response), labels)) for name, response in answers.items()}
    assert {name: words for name, words in found.items() if words} == {}


def _without(text: str, labels: set[str]) -> str:
    return re.sub("|".join(sorted(labels, key=len, reverse=True)), " ", text, flags=re.IGNORECASE)


@pytest.mark.usefixtures("_one_window")
def test_sending_and_what_can_go_wrong_with_it(form_page, client, settings):
    haki = form_page.url
    settings.SUBMIT_LIMIT = "1/10m"
    answers = {"receipt": send(client)}
    with time_machine.travel(time.time() - 8 * 24 * 3600):
        stale = open_form(client)
    filled = {**stale, "nama_usahaperusahaan": "A", "nama_lengkap": "B", "alamat": "C", "pertanyaan": "D"}
    answers["stale"] = client.post(haki, filled)
    answers["too many"] = send(client)
    answers["unreadable"] = client.get(f"{haki}?x=%00")
    answers["not found"] = client.get("/tidak-ada/")
    services.issue_pin(Submission.objects.get(), by=User.objects.create_user("x"))
    answers["new PIN"] = client.get(f"{haki}terkirim/")
    form_page.closes_at = form_page.first_published_at
    form_page.opens_at = None
    form_page.save_revision().publish()
    answers["closed"] = client.get(haki)
    assert [response.status_code for response in answers.values()] == [200, 422, 429, 400, 404, 200, 200]
    assert faults(answers) == {}


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
def test_error_pages(status):
    assert faults({"page": HttpResponse(render_to_string(f"{status}.html", {"status": status}))}) == {}


def test_the_status_page_in_every_state(form_page, officer):
    answers = {}
    moves = {Status.IN_PROGRESS: [], Status.WAITING: ["diproses"], Status.ANSWERED: ["diproses"]}
    moves |= {Status.REJECTED: [], Status.SPAM: [], Status.DONE: ["diproses", "dijawab"]}
    for target, before in moves.items():
        ticket = make_ticket(form_page)
        for status in (*before, target):
            services.move(ticket, status, by=officer, reason="Bukan layanan kami.")
        browser = Client()
        answers[target] = browser.get(f"/kalindri/lacak/t/{ticket.link_secret}/", follow=True)
    token = BeautifulSoup(answers[target].content, "html.parser").select_one("[name=token]")["value"]
    ticket_url = "/kalindri/lacak/tiket/"
    uploads = {"empty": b"", "no photo": b"x", "large": b"x" * (15 * 1024 * 1024 + 1)}
    for name, content in uploads.items():
        photo = SimpleUploadedFile("a.jpg", content)
        answers[name] = browser.post(ticket_url, {"token": token, "text": "", "photo": photo})
    answers["NUL"] = browser.post(ticket_url, {"token": token, "text": "\0"})
    answers["stale"] = browser.post(ticket_url, {"token": "", "text": "x"})
    answers["added"] = browser.post(ticket_url, {"token": token, "text": "x"}, follow=True)
    answers["closed"] = Client().post(ticket_url, {"token": token, "text": "x"})
    assert faults(answers) == {}


def test_looking_a_ticket_up(ticket, client):
    def ask(number: str, pin: str) -> HttpResponse:
        return client.post("/kalindri/lacak/", {"reference": number, "pin": pin})

    answers = {"empty": ask("", ""), "NUL": ask("\0", "\0"), "long": ask("x" * 99, "1" * 99)}
    answers["dead link"] = client.get(f"/kalindri/lacak/t/{'0' * 32}/")
    with time_machine.travel(1_800_000_060, tick=True):
        for attempt in range(11):
            answers[f"wrong {attempt}"] = ask(ticket.reference, "999999")
    assert answers["wrong 10"].status_code == 429
    assert faults(answers) == {}


@time_machine.travel(1_800_000_060)
def test_saving_a_form_and_going_on(site, client, monkeypatch):
    monkeypatch.setattr(resume, "SAVE_LIMIT", Limit.parse("1/1h"))
    monkeypatch.setattr(resume, "ADDRESS_LIMIT", Limit.parse("2/1h"))
    page = make_form("panjang", [{"label": f"Isian {number}", "field_type": "singleline"} for number in range(9)])
    saving = {**open_form(client, page.url), "aksi": "simpan"}
    answers = {"saved": client.post(page.url, saving), "stale": client.post(page.url, {**saving, "kunci_formulir": ""})}
    shown = BeautifulSoup(answers["saved"].content, "html.parser").select_one(".resume-code")

    def enter(code: str) -> HttpResponse:
        return client.post("/kalindri/lanjutkan/", {"code": code})

    answers["resumed"] = enter(shown.get_text(strip=True))
    answers["unknown"], answers["empty"], answers["NUL"] = enter("2222-222-222"), enter(""), enter("\0")
    answers["too many saves"], answers["too many codes"] = client.post(page.url, saving), enter("2222-222-222")
    code = shown.get_text(strip=True).encode()
    answers["saved"] = HttpResponse(answers["saved"].content.replace(code, b""))  # its random letters may spell a word
    assert [answer.status_code for answer in answers.values()] == [200, 422, 200, 422, 422, 422, 429, 429]
    assert faults(answers) == {}


@pytest.mark.parametrize("kind", MailKind.values)
def test_mails(ticket, kind):
    mail = OutgoingMail.objects.create(submission=ticket, kind=kind, recipient="ibu@contoh.id")
    message = outbox.message(mail)
    assert english(f"{message.subject} {message.body}") == set()
