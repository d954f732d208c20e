"""The cover sheet of a session lists its sheets, on as many pages as it takes."""

import pypdfium2

from dpdesk.paper.cover import Cover, CoverRow, render

FACTS = (("Branch", "Anytown"), ("Campaign", "Local election"), ("Meet", "Saturday 17 April, 10:30, Market Square"))
HEADINGS = ("Sheet", "Walk", "Pages", "Who", "Stands at", "Out", "Back", "Entered")


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def test_every_sheet_is_on_the_cover() -> None:
    rows = [CoverRow(f"K7Q{number:02}-4XW9P", f"Abbey {number}: High Street and Orchard Row, odd", 3, str(number % 7), "out")
            for number in range(60)]
    pages = texts(render(Cover("Cover sheet", FACTS, HEADINGS, rows, "Log: head code ABCD.")))
    assert len(pages) == 3
    assert all(sum(row.number in page for page in pages) == 1 for row in rows)
    assert all("Stands at" in page and "Log: head code ABCD." in page for page in pages)
    assert "Market Square" in pages[0]


def test_a_session_without_sheets_has_a_cover() -> None:
    assert len(texts(render(Cover("Cover sheet", FACTS, HEADINGS, (), "")))) == 1
