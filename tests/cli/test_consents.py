"""`dpdesk members consent|permit|withdraw|ask|answer|confirm|sharing|wordings|attach|evidence`, as scripts call them."""

from __future__ import annotations

import pytest

from tests.services.test_asking import day

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def given(filled):
    """A desk with words for e-mail, and a consent to them by word of mouth; returns the call and the consent."""
    assert filled("members", "wordings", "--for", "email", "--text", "May we write?").status == 0
    told = filled("members", "consent", "1001", "--channel", "email", "--on", day(3), "--method", "verbal", "--evidence", "Jane heard it",
                  "--json")
    return filled, told.data["given"][0]


def test_consent_confirm_and_withdraw(given):
    filled, consent = given
    assert (consent["version"], consent["wording"], consent["in_force"], consent["to_confirm"]) == (1, "May we write?", True, True)
    assert "confirm in writing" in filled("members", "consents", "1001").out
    told = filled("members", "confirm", "1001", consent["id"][-8:], "--on", day(), "--json")
    assert told.data["given"][0]["to_confirm"] is False
    told = filled("members", "withdraw", "1001", consent["id"], "--json")
    assert told.data["given"][0]["withdrawn_on"] == day()
    assert filled("members", "withdraw", "1001", consent["id"]).status == 1
    assert filled("members", "withdraw", "1001", "zzz").status == 2


def test_permit_ask_answer_and_who_may_be_shared(given, list_file):
    filled, _consent = given
    told = filled("members", "permit", "1001", "--body", "headquarters", "--on", day(), "--wording", "You may", "--json")
    assert told.data["given"][-1]["purpose"] == "share:headquarters"
    told = filled("members", "ask", "1001", "--for", "post", "--on", day(2), "--json")
    question = next(each for each in told.data["asked"] if each["purpose"] == "post")
    assert filled("members", "answer", "1001", question["id"][-8:], "--answer", "no").status == 0
    told = filled("members", "ask", "1001", "--for", "post", "--on", day(), "--json")
    assert told.status == 1 and "leave them in peace" in told.data["error"]["what"]
    counts = filled("members", "sharing", "share:headquarters", "--json").data["counts"]
    assert (counts["permitted"], counts["never_asked"]) == (1, 1)
    told = filled("members", "sharing", "post", "--reason", "said_no", "--json")
    assert [person["number"] for person in told.data["people"]] == ["1001"]
    assert "Never asked" in filled("members", "sharing", "post").out
    told = filled("members", "sharing", "share:nobody")
    assert told.status == 2 and "share:headquarters" in told.err


def test_asked_before_there_were_words_a_yes_brings_its_own(filled):
    asked = filled("members", "ask", "1001", "--for", "post", "--on", day(2), "--json").data["asked"][0]["id"]
    answer = ("members", "answer", "1001", asked[-8:], "--answer", "yes", "--evidence", "Blue folder")
    told = filled(*answer)
    assert told.status == 1 and "Wording" in told.err and "still here" not in told.err
    assert filled(*answer, "--wording", "May we write?", "--json").data["given"][0]["wording"] == "May we write?"


def test_evidence_goes_in_and_out(given, tmp_path):
    filled, consent = given
    scan = tmp_path / "scan.txt"
    scan.write_bytes(PDF)
    told = filled("members", "attach", "1001", consent["id"], scan, "--json")
    assert (told.data["media_type"], told.data["deleted"]) == ("application/pdf", False)
    assert scan.exists() and told.data["copy"] in [copy["id"] for copy in filled("copies", "list", "--json").data]
    assert filled("members", "attach", "1001", consent["id"], scan, "--delete").status == 0
    assert not scan.exists()
    out = tmp_path / "out.pdf"
    assert filled("members", "evidence", "1001", told.data["id"], "--out", out, "--why", "For the letter").status == 0
    assert out.read_bytes() == PDF
    assert filled("members", "evidence", "1001", told.data["id"], "--out", out, "--why", "Again").status == 2
    assert filled("members", "evidence", "1001", told.data["id"], "--remove", "--why", "Wrong person").status == 0
    left = filled("members", "consents", "1001", "--json").data["given"][0]["evidence"]
    assert [file["name"] for file in left] == ["scan.txt"] and told.data["id"] not in [file["id"] for file in left]
