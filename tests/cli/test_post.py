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
