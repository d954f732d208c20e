"""`dpdesk desk …` and `dpdesk officers …`, as scripts call them."""

from __future__ import annotations

import os

import pytest

from dpdesk.domain.secret import Secret
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine

NEW = "pepper lantern walks uphill"


def test_create_prints_the_recovery_key_once_and_the_policy_beside(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DPDESK_PASSPHRASE", NEW)
    kit = tmp_path / "kit.pdf"
    told = run("desk", "create", "--desk", tmp_path / "new", "--officer", "Jane Example", "--branch", "Anytown",
               "--policy", "green", "--kit", kit, "--json")
    assert told.status == 0
    assert told.out.count(told.data["recovery_key"]) == 1
    assert told.data["recovery_key"] not in told.err
    assert "Creating a desk records that you have read" in told.err
    assert kit.read_bytes().startswith(b"%PDF")
    info = run("desk", "info", "--json", "--desk", tmp_path / "new")
    assert (info.data["branch"], info.data["policy"], info.data["acknowledged"]) == ("Anytown", "green", True)
    assert info.data["role"] == "accountable_person"


def test_create_refuses_a_common_passphrase(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DPDESK_PASSPHRASE", "password1234")
    told = run("--desk", tmp_path / "new", "desk", "create", "--officer", "J", "--branch", "B", "--policy", "green")
    assert told.status == 1
    assert "lists of common and leaked ones" in told.err
    assert not (tmp_path / "new").exists()


def test_an_unknown_policy_is_wrong_usage_and_named(run, tmp_path, passphrase):
    told = run("--desk", tmp_path / "new", "desk", "create", "--officer", "J", "--branch", "B", "--policy", "purple")
    assert told.status == 2
    assert "generic" in told.err


def test_a_wrong_passphrase_is_a_sentence_not_a_traceback(run, desk, monkeypatch):
    monkeypatch.setenv("DPDESK_PASSPHRASE", "not the passphrase")
    told = run("--desk", desk, "desk", "info", "--json")
    assert told.status == 1
    assert told.data["error"]["code"] == "wrong_passphrase"
    assert told.err.startswith("dpdesk: This passphrase does not open the desk.")
    assert "Traceback" not in told.err


def test_no_desk_is_a_sentence(run, tmp_path, passphrase):
    told = run("--desk", tmp_path / "nowhere", "desk", "info")
    assert told.status == 1
    assert "There is no desk in" in told.err


def test_options_hold_before_and_after_the_verb(run, desk, passphrase):
    for words in (["--json", "--desk", desk, "desk", "info"], ["desk", "info", "--desk", desk, "--json"],
                  ["desk", "--json", "info", "--desk", desk]):
        assert run(*words).data["branch"] == "Anytown"


def test_the_passphrase_comes_from_a_descriptor(run, desk, monkeypatch):
    monkeypatch.delenv("DPDESK_PASSPHRASE", raising=False)
    reading, writing = os.pipe()
    os.write(writing, b"the ferret sang on tuesday\npepper lantern walks uphill\n")
    os.close(writing)
    told = run("--desk", desk, "--passphrase-fd", reading, "--new-passphrase-fd", reading, "desk", "passphrase")
    os.close(reading)
    assert told.status == 0
    session = Desks(Machine()).open(desk, Secret(NEW))
    session.close()


def test_without_a_passphrase_and_a_terminal_it_says_how(run, desk, monkeypatch):
    monkeypatch.delenv("DPDESK_PASSPHRASE", raising=False)
    told = run("--desk", desk, "desk", "info")
    assert told.status == 2
    assert "DPDESK_PASSPHRASE" in told.err
    assert run("--desk", desk, "--passphrase-fd", "987", "desk", "info").status == 2


def test_settings_within_the_policy(dpdesk):
    assert dpdesk("desk", "settings", "--lock-minutes", "3", "--json").data["lock_minutes"] == 3
    told = dpdesk("desk", "settings", "--lock-minutes", "500")
    assert told.status == 1
    assert "outside what the policy allows" in told.err


def test_rekey_keeps_the_desk(filled):
    assert filled("desk", "rekey").status == 0
    assert filled("desk", "info", "--json").data["members"] == 2
    assert filled("desk", "verify").status == 0


def test_recover_sets_a_new_passphrase_and_a_new_key(dpdesk, run, desk, tmp_path, monkeypatch):
    kit = dpdesk("officers", "recovery-kit", tmp_path / "kit.pdf", "--json")
    monkeypatch.setenv("DPDESK_RECOVERY_KEY", kit.data["recovery_key"])
    monkeypatch.setenv("DPDESK_NEW_PASSPHRASE", NEW)
    told = run("--desk", desk, "desk", "recover", "--json")
    assert told.status == 0
    assert told.data["recovery_key"] != kit.data["recovery_key"]
    assert run("--desk", desk, "desk", "recover").status == 1
    monkeypatch.setenv("DPDESK_PASSPHRASE", NEW)
    assert run("--desk", desk, "desk", "info").status == 0


def test_an_officer_comes_and_goes(dpdesk, run, desk, monkeypatch):
    monkeypatch.setenv("DPDESK_NEW_PASSPHRASE", NEW)
    assert dpdesk("officers", "add", "Sam Sample", "--role", "data_entry", "--label", "Entry desk").status == 0
    monkeypatch.setenv("DPDESK_PASSPHRASE", NEW)
    told = dpdesk("--key", "entry desk", "members", "list")
    assert told.status == 1
    assert "The data policy has to be read first." in told.err
    assert dpdesk("officers", "acknowledge").status == 2
    assert dpdesk("officers", "acknowledge", "--yes").status == 0
    assert dpdesk("members", "list").status == 0
    told = dpdesk("officers", "suspend", "Jane Example", "--json")
    assert told.data["error"]["code"] == "not_allowed"
    assert "Accountable person" in told.data["error"]["do"]
    monkeypatch.setenv("DPDESK_PASSPHRASE", "the ferret sang on tuesday")
    assert dpdesk("officers", "suspend", "sam sample", "--json").data["standing"] == "suspended"
    assert dpdesk("officers", "reinstate", "Sam Sample", "--json").data["standing"] == "active"
    assert dpdesk("officers", "end", "Sam Sample", "2099-01-31", "--json").data["ends_on"] == "2099-01-31"
    assert dpdesk("officers", "remove", "Sam Sample").status == 0
    assert "Sam Sample" in dpdesk("officers", "list").out
    assert dpdesk("officers", "remove", "Nobody").status == 1


def test_the_last_accountable_person_stays(dpdesk):
    told = dpdesk("officers", "remove", "Jane Example")
    assert told.status == 1
    assert "without an accountable person" in told.err


def test_a_desk_in_use_is_said_and_can_be_read(dpdesk, desk):
    session = Desks(Machine()).open(desk, Secret("the ferret sang on tuesday"))
    try:
        told = dpdesk("members", "list", "--json")
        assert told.data["error"]["code"] == "desk_in_use"
        assert dpdesk("members", "list", "--read-only").status == 0
        told = dpdesk("members", "add", "--set", "surname=Lee", "--set", "status=current", "--read-only")
        assert told.status == 1
        assert "reading only" in told.err
    finally:
        session.close()


@pytest.mark.parametrize("words", [[], ["desk"], ["desk", "dance"], ["members", "list", "--sort", "mood"],
                                   ["members", "edit", "x", "--set", "mood=good"]])
def test_wrong_usage_is_2(run, words):
    assert run(*words).status == 2


def test_version_and_help(run):
    assert run("--version").out.startswith("dpdesk ")
    told = run("members", "import", "--help")
    assert told.status == 0
    assert "--apply" in told.out
