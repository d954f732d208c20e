"""A canvassing Saturday in the window, from the register to the certificate: walks, paper, a lost page, scans, two people, results."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from dpdesk.domain.custody import State
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import custody, officers, scans, sheets
from dpdesk.services.session import today
from dpdesk.store import keys
from dpdesk.ui.scans.queue import Task
from tests.paper import corpus, devices
from tests.paper.pens import BALLPOINT, Hand
from tests.services import entered, registers, scanning
from tests.services.conftest import desks, founded, reopen, session  # noqa: F401 - fixtures
from tests.ui.people_stage import Stage

LANE, HILL = "Weir Lane", "Quay Hill"
PEOPLE = [("CV", str(n), "0", "", "", f"Resident{n}", "Ada", "AN1 2AB" if n < 25 else "AN1 2AC",
           f"{(n + 1) // 2} {LANE}" if n < 25 else f"{n - 24} {HILL}", "Anytown") for n in range(1, 41)]
KEY = Qt.Key


def take_the_register_in(stage: Stage, folder) -> None:
    """The council's file: looked at, what it is for said, checked, taken in."""
    path = registers.write(folder, registers.xpress(PEOPLE), "windows-1252")
    page = stage.go("register_import", {})
    page.look_at(path)
    stage.settle()
    assert stage.reads("40 rows.")
    stage.press("Next: check the file")
    assert "supplier" in stage.page.supply.form.problems()
    stage.enter("Supplied by", "Anytown Council")
    stage.press("Next: check the file")
    stage.press("Next: take it in")
    stage.press(page.take.verb)
    stage.press("Delete the file now")
    assert not path.exists()
    stage.press("See the register")
    assert stage.desk.front == "register"


def propose_walks(stage: Stage) -> None:
    stage.go("walks")
    stage.press("Propose walks…")
    stage.enter("Doors of a walk, about", "14")
    stage.press("Propose")
    stage.press("Make these walks")
    assert stage.desk.front == "walks" and stage.told().endswith("walks are made.")


def plan(stage: Stage) -> None:
    """A campaign, then a session with people and walks."""
    stage.go("sessions")
    stage.press("Set up a campaign…")
    stage.enter("Name", "Spring election")
    stage.enter("Why that basis holds", "Voters expect a party to ask; assessed and recorded")
    stage.press("Add it")
    stage.go("sessions")
    stage.press("Plan a session…")
    stage.enter("Day", f"{today() + timedelta(days=1):%d/%m/%Y}")
    stage.enter("Meeting place", "Hall, Weir Lane")
    stage.enter("Where the paper lies", "Steel cabinet in the office")
    stage.press("Next: who")
    for name, part in (("Sylvia Senior", "Most senior individual"), ("Rhys Responsible", "Responsible individual"),
                       ("Cara Canvasser", "Canvasser")):
        stage.enter("Part in the session", part)
        stage.enter("Name of somebody who takes part", name)
        stage.press("Add")
    stage.press("Next: walks")
    for walk in stage.page.walks._walks.values():
        stage.enter(f"Who walks {walk.walk.title}", "Rhys Responsible")
    stage.press("Next: check")
    stage.press("Plan it")
    stage.press("Open the board")


def print_them(stage: Stage, path) -> None:
    """Every sheet drawn, read back, and put onto paper: the printer writes what it would put out to `path`."""
    stage.press("Authorise…")
    stage.press("Authorise")
    stage.press("Print sheets… (F4)")
    stage.press("Prepare the pages")
    assert stage.reads("all read back without a fault")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(200)
    printer.setFullPage(True)
    printer.setOutputFileName(str(path))
    stage.page.paint(printer)
    stage.settle()
    stage.agree("Yes, they came out")
    stage.press("The session")


def hand_out(stage: Stage) -> None:
    stage.press("Hand out… (F3)")
    assert stage.reads("Read this out, or let them read it")
    stage.page.pin.setFocus()
    stage.enter("Their PIN", "4071")
    stage.press("Let them choose this PIN")
    stage.enter("Their PIN", "4071")
    stage.press("Hand 2 sheets out")
    assert "with Rhys Responsible now." in stage.told()
    stage.press("The session")
    stage.press("Set off")


def hand_in(stage: Stage, lost) -> None:
    """Every page by its code, but one: lost, and an incident opened."""
    stage.press("Hand in… (F2)")
    page = stage.page
    for piece in list(page.ticks):
        if piece != lost:
            stage.enter("Code or number of a page", sheets.expected(stage.session, piece.sheet, piece.page, 1).code.label)
            stage.qtbot.keyClick(page.field, KEY.Key_Return)
            stage.settle()
    assert page.answer.text() == "1 page left"
    page.ticks[lost].click()
    stage.press("What is ticked is lost…")
    stage.enter("What is known", "Left on the bus")
    stage.press("Report it")
    assert stage.desk.front == "sheet_losses" and stage.reads("Left on the bus")
    stage.press(f"See the incident of {sheets.get(stage.session, lost.sheet).title}")
    assert stage.desk.front == "duty"


def marked(stage: Stage, path, lost) -> tuple[list[np.ndarray], dict]:
    """What the printer put out, filled in by hand and scanned: the pages, and the letters marked by (sheet, page, line)."""
    document, greys, truth, at = pypdfium2.PdfDocument(path), [], {}, 0
    for sheet in sheets.listing(stage.session):
        for number in range(1, sheet.pages + 1):
            drawn = scanning.drawn(stage.session, sheet, number)
            grey = document[at].render(scale=corpus.SCALE * 25.4 / 72, grayscale=True).to_numpy()
            grey, at = np.array(grey.reshape(grey.shape[:2])), at + 1
            if (sheet.id, number) == (lost.sheet, lost.page):
                continue
            rng = np.random.default_rng((11, at))
            hand = Hand(rng, grey, corpus.SCALE, BALLPOINT)
            for row in range(len(drawn.lines)):
                boxes = [0] if row % 4 else [3]
                if row == 2:
                    boxes = [0, 1]  # two intentions: a person has to say
                if row == 5:
                    boxes = []
                for box in boxes:
                    hand.cross(drawn.layout.box_at(row, box))
                truth[(sheet.id, number, row + 1)] = boxes
            greys.append(np.rot90(devices.PROFILES["flat200"](rng, grey), 2 if at == 2 else 0).copy())
    document.close()
    return greys, truth


def bring_in(stage: Stage, path) -> None:
    """Two people are to check; the pile is read while one waits."""
    page = stage.go("scans")
    page.intake.files([path])
    stage.qtbot.waitUntil(lambda: not page.intake.busy, timeout=30_000)
    stage.settle()
    stage.press("How good the reading is")
    stage.press("Two people check every page")
    stage.press(page.check.text())
    assert stage.desk.front == "scans_review"


def answers(session) -> dict:  # noqa: F811
    """What was entered from pages: (sheet, page, line) -> the places of its boxes."""
    return {(page.sheet, page.page, row.line): [at for at, letter in enumerate(row.answer) if letter == "x"]
            for sheet in sheets.listing(session) for page in scans.of_sheet(session, sheet.id) for row in page.rows}


def check_rows(stage: Stage, truth: dict) -> None:
    """Rows the machine is not sure of, by key; strips of empty rows; nothing is left but the look of another."""
    page = stage.page
    for _turn in range(80):
        stage.settle()
        stage.qtbot.waitUntil(lambda: page.here is not None or not page.todo, timeout=5_000)
        stage.qtbot.wait(10)
        here = page.here
        if here is None or here.kind is Task.PAGE:
            break
        if here.kind in (Task.ROW, Task.BLIND):
            found = scans.get(stage.session, here.page).page
            boxes = truth[(found.sheet, found.page, here.line)]
            for at, letter in enumerate(page.rows.letters):
                if (letter == "x") != (at in boxes[:1]):
                    stage.qtbot.keyClick(page.rows, KEY(KEY.Key_1 + at), Qt.KeyboardModifier.AltModifier)
        stage.qtbot.keyClick(page.stack.front(), KEY.Key_Return)
    assert page.todo == [] and stage.reads("pages wait for another officer to look them through."), "not by who decided rows"


def look_through(stage: Stage) -> tuple[str, int]:
    """A second person looks every page through, and puts one row right that the first got wrong; (page, line) of it."""
    page = stage.go("scans_review")
    first = page.here
    line, crop = 4, page.whole.crop
    stage.qtbot.waitUntil(crop.isVisible, timeout=5_000)
    stage.qtbot.wait(100)  # until it has its size
    at = crop._at(page.seen.layout.row(line - 1), crop._frame()[1]).center()
    stage.qtbot.mouseClick(crop, Qt.MouseButton.LeftButton, pos=at.toPoint())
    stage.settle()
    assert page.here.kind is Task.ROW and page.here.line == line
    stage.qtbot.waitUntil(lambda: page.rows.isVisible(), timeout=5_000)
    stage.qtbot.keyClick(page.rows, KEY.Key_2)
    press_on(stage)
    assert stage.reads("1 page waits for another officer to look it through."), "nobody else has seen the row put right"
    return first.page, line


def press_on(stage: Stage) -> None:
    """Enter until nothing is left."""
    page = stage.page
    for _turn in range(40):
        stage.settle()
        stage.qtbot.wait(10)
        if page.here is None and not page.todo:
            return
        stage.qtbot.keyClick(page.stack.front(), KEY.Key_Return)
    raise AssertionError(f"still there: {page.todo}")


def count(stage: Stage, truth: dict) -> None:
    """Results: everybody on a page that came back was called on, and those with a mark for a party count."""
    stage.go("results")
    called = sum(bool(boxes) for boxes in truth.values())
    assert stage.reads(f"{called} people called on")
    stage.press("Show as tables")


def destroy(stage: Stage, path, lost) -> None:
    """The lost page is written off, the rest is shredded, and a certificate written."""
    stage.go("sheet_losses", {})
    stage.press(f"Write pages of {sheets.get(stage.session, lost.sheet).title} off")
    stage.enter("Why", "Not with the bus company")
    stage.press("Say so")
    stage.go("sessions")
    stage.press("Destroy paper…")
    stage.press("Next: how")
    stage.enter("Place", "Office")
    stage.enter("Witness", "Wendy Sample")
    stage.press("Next: check")
    stage.press("Record it")
    stage.page.save_certificate(path, "")
    stage.settle()
    assert path.read_bytes().startswith(b"%PDF")
    assert {each.state for each in sheets.listing(stage.session)} == {State.DESTROYED}


def test_a_saturday_in_the_window(qtbot, session, desks, reopen, tmp_path):  # noqa: F811
    officers.add(session, "Dee Sample", Role.CANVASS_LEAD, Secret(entered.SECOND), kdf=keys.least())
    stage = Stage(qtbot, session, desks)
    take_the_register_in(stage, tmp_path)
    propose_walks(stage)
    plan(stage)
    made = sheets.listing(session)
    assert (len(made), sum(each.people for each in made)) == (2, len(PEOPLE))
    print_them(stage, tmp_path / "paper.pdf")
    hand_out(stage)
    lost = custody.copies_of(session, made[0].id)[-1].piece
    hand_in(stage, lost)
    greys, truth = marked(stage, tmp_path / "paper.pdf", lost)
    bring_in(stage, scanning.scan(tmp_path, greys))
    check_rows(stage, truth)
    stage.desk.end()

    other = reopen(entered.SECOND)
    officers.acknowledge(other)
    stage = Stage(qtbot, other, desks)
    where, line = look_through(stage)
    found = scans.get(other, where).page
    assert [row.answer for row in found.rows if row.line == line] == [".x" + "." * (found.boxes - 2)]
    truth[(found.sheet, found.page, line)] = [1]
    stage.desk.end()

    first = reopen()
    stage = Stage(qtbot, first, desks)
    stage.go("scans_review")
    press_on(stage)
    assert answers(first) == {place: sorted(boxes)[:1] for place, boxes in truth.items()}
    assert {each.state for each in sheets.listing(first)} == {State.VERIFIED, State.LOST}
    count(stage, truth)
    destroy(stage, tmp_path / "certificate.pdf", lost)
    stage.desk.end()
