"""`replies take|list|confirm|dismiss|undo|mailbox` from the command line."""

from __future__ import annotations

import pytest

from tests.files import mails


@pytest.fixture
def taken(filled, tmp_path):
    """The command line, after an mbox of three replies by Catherine was taken in."""
    path = tmp_path / "replies.mbox"
    cath = [raw.replace(b"ann@example.org", b"catherine@example.org") for raw in (mails.person("Please stop"), mails.POSTFIX, mails.AWAY)]
    path.write_bytes(mails.mbox(*cath, b"no mail\n"))
    told = filled("replies", "take", path, "--json")
    assert told.status == 0 and told.data["found"] == {"stop_mail": 1, "dead_address": 1} and told.data["automatic"] == 1
    assert "message 4: no mail" in told.err
    return filled


def listed(dpdesk, *more) -> dict:
    return {each["kind"]: each for each in dpdesk("replies", "list", "--json", *more).data}


def test_taken_listed_confirmed(taken):
    found = listed(taken)
    assert found["stop_mail"]["name"] == "Catherine Smith" and "Please stop" in taken("replies", "list").out
    assert taken("replies", "confirm", found["stop_mail"]["id"][-8:]).status == 0
    assert taken("members", "show", "1001", "--json").data["stopped"] == ["email"]
    assert taken("replies", "confirm", "--kind", "dead_address", "--json").data == {"done": 1, "failed": []}
    assert [each["name"] for each in taken("replies", "works", "--json").data] == ["Catherine Smith"]
    assert listed(taken) == {} and listed(taken, "--all")["stop_mail"]["state"] == "confirmed"
    told = taken("replies", "undo", found["stop_mail"]["id"])
    assert told.status == 1 and "is not undone" in told.err
    assert taken("replies", "undo", found["dead_address"]["id"]).status == 0
    assert taken("replies", "confirm", "--kind", "dead_address").status == 0
    assert taken("replies", "works", "1001", "--json").data == [] and taken("replies", "works", "1001").status == 1


def test_dismissed_and_undone(taken):
    identity = listed(taken)["stop_mail"]["id"]
    assert taken("replies", "dismiss", identity).status == 0
    assert "stop_mail" not in listed(taken)
    assert taken("replies", "undo", identity).status == 0 and "stop_mail" in listed(taken)


def test_wrong_usage_and_what_cannot_be_read(taken, tmp_path):
    assert taken("replies", "confirm").status == 2
    assert taken("replies", "confirm", "12345678").status == 1
    ids = [each["id"] for each in listed(taken).values()]
    assert taken("replies", "confirm", *ids, "--as", "stop_all").status == 2
    (tmp_path / "x.msg").write_bytes(b"\xd0\xcf\x11\xe0" * 40)
    told = taken("replies", "take", tmp_path / "x.msg")
    assert told.status == 1 and "Outlook" in told.err


def test_the_mailbox_is_set_without_its_password_in_the_arguments(taken, monkeypatch):
    assert "No mailbox" in taken("replies", "mailbox").out
    assert taken("replies", "fetch").status == 1
    assert taken("replies", "mailbox", "--host", "mail.example.org", "--user", "branch").status == 2  # nobody to ask
    monkeypatch.setenv("DPDESK_MAILBOX_SECRET", "an app password")
    told = taken("replies", "mailbox", "--host", "mail.example.org", "--user", "branch", "--folder", "Replies", "--json")
    assert told.data == {"host": "mail.example.org", "user": "branch", "folder": "Replies", "port": 993, "method": "password"}
    assert "app password" not in told.out + told.err
    assert taken("replies", "mailbox", "--port", "70000").status == 1
    assert taken("replies", "mailbox", "--forget").status == 0 and "No mailbox" in taken("replies", "mailbox").out
