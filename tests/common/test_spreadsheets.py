import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from siptenan.common.spreadsheets import EXCEL_CELL_MAX, csv_response, xlsx_response

HEADINGS = ["Nomor", "Telepon"]
SENT_AT = datetime(2026, 11, 24, 18, 3, tzinfo=UTC)  # the next day already in Pekalongan
FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x.example","klik")',
    "+62812",
    "-1+1",
    "@SUM(A1)",
    "  =1+1",
    "\u00a0=1+1",
    "\x00=1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\ttab",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
]


def csv_text(rows, headings=HEADINGS, **options) -> str:
    return b"".join(csv_response("tiket.csv", headings, rows, **options)).decode("utf-8")


def csv_rows(rows, headings=HEADINGS, **options) -> list[list[str]]:
    """The file as Excel-ID reads it, without the headings."""
    text = csv_text(rows, headings, **options).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]


def xlsx_cells(rows, **options) -> list[list]:
    content = xlsx_response("tiket.xlsx", HEADINGS[: len(rows[0])], rows, **options).content
    return [list(row) for row in load_workbook(io.BytesIO(content)).active][1:]


def xlsx_rows(rows, **options) -> list[list]:
    return [[cell.value for cell in row] for row in xlsx_cells(rows, **options)]


def test_csv_is_what_excel_in_indonesia_opens():
    assert csv_text([["KAL-1", 'kain "batik"; halus'], ["KAL-2", None]]) == (
        '\ufeffNomor;Telepon\r\nKAL-1;"kain ""batik""; halus"\r\nKAL-2;\r\n'
    )


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_formula_opens_as_text_in_csv(typed):
    [[shown]] = csv_rows([[typed]])
    assert shown == "'" + typed.replace("\x00", "")


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_formula_opens_as_text_in_xlsx_and_stays_text_when_edited(typed):
    [[cell]] = xlsx_cells([[typed]])
    assert cell.data_type == "s"
    assert cell.number_format == "@"
    assert cell.value == typed.replace("\x00", "").replace("\r", "\n")


@pytest.mark.parametrize("heading", ["=1+1", "@SUM(A1)"])
def test_a_heading_is_no_formula_either(heading):
    assert f"'{heading}\r\n" in csv_text([], [heading])
    content = xlsx_response("tiket", [heading], []).content
    cell = load_workbook(io.BytesIO(content)).active["A1"]
    assert (cell.value, cell.data_type) == (heading, "s")


@pytest.mark.parametrize("typed", ["081234567890", "0812-3456-7890", "3375010101010001", "#N/A", "TRUE", "1E5"])
def test_digits_and_codes_stay_as_typed(typed):
    assert csv_rows([[typed]]) == [[typed]]
    [[cell]] = xlsx_cells([[typed]])
    assert (cell.value, cell.data_type) == (typed, "s")


def test_numbers_stay_numbers_and_nothing_stays_empty():
    assert csv_rows([[-5, 0, None, ""]]) == [["-5", "0", "", ""]]
    [[minus, zero]] = xlsx_cells([[-5, 0]])
    [[_, nothing]] = xlsx_cells([["KAL-1", None]])
    assert (minus.value, minus.data_type) == (-5, "n")
    assert zero.value == 0
    assert nothing.value is None


def test_a_decimal_is_a_number_and_one_below_zero_no_formula():
    cells = [Decimal("-12.50"), Decimal("3"), -4]
    assert csv_rows([cells]) == [["-12,50", "3", "-4"]]
    workbook = load_workbook(io.BytesIO(xlsx_response("tiket.xlsx", HEADINGS, [cells]).content))
    row = next(workbook.active.iter_rows(min_row=2))
    assert [(cell.value, cell.data_type) for cell in row] == [(-12.5, "n"), (3, "n"), (-4, "n")]


@pytest.mark.parametrize("read_back", [csv_rows, xlsx_rows])
def test_times_are_those_of_the_office(read_back):
    assert read_back([[SENT_AT]]) == [["Rabu, 25 November 2026, 01.03 WIB"]]
    assert read_back([[SENT_AT]], format_time=lambda at: f"=pukul {at:%H}")[0][0].lstrip("'") == "=pukul 18"


@pytest.mark.parametrize("read_back", [csv_rows, xlsx_rows])
def test_what_no_file_can_hold_is_left_out(read_back):
    assert read_back([["a\x00b\x08c\ud800d\uffffe"]]) == [["abcde"]]


@pytest.mark.parametrize("read_back", [csv_rows, xlsx_rows])
def test_lines_and_unusual_letters_survive(read_back):
    text = "baris 1\nbaris 2\t\u20ac ꦧꦠꦶꦏ \U0001f9f5"
    assert read_back([[text]]) == [[text]]


@pytest.mark.parametrize("letter", ["a", "\U0001f9f5"], ids=["letter", "emoji, which Excel counts twice"])
def test_a_text_too_long_for_excel_is_cut_and_says_so(letter):
    fits = letter * (EXCEL_CELL_MAX // (len(letter.encode("utf-16-le")) // 2))
    assert xlsx_rows([[fits]]) == [[fits]]

    [[shown]] = xlsx_rows([[fits + letter]])
    assert shown.startswith(letter * 100)
    assert shown.endswith("[dipotong: satu sel Excel memuat paling banyak 32.767 karakter]")
    assert len(shown.encode("utf-16-le")) // 2 <= EXCEL_CELL_MAX
    assert csv_rows([[fits + letter]]) == [[fits + letter]]


def test_csv_reads_its_rows_while_it_is_sent():
    read = 0

    def rows() -> Iterator[list[int]]:
        nonlocal read
        for number in range(1000):
            read += 1
            yield [number]

    response = csv_response("tiket.csv", ["Nomor"], rows())
    assert read == 0
    next(iter(response))
    assert 0 < read < 1000
    assert len(csv_rows([[number] for number in range(1000)])) == 1000


def test_xlsx_keeps_the_headings_in_sight():
    content = xlsx_response("tiket", HEADINGS, [["KAL-1", "0812"]]).content
    assert load_workbook(io.BytesIO(content)).active.freeze_panes == "A2"


@pytest.mark.parametrize(
    ("respond", "suffix", "content_type"),
    [
        (csv_response, ".csv", "text/csv; charset=utf-8"),
        (xlsx_response, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_it_is_a_download_that_nobody_keeps(respond, suffix, content_type):
    response = respond(f"kotak-masuk-2026-11-24{suffix}", HEADINGS, [])
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="kotak-masuk-2026-11-24{suffix}"'
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("filename", "named"),
    [
        ("tiket", 'filename="tiket.csv"'),
        ('../../etc/"x"\r\nSet-Cookie: a=b', 'filename="etc-x-Set-Cookie-a-b.csv"'),
        ("???", 'filename="data.csv"'),
        ("Formulir é", "filename*=utf-8''Formulir-%C3%A9.csv"),
    ],
)
def test_the_name_of_the_file_is_harmless(filename, named):
    assert csv_response(filename, HEADINGS, [])["Content-Disposition"] == f"attachment; {named}"
