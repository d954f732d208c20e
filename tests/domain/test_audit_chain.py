"""The chain names what was done to it: edited, deleted, inserted, reordered, cut, forked, signed by another."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from dpdesk.domain.audit import GENESIS, Anchor, Chain, Entry, head_code, mac_of

KEY = b"k" * 32


def sign(key: bytes, message: bytes) -> bytes:
    return hashlib.sha256(key + message).digest()


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    return signature == sign(public, message)


def entry(seq: int, prev: bytes, officer: str = "a", key: bytes = b"A", **facts) -> Entry:
    bare = Entry(seq, f"2026-11-23T10:00:{seq:02}Z", officer, "member.edited", "member", f"m{seq}", ("email",), facts,
                 b"c" * 32, prev)
    mac = mac_of(KEY, bare.canonical())
    return replace(bare, mac=mac, signature=sign(key, mac))


def log(length: int = 8) -> list[Entry]:
    rows = [entry(1, GENESIS, keys={"a": b"A".hex()})]
    for seq in range(2, length + 1):
        rows.append(entry(seq, rows[-1].mac))
    return rows


def findings(rows, *anchors) -> list[tuple[int, str]]:
    return [(f.seq, f.kind) for f in Chain(KEY, verify).walk(rows, anchors).findings]


def test_a_whole_log_has_no_findings():
    rows = log()
    assert findings(rows, Anchor(8, rows[-1].mac), Anchor(3, rows[2].mac)) == []


@pytest.mark.parametrize("change", [{"action": "member.added"}, {"at": "2020"}, {"subject": "m1"}, {"fields": ()},
                                    {"facts": {"x": 1}}, {"commitment": b"d" * 32}, {"officer": "b"}])
def test_an_edited_entry_is_named(change):
    rows = log()
    rows[3] = replace(rows[3], **change)
    assert findings(rows) == [(4, "edited")]


def test_a_deleted_entry_is_named_with_its_range():
    rows = log()
    report = Chain(KEY, verify).walk(rows[:2] + rows[5:])
    assert [(f.seq, f.kind, f.until) for f in report.findings] == [(3, "deleted", 5)]


def test_swapped_entries_are_reordered():
    rows = log()
    rows[3], rows[4] = replace(rows[4], seq=4), replace(rows[3], seq=5)
    assert {kind for _, kind in findings(rows)} == {"reordered"}


def test_a_foreign_entry_in_the_middle_is_inserted():
    rows = log()
    alien = replace(rows[3], mac=b"z" * 32, prev=rows[2].mac, action="member.added")
    rows = rows[:3] + [alien] + [replace(r, seq=r.seq + 1) for r in rows[3:]]
    assert findings(rows)[0] == (4, "inserted")


def test_a_cut_tail_is_seen_through_the_anchor_alone():
    rows = log()
    assert findings(rows[:6]) == []
    assert findings(rows[:6], Anchor(8, rows[-1].mac)) == [(7, "cut")]


def test_a_rewritten_log_does_not_fit_the_anchor():
    rows, other = log(), [entry(1, GENESIS, keys={"a": b"A".hex()}, other=1)]
    for seq in range(2, 9):
        other.append(entry(seq, other[-1].mac))
    assert findings(other, Anchor(5, rows[4].mac)) == [(5, "forked")]


def test_an_entry_signed_by_someone_else_is_named():
    rows = log(3)
    rows.append(entry(4, rows[-1].mac, key=b"B"))
    assert findings(rows) == [(4, "signature")]


def test_an_officer_the_log_never_introduced_is_named():
    rows = log(2)
    rows.append(entry(3, rows[-1].mac, officer="ghost"))
    assert findings(rows) == [(3, "officer")]


def test_a_key_introduced_later_does_not_speak_for_earlier_entries():
    rows = log(2)
    rows.append(entry(3, rows[-1].mac, officer="b", key=b"B", keys={"b": b"B".hex()}))
    assert findings(rows) == [(3, "officer")]


def test_head_codes_are_short_and_differ():
    assert head_code(b"1" * 32, 17).startswith("17-") and len(head_code(b"1" * 32, 17)) == 22
    assert head_code(b"1" * 32, 17) != head_code(b"2" * 32, 17)
