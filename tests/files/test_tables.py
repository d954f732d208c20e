"""Any bytes as a list: read rightly, or refused with a reason; never a crash, never without end."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpdesk.domain.errors import Unreadable
from dpdesk.files import tables, xlsx
from dpdesk.files.tables import NOTES, REASONS, read_table
from tests.files import samples

PLAIN = "Forename,Surname,Email\nAnn,Lee,ann@example.org\n"


def write(folder: Path, content: bytes | str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def reason(path: Path) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        list(read_table(path).rows())
    assert caught.value.reason in REASONS
    assert caught.value.name == path.name
    return caught.value.reason, caught.value.detail


@pytest.mark.parametrize(
    ("codec", "shown"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")]
)
def test_encodings(tmp_path, codec, shown):
    table = read_table(write(tmp_path, "Forename,Surname\nZoë,O’Neill\nSiân,Lee\n".encode(codec)))
    assert table.encoding == shown
    assert table.headers == ("Forename", "Surname")
    assert list(table.rows()) == [(2, ["Zoë", "O’Neill"]), (3, ["Siân", "Lee"])]
    assert table.notes == ()


def test_utf16_big_endian(tmp_path):
    table = read_table(write(tmp_path, b"\xfe\xff" + "Forename\tSurname\nZoë\tLee\n".encode("utf-16-be")))
    assert list(table.rows()) == [(2, ["Zoë", "Lee"])]


def test_latin1_where_windows_has_no_letter(tmp_path):
    table = read_table(write(tmp_path, b"Forename,Surname\nZo\xeb\x81,Lee\n"))
    assert table.encoding == "latin-1"


def test_mixed_encodings_are_decoded_line_by_line(tmp_path):
    table = read_table(write(tmp_path, "Forename,Surname\nZoë,Lee\n".encode() + "Siân,Lee\n".encode("cp1252")))
    assert [cells[0] for _, cells in table.rows()] == ["Zoë", "Siân"]
    assert table.notes == ("mixed_encoding",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path, delimiter):
    lines = ["Forename|Surname|Address|Joined", "Ann|Lee|'1, High St; Flat 2'|1/2/2020", "Bob|Kim||"]
    text = "\n".join(lines).replace("|", delimiter).replace("'", '"') + "\n"
    table = read_table(write(tmp_path, text, "list.txt"))
    assert table.delimiter == delimiter
    assert next(table.rows())[1] == ["Ann", "Lee", "1, High St; Flat 2", "1/2/2020"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path, ends):
    table = read_table(write(tmp_path, PLAIN.replace("\n", ends)))
    assert list(table.rows()) == [(2, ["Ann", "Lee", "ann@example.org"])]


def test_title_lines_above_the_header_are_skipped_and_lines_counted(tmp_path):
    table = read_table(write(tmp_path, "Members of Anytown\n\nas of today,,\n" + PLAIN + ",,\n  \nBob,Kim,\n"))
    assert (table.header_line, table.notes) == (4, ("title_skipped",))
    assert [line for line, _ in table.rows()] == [5, 8]


def test_a_line_number_is_where_the_row_begins(tmp_path):
    table = read_table(write(tmp_path, 'Forename,Address\nAnn,"1 High St\nAnytown"\nBob,x\n'))
    assert [line for line, _ in table.rows()] == [2, 4]


def test_rows_keep_their_own_width(tmp_path):
    table = read_table(write(tmp_path, "A,B,C\n1,2\n1,2,3,4\n"))
    assert [len(cells) for _, cells in table.rows()] == [2, 4]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\n", "empty"),
        (b"Forename,Surname\n", "no_rows"),
        (b"Forename,Surname\n,\n", "no_rows"),
        (b"Surname\nLee\n", "one_column"),
        (b"Ann,Lee,ann@example.org\nBob,Kim,bob@example.org\n", "no_header"),
        (b"01632 960123,AN1 1AA\n01632 960124,AN1 1AB\n", "no_header"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
        (b"%PDF-1.7\n1 0 obj\n", "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"\xff\xfe" + b"\x00\xd8" * 30, "binary"),
        (b"A,B\n" + b"1,2\n" * 400 + b"x\0,y\n", "nul"),
        (b"A,B\n" + b"\xe9,2\n" * 40_000 + b"x\0,y\n", "nul"),
        (b"A,b,a \n1,2,3\n", "duplicate_header"),
        (b"PK\x03\x04" + b"x" * 50, "damaged_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b",".join(b"c%d" % n for n in range(300)) + b"\n" + b"x," * 300, "too_many_columns"),
    ],
)
def test_refused_with_a_reason(tmp_path, content, expected):
    assert reason(write(tmp_path, content))[0] == expected


def test_details(tmp_path):
    assert reason(write(tmp_path, b"A,B\n" + b"1,2\n" * 400 + b"x\0,y\n")) == ("nul", "402")
    assert reason(write(tmp_path, b"A,B,C,b\n1,2,3,4\n")) == ("duplicate_header", "b")
    assert reason(write(tmp_path, 'A,B\n1,"never closed\n' + "1,2\n" * 60_000)) == ("cell_too_long", "2")


def test_missing_and_folder(tmp_path):
    assert reason(tmp_path / "none.csv")[0] == "missing"
    assert reason(tmp_path)[0] in ("folder", "missing")


@pytest.mark.parametrize("start", [b"", b"A,B\n1,2\n", b"\xff\xfeA\0,\0B\0\n\0", b"A,B\n\xe9,2\n"])
def test_a_line_of_two_gigabytes_is_refused_with_little_memory(tmp_path, start, monkeypatch):
    monkeypatch.setattr(tables, "LARGEST", 4 << 30)
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(start + b"x\0" * 3_000_000 if start.startswith(b"\xff") else start + b"x" * 3_000_000)
        file.truncate(len(start) + (2 << 30))
    tracemalloc.start()
    assert reason(path)[0] in ("line_too_long", "nul")
    assert tracemalloc.get_traced_memory()[1] < 40 << 20
    tracemalloc.stop()


def test_too_big(tmp_path):
    path = write(tmp_path, PLAIN)
    with path.open("r+b") as file:
        file.truncate(tables.LARGEST + 1)
    assert reason(path)[0] == "too_big"


def test_too_many_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert reason(write(tmp_path, "A,B\n" + "1,2\n" * 4)) == ("too_many_rows", "3")
    assert len(list(read_table(write(tmp_path, "A,B\n" + "1,2\n" * 3)).rows())) == 3


def test_a_file_that_changes_meanwhile_is_noticed(tmp_path):
    path = write(tmp_path, PLAIN)
    table = read_table(path)
    path.write_text(PLAIN + "Bob,Kim,\n")
    with pytest.raises(Unreadable) as caught:
        list(table.rows())
    assert caught.value.reason == "changed"


def test_a_workbook_with_typed_cells(tmp_path):
    path = samples.xlsx(
        tmp_path / "list.xlsx",
        [
            ["Membership No", "Forename", "Phone", "Joined", "Email OK", "Note"],
            [12345.0, "Zoë", 1632960123, ("day", 45292), True, 0.5],
            None,
            ["00012", "Bob", "", "3/1/2024", False, "=1+1"],
        ],
    )
    table = read_table(path)
    assert (table.sheet, table.header_line) == ("Members", 1)
    assert list(table.rows()) == [
        (2, ["12345", "Zoë", "1632960123", "2024-01-01", "yes", "0.5"]),
        (4, ["00012", "Bob", "", "3/1/2024", "no", "=1+1"]),
    ]


def test_the_first_filled_visible_sheet_is_read(tmp_path):
    rows = [["Forename", "Surname"], ["Ann", "Lee"]]
    path = samples.workbook(
        tmp_path / "list.xlsx",
        {
            "Hidden": samples.sheet_xml([["x", "y"], ["1", "2"]]),
            "Empty": samples.sheet_xml([]),
            "Members": samples.sheet_xml([["Members of Anytown"], [], *rows], 3),
            "More": samples.sheet_xml(rows),
        },
        hidden=["Hidden"],
    )
    table = read_table(path)
    assert (table.sheet, table.header_line, table.notes) == ("Members", 5, ("other_sheets", "title_skipped"))
    assert list(table.rows()) == [(6, ["Ann", "Lee"])]


def test_workbooks_that_are_none(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    assert reason(tmp_path / "a.xlsx")[0] == "not_a_workbook"
    assert reason(samples.workbook(tmp_path / "b.xlsx", {"Empty": samples.sheet_xml([])}))[0] == "no_sheet"
    good = samples.xlsx(tmp_path / "c.xlsx", [["A", "B"], ["1", "2"]]).read_bytes()
    assert reason(write(tmp_path, good[: len(good) // 2], "d.xlsx"))[0] == "damaged_workbook"
    broken = samples.workbook(tmp_path / "e.xlsx", {"S": "<worksheet><sheetData><row r='1'><c r='A1'"})
    assert reason(broken)[0] in ("damaged_workbook", "no_sheet")


def test_zip_bombs(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "LARGEST_UNPACKED", 8 << 20)
    bomb = samples.workbook(
        tmp_path / "a.xlsx", {"S": samples.sheet_xml([["A", "B"], ["1", "2"]])}, extra={"xl/media/big.bin": bytes(64 << 20)}
    )
    assert bomb.stat().st_size < 1 << 20
    assert reason(bomb)[0] == "zip_bomb"
    many = samples.workbook(
        tmp_path / "b.xlsx", {"S": samples.sheet_xml([["A", "B"]])}, extra={f"xl/x{n}": b"" for n in range(2100)}
    )
    assert reason(many)[0] == "zip_bomb"


def test_a_cell_far_off_does_not_fill_the_memory(tmp_path):
    far = samples.sheet_xml([["A", "B"], ["1", "2"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert reason(samples.workbook(tmp_path / "far.xlsx", {"S": far}))[0] == "zip_bomb"


def test_one_long_text_used_a_million_times_does_not_fill_the_memory(tmp_path):
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 60_001))
    sheet = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    )
    text = b"<sst><si><t>" + b"x" * 100_000 + b"</t></si></sst>"
    assert reason(samples.workbook(tmp_path / "t.xlsx", {"S": sheet}, extra={"xl/sharedStrings.xml": text}))[0] == "zip_bomb"


def _any_bytes(folder: Path, content: bytes, name: str) -> None:
    path = write(folder, content, name)
    try:
        table = read_table(path)
        for line, cells in table.rows():
            assert line > table.header_line
            assert all(isinstance(cell, str) for cell in cells)
        assert set(table.notes) <= set(NOTES)
    except Unreadable as problem:
        assert problem.reason in REASONS


_FUZZ = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_TEXTS = st.text(alphabet=st.sampled_from(",;\t|\"'\r\n \0\x1aAbé’\u202e@=0123\ufeff"), max_size=200)


@_FUZZ
@given(
    content=st.one_of(
        st.binary(max_size=400),
        _TEXTS.map(str.encode),
        _TEXTS.map(lambda t: t.encode("utf-16")),
        _TEXTS.map(lambda t: t.encode("cp1252", "replace")),
    )
)
def test_any_bytes_end_in_rows_or_a_reason(tmp_path, content):
    _any_bytes(tmp_path, content, "any.csv")


@_FUZZ
@given(
    start=st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    rest=st.binary(max_size=300),
)
def test_any_bytes_after_a_known_beginning(tmp_path, start, rest):
    _any_bytes(tmp_path, start + rest, "any.xlsx")


@_FUZZ
@given(data=st.data())
def test_any_flipped_byte_of_a_workbook(tmp_path, data):
    path = tmp_path / "good.xlsx"
    if not path.exists():
        samples.xlsx(path, [["Forename", "Surname"], ["Ann", "Lee"], ["Bob", 3]])
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    _any_bytes(tmp_path, bytes(content), "flipped.xlsx")


@pytest.mark.parametrize(("content", "reason", "detail"), [
    ('First Name,Last Name\nAnn,"Lee\nBob,Moss\nEve,Law\n', "quote_open", "2"),
    ("<html><table><tr><td>First Name</td></tr></table></html>", "web_page", ""),
    ("\ufeff <!DOCTYPE html><title>Members</title>", "web_page", "")])
def test_what_would_lose_rows_unseen_or_is_no_list_is_refused_whole(tmp_path, content, reason, detail):
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable) as refused:
        list(read_table(path).rows())
    assert (refused.value.reason, refused.value.detail) == (reason, detail)


def test_inches_and_cells_of_several_lines_are_no_open_quotation_mark(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('Name,Note\nAnn,5\'10" tall\nBob,"two\nlines"\n', encoding="utf-8")
    assert [cells for _line, cells in read_table(path).rows()] == [["Ann", "5'10\" tall"], ["Bob", "two\nlines"]]


def test_names_that_were_spoilt_before_are_noticed_and_good_ones_are_not(tmp_path):
    path = tmp_path / "list.csv"
    for name, spoilt in (("Siôn", False), ("Zoë Ångström", False), ("Siôn".encode().decode("cp1252"), True)):
        path.write_text(f"Name,Mail\n{name},a@example.org\n", encoding="utf-8")
        assert ("twice_encoded" in read_table(path).notes) is spoilt, name
