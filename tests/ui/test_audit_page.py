"""Activity and audit: sentences, narrowing, the check in plain words, codes on paper, signed exports."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.domain.audit import Finding, Report
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, members, officers
from dpdesk.services.words import finding_sentence
from dpdesk.store import keys
from dpdesk.ui.audit.paper import read_code
from dpdesk.ui.audit.sentences import ACTIONS, EXPLAINED, remedy
from dpdesk.ui.audit.sentences import told as sentence
from tests.ui.conftest import told
from tests.ui.pages_hand import Hand, tamper

SECOND = "eleven herons by the canal"


@pytest.fixture
def hand(qtbot, window, desk):
    made = Hand(qtbot, window)
    made.go("audit")
    return made


def sentences(hand) -> list[str]:
    return [hand.page.model.sentence(row) for row in range(hand.page.model.rowCount())]


def test_entries_are_sentences_newest_first(hand):
    who = members.search(hand.desk.session, "Sample")[0].member
    members.edit(hand.desk.session, who.id, {"town": "Othertown", "postcode": "AB1 2CD"}, who)
    hand.go("audit")
    assert sentences(hand)[0] == "Jane Example changed 2 fields of Bob Sample"
    assert sentences(hand)[-1] == "Jane Example created the desk"
    assert "5 entries. Never checked yet." in told(hand.window)


def test_one_entry_in_full_and_the_way_to_its_record(hand):
    hand.page.table.setCurrentIndex(hand.page.model.index(0, 2))
    shown = told(hand.window)
    assert "Entry 4" in shown and "Fields: " in shown
    hand.press("Only entries about this record")
    assert sentences(hand) == ["Jane Example added Cerys Tester"]
    hand.press("Show everything")
    assert len(sentences(hand)) == 4
    hand.page.table.setCurrentIndex(hand.page.model.index(0, 2))
    hand.press("Open the record")
    assert hand.desk.front == "member"


def test_narrowing_by_action_and_days(hand):
    hand.choose("What was done", "Desk created")
    assert sentences(hand) == ["Jane Example created the desk"]
    place = hand.page.place()
    hand.press("Show everything")
    hand.go("audit", place)
    assert sentences(hand) == ["Jane Example created the desk"]
    hand.press("Show everything")
    hand.type("To", "1/1/2020")
    hand.leave_field("To")
    assert "No entry fits" in told(hand.window)
    hand.type("To", "soon")
    hand.leave_field("To")
    assert "Type a day such as 24/11/2026" in told(hand.window)


def test_narrowing_by_officer(hand):
    officers.add(hand.desk.session, "Tom Helper", Role.DATA_ENTRY, Secret(SECOND), kdf=keys.least())
    hand.go("audit")
    hand.choose("Officer", "Tom Helper")
    assert "No entry fits" in told(hand.window)
    hand.choose("Officer", "Jane Example")
    assert sentences(hand)[0] == "Jane Example added Tom Helper as an officer"


def test_older_entries_come_on_request(hand):
    for number in range(210):
        members.add(hand.desk.session, Kind.CONTACT, {"surname": f"Contact {number}"})
    hand.go("audit")
    assert hand.page.model.rowCount() == 200
    hand.press("Show older entries")
    assert hand.page.model.rowCount() == 214
    assert not hand.page.older.isVisible()


def test_a_whole_log_is_said_to_be_whole_with_its_code(hand):
    code = audit.current_head(hand.desk.session)
    hand.press("Check the log now")
    shown = told(hand.window)
    assert "The log is whole. Nothing was changed, removed or added." in shown
    assert code in shown and "4 entries checked on" in shown
    assert "Found whole on" in shown
    hand.press("Copy the code")
    assert QApplication.clipboard().text() == code


def test_an_edited_entry_is_named_and_explained(hand):
    tamper(hand.desk.session, "UPDATE audit SET action = 'member.undone' WHERE seq = 3", "guard_audit_update")
    hand.press("Check the log now")
    shown = told(hand.window)
    assert "Something is wrong" in shown and "Entry 3 was changed after it was written" in shown
    assert "copy the whole folder" in shown and "The last check found something wrong." in shown
    assert "Head code" not in shown
    hand.press("What this means: Entry 3 was changed after it was written")
    assert hand.desk.front == "help"
    assert hand.page.reader.textCursor().block().text() == "An entry was edited"


def test_a_removed_entry_is_named(hand):
    tamper(hand.desk.session, "DELETE FROM audit WHERE seq = 2", "guard_audit_delete")
    hand.press("Check the log now")
    assert "Entry 2 is missing" in told(hand.window)


def test_a_code_on_paper_agrees_or_does_not(hand):
    code = audit.current_head(hand.desk.session)
    members.add(hand.desk.session, Kind.CONTACT, {"surname": "Later"})
    hand.press("Compare with a code on paper, folded")
    for typed, answer in ((code.lower().replace("-", " "), "It agrees. Entry 4"),
                          ("4-0000-0000-0000-0000", "It does not agree: entry 4"),
                          ("99" + code[1:], "The log has no entry 99"),
                          ("hello", "That is not a head code")):
        hand.type("Code on paper", typed)
        hand.press("Compare")
        assert answer in told(hand.window)


@pytest.mark.parametrize("typed", ["", "17", "17-3F2A", "17-3F2A-91C0-77DE-10BX", "17-3F2A-91C0-77DE-10B4-1"])
def test_what_is_no_code_is_not_read_as_one(typed):
    assert read_code(typed) is None


@pytest.mark.parametrize("kind", ["PDF", "CSV"])
def test_exports_are_saved_with_their_signature(hand, tmp_path, kind):
    path = tmp_path / f"log.{kind.lower()}"
    hand.press(f"Save as {kind}")
    hand.save_as(path)
    assert path.exists() and (tmp_path / f"{path.name}.sig").exists()
    assert f"Saved {path.name}" in hand.said and "not encrypted" in hand.said
    audit.check_export(hand.desk.session, path)
    assert sentences(hand)[0] == "Jane Example exported the audit log"


def test_an_export_to_a_folder_that_is_not_there_is_refused_in_words(hand, tmp_path):
    hand.page._save(tmp_path / "gone" / "log.pdf")
    hand.settle()
    assert hand.page.messages.kind == "failed" and "Nothing was changed" in hand.said


def test_an_auditor_reads_the_log_without_names_of_people(hand, desks, folder):
    officers.add(hand.desk.session, "Ada Auditor", Role.AUDITOR, Secret(SECOND), kdf=keys.least())
    hand.window.lock()
    auditor = desks.open(folder, Secret(SECOND))
    officers.acknowledge(auditor)
    hand.window.enter(auditor)
    hand.go("audit")
    assert "Jane Example added a member" in sentences(hand)
    hand.page.table.setCurrentIndex(hand.page.model.index(3, 2))
    assert "Open the record" not in [b.text() for b in hand.page.entry.findChildren(type(hand.page.check))]


def test_every_finding_and_every_action_has_words(hand):
    for kind in EXPLAINED:
        assert finding_sentence(Finding(2, kind)).startswith("Entry 2 ") and remedy(kind)
    assert finding_sentence(Finding(2, "deleted", 5)) == "Entries 2 to 5 are missing"
    assert finding_sentence(Finding(2, "cut", 5)).startswith("Entries 2 to 5 are missing: the end")
    for action in ACTIONS:
        line = audit.Line(1, "2026-11-23T10:00:00.000Z", "a", "Jane Example", action, "member", "b", ("town",), {"entries": 1})
        said = sentence(line)
        assert "Jane Example" in said and "{" not in said, action


def test_many_findings_are_counted_and_database_damage_is_told(hand):
    report = Report(30, bytes(32), [Finding(n, "edited", n) for n in range(1, 21)])
    hand.page.verdict.show_verdict(audit.Verdict(report, ("page 3: bad",), "30-AAAA", "2026-11-23T10:00:00.000Z"))
    shown = told(hand.window)
    assert "21 findings" in shown and "and 12 more" in shown and "The database file itself is damaged" in shown
