"""`policy`, `retention` and `requests` from the command line: shown first, carried out when asked, JSON everywhere."""

from __future__ import annotations

import zipfile

import pyrage

from dpdesk.domain.clocks import months_after
from dpdesk.services.session import today


def test_the_policy_is_shown_edited_after_its_difference_and_its_editions_told(dpdesk):
    shown = dpdesk("policy", "show", "--all", "--json").data
    assert shown["values"]["backup_every_days"] == "7" and shown["edition"] == 0
    told = dpdesk("policy", "edit", "--set", "backup_every_days=3", "--json")
    assert told.data == {"differences": [{"path": "backup_every_days", "before": "7", "after": "3", "read_anew": False}],
                         "read_anew": False, "applied": False}
    assert dpdesk("policy", "edit", "--set", "backup_every_days=3", "--why", "Stricter", "--apply", "--json").data["edition"] == 1
    assert dpdesk("policy", "show", "--json").data["values"]["backup_every_days"] == "3"
    assert [each["why"] for each in dpdesk("policy", "editions", "--json").data] == ["Stricter"]
    assert [each["path"] for each in dpdesk("policy", "diff", "1", "--json").data["differences"]] == ["backup_every_days"]
    assert dpdesk("policy", "edit", "--set", "backup_every_days=300").status == 1
    assert dpdesk("policy", "edit", "--set", "nonsense").status == 2


def test_a_run_from_the_rules_to_its_certificate(filled, tmp_path):
    assert {each["category"] for each in filled("retention", "show", "--json").data} >= {"enquiries", "registers", "scans", "canvass"}
    assert filled("retention", "plan").status == 1  # nothing is due
    assert "No run was worked out yet" in filled("retention", "apply").err and "no run yet" in filled("retention", "runs").out
    assert "gifts" in filled("retention", "plan", "--also", "gifts:all").err
    filled("members", "edit", "1002", "--set", "status=resigned")
    filled("policy", "edit", "--set", "retention.members_left.months=0", "--why", "Try", "--apply")
    filled("officers", "acknowledge", "--yes")
    run = filled("retention", "plan", "--json").data
    assert run["state"] == "proposed" and [(each["category"], each["due"]) for each in run["parts"]] == [("members_left", 1)]
    assert filled("retention", "apply", "--yes").status == 1  # not approved
    assert filled("retention", "approve", "--yes", "--json").data["state"] == "approved"
    done = filled("retention", "apply", "--yes", "--certificate", tmp_path / "c.pdf", "--json").data
    assert done["state"] == "done" and done["parts"][0]["done"] == 1 and (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    assert [each["certificate"] for each in filled("retention", "runs", "--json").data] == [done["certificate"]]
    assert filled("retention", "certificate", "--out", tmp_path / "again.pdf").status == 0 and (tmp_path / "again.pdf").stat().st_size
    assert filled("retention", "certificate", run["id"], "--out", tmp_path / "third.pdf").status == 0
    assert "does not stand" in filled("retention", "apply").err  # and nothing is asked first
    assert "Former members: at once after the membership ended" in filled("retention", "show").out


def test_held_and_kept_longer(filled):
    day = months_after(today(), 3).isoformat()
    made = filled("retention", "hold", "--person", "1002", "--reason", "A dispute", "--review", day, "--json").data
    assert filled("members", "erase", "1002", "--why", "x", "--yes").status == 1
    assert filled("retention", "hold", "--category", "notes", "--reason", "x", "--review", "soon").status == 1
    assert filled("retention", "hold", "--category", "notes", "--reason", "x", "--review", f"{months_after(today(), 3):%d/%m/%Y}"
                  ).status == 0
    notes = next(each["id"] for each in filled("retention", "holds", "--json").data["holds"] if each["category"] == "notes")
    filled("retention", "release", notes)
    kept = filled("retention", "keep", "notes", "--until", day, "--reason", "For the history", "--json").data
    assert kept[0]["subject"] == "" and len(filled("retention", "holds", "--json").data["holds"]) == 1
    assert filled("retention", "release", made["id"], "--json").data == {"released": made["id"]}
    assert filled("members", "erase", "1002", "--why", "x", "--yes").status == 0


def test_a_person_who_asks(filled, tmp_path):
    found = filled("requests", "search", "1002", "--json").data
    assert found["found"]["member"] == 1 and found["found"]["scans"] == 0
    told = filled("requests", "pack", "1002", "--out", tmp_path / "pack.zip", "--reviewed", "--json")
    assert told.data["written"] and told.status == 0
    assert {"Your data.pdf", "data.json", "data.csv"} <= set(zipfile.ZipFile(tmp_path / "pack.zip").namelist())
    key = str(pyrage.x25519.Identity.generate().to_public())
    assert filled("cards", "add", "--name", "Ann Smith", "--age-key", key).status == 0
    assert filled("requests", "pack", "1002", "--out", tmp_path / "pack.age", "--reviewed", "--to", "Ann Smith").status == 1
    assert filled("cards", "verify", "Ann Smith", key[4:12], key[12:20]).status == 0
    told = filled("requests", "pack", "1002", "--out", tmp_path / "pack.age", "--reviewed", "--to", "Ann Smith", "--json")
    assert told.data["package"] and (tmp_path / "pack.age").read_bytes().startswith(b"age-encryption.org")
    assert filled("requests", "portable", "1002", "--out", tmp_path / "person.json").status == 0
    assert filled("requests", "told", "1002", "--json").data[0]["whom"] == "branch"  # the list it came with
    assert filled("requests", "restrict", "1002", "--ground", "other", "--reason", "Asked", "--json").status == 0
    assert filled("requests", "free", "1002", "--reason", "Settled", "--json").data == {"restricted": False}
    assert filled("requests", "search", "nobody").status == 1
