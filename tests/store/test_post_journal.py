"""The journal of a run: what was noted last of each row, believed only where nothing of it can be missing."""

from __future__ import annotations

import sys

import pytest

from dpdesk.domain.post_states import Outcome
from dpdesk.store import post_journal
from dpdesk.store.post_journal import NAME, Journal, read

linux = pytest.mark.skipif(sys.platform != "linux", reason="this system does not say which start it is")


@linux
def test_the_last_word_of_each_row(tmp_path):
    journal = Journal(tmp_path, "m")
    journal.note(7, Outcome.IN_FLIGHT)
    journal.note(7, Outcome.FAILED, "550 5.1.1")
    journal.note(8, Outcome.IN_FLIGHT)
    assert read(tmp_path, "m") == {7: (Outcome.FAILED, "550 5.1.1"), 8: (Outcome.IN_FLIGHT, "")}
    assert read(tmp_path, "another") is None
    journal.begin()
    assert read(tmp_path, "m") == {}
    journal.note(9, Outcome.SENT, "250")
    assert read(tmp_path, "m") == {9: (Outcome.SENT, "250")}
    journal.close()
    assert not (tmp_path / NAME).exists() and read(tmp_path, "m") is None


@linux
def test_half_a_line_does_not_count_and_rubbish_is_not_believed(tmp_path):
    journal = Journal(tmp_path, "m")
    journal.note(7, Outcome.IN_FLIGHT)
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(whole + b"7 sent")
    assert read(tmp_path, "m") == {7: (Outcome.IN_FLIGHT, "")}
    (tmp_path / NAME).write_bytes(whole + b"x nonsense y\n")
    assert read(tmp_path, "m") is None
    journal.close()


def test_a_journal_from_before_the_machine_was_started_is_not_believed(tmp_path, monkeypatch):
    journal = Journal(tmp_path, "m")
    journal.note(7, Outcome.SENT, "250")
    for other in ("another start", ""):
        monkeypatch.setattr(post_journal, "boot", lambda other=other: other)
        assert read(tmp_path, "m") is None
    journal.close()
