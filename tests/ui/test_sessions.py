"""Saturday in the window: drawn, looked at, printed, handed out with a PIN, handed in by code, one page lost, the rest destroyed."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QLineEdit

from dpdesk.domain.custody import Piece, State
from dpdesk.domain.sessions import Of, Part
from dpdesk.services import custody, issuing, session, sessions, sheet_loss, sheets, today, walks_make
from dpdesk.ui.sessions import cover
from dpdesk.ui.sessions.joining import JoinCard
from dpdesk.ui.sessions.people_block import PeopleBlock
from dpdesk.ui.sessions.printing import PrintPage
from tests.services.canvassing import CAMPAIGN, holder, made, planned, printed, word
from tests.ui.conftest import press, settle, told


@pytest.fixture
def parent(desk, tmp_path):
    return planned(desk.session, tmp_path)


@pytest.fixture
def go(qtbot, window, desk):
    def _go(code: str, place: dict | None = None):
        desk.go(code, place)
        settle(qtbot, window)
        return desk.page(code)
    return _go


def states(desk, sheet: str) -> list[str]:
    return [each.state.value for each in custody.copies_of(desk.session, sheet)]


def test_sheets_are_drawn_looked_at_and_printed(qtbot, window, desk, go, parent, tmp_path):
    sheet = made(desk.session, parent)
    page: PrintPage = go("sheets_print", {"id": parent.id})
    assert "CV Weir Lane: 3 pages, 30 electors. Not printed yet" in page.ticks[sheet.id].text()
    assert not page.print.isVisible(), "nothing is printed before it was read back"
    press(qtbot, window, "Prepare the pages")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: page.preview.picture.pixmap().width() > 300, timeout=20_000)
    assert "3 pages, all read back without a fault" in told(window)
    press(qtbot, window, "Next page")
    settle(qtbot, window)
    assert page.preview.number.text() == "2 of 3"
    press(qtbot, window, "Print…")
    qtbot.waitUntil(lambda: "No printer answers." in told(window) or bool(QPrinterInfo.availablePrinterNames()))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(150)
    printer.setFullPage(True)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.send(printer)
    assert "That printer writes a file, and not on paper." in told(window)
    page.paint(printer)
    qtbot.waitUntil(lambda: desk.jobs.under_way == 0, timeout=20_000)
    settle(qtbot, window)
    press(qtbot, window, "Yes, they came out")
    settle(qtbot, window)
    assert states(desk, sheet.id) == ["printed"] * 3
    document = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(document) == 3
    document.close()
    assert "3 pages are printed and in hand." in told(window)


def test_a_drawing_nobody_spoke_of_is_asked_about(qtbot, window, desk, go, parent):
    sheet = made(desk.session, parent)
    go("sheets_print", {"id": parent.id})
    press(qtbot, window, "Prepare the pages")
    settle(qtbot, window)
    go("session", {"id": parent.id})
    assert any(item.code == "sheets_drawn" for item in today.items(desk.session))
    go("sheets_print", {"id": parent.id})
    press(qtbot, window, "They were not")
    settle(qtbot, window)
    assert states(desk, sheet.id) == ["void"] * 3


def test_handed_out_with_a_pin_and_in_by_code(qtbot, window, desk, go, parent):
    sheet = made(desk.session, parent)
    printed(desk.session, sheet)
    page = go("sheets_issue", {"id": parent.id})
    page.who.choose(holder(parent).id)
    page._choose()
    assert page.ticks[sheet.id].isChecked()
    page.pin.setText("4071")
    press(qtbot, window, "Let them choose this PIN")
    settle(qtbot, window)
    page.pin.setText("9999")
    press(qtbot, window, "Hand 1 sheet out")
    settle(qtbot, window)
    assert "That is not their PIN." in told(window)
    page.pin.setText("4071")
    press(qtbot, window, "Hand 1 sheet out")
    settle(qtbot, window)
    assert states(desk, sheet.id) == ["issued"] * 3

    go("session", {"id": parent.id})
    press(qtbot, window, "Set off")
    settle(qtbot, window)
    assert "3 pages are with somebody." in told(window)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    page = go("sheets_return", {"id": parent.id})
    field: QLineEdit = page.field
    qtbot.keyClicks(field, sheets.expected(desk.session, sheet.id, 1, 1).code.label)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.answer.text() == "2 pages left"
    qtbot.keyClicks(field, "5012345678900")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "That is no code of a campaign sheet." in page.answer.text()
    page.ticks[Piece(sheet.id, 2, 1)].setChecked(True)
    press(qtbot, window, "Hand in what is ticked")
    settle(qtbot, window)
    page.ticks[Piece(sheet.id, 3, 1)].setChecked(True)
    press(qtbot, window, "What is ticked is lost…")
    settle(qtbot, window)
    page.slot.entry.form.fill({"how": "Left on the bus"})
    press(qtbot, window, "Report it")
    settle(qtbot, window)
    assert "6 people are on it by name" in "".join(b.text() for b in window.findChildren(type(page.tick)) if b.isVisible())
    (loss,) = sheet_loss.losses(desk.session)
    assert loss.incident
    press(qtbot, window, "See the incident of CV Weir Lane")
    settle(qtbot, window)
    assert desk.front == "duty"


def test_paper_is_destroyed_in_steps_and_certified(qtbot, window, desk, go, parent, tmp_path):
    sheet = made(desk.session, parent)
    printed(desk.session, sheet)
    issuing.issue(desk.session, [sheet.id], holder(parent).id, word(desk.session))
    page = go("destroy_sheets", {"new": True})
    assert "pages 1–3: still with somebody" in told(window)
    custody.move(desk.session, "sheets.handed_in", [each.piece for each in custody.copies_of(desk.session, sheet.id)], custody.Move.HAND_IN)
    page = go("destroy_sheets", {"new": True})
    press(qtbot, window, "Next: how")
    assert "Tick the sheets that were destroyed." in told(window)
    page.reasons[sheet.id].setText("Rained through")
    page.ticks[sheet.id].setChecked(True)
    press(qtbot, window, "Next: how")
    page.form.fill({"place": "Office", "witness": "Jane Example"})
    press(qtbot, window, "Next: check")
    assert "Record that 3 pages of 1 sheet are destroyed" in told(window)
    page.next_button.click()
    settle(qtbot, window)
    assert "A witness is somebody else" in told(window)
    page.form.fill({"witness": "Cara Canvasser"})
    press(qtbot, window, "Next: check")
    page.next_button.click()
    settle(qtbot, window)
    assert "3 pages are recorded as destroyed" in told(window)
    page.save_certificate(tmp_path / "certificate.pdf", "")
    settle(qtbot, window)
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")
    assert sheets.get(desk.session, sheet.id).state is State.DESTROYED


def test_a_session_is_planned_with_its_walks(qtbot, window, desk, go, parent):
    walks_make.make(desk.session, walks_make.proposed(desk.session, 10))
    page = go("session_plan", {"new": True})
    page.form.fill({"on_day": "2099-02-01"})
    press(qtbot, window, "Next: who")
    assert "This is outside what the policy allows" in told(window)
    page.form.fill({"on_day": (session.today() + timedelta(days=4)).isoformat(), "place": "Hall"})
    press(qtbot, window, "Next: who")
    press(qtbot, window, "Next: walks")
    assert "Name the most senior individual" in told(window)
    page.people.add(sessions.Named(Of.NAME, name="Sylvia Senior"), Part.SENIOR)
    page.people.add(sessions.Named(Of.NAME, name="Rhys Responsible"), Part.RESPONSIBLE)
    press(qtbot, window, "Next: walks")
    first = next(iter(page.walks._choices.values()))
    first.choose("1")
    press(qtbot, window, "Next: check")
    assert "Plan it, and make 1 sheet for" in told(window)
    page.next_button.click()
    settle(qtbot, window)
    assert "The session is planned, and 1 sheet is made." in told(window)
    press(qtbot, window, "Open the board")
    settle(qtbot, window)
    found = desk.page("session").seen
    assert (found.sheets[0].people > 0, found.session.somebody(found.allotments[0].holder).name) == (True, "Rhys Responsible")


def test_a_campaign_is_set_up_and_its_columns_say_what_they_cost(qtbot, window, desk, go, parent):
    page = go("campaigns", {"new": True})
    card = page.slot.entry
    card.form.fill({"name": CAMPAIGN["name"], "basis_why": "Assessed"})
    press(qtbot, window, "Add it")
    settle(qtbot, window)
    assert "There is one of this name already" in told(window)
    card.form.fill({"name": "Autumn"})
    press(qtbot, window, "Add it")
    settle(qtbot, window)
    press(qtbot, window, "Columns of Autumn")
    settle(qtbot, window)
    card = page.slot.entry
    assert "costs very much" in card.form.field("member").control.text()
    card.form.fill({"member": "yes"})
    press(qtbot, window, "Save")
    settle(qtbot, window)
    assert "A lost sheet gives much more away" in told(window)


def test_the_board_changes_who_takes_part_what_is_walked_and_when(qtbot, window, desk, go, parent, tmp_path):
    page = go("session", {"id": parent.id})

    def card(slot, **values: str) -> None:
        slot.entry.form.fill(values)

    def block() -> PeopleBlock:
        return page.findChild(PeopleBlock)
    press(qtbot, window, "Add somebody…")
    joining = page.findChild(JoinCard)
    joining.finder.field.setText("Tess Draft")
    press(qtbot, window, "Add")
    settle(qtbot, window)
    assert "Tess Draft" in told(window)
    press(qtbot, window, "Make Tess Draft the most senior individual")
    settle(qtbot, window)
    press(qtbot, window, "Take Cara Canvasser out")
    settle(qtbot, window)
    found = sessions.get(desk.session, parent.id)
    assert (found.somebody(found.senior).name, "Cara Canvasser" in told(window)) == ("Tess Draft", False)
    block().ask_street()
    card(page.slot, district="CV", street="Nowhere", holder=holder(found).id)
    press(qtbot, window, "Allot it")
    settle(qtbot, window)
    assert "no such street" in told(window)
    card(page.slot, street="weir lane")
    press(qtbot, window, "Allot it")
    settle(qtbot, window)
    assert "CV Weir Lane: no sheet yet" in told(window)
    (allotted,) = page.seen.allotments
    block().ask_holder(allotted)
    card(page.slot, holder=found.senior)
    press(qtbot, window, "Give it to them")
    settle(qtbot, window)
    assert page.seen.allotments[0].holder == found.senior
    page.ask_change()
    card(page.slot, place="Elsewhere", back_time="9:00")
    press(qtbot, window, "Save")
    settle(qtbot, window)
    assert "This is not a time, such as 10:30" in told(window)
    card(page.slot, back_time="15:00")
    press(qtbot, window, "Save")
    settle(qtbot, window)
    assert "Elsewhere" in told(window)
    cover.save_to(page, desk.context, parent.id, tmp_path / "cover.pdf", "")
    settle(qtbot, window)
    assert (tmp_path / "cover.pdf").read_bytes().startswith(b"%PDF")


def test_a_walk_is_allotted_on_the_board_and_nobody_takes_part_twice(qtbot, window, desk, go, parent):
    page = go("session", {"id": parent.id})
    press(qtbot, window, "Add somebody…")
    joining = page.findChild(JoinCard)
    joining.finder.field.setText("Cara Canvasser")
    joining.part.choose("canvasser")
    press(qtbot, window, "Add")
    settle(qtbot, window)
    assert joining.isVisible() and "There is one of this name already" in told(window)

    def block() -> PeopleBlock:
        return page.findChild(PeopleBlock)
    block().ask_walk()
    settle(qtbot, window)
    assert "There are no walks yet" in told(window)
    walks_make.make(desk.session, walks_make.proposed(desk.session, 20))
    block().ask_walk()
    settle(qtbot, window)
    page.slot.entry.form.fill({"holder": parent.senior})
    press(qtbot, window, "Allot it")
    settle(qtbot, window)
    assert [each.walk != "" for each in page.seen.allotments] == [True]
    block().ask_walk()
    settle(qtbot, window)
    assert "Every walk is in this session already" in told(window)


def test_a_loss_is_written_off_and_found_after_all(qtbot, window, desk, go, parent):
    sheet = made(desk.session, parent)
    printed(desk.session, sheet)
    issuing.issue(desk.session, [sheet.id], holder(parent).id, word(desk.session))
    sheet_loss.report(desk.session, [Piece(sheet.id, 2, 1)], "Left on the bus")
    page = go("sheet_losses", {})
    assert "1 loss is not settled." in told(window)
    press(qtbot, window, "Open an incident for CV Weir Lane")
    settle(qtbot, window)
    assert sheet_loss.losses(desk.session)[0].incident
    for verb, said, state in (("Write pages of CV Weir Lane off", "Not with the bus company", "lost"),
                              ("Pages of CV Weir Lane were found", "The driver had it", "found")):
        press(qtbot, window, verb)
        page.slot.entry.form.fill({"said": said})
        press(qtbot, window, "Say so")
        settle(qtbot, window)
        assert states(desk, sheet.id)[1] == state
    assert "The driver had it" in told(window)
    go("sheet", {"id": sheet.id})
    assert "Sheet " in told(window)
