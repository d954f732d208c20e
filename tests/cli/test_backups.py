"""`dpdesk desk backup|check-backup|restore`: figures on stdout, questions answered by --yes, refusals in one sentence."""

from __future__ import annotations

from tests.cli.conftest import PASSPHRASE


def test_out_checked_and_back(dpdesk, run, list_file, tmp_path, passphrase):
    dpdesk("members", "import", list_file, "--apply")
    file = tmp_path / "out.dpdesk"
    made = dpdesk("desk", "backup", file, "--json")
    assert made.status == 0 and made.data["people"] > 0 and made.data["bytes"] == file.stat().st_size
    checked = dpdesk("desk", "check-backup", file, "--json")
    assert checked.status == 0 and checked.data["whole"] and checked.data["head_code"] == made.data["head_code"]
    back = run("--desk", tmp_path / "again", "desk", "restore", file, "--json")
    assert back.status == 0 and back.data["people"] == made.data["people"]
    assert run("--desk", tmp_path / "again", "desk", "verify").status == 0
    taken = run("--desk", tmp_path / "again", "desk", "restore", file)
    assert taken.status == 1 and "already" in taken.err and "Traceback" not in taken.err


def test_a_file_is_replaced_only_when_told_so(dpdesk, tmp_path):
    (tmp_path / "out.dpdesk").write_text("a recipe")
    asked = dpdesk("desk", "backup", tmp_path / "out.dpdesk")
    assert asked.status == 2 and "--yes" in asked.err
    assert (tmp_path / "out.dpdesk").read_text() == "a recipe"
    assert dpdesk("desk", "check-backup", tmp_path / "out.dpdesk").status == 1
    assert dpdesk("desk", "backup", tmp_path / "out.dpdesk", "--yes").status == 0


def test_the_paper_key_restores(run, tmp_path, passphrase, monkeypatch):
    key = run("--desk", tmp_path / "one", "desk", "create", "--officer", "Jo Example", "--branch", "Anytown", "--policy",
              "generic", "--json").data["recovery_key"]
    assert run("--desk", tmp_path / "one", "desk", "backup", tmp_path / "out.dpdesk").status == 0
    monkeypatch.setenv("DPDESK_RECOVERY_KEY", key)
    monkeypatch.setenv("DPDESK_NEW_PASSPHRASE", "gravel otter monday lantern")
    back = run("--desk", tmp_path / "two", "desk", "restore", tmp_path / "out.dpdesk", "--json")
    assert back.status == 0 and back.data["recovery_key"] != key
    assert run("--desk", tmp_path / "two", "desk", "info").status == 1, PASSPHRASE
    assert run("desk", "restore", tmp_path / "out.dpdesk").status == 2
