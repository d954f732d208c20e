"""`dpdesk copies`: listed, shown, closed by looking, deleted, kept longer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dpdesk.domain.copies import Place
from dpdesk.services import places
from dpdesk.services.session import today


@pytest.fixture
def written(filled, tmp_path):
    """The command line and the path of a list that left."""
    (tmp_path / "members.csv").unlink()
    assert filled("copies", "close", filled("copies", "list", "--json").data[0]["id"]).status == 0
    assert filled("members", "export", "--out", tmp_path / "out.csv", "--why", "Badges", "--keep-days", "2").status == 0
    return filled, tmp_path / "out.csv"


def test_listed_closed_and_gone(written):
    dpdesk, path = written
    (listed,) = dpdesk("copies", "list", "--json").data
    assert (listed["look"], listed["people"], listed["why"]) == ("there", 2, "Badges")
    short = listed["id"][-8:]
    assert short in dpdesk("copies", "list").out
    told = dpdesk("copies", "close", short)
    assert told.status == 1 and "still there" in told.err
    path.unlink()
    assert dpdesk("copies", "close", short, "--json").data["state"] == "deleted"
    assert dpdesk("copies", "list", "--json").data == []
    assert dpdesk("copies", "list", "--all", "--json").data[0]["closed_by"] == "Jane Example"
    assert dpdesk("copies", "show", "nothing").status == 1


def test_deleted_and_kept_longer(written):
    dpdesk, path = written
    identity = dpdesk("copies", "list", "--json").data[0]["id"]
    until = (today() + timedelta(days=5)).isoformat()
    assert dpdesk("copies", "keep", identity, "--until", until, "--why", "Moved", "--json").data["delete_by"] == until
    assert dpdesk("copies", "keep", identity, "--until", str(date.max), "--why", "Moved").status == 1
    assert dpdesk("copies", "close", identity, "--delete").status == 2
    assert path.exists()
    assert dpdesk("copies", "close", identity, "--delete", "--yes").status == 0
    assert not path.exists()


def test_the_guard_asks_on_the_command_line(filled, tmp_path, monkeypatch):
    words = ("members", "export", "--out", tmp_path / "out.csv", "--why", "Badges")
    monkeypatch.setattr(places, "place_of", lambda path: Place(removable=True))
    told = filled(*words)
    assert told.status == 2 and "--yes" in told.err and not (tmp_path / "out.csv").exists()
    assert filled(*words, "--yes").status == 0
    monkeypatch.setattr(places, "place_of", lambda path: Place(synced="Dropbox"))
    told = filled(*words, "--yes", "--overwrite")
    assert told.status == 1 and "Dropbox" in told.err
    assert filled("desk", "backup", tmp_path / "out.dpdesk", "--yes").status == 0
