"""Sheets as they come out of the printer: read back by a reader that knows nothing of the drawing."""

import io
import random
from dataclasses import replace

import cv2
import pypdfium2
import pytest

from dpdesk.domain.sheets import LARGE, LAYOUTS, NORMAL, SheetLine, SheetPage
from dpdesk.paper import checking, lettering, symbols
from dpdesk.paper.printing import draw
from tests.paper.made import BOXES, made_page, with_blank


def printed(*pages: SheetPage) -> bytes:
    out = io.BytesIO()
    assert draw(pages, out) == len(pages)
    return out.getvalue()


def test_markers_are_those_of_the_dictionary() -> None:
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    for number in range(6):
        image = cv2.aruco.generateImageMarker(dictionary, number, 6)
        black = {(row, column) for row, first, count in symbols.marker(number) for column in range(first, first + count)}
        assert black == {(y, x) for y in range(6) for x in range(6) if not image[y, x]}


def test_a_payload_that_needs_a_bigger_code_is_refused() -> None:
    with pytest.raises(ValueError):
        symbols.qr("A" * 30)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda each: each.name)
def test_every_page_is_read_back(layout) -> None:
    rng = random.Random(5)
    full = made_page(rng, layout)
    crowded = replace(
        full, heading="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Road", session="Saturday " * 30, summary="odd " * 40,
        branch="Anytown " * 20, return_to="Anytown branch, 1 Station Road " * 12, confidentiality="CONFIDENTIAL " * 8,
        boxes=tuple(replace(box, meaning=box.meaning * 5) for box in BOXES),
        lines=tuple(SheetLine("EX-A 12345/12", "The Old Rectory Barn", "Ŵ" * 60, "9 Long Street " * 9, ("01632 960123",) * 9)
                    for _ in range(layout.rows)))  # fmt: skip
    few = made_page(rng, layout, rows=2, boxes=BOXES[:4])
    pages = [full, with_blank(full, 3), crowded, few]
    assert checking.read_back(printed(*pages), pages) == ()


def test_what_is_wrong_with_a_page_is_told() -> None:
    rng = random.Random(6)
    good, other = made_page(rng), made_page(rng)
    pdf = printed(good, good)
    swapped = replace(good, codes=good.codes[::-1])
    assert [(each.page, each.code) for each in checking.read_back(pdf, [good, other])] == [(1, "code_a"), (1, "code_b")]
    assert [(each.page, each.code) for each in checking.read_back(pdf, [swapped, good])] == [(0, "code_a"), (0, "code_b")]
    assert checking.read_back(pdf, [good]) == (checking.PageProblem(0, "pages", "2"),)
    foreign = replace(good, lines=(replace(good.lines[0], name="عمر Example"), *good.lines[1:]))
    assert [(each.code, each.detail) for each in checking.read_back(printed(foreign), [foreign])] == [("letters", "رعم")]


def test_letters_that_no_font_has_are_named() -> None:
    assert lettering.missing(["Siân Ŵyn Łukasz Màiri 12–14 · “X”", "Nguyễn Thị Hà", "Ирина", "Ελένη"]) == set()
    assert lettering.missing(["Omar عمر"]) == set("عمر")


def test_a_name_in_letters_of_elsewhere_is_printed() -> None:
    page = made_page(random.Random(12))
    names = ("Nguyễn Thị Hà", "Ирина Пример", "Ελένη Example", "Ňuňez Ďurčo")
    page = replace(page, lines=tuple(SheetLine("EX-A 1", "2", name, "Đường", ("Trần",)) for name in names) + page.lines[len(names):])
    pdf = printed(page)
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert all(name in text for name in names)
    assert checking.read_back(pdf, [page]) == ()


def test_something_printed_in_a_quiet_zone_is_found() -> None:
    page = made_page(random.Random(7), replace(NORMAL, row_height=18.6))
    assert {each.code for each in checking.read_back(printed(page), [page])} == {"quiet"}


def test_no_name_is_in_the_files_properties_or_on_a_blank_line() -> None:
    page = with_blank(made_page(random.Random(8)), 0)
    other = replace(page, heading="Elsewhere")
    pdf = printed(page, other)
    assert b"Example" not in pdf
    assert pdf == printed(page, other), "the same pages give the same file: no clock, no random number"


def test_a_preview_is_a_picture_of_the_page() -> None:
    pdf = printed(made_page(random.Random(9), LARGE))
    picture = checking.preview(pdf, 0, 1.0)
    assert (picture.width, picture.height) == (596, 842) and len(picture.grey) == 596 * 842
    assert min(picture.grey) < 20 and picture.grey.count(255) > len(picture.grey) * 0.8
    with checking.Rendering(pdf) as rendering:
        assert rendering.picture(0, 100.0).width < 6000, "never more pixels than a machine can hold"


def test_a_file_that_is_no_pdf_ends_in_one_error() -> None:
    with pytest.raises(checking.RenderingFailed):
        checking.preview(b"no PDF", 0, 1.0)
