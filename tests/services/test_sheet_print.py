"""Printing sheets: drawn, read back, saved through the door; nothing on the paper that the campaign does not ask for."""

import io

import pypdfium2
import pytest

from dpdesk.domain.custody import Piece, State
from dpdesk.domain.errors import Cancelled, Declined, Invalid
from dpdesk.domain.sessions import Of, Part
from dpdesk.services import (
    allotments,
    campaigns,
    copies,
    custody,
    hand_in,
    issuing,
    sessions,
    sheet_pages,
    sheet_print,
    sheets,
    walks,
    walks_make,
)
from dpdesk.services.hand_in import Came
from tests.services.canvassing import STREET, holder, made, planned, printed, states, word


@pytest.fixture
def parent(session, tmp_path):
    people = [*STREET[:25], ("CV", "26", "0", "", "", "Ŷstwyth", "Siân", "AN1 2AB", "Flat 2", "14 Weir Lane", "Anytown"),
              ("CV", "27", "0", "", "", "Żak", "Łukasz", "AN1 2AC", "3 Quay Hill", "Anytown")]
    return planned(session, tmp_path, people)


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def test_a_drawing_is_read_back_and_printing_it_is_said_in_words(session, parent):
    sheet_pages.set_return_to(session, "Anytown branch, 1 Station Road, 01632 960001")
    sheet = made(session, parent)
    done = []
    drawn = sheet_print.draw(session, [sheet.id], progress=lambda n, total: done.append((n, total)))
    assert (len(drawn.pieces), done[-1]) == (3, (3, 3))
    assert states(session, sheet) == [State.DRAFTED] * 3
    pages = text_of(drawn.pdf)
    assert len(pages) == 3
    for said in ("Ada Resident1", "Weir Lane", "CV-1", "Spring election", "Rhys Responsible", "01632 960001", "CONFIDENTIAL",
                 "Do not photograph", "Page 1 of 3", "copy 1"):
        assert said in pages[0], said
    assert "Siân Ŷstwyth" in pages[1]
    assert "Flat 2" in pages[1]
    assert len(sheet_print.waiting(session)) == 3
    sheet_print.printed(session, drawn.pieces)
    assert states(session, sheet) == [State.PRINTED] * 3
    look = sheet_print.preview(drawn, 1, 1.0)
    assert (look.width, look.height, len(look.grey)) == (596, 842, 596 * 842)


def test_a_drawing_that_never_came_out_is_void_and_the_next_is_another_copy(session, parent):
    sheet = made(session, parent)
    first = sheet_print.draw(session, [sheet.id])
    sheet_print.not_printed(session, first.pieces)
    second = sheet_print.draw(session, [sheet.id], {sheet.id: [2]})
    assert second.pieces == (Piece(sheet.id, 2, 2),)
    assert "copy 2" in text_of(second.pdf)[0]
    assert sheet_print.waiting(session)[0].piece.copy == 2


def test_saving_goes_through_the_copies_door_and_is_due_today(session, parent, tmp_path):
    from dpdesk.services.session import today
    sheet = made(session, parent)
    drawn = sheet_print.draw(session, [sheet.id])
    copy = sheet_print.save(session, drawn, tmp_path / "sheets.pdf")
    assert (copy.kind.value, copy.people, copy.delete_by) == ("sheets", 27, today().isoformat())
    assert (tmp_path / "sheets.pdf").read_bytes() == drawn.pdf
    assert states(session, sheet) == [State.PRINTED] * 3
    assert copies.delete(session, copy.id).state.value == "deleted"


def test_a_drawing_can_be_stopped_and_leaves_nothing(session, parent):
    sheet = made(session, parent)
    with pytest.raises(Cancelled):
        sheet_print.draw(session, [sheet.id], cancelled=lambda: True)
    assert custody.copies_of(session, sheet.id) == []


def test_a_name_that_cannot_be_printed_is_told_before_anything_is(session, tmp_path):
    parent = planned(session, tmp_path, [("CV", "1", "0", "", "", "Hon", "漢字", "AN1 2AB", "1 Weir Lane", "Anytown")])
    sheet = made(session, parent)
    with pytest.raises(Declined) as refused:
        sheet_print.draw(session, [sheet.id])
    assert refused.value.reason == "sheets.print_unread"
    assert custody.copies_of(session, sheet.id) == []


def test_columns_cost_privacy_and_print_only_what_is_asked(session, parent):
    from dpdesk.domain.campaigns import PRESETS, Column, privacy_cost
    from dpdesk.domain.members import Kind
    from dpdesk.services import members, register_links
    assert all(not {Column.PHONE, Column.BORN, Column.MEMBER} & set(columns) for columns in PRESETS.values())
    assert privacy_cost(PRESETS["least"]) < privacy_cost(PRESETS["doorstep"]) < privacy_cost((Column.MEMBER, Column.PHONE))
    plain = made(session, parent)
    ada = members.add(session, Kind.MEMBER, {"forename": "Ada", "surname": "Resident1", "mobile": "07700 900123", "status": "current"})
    register_links.link(session, sheets.rows_of(session, plain.id)[0].elector.id, ada.id)
    assert "07700" not in text_of(sheet_print.draw(session, [plain.id]).pdf)[0]
    campaigns.change(session, parent.campaign, {}, columns=[Column.PHONE, Column.MEMBER])
    with pytest.raises(Invalid):
        campaigns.change(session, parent.campaign, {}, columns=["blood_group"])
    telling = made(session, parent, "telling")
    page = text_of(sheet_print.draw(session, [telling.id]).pdf)[0]
    assert "07700900123" in page
    assert "member" in page


def test_large_print_has_fewer_lines_a_page(session, parent):
    from dpdesk.domain.sessions import Variant
    allotted = allotments.allot(session, parent.id, [allotments.Allotting("Large", district="CV", variant=Variant.LARGE)])
    sheet = sheets.make(session, allotted)[0]
    assert (sheet.layout, sheet.pages) == ("2", 4)
    assert len(sheet_print.draw(session, [sheet.id]).pieces) == 4


def test_a_walk_becomes_a_sheet_in_walking_order(session, parent):
    proposal = walks_make.proposed(session, 40)
    walks_make.make(session, proposal)
    walk = walks.walks(session)[0].walk
    allotted = allotments.allot(session, parent.id, [allotments.Allotting(walk.title, walk=walk.id)])
    sheet = sheets.make(session, allotted)[0]
    names = [line.elector.address.split("\n")[0] for line in sheets.rows_of(session, sheet.id)]
    assert names[0] in ("1 Weir Lane", "3 Quay Hill")
    assert len(names) == 27


def test_a_page_is_handed_in_by_a_photo_of_it(session, parent, tmp_path):
    from PIL import Image
    sheet = made(session, parent)
    drawn = sheet_print.draw(session, [sheet.id])
    sheet_print.printed(session, drawn.pieces)
    issuing.issue(session, [sheet.id], holder(parent).id, word(session))
    look = sheet_print.preview(drawn, 2, 2.0)
    photo = Image.frombytes("L", (look.width, look.height), look.grey).rotate(7, fillcolor=200, expand=True)
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=60)
    (tmp_path / "photo.jpg").write_bytes(out.getvalue())
    shown = hand_in.show_picture(session, parent.id, tmp_path / "photo.jpg")
    assert [(each.piece.page, each.came, each.left) for each in shown] == [(3, Came.IN, 2)]
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(Declined) as refused:
        hand_in.show_picture(session, parent.id, tmp_path / "letter.txt")
    assert refused.value.reason == "sheets.no_picture"
    Image.new("L", (400, 400), 255).save(tmp_path / "blank.png")
    with pytest.raises(Declined) as refused:
        hand_in.show_picture(session, parent.id, tmp_path / "blank.png")
    assert refused.value.reason == "sheets.code_unseen"


def test_a_page_of_another_session_is_told_apart(session, parent):
    from tests.services.canvassing import plan_values, printed
    sheet = made(session, parent)
    printed(session, sheet)
    issuing.issue(session, [sheet.id], holder(parent).id, word(session))
    other = sessions.add(session, parent.campaign, plan_values(), sessions.Named(Of.NAME, name="Another"),
                         [(sessions.Named(Of.NAME, name="Someone"), Part.RESPONSIBLE)])
    assert hand_in.tick(session, other.id, [Piece(sheet.id, 1, 1)])[0].came is Came.ELSEWHERE


def test_a_polling_day_sheet_has_who_is_for_us_and_has_not_voted(session, parent):
    from dpdesk.domain.sessions import SheetKind
    from dpdesk.services import entering
    from dpdesk.services.sheet_lines import for_us, wanted
    codes = campaigns.codes(session, parent and campaigns.get(session, parent.campaign).codes)
    assert for_us(codes) == ("labour:definite",)
    sheet = made(session, parent)
    for line, said in ((0, ("L",)), (1, ("T",)), (2, ("L", "V")), (3, ("D",))):
        entering.by_hand(session, sheets.rows_of(session, sheet.id)[line].elector.id, parent.campaign, said)
    allotted = allotments.allot(session, parent.id, [allotments.Allotting(
        "Polling day", district="CV", kind=SheetKind.KNOCKING_UP, wanted=wanted(intentions=for_us(codes)))])
    knock = sheets.make(session, allotted)[0]
    assert [str(line.elector.key) for line in sheets.rows_of(session, knock.id)] == ["CV-27"]
    assert knock.kind is SheetKind.KNOCKING_UP
    assert "V" in [box.letters for box in knock.boxes], "has voted is a box of its own"
    assert "Polling day" in text_of(sheet_print.draw(session, [knock.id]).pdf)[0]
    printed(session, knock)
    issuing.issue(session, [knock.id], holder(parent).id, word(session))
    hand_in.tick(session, parent.id, [Piece(knock.id, 1, 1)])
    entering.enter_page(session, knock.id, 1, [entering.Ticked(1, ("V",))])
    with pytest.raises(Declined) as refused:
        sheets.make(session, allotted)
    assert refused.value.reason == "sheets.nobody", "who was for us has voted"
    campaigns.change(session, parent.campaign, {}, columns=["intention"])
    again = made(session, parent, "again")
    page = text_of(sheet_print.draw(session, [again.id]).pdf)[0]
    assert "Quay Hill L\r" in page or "Quay Hill L\n" in page, "the code of the last intention, and no word of it"


def test_whoever_wants_to_be_left_alone_is_a_blank_line(session, parent):
    from dpdesk.services import leaving_alone
    sheet = made(session, parent)
    leaving_alone.note(session, sheets.rows_of(session, sheet.id)[4].elector.id, household=True)
    blank = [line.line for line in sheets.rows_of(session, made(session, parent, "again").id) if line.blank]
    assert blank == [4, 5], "the whole household, and not the door before"


def test_the_cover_sheet_names_nobody(session, parent, tmp_path):
    from dpdesk.services import sheet_cover
    sheet = made(session, parent)
    copy = sheet_cover.save(session, parent.id, tmp_path / "cover.pdf")
    text = " ".join(text_of((tmp_path / "cover.pdf").read_bytes()))
    assert (copy.people, copy.delete_by) == (0, "")
    assert sheet.spoken in text
    assert "Cover sheet" in text
    for name in ("Rhys", "Sylvia", "Resident", "Ada", "Jane"):
        assert name not in text, name


def test_a_street_without_a_walk_is_printed_as_it_is_walked_and_its_head_says_both_sides(session, tmp_path):
    odd = [("CV", str(n), "0", "", "", f"Resident{n}", "Ada", "AN1 2AB", door, "Anytown") for n, door in enumerate(
        ("4 Weir Lane", "1 Weir Lane", "10A Weir Lane", "Rose Cottage, Weir Lane", "3 Weir Lane", "Flat 2, 6 Weir Lane",
         "Flat 1, 6 Weir Lane", "9 Quay Hill"), 1)]
    parent = planned(session, tmp_path, odd)
    [sheet] = sheets.make(session, allotments.allot(session, parent.id, [allotments.Allotting("", district="cv", street="weir LANE")]))
    [page] = sheet_pages.Drawing(session, parent).pages(sheet, {1: 1})
    assert [line.door for line in page.lines] == ["1", "3", "Rose Cottage", "10A", "Flat 1, 6", "Flat 2, 6", "4"]
    assert page.summary == "7 doors · 7 electors · 1-3 (odds), 4-10 (evens), 1 without a number"
    [whole] = sheets.make(session, allotments.allot(session, parent.id, [allotments.Allotting("All", district="CV")]))
    [page] = sheet_pages.Drawing(session, parent).pages(whole, {1: 1})
    assert page.summary == "8 doors · 8 electors · Quay Hill 9; Weir Lane 1-3 (odds), 4-10 (evens), 1 without a number"
    assert [line.address for line in page.lines[:2]] == ["Quay Hill", "Weir Lane"]
