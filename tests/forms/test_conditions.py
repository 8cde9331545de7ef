"""Conditions: when they hold, what is refused by name, and what hypothesis cannot break."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import conditions, field_types
from forms.builder import QuestionFormBuilder
from forms.conditions import Operator, faults, visible_keys
from forms.models import FormField
from forms.questions import Condition, Question

GRADE = {"value": 2, "label": "Kurang mudah"}
PLACE = {"code": "99.99.01.1001", "name": "Contoh Lor", "kecamatan": "Contoh Timur"}


def asked(operator: str, *values: str, answer: object, kind: str = "singleline") -> bool:
    """Whether a question is asked that looks at the answer of a question of a kind."""
    looked_at = Question("a", "A", kind)
    other = Question("b", "B", "singleline", show_if=Condition("a", operator, values))
    return "b" in visible_keys([looked_at, other], {"a": answer})


# --- When they hold -------------------------------------------------------------------------------

HOLDS = [
    # operator, values, kind, answer
    ("equals", ["Ya"], "radio", "Ya"),
    ("equals", [" ya "], "radio", "Ya"),
    ("equals", ["STRASSE"], "singleline", "straße"),
    ("equals", ["Merah"], "checkboxes", ["Biru", "Merah"]),
    ("equals", ["1.500"], "number", "1500"),
    ("equals", ["12,5"], "number", "12.50"),
    ("equals", ["Rp 1.500.000,-"], "rupiah", "1500000"),
    ("equals", ["1.500"], "quantity", {"value": "1500", "unit": "kg", "unit_name": "kilogram"}),
    ("equals", ["2015"], "year", "2015"),
    ("equals", ["31/12/2026"], "date", "2026-12-31"),
    ("equals", ["31-12-2026"], "datetime", "2026-12-31T09:30:00+07:00"),
    ("equals", ["1/1/2027"], "datetime", "2026-12-31T18:30:00+00:00"),
    ("equals", ["Ya"], "checkbox", True),
    ("equals", ["Tidak"], "checkbox", False),
    ("equals", ["ya"], "consent", {"version": "0", "at": "2026-01-01"}),
    ("equals", ["kurang mudah"], "scale", GRADE),
    ("equals", ["Kurang"], "matrix", {"Kecepatan": "Baik", "Kesopanan": "Kurang"}),
    ("equals", ["contoh timur"], "kelurahan", PLACE),
    ("any", ["Merah", "Biru"], "radio", "Biru"),
    ("any", ["10", "20"], "number", "20"),
    ("any", ["1/1/2026", "2/1/2026"], "date", "2026-01-02"),
    ("not", ["Ya"], "radio", "Tidak"),
    ("not", ["Ya"], "radio", ""),
    ("not", ["Ya"], "checkbox", False),
    ("not", ["Merah"], "checkboxes", ["Biru"]),
    ("not", ["10"], "number", "11"),
    ("empty", [], "singleline", ""),
    ("empty", [], "checkboxes", []),
    ("empty", [], "checkbox", False),
    ("empty", [], "address", ""),
    ("filled", [], "singleline", "x"),
    ("filled", [], "number", "0"),
    ("filled", [], "checkbox", True),
    ("filled", [], "kelurahan", PLACE),
    ("greater", ["19"], "number", "20"),
    ("greater", ["1.499,5"], "number", "1500"),
    ("greater", ["-5"], "number", "-4"),
    ("greater", ["999.999"], "rupiah", "1000000"),
    ("greater", ["31/12/2025"], "date", "2026-01-01"),
    ("greater", ["1"], "scale", GRADE),
    ("less", ["3"], "scale", GRADE),
    ("less", ["2016"], "year", "2015"),
    ("less", ["1/1/2027"], "datetime", "2026-12-31T09:30:00+07:00"),
]
DOES_NOT_HOLD = [
    ("equals", ["Ya"], "radio", "Tidak"),
    ("equals", ["Ya"], "radio", ""),
    ("equals", ["Ya"], "checkbox", False),
    ("equals", ["Tidak"], "checkbox", True),
    ("equals", ["1.5"], "number", "1500"),
    ("equals", ["banyak"], "number", "1500"),
    ("equals", ["besok"], "date", "2026-12-31"),
    ("any", [], "radio", "Ya"),
    ("any", ["Merah", "Biru"], "checkboxes", []),
    ("not", ["Merah"], "checkboxes", ["Biru", "Merah"]),
    ("not", ["12,50"], "number", "12.5"),
    ("empty", [], "number", "0"),
    ("filled", [], "checkbox", False),
    ("filled", [], "singleline", ""),
    ("greater", ["20"], "number", "20"),
    ("greater", ["9"], "number", ""),
    ("less", ["9"], "number", ""),
    ("greater", ["9"], "singleline", "10"),
    ("greater", ["banyak"], "number", "10"),
    ("greater", ["10"], "date", "2026-01-01"),
    ("greater", [], "number", "10"),
    ("less", ["31/12/2026"], "datetime", "2026-12-31T09:30:00+07:00"),
]


@pytest.mark.parametrize(("operator", "values", "kind", "answer"), HOLDS)
def test_holds(operator, values, kind, answer):
    assert asked(operator, *values, answer=answer, kind=kind)


@pytest.mark.parametrize(("operator", "values", "kind", "answer"), DOES_NOT_HOLD)
def test_does_not_hold(operator, values, kind, answer):
    assert not asked(operator, *values, answer=answer, kind=kind)


def chain(*shown: Condition | None) -> list[Question]:
    """Questions a, b, c … with these conditions."""
    return [
        Question(key, key.upper(), "singleline", show_if=show_if) for key, show_if in zip("abcdef", shown, strict=False)
    ]


def test_a_hidden_question_counts_as_empty_whatever_stands_in_it():
    questions = chain(None, Condition("a", "equals", ("ya",)), Condition("b", "filled"), Condition("b", "empty"))
    assert visible_keys(questions, {"a": "ya", "b": "x"}) == {"a", "b", "c"}
    assert visible_keys(questions, {"a": "tidak", "b": "x"}) == {"a", "d"}


def test_a_hidden_section_hides_its_questions_up_to_the_next_section():
    questions = [
        Question("a", "A", "singleline"),
        Question("s1", "Satu", "section", show_if=Condition("a", "equals", ("ya",))),
        Question("b", "B", "singleline"),
        Question("s2", "Dua", "section"),
        Question("c", "C", "singleline", show_if=Condition("b", "empty")),
    ]
    assert visible_keys(questions, {"a": "ya", "b": "x"}) == {"a", "s1", "b", "s2"}
    assert visible_keys(questions, {"a": "", "b": "x"}) == {"a", "s2", "c"}


def test_a_condition_on_what_is_gone_does_not_break_the_form():
    questions = chain(
        Condition("gone", "equals", ("ya",)), Condition("gone", "empty"), Condition("gone", "not", ("x",))
    )
    assert visible_keys(questions, {}) == {"b", "c"}


# --- In words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (Condition("a", "equals", ("Ya",)), "Hanya bila “Punya NIB?” dijawab “Ya”."),
        (Condition("a", "any", ("Ya", "Belum")), "Hanya bila “Punya NIB?” dijawab “Ya” atau “Belum”."),
        (Condition("a", "not", ("Ya",)), "Hanya bila “Punya NIB?” tidak dijawab “Ya”."),
        (Condition("a", "filled"), "Hanya bila “Punya NIB?” terisi."),
        (Condition("a", "empty"), "Hanya bila “Punya NIB?” kosong."),
        (Condition("a", "greater", ("10",)), "Hanya bila “Punya NIB?” lebih dari “10”."),
        (Condition("b", "less", ("10",)), "Hanya bila “b” kurang dari “10”."),
    ],
)
def test_a_person_without_javascript_reads_the_condition(condition, sentence):
    assert conditions.words(condition, [Question("a", "Punya NIB?", "radio")]) == sentence


# --- What is refused ------------------------------------------------------------------------------

ORDERLY = Question("a", "Punya NIB?", "radio", choices=("Ya", "Tidak"))


def fault(show_if: Condition, *above: Question, kind: str = "singleline") -> str | None:
    return faults([*above, Question("b", "NIB", kind, show_if=show_if)]).get("b")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("gone", "filled"), "“NIB” bergantung pada pertanyaan “gone”, yang tidak ada di formulir ini."),
        (Condition("b", "filled"), "“NIB” tidak dapat bergantung pada dirinya sendiri."),
        (Condition("a", "equals", ("Mungkin",)), "Syarat “NIB”: “Mungkin” bukan pilihan jawaban “Punya NIB?”."),
        (Condition("a", "any", ("Ya", "Entah")), "Syarat “NIB”: “Entah” bukan pilihan jawaban “Punya NIB?”."),
        (Condition("a", "equals"), "Isi nilai syarat untuk “NIB”."),
        (Condition("a", "greater"), "Isi nilai syarat untuk “NIB”."),
        (
            Condition("a", "greater", ("3",)),
            "Syarat “NIB”: jawaban “Punya NIB?” bukan angka atau tanggal, "
            "jadi tidak ada yang lebih besar atau lebih kecil.",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["singleline", "section", "info"])
def test_refused_by_name(condition, words, kind):
    assert fault(condition, ORDERLY, kind=kind) == words


@pytest.mark.parametrize(
    "condition",
    [
        Condition("a", "equals", ("Ya",)), Condition("a", "equals", (" ya",)), Condition("a", "any", ("Ya", "TIDAK")),
        Condition("a", "not", ("Ya",)), Condition("a", "empty"), Condition("a", "filled"),
    ],
)  # fmt: skip
def test_what_works_is_not_refused(condition):
    assert fault(condition, ORDERLY) is None


@pytest.mark.parametrize(
    ("kind", "operator", "value", "words"),
    [
        ("number", "greater", "banyak", "Syarat “NIB”: tulis angka, misalnya 10."),
        ("number", "greater", "31/12/2026", "Syarat “NIB”: tulis angka, misalnya 10."),
        ("rupiah", "equals", "banyak", "Syarat “NIB”: tulis angka, misalnya 10."),
        ("date", "less", "10", "Syarat “NIB”: tulis tanggal, misalnya 31/12/2026."),
        ("date", "equals", "besok", "Syarat “NIB”: tulis tanggal, misalnya 31/12/2026."),
        ("checkbox", "equals", "Setuju", "Syarat “NIB”: “Setuju” bukan pilihan jawaban “Nilai”."),
        ("consent", "equals", "Tidak", "Syarat “NIB”: “Tidak” bukan pilihan jawaban “Nilai”."),
        ("number", "greater", "1.000", None),
        ("date", "greater", "1/2/2026", None),
        ("year", "equals", "2015", None),
        ("checkbox", "equals", "Tidak", None),
        ("scale", "less", "3", None),
        ("singleline", "equals", "apa saja", None),
        ("kelurahan", "equals", "Contoh Lor", None),
    ],
)
def test_the_value_must_be_one_that_the_answer_can_have(kind, operator, value, words):
    looked_at = Question("a", "Nilai", kind, choices=("Buruk", "Baik") if kind == "scale" else ())
    assert fault(Condition("a", operator, (value,)), looked_at) == words


@pytest.mark.parametrize("kind", [code for code in field_types.codes() if field_types.get(code).is_private])
def test_nothing_depends_on_a_private_answer(kind):
    """What is hidden or shown would tell it."""
    label = field_types.get(kind).label
    looked_at = Question("a", "Rahasia", kind)
    assert fault(Condition("a", "filled"), looked_at) == (
        f"“NIB” tidak dapat bergantung pada “Rahasia”: jenisnya “{label}”."
    )


@pytest.mark.parametrize("kind", ["section", "info"])
def test_nothing_depends_on_what_is_no_question(kind):
    label = field_types.get(kind).label
    assert fault(Condition("a", "filled"), Question("a", "Judul", kind)) == (
        f"“NIB” tidak dapat bergantung pada “Judul”: jenisnya “{label}”."
    )


def test_a_question_below_is_refused():
    questions = chain(Condition("b", "filled"), None)
    assert faults(questions) == {"a": "“A” bergantung pada “B”, jadi letaknya harus di bawah pertanyaan itu."}


def test_a_section_that_looks_into_itself_is_refused():
    questions = [
        Question("s", "Usaha", "section", show_if=Condition("a", "filled")),
        Question("a", "Punya usaha?", "singleline"),
    ]
    assert faults(questions) == {
        "s": "“Usaha” bergantung pada “Punya usaha?”, jadi letaknya harus di bawah pertanyaan itu."
    }


@pytest.mark.parametrize("length", [2, 3, 4])
def test_a_circle_is_refused_by_name_however_long(length):
    keys = "abcd"[:length]
    following = [Condition(key, "filled") for key in keys[1:] + keys[0]]
    found = faults(chain(*following))
    assert "saling menunggu (melingkar). Hapus salah satunya." in found["a"]
    assert "“A” dan “B”" in found["a"]


def test_each_fault_is_told():
    assert set(faults(chain(Condition("b", "filled"), Condition("gone", "filled"), Condition("c", "filled")))) == set(
        "abc"
    )


def test_a_form_in_order_has_no_faults():
    assert (
        faults([ORDERLY, *chain(None)[:0], Question("b", "NIB", "singleline", show_if=Condition("a", "filled"))]) == {}
    )
    assert faults([]) == {}


# --- Before anything is answered ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "preset", "operator", "value", "shows"),
    [
        ("number", "1.500", "greater", "1000", True),
        ("number", "12,5", "equals", "12,5", True),
        ("number", "banyak", "greater", "1000", False),
        ("date", "31/12/2026", "greater", "1/1/2026", True),
        ("date", "besok", "filled", "", False),
        ("rupiah", "Rp 5.000", "equals", "5000", True),
        ("radio", "Ya", "equals", "Ya", True),
        ("checkboxes", "Ya\nTidak", "equals", "Tidak", True),
        ("checkbox", "on", "filled", "", False),
        ("scale", "2", "equals", "Tidak", True),
        ("hidden", "ig", "equals", "ig", True),
        ("phone", "x", "filled", "", False),
    ],
)
def test_what_an_editor_has_filled_in_counts(kind, preset, operator, value, shows):
    choices = "Ya\nTidak" if field_types.get(kind).has_choices else ""
    rows = [
        FormField(label="A", field_type=kind, default_value=preset, choices=choices),
        FormField(label="B", show_if_key="a", show_if_operator=operator, show_if_values=value),
    ]
    assert ("b" in QuestionFormBuilder(rows).get_form_class()().visible) == shows


# --- Whatever is sent -----------------------------------------------------------------------------

KINDS = sorted(code for code in field_types.codes() if not field_types.get(code).is_private)
texts = st.text(max_size=12)
answers_of_kind = {
    "number": st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    "rupiah": st.integers(0, 10**12).map(str),
    "year": st.integers(1900, 2199).map(str),
    "date": st.dates().map(str),
    "datetime": st.datetimes(timezones=st.timezones())
    .filter(lambda at: 1900 < at.year < 2199)
    .map(lambda at: at.isoformat()),
    "checkbox": st.booleans(),
    "checkboxes": st.lists(texts),
    "multiselect": st.lists(texts),
    "quantity": st.builds(lambda n: {"value": str(n), "unit": "kg", "unit_name": "kg"}, st.integers(0, 10**9)),
    "kelurahan": st.just(PLACE),
    "address": st.dictionaries(st.sampled_from(["street", "city"]), texts),
    "consent": st.just({"version": "0", "at": "2026-01-01T00:00:00+00:00"}),
    "scale": st.builds(lambda label, value: {"label": label, "value": value}, texts, st.integers(1, 9)),
    "matrix": st.dictionaries(texts, texts),
}


@st.composite
def forms_and_answers(draw):
    size = draw(st.integers(1, 8))
    keys = [f"q{number}" for number in range(size)]
    questions, answers = [], {}
    for key in keys:
        kind = draw(st.sampled_from(KINDS))
        condition = st.builds(
            Condition,
            st.sampled_from([*keys, "gone"]),
            st.sampled_from(Operator.values),
            st.lists(texts, max_size=3).map(tuple),
        )
        questions.append(Question(key, key, kind, show_if=draw(st.none() | condition)))
        answers[key] = draw(st.just("") | answers_of_kind.get(kind, texts))
    return questions, answers


@given(forms_and_answers())
def test_no_answer_breaks_it(drawn):
    questions, answers = drawn
    visible = visible_keys(questions, answers)
    faults(questions)
    assert visible <= {question.key for question in questions}
    for question in questions:
        if question.show_if is None and question.type == "section":
            assert question.key in visible


@given(forms_and_answers())
def test_what_is_hidden_does_not_matter(drawn):
    """The browser may have kept it or not: the form is the same."""
    questions, answers = drawn
    visible = visible_keys(questions, answers)
    without = {key: answer for key, answer in answers.items() if key in visible}
    assert visible_keys(questions, without) == visible


@given(forms_and_answers())
def test_questions_of_a_hidden_section_are_hidden(drawn):
    questions, answers = drawn
    visible = visible_keys(questions, answers)
    for section, question in itertools.pairwise(questions):
        if section.type == "section" and section.key not in visible and question.type != "section":
            assert question.key not in visible


@given(forms_and_answers())
def test_who_looks_at_something_hidden_shows_only_if_it_may_be_empty(drawn):
    questions, answers = drawn
    visible = visible_keys(questions, answers)
    for question in questions:
        condition = question.show_if
        if condition and condition.key not in visible and question.key in visible:
            assert condition.operator in (Operator.EMPTY, Operator.NOT)
