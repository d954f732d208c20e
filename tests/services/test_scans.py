"""Piles of paper come in on a real desk: each page once, each row in its state, and of what is not ours nothing stays."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from dpdesk.domain.custody import Piece, State
from dpdesk.domain.errors import Cancelled, Declined, Hindered, Invalid
from dpdesk.domain.roles import Role
from dpdesk.domain.scans import Fate, PageState, RowState
from dpdesk.domain.secret import Secret
from dpdesk.services import (
    copies,
    custody,
    entering,
    issuing,
    officers,
    policies,
    scans,
    scans_again,
    scans_images,
    scans_line_up,
    scans_review,
    scans_settle,
    scans_take,
    scans_two,
    sheets,
)
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.policy_words import rule_sentence
from dpdesk.services.session import today
from dpdesk.store import keys, scan_rows
from tests.founding import found
from tests.services import canvassing, scanning
from tests.services.conftest import PASSPHRASE


@pytest.fixture(scope="module")
def parent(tmp_path_factory):
    """A desk with a register and a running session: one for all tests here, each of which has a sheet of its own."""
    place = tmp_path_factory.mktemp("scans")
    session, _key = found(Desks(Machine(path=place / "machine.json"), keys.least()), place / "desk", Founding(
        "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret(PASSPHRASE)))
    planned = canvassing.planned(session, place)
    canvassing.out(session, planned)
    yield session, planned
    session.close()


@pytest.fixture
def session(parent):
    return parent[0]


@pytest.fixture
def sheet(session, parent, tmp_path):
    """A sheet of three pages that is out."""
    made = canvassing.made(session, parent[1], tmp_path.name)
    canvassing.printed(session, made)
    issuing.issue(session, [made.id], canvassing.holder(parent[1]).id, canvassing.word(session))
    return made


def mine(sheet, pages):
    """Those of the pages that are the sheet's."""
    return [page for page in pages if page.sheet == sheet.id]


def take(session, *paths, **more):
    return scans_take.take(session, scans_take.from_paths(paths), **more)


def test_a_mixed_pile_is_sorted_page_by_page(session, sheet, tmp_path):
    first, second = scanning.filled(session, sheet, 1), scanning.filled(session, sheet, 2, "feeder", hand=2)
    other = scanning.filled(session, sheet, 3, key=b"another branch's key")
    two = np.hstack([first.grey[:second.grey.shape[0] - 90, :1600], second.grey[:second.grey.shape[0] - 90, :1600]])
    pile = [np.rot90(second.grey, 2), scanning.letter(), scanning.blank(), first.grey, other.grey, np.rot90(first.grey), two]
    taken = take(session, scanning.scan(tmp_path, pile))
    assert [each.fate for each in scans.arrived(session, taken.batch)] == [
        Fate.TAKEN, Fate.FOREIGN, Fate.BLANK, Fate.TAKEN, Fate.OTHER_BRANCH, Fate.AGAIN, Fate.TWO]
    pages = scans.of_sheet(session, sheet.id)
    assert [(page.page, page.state) for page in pages] == [(1, PageState.REVIEW), (2, PageState.REVIEW)]
    for page, done in zip(pages, (first, second), strict=True):
        sure = [(row.read, truth) for row, truth in zip(page.rows, scanning.truth(done), strict=True)]
        assert all(a == b or "?" in (a, b) for read, truth in sure for a, b in zip(read, truth, strict=True))
        assert len(scans.picture(session, page.id)) < 300_000
    assert canvassing.states(session, sheet) == [State.SCANNED, State.SCANNED, State.OUT]
    (standing,) = scans.of_batch(session, taken.batch)
    assert standing.here == (1, 2) and [piece.page for piece in standing.missing] == [3]


def test_rows_are_taken_confirmed_or_looked_at_by_the_rules(session, sheet, tmp_path):
    done = scanning.filled(session, sheet, 1)
    take(session, scanning.scan(tmp_path, [done.grey]))
    (page,) = scans.of_sheet(session, sheet.id)
    for row in page.rows:
        if row.looks == ("empty",):
            assert row.state is RowState.STRIP and set(row.read) == {"."}
        elif row.looks:
            assert row.state is RowState.WAITING and not row.answer
        else:
            assert row.state is RowState.AUTO and row.answer.count("x") == row.read.count("x") >= 1
    assert {row.state for row in page.rows} >= {RowState.AUTO}
    assert sheets.get(session, sheet.id).state is State.OUT
    assert {each.move.value for each in custody.events(session, sheet.id) if each.how.value == "image"} == {"hand_in", "scan"}


def test_a_person_decides_takes_back_and_looks_the_page_through(session, sheet, tmp_path):
    take(session, scanning.scan(tmp_path, [scanning.filled(session, sheet, 1).grey]))
    (page,) = mine(sheet, scans.waiting(session))
    open_rows = [row.line for row in page.rows if row.state is RowState.WAITING]
    strip = [row.line for row in page.rows if row.state is RowState.STRIP]
    with pytest.raises(Invalid):
        scans_review.answer(session, page.id, {page.rows[0].line: "x?" + "." * 7})
    with pytest.raises(Declined):
        scans_review.check(session, page.id)
    letters = "x" + "." * (page.boxes - 1)
    for line in open_rows:
        scans_review.answer(session, page.id, {line: letters}, {line: "Spoke to a neighbour"})
    if strip:
        scans_review.confirm_strip(session, page.id)
    first = page.rows[0].line
    scans_review.answer(session, page.id, {first: letters})
    assert scans.get(session, page.id).page.state is PageState.READ and states_of(session, sheet)[0] is State.ENTERED
    after = scans_review.undo(session, page.id)
    assert scans.get(session, page.id).page.state is PageState.REVIEW and not after.rows[0].decided
    scans_review.answer(session, page.id, {first: letters})
    assert scans_review.check(session, page.id).done_at and states_of(session, sheet)[0] is State.VERIFIED
    assert mine(sheet, scans.to_check(session)) == [] == mine(sheet, scans.waiting(session))
    with pytest.raises(Declined):
        scans_review.check(session, page.id)


def states_of(session, sheet):
    return canvassing.states(session, sheet)


def test_a_photocopy_filled_differently_is_merged_by_a_person(session, sheet, tmp_path):
    one, two = scanning.filled(session, sheet, 1, hand=1), scanning.filled(session, sheet, 1, hand=2)
    taken = take(session, scanning.scan(tmp_path, [one.grey, two.grey]))
    assert [each.fate for each in scans.arrived(session, taken.batch)] == [Fate.TAKEN, Fate.DIFFERS]
    first, second = scans.of_sheet(session, sheet.id)
    assert second.instead_of == first.id and not any(row.decided for row in second.rows) and scans.counts(session)["differs"] == 1
    line = second.rows[2].line
    merged = scans_review.merge(session, second.id, {line: ".x" + "." * (first.boxes - 2)})
    assert merged.id == first.id
    (left,) = scans.of_sheet(session, sheet.id)
    assert left.rows[2].answer.startswith(".x") and left.rows[2].state is RowState.PERSON and scans.counts(session)["differs"] == 0


def test_a_page_without_its_codes_is_lined_up_by_its_number(session, sheet, tmp_path):
    done = scanning.filled(session, sheet, 2)
    torn = scanning.without_codes(done.grey)
    taken = take(session, scanning.scan(tmp_path, [torn]))
    (page,) = scans.to_line_up(session)
    assert taken.fates == {Fate.LINE_UP: 1} and page.sheet == ""
    with pytest.raises(Declined):
        scans_line_up.line_up(session, page.id, number="12345-67890-001-01-A")
    label = sheets.expected(session, sheet.id, 2, 1).code.label
    lined = scans_line_up.line_up(session, page.id, number=label.lower().replace("-", " "))
    assert (lined.sheet, lined.page) == (sheet.id, 2) and scans.to_line_up(session) == []
    read = {row.line: row.read for row in lined.rows}
    assert all(a == b or "?" in (a, b) for at, truth in enumerate(scanning.truth(done), 1) for a, b in zip(read[at], truth, strict=True))


def test_a_page_that_is_no_sheet_after_all_is_set_aside(session, sheet, tmp_path):
    done = scanning.filled(session, sheet, 1)
    take(session, scanning.scan(tmp_path, [done.grey[:, : done.grey.shape[1] // 5]]))
    for page in scans.to_line_up(session):
        scans_line_up.set_aside(session, page.id)
        with pytest.raises(Hindered):
            scans.picture(session, page.id)
    assert scans.to_line_up(session) == []


def test_rows_read_again_blind_measure_the_error(session, sheet, tmp_path, monkeypatch):
    monkeypatch.setattr(scans_settle.rules, "SAMPLE", 1.0)
    take(session, scanning.scan(tmp_path, [scanning.filled(session, sheet, 1).grey]))
    (page,) = scans.of_sheet(session, sheet.id)
    rows = [row for row in scans.sample(session) if row.page == page.id]
    assert rows and all(row.state is RowState.AUTO for row in rows)
    assert scans_review.blind(session, rows[0].page, rows[0].line, rows[0].answer).value == "agreed"
    wrong = rows[1].answer.replace("x", ".")
    assert scans_review.blind(session, rows[1].page, rows[1].line, wrong).value == "open"
    assert scans.get(session, rows[1].page).page.state is PageState.REVIEW and scans.rate(session).checked == 1
    scans_review.answer(session, rows[1].page, {rows[1].line: wrong})
    rate = scans.rate(session)
    assert (rate.wrong, rate.checked) == (1, 2) and rate.interval[1] > 0.5


def test_pictures_go_after_their_time_and_rows_stay(session, sheet, tmp_path):
    take(session, scanning.scan(tmp_path, [scanning.filled(session, sheet, 1).grey]))
    (page,) = scans.of_sheet(session, sheet.id)
    for row in page.rows:
        scans_review.answer(session, page.id, {row.line: "." * page.boxes})
    scans_review.check(session, page.id)
    assert scans_images.due(session) == [] and scans_images.erase(session) == 0
    assert scans_images.before(session)[:10] == (today() - timedelta(days=30)).isoformat(), "30 days after it was checked"
    policies.adopt(session, policies.draft(session, {"retention.scans.days": "7"}), "Sooner")
    officers.acknowledge(session)
    assert scans_images.before(session)[:10] == (today() - timedelta(days=7)).isoformat()
    assert rule_sentence(session.policy.rule_for("scans"), 0) == "Pictures of sheets: 7 days after the sheet was checked, then erased."
    assert page.id in [due for due, _since in scans_images.due(session, "9999")]
    assert scans_images.erase(session, [page.id]) == 1 and page.id not in [due for due, _since in scans_images.due(session, "9999")]
    with pytest.raises(Hindered):
        scans.picture(session, page.id)
    kept = scans.get(session, page.id).page.rows
    assert len(kept) == len(page.rows) and not any(row.read or row.answer for row in kept), "answers live on as results alone"
    assert all(row.fact is not None for row in entering.rows(session, sheet.id, 1))
    again = take(session, scanning.scan(tmp_path, [scanning.filled(session, sheet, 1, "feeder").grey], "again.pdf"))
    assert again.fates == {Fate.AGAIN: 1}
    with pytest.raises(Hindered):
        scans.picture(session, page.id)


def test_files_are_deleted_only_where_they_hold_nothing_else(session, sheet, tmp_path):
    clean = scanning.scan(tmp_path, [scanning.filled(session, sheet, 1).grey, scanning.blank()], "clean.pdf")
    mixed = scanning.scan(tmp_path, [scanning.letter(), scanning.filled(session, sheet, 2).grey], "mixed.pdf")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    taken = take(session, clean, mixed, broken, tmp_path / "gone.pdf", delete=True)
    assert taken.deleted == 1 and not clean.exists() and mixed.exists() and broken.exists()
    assert taken.unread == [("broken.pdf", "broken"), ("gone.pdf", "file_gone")] and taken.left == ["mixed.pdf", "broken.pdf"]
    again = take(session, mixed)
    assert again.known == ["mixed.pdf"] and again.pages == 0
    listed = [seen.copy.path for seen in copies.listing(session) if seen.copy.path.startswith(str(tmp_path))]
    assert listed == [str(mixed)], "a broken file is none of ours"


def test_stopping_keeps_what_is_in_and_going_on_doubles_nothing(session, sheet, tmp_path):
    path = scanning.scan(tmp_path, [scanning.filled(session, sheet, page).grey for page in (1, 2, 3)])
    told = []
    with pytest.raises(Cancelled):
        take(session, path, told=told.append, cancelled=lambda: bool(told))
    (left,) = scans_take.unfinished(session)
    assert 1 <= len(told) < 3 and left["missing"] == 3 - len(told)
    with pytest.raises(Cancelled):
        scans_take.resume(session, left["id"], cutting=lambda cut: cut())
    assert scans_take.unfinished(session)[0]["missing"] == 3 - len(told), "a page that was cut is not settled"
    taken = scans_take.resume(session, left["id"])
    assert taken.pages == 3 - len(told) and scans_take.unfinished(session) == []
    assert [page.page for page in scans.of_sheet(session, sheet.id)] == [1, 2, 3]


def test_answers_become_results_and_never_replace_what_was_keyed_otherwise(session, sheet, tmp_path):
    done = scanning.filled(session, sheet, 1)
    take(session, scanning.scan(tmp_path, [done.grey]))
    (page,) = scans.of_sheet(session, sheet.id)
    rows = {row.line: row for row in entering.rows(session, sheet.id, 1)}
    for row in page.rows:
        fact = rows[row.line].fact
        assert (fact is not None) == row.decided
        if fact is not None:
            letters = [sheet.boxes[at].letters for at, letter in enumerate(row.answer) if letter == "x"]
            assert fact.source.value == "scan" and sorted([*fact.raw.split(), *fact.answers]) == sorted(letters)
    waiting = next(row for row in page.rows if not row.decided)
    scans_review.answer(session, page.id, {waiting.line: "x" + "." * (page.boxes - 1)}, {waiting.line: "At work"})
    entered = {row.line: row.fact for row in entering.rows(session, sheet.id, 1)}[waiting.line]
    assert entered.note == "At work" and entered.raw == sheet.boxes[0].letters
    scans_review.undo(session, page.id)
    assert {row.line: row.fact for row in entering.rows(session, sheet.id, 1)}[waiting.line] is None
    custody.scanned(session, Piece(sheet.id, 2, 1))
    keyed = [entering.Ticked(line, (sheet.boxes[0].letters,)) for line in range(1, 13)]
    entering.enter_page(session, sheet.id, 2, keyed)
    take(session, scanning.scan(tmp_path, [scanning.filled(session, sheet, 2).grey], "two.pdf"))
    second = scans.of_sheet(session, sheet.id)[1]
    for row in second.rows:
        assert not row.decided or row.answer == "x" + "." * (page.boxes - 1)
    assert any("otherwise" in row.looks for row in second.rows)
    assert {row.fact.source.value for row in entering.rows(session, sheet.id, 2)} == {"sheet"}


def test_a_sheet_that_was_never_handed_out_is_asked_about(session, parent, tmp_path):
    sheet = canvassing.made(session, parent[1], "never out")
    canvassing.printed(session, sheet)
    take(session, scanning.scan(tmp_path, [scanning.filled(session, sheet, 1).grey]))
    (page,) = scans.of_sheet(session, sheet.id)
    assert not any(row.decided for row in page.rows) and any("not_out" in row.looks for row in page.rows)
    line = next(row.line for row in page.rows if row.looks == ("not_out",))
    with pytest.raises(Declined):
        scans_review.answer(session, page.id, {line: "x" + "." * (page.boxes - 1)})
    with pytest.raises(Declined):
        scans_review.retry(session, page.id)
    issuing.issue(session, [sheet.id], canvassing.holder(parent[1]).id, canvassing.word(session))
    rows, still = scans_review.retry_all(session)
    after = scans.get(session, page.id).page
    assert rows and not still
    assert any(row.state is RowState.AUTO for row in after.rows) and states_of(session, sheet)[0] is State.SCANNED


def test_pages_are_decided_again_from_what_was_measured(session, sheet, tmp_path):
    take(session, scanning.scan(tmp_path, [scanning.filled(session, sheet, 1).grey]))
    (page,) = scans.of_sheet(session, sheet.id)
    before = {row.line: (row.read, row.state) for row in page.rows}
    again = scans_again.read_again(session)
    assert again.pages >= 1 and (again.changed, again.old) == (0, 0)
    with session.change("scans.answered") as unit:
        scan_rows.change(unit.connection, page.id, [page.rows[0].line], read="." * page.boxes)
        unit.facts(rows=1)
    assert scans_again.read_again(session).changed == 1
    now = {row.line: row.read for row in scans.get(session, page.id).page.rows}
    assert now == {line: read for line, (read, _state) in before.items()}


def test_two_people_check_where_it_is_asked_and_a_check_of_the_sheet_counts(session, sheet, tmp_path, monkeypatch):
    take(session, scanning.scan(tmp_path, [scanning.filled(session, sheet, page).grey for page in (1, 2)]))
    first, second = scans.of_sheet(session, sheet.id)
    for page in (first, second):
        scans_review.answer(session, page.id, {row.line: "x" + "." * (page.boxes - 1) for row in page.rows})
    assert not scans_two.two_people(session)
    scans_two.set_two_people(session, True)
    with pytest.raises(Declined) as refused:
        scans_review.check(session, first.id)
    assert refused.value.reason == "scans.same_person"
    custody.verified(session, sheet.id, [2])
    assert scans.to_check(session) == []
    assert (scans.counts(session)["unchecked"], scans.counts(session)["for_another"]) == (0, 1)
    assert {page for page, _since in scans_images.due(session, "9999")} & {first.id, second.id} == {second.id}
    scans_two.set_two_people(session, False)
    assert scans_review.check(session, first.id).done_at
