"""`dpdesk cards`, `sealed` and `portal`: from a card to a receipt on the command line."""

from __future__ import annotations

import os

import pytest

from tests.services.transferring import desk as other_desk


@pytest.fixture
def lead(tmp_path, run):
    other_desk(tmp_path / "lead").close()
    return lambda *words: run("--desk", tmp_path / "lead", *words)


@pytest.fixture
def introduced(dpdesk, lead, tmp_path, monkeypatch):
    monkeypatch.setenv("DPDESK_PORTAL_SECRET", "")
    for mine, theirs, name in ((dpdesk, lead, "Ravi Example"), (lead, dpdesk, "Jane Example")):
        file = tmp_path / f"{name}.dpcard"
        said = theirs("--json", "cards", "own", "--out", file)
        assert said.status == 0
        assert mine("cards", "add", file).status == 0
        assert mine("cards", "verify", name, *said.data["words"]).status == 0
        (tmp_path / "stick").mkdir(exist_ok=True)
        assert mine("portal", "add", "Stick", "--kind", "folder", "--address", tmp_path / "stick").status == 0
        assert "takes packages" in mine("portal", "test", "Stick").out
    return dpdesk, lead


def test_from_a_card_to_a_receipt(introduced, tmp_path):
    dpdesk, lead = introduced
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(os.urandom(70_000))
    sealed = dpdesk("--json", "sealed", "seal", scan, "--to", "Ravi Example", "--purpose", "Scans", "--queue", "Stick", "--out",
                    tmp_path / "carried.age")
    assert sealed.status == 0 and sealed.data["files"][0][0] == "scan.pdf"
    assert "Waits to be sent" in dpdesk("portal", "outbox").out
    assert dpdesk("portal", "send").out == "1 package was sent and is there whole.\n"
    seen = lead("--json", "sealed", "inspect", tmp_path / "carried.age")
    assert (seen.data["sender"], seen.data["opened_at"]) == ("Jane Example", "")
    came = lead("--json", "portal", "collect", "Stick")
    assert [each["purpose"] for each in came.data["came"]] == ["Scans"]
    assert lead("--json", "portal", "collect", "Stick").data["came"] == []
    got = dpdesk("--json", "portal", "receipts")
    assert [each["by"] for each in got.data["receipts"]] == ["Ravi Example"]
    assert "Receipted" in dpdesk("portal", "outbox").out
    assert lead("sealed", "open", sealed.data["id"], "--to", tmp_path / "opened").status == 0
    assert (tmp_path / "opened" / "scan.pdf").read_bytes() == scan.read_bytes()
    again = lead("--json", "sealed", "open", tmp_path / "carried.age", "--to", tmp_path / "twice")
    assert (again.status, again.data["error"]["reason"]) == (1, "transfers.replayed")
    assert not (tmp_path / "twice").exists()


def test_what_is_wrong_is_said(introduced, tmp_path):
    dpdesk, lead = introduced
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    nobody = dpdesk("--json", "sealed", "seal", scan, "--to", "Nobody", "--purpose", "Scans")
    assert (nobody.status, nobody.data["error"]["code"]) == (1, "not_found")
    bad = dpdesk("--json", "portal", "add", "Bad", "--kind", "webdav", "--address", "http://example.org")
    assert bad.data["error"]["code"] == "invalid"
    assert dpdesk("sealed", "seal", scan, "--to", "Ravi Example", "--purpose", "Scans", "--out", tmp_path / "a.age", "--queue",
                  "Stick").status == 0
    assert "cannot be opened" not in dpdesk("sealed", "list").out
    assert "sealed to somebody else" in dpdesk("sealed", "inspect", tmp_path / "a.age").err
    for path in (tmp_path / "stick").iterdir():
        path.unlink()
    (tmp_path / "stick").rmdir()
    failed = dpdesk("--json", "portal", "send")
    assert (failed.status, failed.data["failed"][0]["reason"]) == (1, "transfers.not_there")
    outbox = dpdesk("--json", "portal", "outbox").data[0]
    assert (outbox["state"], outbox["tries"]) == ("queued", 1) and outbox["next_try"]
    assert "Cancelled" in dpdesk("portal", "cancel", outbox["id"]).out
    assert lead("--yes", "cards", "revoke", "Jane Example", "--why", "laptop lost").status == 0
    assert "revoked or replaced" in lead("sealed", "inspect", tmp_path / "a.age").err
