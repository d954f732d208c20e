"""The pages of scanning: bringing pages in, deciding rows by key, strips, the whole page, lining up, scanners."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from dpdesk.domain.scans import PageState, RowState
from dpdesk.services import scans, scans_take
from dpdesk.ui.scans.queue import Task
from tests.services import canvassing, scanning
from tests.ui import walker
from tests.ui.people_stage import Stage, empty_stage, people_desks  # noqa: F401 - fixtures


@pytest.fixture
def campaign(empty_stage, tmp_path) -> Stage:  # noqa: F811
    """A desk with a sheet that is out."""
    empty_stage.sheet = canvassing.out(empty_stage.session, canvassing.planned(empty_stage.session, tmp_path))
    return empty_stage


def bring(campaign: Stage, tmp_path, *pages: int) -> None:
    """Take pages of the sheet in, without the window."""
    path = scanning.scan(tmp_path, [scanning.filled(campaign.session, campaign.sheet, page).grey for page in pages])
    scans_take.take(campaign.session, scans_take.from_paths([path]))


def test_files_dropped_are_read_and_what_came_of_them_is_told(campaign, tmp_path):
    page = campaign.go("scans")
    assert campaign.reads("Bring the pages in") and campaign.reads("No page has come yet.")
    path = scanning.scan(tmp_path, [scanning.filled(campaign.session, campaign.sheet, 1).grey, scanning.blank()])
    page.drop.promise([QUrl.fromLocalFile(str(path))])
    assert campaign.reads("Let go to read “scan.pdf”")
    page.drop.promise([QUrl.fromLocalFile(str(tmp_path / "letter.docx"))])
    assert campaign.reads("This cannot be taken")
    page.intake.files([path])
    campaign.qtbot.waitUntil(lambda: not page.intake.busy, timeout=30_000)
    campaign.settle()
    assert campaign.reads("2 pages: 1 taken in, 1 blank back.")
    assert campaign.reads("pages 2, 3 have not been scanned.")


def test_rows_are_decided_by_one_key_each_and_taken_back(campaign, tmp_path):
    bring(campaign, tmp_path, 1, 2, 3)
    page = campaign.go("scans_review")
    assert any(each.kind is Task.ROW for each in page.todo)
    first, press = page.here, lambda key, held=Qt.KeyboardModifier.NoModifier: campaign.qtbot.keyClick(page.rows, key, held)
    campaign.qtbot.waitUntil(lambda: page.rows.isVisible(), timeout=5_000)
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.rows.letters[1] in "x." and page.here == first
    press(Qt.Key.Key_3)
    campaign.settle()
    found = scans.get(campaign.session, first.page).page
    row = next(each for each in found.rows if each.line == first.line)
    assert row.state is RowState.PERSON and row.answer == "..x" + "." * (found.boxes - 3)
    page.undo()
    campaign.settle()
    row = next(each for each in scans.get(campaign.session, first.page).page.rows if each.line == first.line)
    assert row.state is RowState.WAITING
    for _turn in range(80):
        campaign.settle()
        campaign.qtbot.wait(20)
        view = page.stack.front()
        if view is page.nothing and page.here is None and not page.todo:
            break
        campaign.qtbot.keyClick(view, Qt.Key.Key_Return if view is not page.rows else Qt.Key.Key_1)
    assert campaign.reads("Nothing to check")
    assert all(each.state is PageState.READ and each.done_at for each in scans.of_sheet(campaign.session, campaign.sheet.id))


def test_the_clipboard_gives_a_picture(campaign):
    page = campaign.go("scans")
    grey = scanning.filled(campaign.session, campaign.sheet, 2).grey
    image = QImage(grey.tobytes(), grey.shape[1], grey.shape[0], grey.shape[1], QImage.Format.Format_Grayscale8)
    QApplication.clipboard().setImage(image)
    page.paste()
    campaign.qtbot.waitUntil(lambda: not page.intake.busy, timeout=30_000)
    campaign.settle()
    assert campaign.reads("1 page: 1 taken in.")
    QApplication.clipboard().clear()
    page.paste()
    assert campaign.reads("nothing") or campaign.reads("There is no picture and no scanned file to paste.")


def test_every_view_of_checking_has_no_faults(campaign, tmp_path, monkeypatch):
    from dpdesk.services import scans_settle
    from dpdesk.ui import theme
    monkeypatch.setattr(scans_settle.rules, "SAMPLE", 1.0)
    session, made = campaign.session, campaign.sheet
    torn = scanning.without_codes(scanning.filled(session, made, 3).grey)
    pile = [scanning.filled(session, made, 1).grey, scanning.filled(session, made, 1, hand=5).grey, torn]
    hands = (scanning.filled(session, made, 2, hand=hand) for hand in range(1, 30))
    pile.append(next(done.grey for done in hands if any(set(row) == {"."} for row in scanning.truth(done))))
    scans_take.take(session, scans_take.from_paths([scanning.scan(tmp_path, pile)]))
    found = []
    for look, scale, size in (("light", 100, (1280, 800)), ("dark", 200, (1280, 800)), ("light", 200, (1024, 700))):
        theme.apply(QApplication.instance(), look, scale)
        campaign.window.resize(*size)
        for code in ("scans", "scans_scanners", "scans_review"):
            page = campaign.go(code)
            found += [f"{code} {scale}: {fault}" for fault in walker.faults(page)]
        for kind in Task:
            if any(each.kind is kind for each in page.todo):
                page._choose(kind)
                campaign.settle()
                campaign.qtbot.wait(30)
                found += [f"{kind} {scale}: {fault}" for fault in walker.faults(page)]
                bar = page.parentWidget().parentWidget().verticalScrollBar()
                campaign.qtbot.waitUntil(lambda bar=bar: bar.value() == 0, timeout=10_000)  # each begins at its top
                if kind is Task.ROW and scale == 100:  # and is not as tall as the tallest of the others
                    campaign.qtbot.waitUntil(lambda bar=bar: bar.maximum() == 0, timeout=10_000)
    theme.apply(QApplication.instance(), "light", 100)
    assert {each.kind for each in page.todo} >= {Task.ROW, Task.STRIP, Task.DIFFER, Task.LINE_UP, Task.BLIND}
    assert not found, "\n".join(dict.fromkeys(found))
