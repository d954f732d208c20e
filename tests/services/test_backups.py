"""Backups: made while the desk is in use, whole or not at all, restored to the same content, broken ones named."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from dpdesk.domain import errors
from dpdesk.domain.contacting import StopReason
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, backups, contacting, imports, members, officers
from dpdesk.services.session import today
from dpdesk.services.today import items
from dpdesk.store import tables
from tests.services.conftest import PASSPHRASE
from tests.services.importing import listed

CANARIES = ("Katherine", "Smyth", "kat@example.org", "Anytown", "Jane Example", "phoned on Monday")
TOLD = ("member", "stop", "stop_key", "consent", "sharing", "note", "officer")


@pytest.fixture
def people(session):
    """A desk with two people, a stop and a backup's worth of history."""
    ann = members.add(session, Kind.MEMBER, {"forename": "Katherine", "surname": "Smyth", "email": "kat@example.org",
                                             "status": "current"})
    members.add(session, Kind.MEMBER, {"surname": "Example", "status": "current"})
    contacting.stop(session, ann.id, "email", StopReason.OPT_OUT, "phoned on Monday")
    return session


@pytest.fixture
def file(people, tmp_path):
    """A backup of that desk."""
    return backups.back_up(people, tmp_path / "out.dpdesk").path


def content(session) -> str:
    """A digest of every row that tells something of people and officers."""
    digest = hashlib.sha256()
    with session.desk.read() as connection:
        for name in TOLD:
            table = tables.metadata.tables[name]
            rows = connection.execute(select(table).order_by(*table.primary_key.columns))
            digest.update(repr([name, *map(tuple, rows)]).encode())
    return digest.hexdigest()


def test_a_backup_comes_back_with_the_same_content(people, desks, tmp_path):
    before = content(people)
    made = backups.back_up(people, tmp_path / "out.dpdesk")
    assert (made.people, made.entries) == (2, people.desk.head().seq - 1)
    assert sorted(path.name for path in tmp_path.iterdir() if "out" in path.name) == ["out.dpdesk"]
    session, found = backups.restore(desks, made.path, tmp_path / "again", Secret(PASSPHRASE))
    assert content(session) == before and found == made
    assert audit.verify(session).whole and session.notices == ()
    assert audit.listing(session)[1].action == "desk.restored"
    assert {path.stat().st_mode & 0o77 for path in (tmp_path / "again").glob("desk.[dj]*")} == {0}
    session.close()


def test_nothing_in_a_backup_can_be_read_without_a_key(file):
    found = file.read_bytes()
    assert not [name for name in CANARIES if name.encode() in found]
    assert file.stat().st_mode & 0o77 == 0


def test_the_paper_key_restores_once_and_sets_a_new_passphrase(founded, people, file, desks, tmp_path):
    with pytest.raises(errors.WeakPassphrase):
        backups.restore_with_recovery(desks, file, tmp_path / "again", founded[1], Secret("password1"))
    assert not (tmp_path / "again").exists()
    session, fresh, _ = backups.restore_with_recovery(desks, file, tmp_path / "again", founded[1],
                                                      Secret("gravel otter monday lantern"))
    assert len(fresh) and members.counts(session).members == 2
    session.close()
    desks.open(tmp_path / "again", Secret("gravel otter monday lantern")).close()


def test_a_wrong_passphrase_makes_no_desk(file, desks, tmp_path):
    with pytest.raises(errors.WrongPassphrase):
        backups.restore(desks, file, tmp_path / "again", Secret("not this one"))
    assert not (tmp_path / "again").exists()


def test_a_desk_is_never_written_over(people, file, desks, tmp_path):
    with pytest.raises(errors.FolderTaken):
        backups.restore(desks, file, people.folder, Secret(PASSPHRASE))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine")
    with pytest.raises(errors.FolderTaken):
        backups.restore(desks, file, tmp_path / "other", Secret(PASSPHRASE))
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("place", [0.0, 0.1, 0.5, 0.95, 0.985, 0.999])
def test_one_flipped_byte_anywhere_is_noticed(people, file, place):
    broken = bytearray(file.read_bytes())
    broken[int(len(broken) * place)] ^= 0x10
    file.write_bytes(broken)
    with pytest.raises((errors.Damaged, errors.TooNew)):
        backups.check(people, file)


@pytest.mark.parametrize(("left", "what"), [(0, "not_one"), (40, "not_one"), (-1, "not_one"), (-5000, "not_one")])
def test_a_cut_backup_is_no_backup(people, file, left, what):
    file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(errors.BackupDamaged) as refused:
        backups.check(people, file)
    assert refused.value.what == what


def test_bytes_taken_out_of_the_middle_are_missed(people, file):
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + whole[12288:])
    with pytest.raises(errors.BackupDamaged) as refused:
        backups.check(people, file)
    assert refused.value.what == "cut"


def test_a_backup_from_before_a_rekey_still_checks_and_another_desks_does_not(people, file, desks, tmp_path):
    from dpdesk.services.desks import Founding
    officers.rekey(people)
    assert backups.check(people, file).people == 2
    other, _ = desks.create(tmp_path / "else", Founding("Sam Sample", Role.ACCOUNTABLE, "green", "Elsewhere", Secret(PASSPHRASE)))
    with pytest.raises(errors.BackupDamaged) as refused:
        backups.check(other, file)
    assert refused.value.what == "other_key"
    other.close()


def test_a_stopped_backup_leaves_nothing(people, tmp_path):
    before = people.desk.head()
    with pytest.raises(errors.Cancelled):
        backups.back_up(people, tmp_path / "out.dpdesk", cancelled=lambda: True)
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]
    assert people.desk.head() == before


def test_a_folder_that_is_not_there_is_named(people, tmp_path):
    with pytest.raises(errors.NotWritable):
        backups.back_up(people, tmp_path / "nowhere" / "out.dpdesk")


def test_a_backup_while_an_import_runs_is_before_or_after_it(people, desks, tmp_path):
    rows = "\n".join(f"{n}|Ann{n}|Example{n}|ann{n}@example.org" for n in range(3000))
    draft = imports.open_list(people, listed(tmp_path, "Number|First name|Surname|Email\n" + rows))
    shown, before, began = imports.preview(people, draft), content(people), threading.Event()
    running = threading.Thread(target=lambda: imports.apply(people, shown, progress=lambda *_: began.set()))
    running.start()
    began.wait(20)
    paths = [backups.back_up(people, tmp_path / f"out{n}.dpdesk").path for n in range(2)]
    running.join()
    paths.append(backups.back_up(people, tmp_path / "last.dpdesk").path)
    after, seen = content(people), []
    assert before != after
    for n, path in enumerate(paths):
        session, _ = backups.restore(desks, path, tmp_path / f"again{n}", Secret(PASSPHRASE))
        seen.append(content(session))
        session.close()
    assert set(seen) <= {before, after} and seen[-1] == after


def test_a_killed_backup_leaves_no_file_of_that_name(people, tmp_path):
    people.close()
    code = """import os, sys
from pathlib import Path
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.secret import Secret
from dpdesk.services import backups, copies
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
path = Path(sys.argv[3])
session = Desks(Machine()).open(Path(sys.argv[1]), Secret(sys.argv[2]))
backups.back_up(session, path, lambda *_: os.kill(os.getpid(), 9), accepted=copies.judge(path, CopyKind.BACKUP).code)
"""
    ended = subprocess.run([sys.executable, "-c", code, str(people.folder), PASSPHRASE, str(tmp_path / "out.dpdesk")],
                           env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert ended.returncode == -9 and not (tmp_path / "out.dpdesk").exists()


def test_today_asks_for_a_backup_until_there_is_a_fresh_one(people, tmp_path, monkeypatch):
    def asked() -> list[tuple[str, dict]]:
        return [(item.code, dict(item.facts)) for item in items(people) if item.code.startswith("backup")]
    assert asked() == [("backup_never", {})]
    backups.back_up(people, tmp_path / "out.dpdesk")
    assert asked() == []
    later = today() + timedelta(days=8)
    monkeypatch.setattr(backups, "today", lambda: later)
    assert asked() == [("backup_due", {"days": 8})]


def test_who_may_not_keep_the_list_may_not_carry_it_off(people, tmp_path, reopen):
    officers.add(people, "Sam Sample", Role.DATA_ENTRY, Secret("eleven herons by the canal"))
    people.close()
    entry = reopen("eleven herons by the canal")
    officers.acknowledge(entry)
    with pytest.raises(errors.NotAllowed):
        backups.back_up(entry, tmp_path / "out.dpdesk")
