"""`dpdesk registers` and `dpdesk duties`: recorded, moved on, refused with a reason, exported, packed, as a user types it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.services.session import today


@pytest.fixture
def dpdesk(run, desk, passphrase):
    """The command line at a desk."""
    return lambda *words: run("--desk", desk, *words)


def received(days: int) -> str:
    return f"received_on={today() - timedelta(days=days):%d/%m/%Y}"


def test_a_request_from_receipt_to_answer(dpdesk, tmp_path):
    assert {each["register"] for each in dpdesk("registers", "list", "--json").data} >= {"requests", "complaints", "incidents", "dpias"}
    fields = dpdesk("registers", "fields", "requests", "--json").data
    assert {each["field"] for each in fields["fields"] if each["needed"]} == {"who", "type", "received_on"}
    assert "UK GDPR Art 12A" in dpdesk("registers", "fields", "requests").out
    wrong = dpdesk("registers", "add", "requests", "--set", "who=A. Example", "--set", "type=gift", "--set", "received_on=soon")
    assert wrong.status == 1 and "Received on: This is not a day" in wrong.err
    wrong = dpdesk("registers", "add", "requests", "--set", "who=A. Example", "--set", "type=gift", "--set", received(1))
    assert wrong.status == 1 and "What they ask: This is not one of the choices" in wrong.err
    added = dpdesk("registers", "add", "requests", "--set", "who=A. Example", "--set", "type=access", "--set", received(3), "--json")
    assert added.data["ref"] == "RQ-1" and added.data["clocks"][0]["due"]
    assert dpdesk("registers", "set", "RQ-1", "--set", "way=letter", "--json").data["values"]["way"] == "letter"
    assert "Begin the answer" in dpdesk("registers", "move", "RQ-1").out
    assert dpdesk("registers", "move", "RQ-1", "begin", "--note", "Looked").status == 0
    refused = dpdesk("registers", "move", "RQ-1", "answer", "--set", "answered_how=letter", "--json")
    assert (refused.status, refused.data["error"]["reason"]) == (1, "duties.search_not_logged")
    assert dpdesk("registers", "note", "RQ-1", "Rang them.").status == 0
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4 invented")
    assert "delete it by" in dpdesk("registers", "attach", "RQ-1", letter).out
    done = dpdesk("registers", "move", "RQ-1", "answer", "--set", "answered_how=letter", "--set", "search_log=Members, by name.")
    assert "done" in done.out and "Rang them." in dpdesk("registers", "show", "RQ-1").out
    assert dpdesk("registers", "list", "requests", "--open", "--json").data == []
    for words, name in ((("export", "requests"), "r.csv"), (("export", "requests"), "r.json"), (("print", "RQ-1"), "r.pdf")):
        assert dpdesk("registers", *words, "--out", tmp_path / name, "--why", "audit").status == 0, name
        assert (tmp_path / name).stat().st_size > 100


def test_what_is_due_and_the_packs(dpdesk, tmp_path):
    lost = dpdesk("duties", "lost-device", "the laptop", "--how", "Left on a train", "--json").data
    assert lost["ref"] == "IN-1" and lost["due"].endswith("Z")
    dpdesk("registers", "add", "requests", "--set", "who=A. Example", "--set", "type=access", "--set", received(60))
    items = {each["code"]: each for each in dpdesk("duties", "today", "--json").data}
    assert items["duty_overdue"]["urgency"] == "now" and items["duty_overdue"]["facts"]["ref"] == "RQ-1"
    assert "Answer: Request RQ-1, was due" in dpdesk("duties", "today").out
    assert [each["what"] for each in dpdesk("duties", "due", "--json").data][0] == "Answer: Request RQ-1"
    assert dpdesk("duties", "activity", "--json").data[0]["ref"] == "RQ-1"
    assert dpdesk("duties", "activity", "incidents", "--limit", "1", "--json").data[0]["ref"] == "IN-1"
    assert dpdesk("duties", "calendar", "--out", tmp_path / "d.ics", "--why", "phone").status == 0
    pack = tmp_path / "pack.zip"
    assert dpdesk("duties", "pack", "--out", pack, "--why", "the regulator asked", "--json").data["entries"] == 2
    assert "signed it on" in dpdesk("duties", "check-pack", pack).out
    assert "does not let dpdesk read" in dpdesk("duties", "check-pack", tmp_path / "nothing.zip").err
    assert dpdesk("duties", "activity", "--limit", "-3", "--json").data == []
    pack.write_bytes(pack.read_bytes()[:-40])
    assert dpdesk("duties", "check-pack", pack).status == 1


def test_holidays_and_the_gate_of_training(dpdesk):
    found = dpdesk("duties", "holidays", "--nation", "scotland", "--add", "04/06/2030=A jubilee", "--json").data
    assert found["nation"] == "scotland" and found["holidays"]["2030-06-04"] == "A jubilee" and "2026-11-30" in found["holidays"]
    assert "2030-06-04" not in dpdesk("duties", "holidays", "--remove", "04/06/2030", "--json").data["holidays"]
    assert "no bank holiday here" in dpdesk("duties", "holidays", "--remove", "02/02/2027").err
    assert dpdesk("duties", "training-gate", "--json").data == {"on": False}
    dpdesk("duties", "training-gate", "on")
    assert dpdesk("members", "list").status == 1
    assert dpdesk("duties", "training-gate", "off", "--json").data == {"on": False}


def test_what_is_not_there_is_said(dpdesk):
    for words in (("registers", "list", "gifts"), ("registers", "show", "RQ-9"), ("registers", "add", "gifts"),
                  ("registers", "export", "requests", "--out", "x.docx", "--why", "x"),
                  ("registers", "add", "requests", "--set", "nonsense")):
        told = dpdesk(*words)
        assert told.status in (1, 2) and told.err.startswith("dpdesk: ") and not told.out, words


def test_rows_choices_and_entries_as_a_person_types_them(dpdesk):
    assert "--risk RISK LIKELIHOOD SEVERITY [MEASURE]" in dpdesk("registers", "fields", "dpias").out
    wrong = dpdesk("registers", "add", "dpias", "--set", "name=Leaflets", "--set", "signs=scale, gifts")
    assert wrong.status == 1 and "Signs that one is needed, one of: new (A new technology, or a new use)" in wrong.err
    added = dpdesk("registers", "add", "dpias", "--set", "name=Leaflets", "--set", "signs=Many people, or a wide area, profiling",
                   "--risk", "A list is lost", "possible", "severe", "Encrypted", "--json").data
    assert added["values"]["signs"] == ["scale", "profiling"]
    told = dpdesk("registers", "set", "DA-1", "--row", "risks", "risk=It is wrong", "likelihood=Remote", "severity=minimal", "--json").data
    assert [each["risk"] for each in told["values"]["risks"]] == ["A list is lost", "It is wrong"]
    for words, said in ((("--risk", "x", "often", "severe"), "How likely, one of: remote (Remote)"),
                        (("--risk", "x"), "How likely: This is needed"), (("--row", "name", "x"), "There is no such field"),
                        (("--set", "risks=hello"), "add each with --row"), (("--set", "colour=red"), "registers fields dpias")):
        wrong = dpdesk("registers", "set", "DA-1", *words)
        assert wrong.status == 1 and said in wrong.err, words
    assert dpdesk("registers", "set", "DA-1", "--set", "risks=", "--json").data["values"].get("risks", []) == []
    assert dpdesk("registers", "add", "risks", "--set", "what=x", "--set", "incident=DA-1").status == 1
    for number in (1, 2):
        dpdesk("registers", "add", "complaints", "--set", "who=A. Example", "--set", "issue=unwanted messages", "--set", received(number))
    assert "CO-1 A. Example" in dpdesk("registers", "set", "CO-2", "--set", "appeal_of=co-1", "--set", "policy_sent=yes").out
    assert "There is no such entry" in dpdesk("registers", "set", "CO-2", "--set", "appeal_of=CO-9").err
    assert "This is yes or no" in dpdesk("registers", "set", "CO-2", "--set", "policy_sent=perhaps").err
