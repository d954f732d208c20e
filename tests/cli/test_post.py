"""`dpdesk post`: previewed, written as drafts, sent over TLS to a real server, recorded; no message holds another's address."""

from __future__ import annotations

import email
import email.policy

import pytest

from tests.post.servers import authority, serving

BODY = "Dear {{forename|friend}},\n\nThe **annual meeting** is on 3 May. Bring card {{number}}.\n"
PEOPLE = {"catherine@example.org", "sion@example.org", "ann@example.org", "bo@example.org"}


@pytest.fixture
def branch(dpdesk, tmp_path):
    """A desk with four members, one of them stopped, and a letter."""
    (tmp_path / "letter.md").write_text(BODY, "utf-8")
    for number, (forename, surname) in enumerate((("Catherine", "Smith"), ("Siôn", "Pugh"), ("Ann", "Lee"), ("Bo", "Ng")), 1001):
        plain = forename.lower().replace("ô", "o")
        assert dpdesk("members", "add", "--set", f"number={number}", "--set", f"forename={forename}", "--set", f"surname={surname}",
                      "--set", "status=current", "--set", f"email={plain}@example.org").status == 0
    assert dpdesk("members", "stop", "1002", "--source", "rang us").status == 0
    return dpdesk


def letter(tmp_path):
    return ("--audience", "all-members", "--purpose", "notice", "--subject", "Meeting of {{forename|members}}",
            "--body", tmp_path / "letter.md", "--from", "branch@example.org")


def others_in(content: bytes, own: str) -> set[str]:
    """Addresses of other members anywhere in a message, decoded."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    text = "\n".join([*(f"{k}: {v}" for k, v in message.items()),
                      *(str(part.get_content()) for part in message.walk() if not part.is_multipart())])
    return {each for each in PEOPLE - {own} if each in text or each.encode() in content}


def test_preview_says_who_gets_it_and_who_not(branch, tmp_path):
    told = branch("post", "preview", *letter(tmp_path), "--json")
    assert told.status == 0, told.err
    assert (told.data["people"], told.data["reasons"]) == (3, {"stopped": 1})
    assert "Dear Catherine," in told.data["text"] and "<strong>annual meeting</strong>" in told.data["html"]
    told = branch("post", "preview", *letter(tmp_path), "--as", "1003")
    assert "Dear Ann," in told.out and "opted out" in told.out


def test_drafts_one_per_person(branch, tmp_path):
    told = branch("post", "drafts", *letter(tmp_path), "--route", "each", "--out", tmp_path / "out", "--json")
    assert told.status == 0, told.err
    files = sorted((tmp_path / "out").glob("*.eml"))
    assert (told.data["files"], len(files)) == (3, 3)
    for path in files:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        own = message["to"].addresses[0].addr_spec
        assert message["X-Unsent"] == "1" and message["bcc"] is None
        assert others_in(path.read_bytes(), own) == set()
    (copy,) = branch("copies", "list", "--json").data
    assert (copy["kind"], copy["people"], copy["look"]) == ("drafts", 3, "there")
    assert branch("copies", "close", copy["id"], "--delete", "--yes").status == 0
    assert not (tmp_path / "out").exists()


def test_drafts_with_bcc_go_to_the_branch_itself(branch, tmp_path):
    told = branch("post", "drafts", *letter(tmp_path), "--route", "bcc", "--per-message", "2", "--out", tmp_path / "out", "--json")
    assert told.data["files"] == 2, told.err
    first, second = (email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                     for path in sorted((tmp_path / "out").glob("*.eml")))
    assert first["to"].addresses[0].addr_spec == "branch@example.org"
    assert [len(each["bcc"].addresses) for each in (first, second)] == [2, 1]
    assert "cc" not in first and "Meeting of members" in first["subject"]


def test_sent_over_tls_one_by_one(branch, tmp_path):
    trusted = authority()
    (tmp_path / "ca.pem").write_text(trusted.pem)
    with serving(tls=trusted.context(tmp_path)) as server:
        told = branch("post", "send", *letter(tmp_path), "--smtp", f"127.0.0.1:{server.port}", "--ca", tmp_path / "ca.pem", "--json")
    assert told.status == 0, told.err
    assert told.data["counts"] == {"sent": 3}
    assert sorted(got.recipients[0] for got in server.got) == ["ann@example.org", "bo@example.org", "catherine@example.org"]
    for got in server.got:
        assert len(got.recipients) == 1 and others_in(got.content, got.recipients[0]) == set()
    record = branch("post", "record", told.data["id"], "--json").data
    assert {each["outcome"] for each in record["recipients"]} == {"sent"}
    (mine,) = branch("post", "record", "--person", "1003", "--json").data
    assert (mine["outcome"], mine["basis"]) == ("sent", "contract")
    exposed = branch("post", "exposed", told.data["id"], "--how", "Forwarded", "--json").data
    assert len(exposed["people"]) == 3


def test_a_server_without_tls_is_refused(branch, tmp_path):
    with serving() as server:
        told = branch("post", "send", *letter(tmp_path), "--smtp", f"127.0.0.1:{server.port}", "--security", "starttls", "--json")
    assert told.status == 1 and told.data["error"]["reason"] == "no_tls"
    assert server.got == []


def test_many_recipients_wait_for_a_second_officer(branch, tmp_path, monkeypatch):
    from dataclasses import replace

    from dpdesk.files import policies
    really = policies.load
    monkeypatch.setattr(policies, "load", lambda code: replace(really(code), post_approve_over=2))
    told = branch("post", "drafts", *letter(tmp_path), "--out", tmp_path / "out", "--json")
    assert told.status == 1 and told.data["state"] == "awaiting_approval" and not (tmp_path / "out").exists()
    short = told.data["id"][-8:]
    assert branch("post", "approve", short).status == 1
    assert branch("post", "cancel", short, "--json").data["counts"] == {"dropped": 3}


def test_addresses_bulk_mailers_and_settings(branch, tmp_path):
    told = branch("post", "list", *letter(tmp_path), "--per-message", "2", "--json")
    assert [text.count("@") for text in told.data["batches"]] == [2, 1] and told.data["to"] == "branch@example.org"
    hand = ("post", "hand-over", *letter(tmp_path), "--processor", "MailChimp", "--out", tmp_path / "list.csv")
    assert branch(*hand).status == 1
    assert branch("post", "processor", "add", "MailChimp", "--agreed", "2026-01-01", "--evidence", "Green folder").status == 0
    told = branch(*hand, "--json")
    assert told.data["people"] == 3 and "sion@example.org" not in (tmp_path / "list.csv").read_text("utf-8-sig")
    assert branch("post", "processor", "end", "MailChimp", "--json").data[0]["ended_on"]
    assert branch("post", "account", "sender", "--address", "branch@example.org", "--identity", "1 Lock Lane", "--json").data == {
        "address": "branch@example.org", "identity": "1 Lock Lane"}
    assert {each["code"] for each in branch("post", "account", "providers", "--json").data} >= {"gmail", "outlook", "other"}


def test_an_account_is_kept_tried_and_forgotten(branch, tmp_path, monkeypatch):
    monkeypatch.setenv("DPDESK_SMTP_PASSWORD", "app word")
    trusted = authority()
    (tmp_path / "ca.pem").write_text(trusted.pem)
    with serving(tls=trusted.context(tmp_path), login=("branch@example.org", "app word")) as server:
        told = branch("post", "account", "add", "Ours", "--address", "branch@example.org", "--user", "branch@example.org",
                      "--smtp", f"127.0.0.1:{server.port}", "--ca", tmp_path / "ca.pem", "--json")
        assert told.status == 0 and "app word" not in told.out + told.err
        monkeypatch.delenv("DPDESK_SMTP_PASSWORD")
        assert branch("post", "account", "test", "Ours").status == 0
        told = branch("post", "test", *letter(tmp_path), "--account", "Ours", "--json")
        assert told.data["outcome"] == "sent" and server.got[0].recipients == ["branch@example.org"]
        assert b"Alex" in server.got[0].content and others_in(server.got[0].content, "") == set()
        assert branch("post", "send", *letter(tmp_path), "--account", "Ours", "--json").data["counts"] == {"sent": 3}
    assert branch("post", "account", "remove", "Ours").status == 0
    assert branch("post", "account", "list", "--json").data == []
