"""The chain of custody: whatever happens in whatever order, no sheet is destroyed with a page unaccounted for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dpdesk.domain.custody import (
    AWAY,
    Move,
    PageCopy,
    Piece,
    State,
    destroyable,
    destroyed,
    hindrances,
    may,
    missing,
    moved,
    sheet_state,
    stretches,
)

SHEET = "ABCDEFGHJK"
LIFE = (Move.PRINT, Move.ISSUE, Move.GO_OUT, Move.HAND_IN, Move.SCAN, Move.ENTER, Move.VERIFY, Move.UPLOAD)


def page(number: int = 1, copy: int = 1) -> PageCopy:
    return PageCopy(Piece(SHEET, number, copy))


def after(*moves: Move, number: int = 1, copy: int = 1) -> PageCopy:
    found = page(number, copy)
    for move in moves:
        found = moved(found, move, "2026-11-28T10:00:00.000Z")
    return found


class Sheet(RuleBasedStateMachine):
    """A sheet of three pages, printed again and again, to which anything happens in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.copies = [page(number) for number in (1, 2, 3)]
        self.ever_out: set[Piece] = set()
        self.came_back: set[Piece] = set()
        self.written_off: set[Piece] = set()

    @rule(at=st.integers(0, 11), move=st.sampled_from([move for move in Move if move is not Move.DESTROY]))
    def something_happens(self, at: int, move: Move) -> None:
        at %= len(self.copies)
        before = self.copies[at]
        if not may(before, move):
            with pytest.raises(ValueError, match=move.value):
                moved(before, move)
            return
        self.copies[at] = moved(before, move)
        if move is Move.ISSUE:
            self.ever_out.add(before.piece)
            self.came_back.discard(before.piece)
        if move in (Move.HAND_IN, Move.FIND):
            self.came_back.add(before.piece)
            self.written_off.discard(before.piece)
        if move is Move.LOSE:
            self.came_back.discard(before.piece)
            self.written_off.discard(before.piece)
            self.ever_out.add(before.piece)
        if move is Move.WRITE_OFF:
            self.written_off.add(before.piece)

    @precondition(lambda self: len(self.copies) < 12)
    @rule(number=st.integers(1, 3))
    def printed_again(self, number: int) -> None:
        self.copies.append(page(number, 1 + sum(each.piece.page == number for each in self.copies)))

    @rule(with_reason=st.booleans())
    def somebody_wants_to_destroy(self, with_reason: bool) -> None:
        if not destroyable(self.copies, with_reason=with_reason):
            with pytest.raises(ValueError, match="not destroyable"):
                destroyed(self.copies, "", with_reason=with_reason)
            return
        hard = [each for each in hindrances(self.copies) if not each.reason_will_do]
        assert not hard
        self.copies = destroyed(self.copies, "", with_reason=with_reason)
        assert sheet_state(self.copies) in (State.DESTROYED, State.VOID)

    @invariant()
    def nothing_is_destroyed_with_a_page_unaccounted_for(self) -> None:
        if sheet_state(self.copies) is not State.DESTROYED:
            return
        for each in self.copies:
            assert each.gone
            assert each.piece not in self.ever_out or each.piece in self.came_back | self.written_off, each
        assert not missing(self.copies)

    @invariant()
    def what_is_away_shows(self) -> None:
        away = any(each.state in AWAY for each in self.copies)
        lost = any(each.state is State.LOST and not each.written_off for each in self.copies)
        assert bool(missing(self.copies)) == (away or lost)
        if lost:
            assert sheet_state(self.copies) is State.LOST


TestAnything = Sheet.TestCase
TestAnything.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


@given(st.lists(st.sampled_from(list(Move)), max_size=30))
def test_written_paper_is_destroyed_only_entered_and_checked_or_with_a_reason(moves: list[Move]) -> None:
    found, issued = page(), False
    for move in moves:
        if move is Move.DESTROY or not may(found, move):
            continue
        found = moved(found, move)
        issued = issued or move is Move.ISSUE
    if destroyable([found]) and issued and found.state is not State.VOID:
        assert found.work == "verified"


def test_a_page_goes_through_its_life():
    found, states = page(), []
    for move in LIFE:
        found = moved(found, move)
        states.append(sheet_state([found]))
    assert states == [State.PRINTED, State.ISSUED, State.OUT, State.RETURNED, State.SCANNED, State.ENTERED, State.VERIFIED, State.UPLOADED]
    assert destroyable([found])
    assert sheet_state(destroyed([found], "")) is State.DESTROYED


def test_one_page_out_keeps_the_others_from_the_shredder():
    back = after(*LIFE)
    out = after(Move.PRINT, Move.ISSUE, Move.GO_OUT, number=2)
    assert sheet_state([back, out]) is State.OUT
    assert [each.code for each in hindrances([back, out])] == ["away"]
    assert not destroyable([back, out], with_reason=True)
    lost = moved(out, Move.LOSE)
    assert not destroyable([back, lost], with_reason=True)
    assert destroyable([back, moved(lost, Move.WRITE_OFF)])


def test_a_lost_page_that_turns_up_wants_care_again_after_everything_was_destroyed():
    lost = moved(moved(after(Move.PRINT, Move.ISSUE, number=2), Move.LOSE), Move.WRITE_OFF)
    gone = destroyed([after(*LIFE), lost], "")
    assert sheet_state(gone) is State.DESTROYED
    assert sheet_state([gone[0], moved(gone[1], Move.FIND)]) is State.RETURNED
    assert sheet_state([gone[0], moved(gone[1], Move.HAND_IN)]) is State.RETURNED


def test_held_paper_goes_back_to_where_it_was_and_keeps_its_work():
    held = moved(after(*LIFE), Move.HOLD)
    assert not destroyable([held], with_reason=True)
    free = moved(held, Move.RELEASE)
    assert (free.state, free.work) == (State.UPLOADED, "verified")


def test_paper_sent_on_before_it_was_entered_needs_a_reason():
    sent = after(*LIFE[:5], Move.UPLOAD)
    assert [each.code for each in hindrances([sent])] == ["not_entered"]
    assert not destroyable([sent])
    assert destroyable([sent], with_reason=True)
    checked = moved(moved(sent, Move.ENTER), Move.VERIFY)
    assert (checked.state, checked.work) == (State.UPLOADED, "verified")
    assert destroyable([checked])


def test_what_was_never_printed_needs_no_shredder_and_a_spoiled_print_does():
    never = after(Move.VOID)
    assert never.gone
    assert not destroyable([never])
    spoiled = after(Move.PRINT, Move.VOID)
    assert not spoiled.gone
    assert sheet_state([spoiled]) is State.VOID
    assert destroyable([spoiled])


def test_a_spare_print_does_not_hide_that_the_sheet_is_out():
    assert sheet_state([after(Move.PRINT, Move.ISSUE, Move.GO_OUT), after(Move.PRINT, copy=2)]) is State.OUT
    assert sheet_state([after(*LIFE), after(Move.PRINT, copy=2)]) is State.UPLOADED


def test_page_numbers_are_said_as_one_writes_them():
    assert stretches([3, 1, 2, 4, 7, 9, 8, 12, 4]) == "1–4, 7–9, 12"
    assert (stretches([]), stretches([2, 1]), stretches([5])) == ("", "1, 2", "5")
