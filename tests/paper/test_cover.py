"""The cover sheet of a session lists its sheets, on as many pages as it takes, and names nobody."""

import io

import pypdfium2

from dpdesk.domain.cover_sheets import Cover, CoverLine
from dpdesk.paper import cover
from dpdesk.services.cover_labels import cover_labels


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def test_every_sheet_is_on_the_cover() -> None:
    lines = tuple(CoverLine(f"Abbey {number}", f"K7Q{number:02}-4XW9P", 3, 41, "out") for number in range(45))
    out = io.BytesIO()
    assert cover.draw(Cover(cover_labels(), "Anytown", "Local election", "Saturday 17 April, 10:30", lines), out) == 3
    pages = texts(out.getvalue())
    assert all(any(line.sheet in page for page in pages) for line in lines)
    assert all("Saturday 17 April" in page and "45 sheets, 135 pages, 1845 doors" in page for page in pages)


def test_a_session_without_sheets_has_a_cover() -> None:
    out = io.BytesIO()
    assert cover.draw(Cover(cover_labels(), "Anytown", "Local election", "Saturday", ()), out) == 1
    assert "0 sheets" in texts(out.getvalue())[0]
