"""What search engines are told, as JSON-LD in the words of schema.org."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory

from forms.models import FormPage
from home import structured_data as info_data
from home.models import ContactPage, InfoPage, StandardPage
from home.models.info import InfoKind
from siptenan.common import structured_data
from siptenan.common.models import OfficeSettings, WorkingHours
from tests.factories import make_event, make_every_type, make_info, make_info_index, publish, text

pytestmark = pytest.mark.django_db


def things(client: Client, url: str) -> dict[str, dict]:
    """What a page says, by type."""
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    blocks = soup.find_all("script", type="application/ld+json")
    assert len(blocks) <= 1
    graph = json.loads(blocks[0].string) if blocks else {"@context": "https://schema.org", "@graph": []}
    assert graph["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in graph["@graph"]}


def test_nothing_that_an_editor_types_ends_the_block(site, client):
    title = '</script><b>tebal</b> & "kutip" <!-- \u2028'
    publish(site, StandardPage(title=title, slug="nakal", body=text("<p>Isi.</p>")))
    html = client.get("/nakal/").content.decode()
    start = html.index('<script type="application/ld+json">')
    inside = html[start:].partition(">")[2].partition("</script>")[0]
    assert not set(inside) & {"<", ">", "&"}
    assert things(client, "/nakal/")["BreadcrumbList"]["itemListElement"][-1]["name"] == title


# --- Office and site --------------------------------------------------------------------------------


@pytest.fixture
def office(site) -> OfficeSettings:
    """The office with the manual's hours, a break and a Ramadan row."""
    office = OfficeSettings.load()
    office.phone = "(0285) 421731"
    office.instagram_url = "https://www.instagram.com/contoh/"
    office.working_hours.all().delete()
    times = {"opens": dt.time(7, 30), "closes": dt.time(16, 30)}
    office.working_hours = [
        WorkingHours(
            sort_order=0, first_weekday=0, last_weekday=3, break_starts=dt.time(12), break_ends=dt.time(13), **times
        ),
        WorkingHours(
            sort_order=1,
            first_weekday=4,
            last_weekday=4,
            valid_from=dt.date(2027, 2, 8),
            valid_until=dt.date(2027, 3, 9),
            **times,
        ),
    ]
    office.save()
    return office


def test_the_office_is_on_the_front_page_and_the_contact_page(office, site, client):
    publish(site, ContactPage(title="Contact", slug="contact"))
    for url in ("/", "/contact/"):
        told = things(client, url)["GovernmentOffice"]
        assert told["name"] == office.office_name
        assert told["telephone"] == "+62285421731"
        assert told["email"] == office.email
        assert told["sameAs"] == ["https://www.instagram.com/contoh/"]
        assert told["address"]["streetAddress"].startswith("Jl. Majapahit No 14, Podosugih")
        assert told["address"]["addressCountry"] == "ID"
        assert told["openingHoursSpecification"] == [
            hours("07:30", "12:00", "Monday", "Tuesday", "Wednesday", "Thursday"),
            hours("13:00", "16:30", "Monday", "Tuesday", "Wednesday", "Thursday"),
            {**hours("07:30", "16:30", "Friday"), "validFrom": "2027-02-08", "validThrough": "2027-03-09"},
        ]


def hours(opens: str, closes: str, *days: str) -> dict:
    """Opening hours as schema.org has them."""
    return {"@type": "OpeningHoursSpecification", "dayOfWeek": list(days), "opens": opens, "closes": closes}


def test_a_changed_office_is_told_at_once_and_what_is_empty_is_left_out(office, site, client):
    things(client, "/")
    office.phone = office.instagram_url = ""
    office.office_name = "Dinas Contoh"
    office.save()
    told = things(client, "/")["GovernmentOffice"]
    assert told["name"] == "Dinas Contoh"
    assert not {"telephone", "sameAs"} & set(told)


def test_the_site_is_on_the_front_page_only(site, client):
    told = things(client, "/")["WebSite"]
    assert (told["name"], told["url"], told["inLanguage"]) == ("SIPTENAN", "http://testserver/", "id")
    assert "WebSite" not in things(client, "/kalindri/")


def test_the_site_says_how_it_is_searched(site, client):
    action = things(client, "/")["WebSite"]["potentialAction"]
    assert action["@type"] == "SearchAction"
    name = action["query-input"].removeprefix("required name=")
    address = action["target"]["urlTemplate"].replace(f"{{{name}}}", "konsultasi+haki")
    assert address == "http://testserver/cari/?q=konsultasi+haki"
    assert "Form Konsultasi HAKI" in client.get(address).content.decode().replace("<mark>", "").replace("</mark>", "")


# --- Breadcrumbs and services -----------------------------------------------------------------------


def test_every_page_below_the_front_page_tells_where_it_stands(site, client):
    for page in make_every_type(site):
        told = things(client, page.url)
        if page.depth == 2:
            assert "BreadcrumbList" not in told
            continue
        steps = told["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, page.depth))
        assert steps[0]["item"] == "http://testserver/"
        assert (steps[-1]["name"], steps[-1]["item"]) == (page.title, f"http://testserver{page.url}")


def test_a_form_is_a_service_of_the_office(form_page, client):
    told = things(client, "/kalindri/konsultasi-haki/")["GovernmentService"]
    assert told["name"] == "Form Konsultasi HAKI"
    assert told["description"]
    assert told["provider"]["name"] == OfficeSettings.load().office_name
    assert told["availableChannel"]["serviceUrl"] == "http://testserver/kalindri/konsultasi-haki/"
    assert "GovernmentService" not in things(client, "/kalindri/")


# --- Questions, articles, events --------------------------------------------------------------------

FAQ = [
    (
        "faq",
        {
            "heading": "Tanya jawab",
            "questions": [
                {"question": "Berbayar?", "answer": "<p>Tidak. <b>Gratis</b> & mudah.</p><p>Tanpa akun.</p>"},
                {"question": "Perlu email?", "answer": '<p>Tidak, <a href="https://contoh.id/">lihat</a>.</p>'},
            ],
        },
    )
]


def make_faq_page(home, body: list = FAQ) -> StandardPage:
    """Return a published page with questions."""
    block = StandardPage._meta.get_field("body").stream_block
    stream = block.to_python([{"type": kind, "value": value} for kind, value in body])
    return publish(home, StandardPage(title="Tanya", slug="tanya", body=stream))


def test_the_questions_of_a_page_are_told_with_their_answers_as_text(site, client):
    make_faq_page(site)
    questions = things(client, "/tanya/")["FAQPage"]["mainEntity"]
    assert [(entry["name"], entry["acceptedAnswer"]["text"]) for entry in questions] == [
        ("Berbayar?", "Tidak. Gratis & mudah. Tanpa akun."),
        ("Perlu email?", "Tidak, lihat."),
    ]


def test_several_blocks_of_questions_make_one_list(site, client):
    make_faq_page(site, FAQ * 2)
    assert len(things(client, "/tanya/")["FAQPage"]["mainEntity"]) == 4


def test_a_page_without_questions_is_no_faq(site, client):
    publish(site, StandardPage(title="Biasa", slug="biasa", body=text("<p>Isi.</p>")))
    assert "FAQPage" not in things(client, "/biasa/")


def told_of(page) -> dict:
    """The one thing that an entry of Info Lainnya is."""
    found = info_data.of_info(page, RequestFactory().get(page.url))
    assert len(found) == 1
    return found[0]


def test_news_and_guides_are_articles(site):
    make_info_index(site)
    news = make_info("Klinik dibuka", kind=InfoKind.NEWS, date=dt.date(2026, 11, 20), summary="Mulai Senin.")
    told = told_of(InfoPage.objects.get(pk=news.pk))
    assert (told["@type"], told["headline"], told["description"]) == ("NewsArticle", "Klinik dibuka", "Mulai Senin.")
    assert told["datePublished"] == "2026-11-20"
    assert told["dateModified"].endswith("+07:00")
    assert told["author"]["name"] == OfficeSettings.load().office_name
    assert told["mainEntityOfPage"] == f"http://testserver{news.url}"
    assert told_of(make_info(kind=InfoKind.GUIDE))["@type"] == "Article"


def test_an_announcement_tells_until_when_it_holds(site):
    make_info_index(site)
    page = make_info(kind=InfoKind.ANNOUNCEMENT, date=dt.date(2026, 11, 1), valid_until=dt.date(2026, 12, 31))
    assert told_of(page)["expires"] == "2026-12-31"


def test_a_list_of_questions_is_no_article(site):
    make_info_index(site)
    page = make_info(kind=InfoKind.FAQ)
    assert info_data.of_info(page, RequestFactory().get(page.url)) == []


def test_an_event_tells_when_and_where_in_western_indonesian_time(site):
    make_info_index(site)
    begins = dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)
    page = make_event("Klinik merek", starts_at=begins, ends_at=begins + dt.timedelta(hours=2), organiser="Dinas")
    told = told_of(page)
    assert (told["@type"], told["name"]) == ("Event", "Klinik merek")
    assert (told["startDate"], told["endDate"]) == ("2026-12-01T09:00:00+07:00", "2026-12-01T11:00:00+07:00")
    assert (told["location"]["name"], told["organizer"]["name"]) == ("Aula Contoh", "Dinas")
    page.ends_at, page.organiser = None, ""
    assert "endDate" not in told_of(page)
    assert told_of(page)["organizer"]["@type"] == "GovernmentOffice"


# --- Cost -------------------------------------------------------------------------------------------


def test_what_is_told_asks_nothing_else_once_the_process_knows_it(form_page, django_assert_num_queries):
    page = FormPage.objects.get()
    request = RequestFactory().get(page.url)
    page.structured_data(request)
    with django_assert_num_queries(3):  # outside of a request each of three remembered parts asks for the generation
        structured_data.block(page.structured_data(request))
