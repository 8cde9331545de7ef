"""Words that are looked for: how a query is read, what documents in memory give, and how it is marked."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.blocks import StreamBlock

from siptenan.common.blocks import Level, content_blocks
from siptenan.common.finding import Document, Query, Shelf
from siptenan.common.marks import LETTERS, Marker
from siptenan.common.stream_text import texts_of
from siptenan.common.words import fold, words_of

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400) | st.text(
    "merek & <b>'\"é. ", max_size=400
)


def plain(html: str) -> str:
    return BeautifulSoup(f"<p>{html}</p>", "html.parser").get_text()


def one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


class TestQuery:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("Biaya  MEREK", ("biaya", "merek")),
            ("merek, merek!", ("merek",)),
            ("apa itu SIINas?", ("siinas",)),
            ("apa itu", ("apa", "itu")),
            ("café", ("cafe",)),
            ("%_'\"", ()),
            ("", ()),
        ],
    )
    def test_words(self, typed, words):
        assert Query.of(typed).words == words

    @settings(deadline=None)
    @given(st.text(max_size=600))
    def test_whatever_is_typed_is_cut_to_what_can_be_looked_for(self, typed):
        query = Query.of(typed)
        assert len(query.text) <= 200
        assert len(query.words) <= 8
        assert one_line(typed).startswith(unicodedata.normalize("NFC", query.text)[:-1])
        assert query.was_cut or query.text == " ".join(typed.split())

    def test_empty_words_do_not_crowd_out_the_others(self):
        assert Query.of("apa yang di ke dari dan untuk ini itu merek").words == ("merek",)


class TestShelf:
    def shelf(self, *titles: str) -> Shelf:
        return Shelf(Document(title, f"/{number}/") for number, title in enumerate(titles))

    def found(self, shelf: Shelf, typed: str, **values: bool) -> list[str]:
        return [hit.title for hit in shelf.find(replace(Query.of(typed), **values))[:]]

    def test_without_words_or_documents_nothing_is_found(self):
        for any_word in (False, True):
            assert self.found(self.shelf("Satu"), "%", any_word=any_word) == []
            assert self.found(Shelf(()), "satu", any_word=any_word) == []

    def test_short_words_begin_others_and_long_ones_are_inside(self):
        shelf = self.shelf("nibung", "banib", "mendaftarkan")
        assert self.found(shelf, "nib") == ["<mark>nibung</mark>"]
        assert self.found(shelf, "daftar") == ["<mark>mendaftarkan</mark>"]

    def test_a_better_guess_hides_a_worse_one(self):
        assert self.found(self.shelf("merek", "mesra"), "mere", forgiving=True) == ["<mark>merek</mark>"]

    def test_typos_are_forgiven_on_demand(self):
        assert self.found(self.shelf("merek"), "mrek") == []
        assert self.found(self.shelf("merek"), "mrek", forgiving=True) == ["<mark>merek</mark>"]

    def test_any_word_prefers_what_has_more_of_them(self):
        shelf = self.shelf("satu", "satu dua", "tiga")
        assert [plain(title) for title in self.found(shelf, "dua satu lima", any_word=True)] == ["satu dua", "satu"]


class TestMarks:
    @settings(deadline=None)
    @given(TEXTS, st.lists(TEXTS, max_size=3))
    def test_marks_change_no_letter_and_add_no_other_tag(self, text, queries):
        words = [word for query in queries for word in words_of(query)]
        html = Marker(words).marked(text)
        assert plain(html) == one_line(text)
        assert {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)} <= {"mark"}

    @settings(deadline=None)
    @given(TEXTS, TEXTS)
    def test_an_excerpt_is_a_stretch_of_the_text(self, text, query):
        excerpt = plain(Marker(words_of(query)).excerpt(text)).removeprefix("… ").removesuffix(" …")
        assert excerpt.strip() in one_line(text)
        assert len(excerpt) <= LETTERS

    def test_it_shows_where_most_of_the_words_are(self):
        far = "kosong " * 60
        excerpt = plain(Marker(["merek", "biaya"]).excerpt(f"merek {far} biaya merek {far} biaya"))
        assert "biaya merek" in excerpt

    def test_without_a_word_of_the_query_it_is_the_beginning(self):
        assert Marker(["lain"]).excerpt("satu " * 100).startswith("satu satu")

    def test_a_word_without_end_is_cut(self):
        assert len(plain(Marker(["b"]).excerpt("a" * 900))) <= LETTERS + 2

    @settings(deadline=None)
    @given(st.text())
    def test_plain_letters_are_folded_as_all_others(self, text):
        folded = "".join(
            char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char)
        )
        assert fold(text) == folded


@pytest.mark.django_db
def test_the_text_of_every_block_is_what_wagtail_would_index():
    stream = StreamBlock(content_blocks())
    for name, block in content_blocks():
        body = stream.to_python([{"type": name, "value": block.get_prep_value(block.get_preview_value())}])
        indexed = " ".join(map(str, stream.get_searchable_content(body)))
        read = " ".join(texts_of(body))
        # A choice is no word of the page, nor is the None that Wagtail makes of an empty text.
        no_words = {"none", *(word for pair in Level.choices for word in words_of(" ".join(pair)))}
        assert set(words_of(read)) >= set(words_of(indexed)) - no_words, name
        assert "None" not in read
