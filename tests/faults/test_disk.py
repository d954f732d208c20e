"""A full disk and a read-only one: a clear refusal, nothing lost, nothing half-done."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from dpdesk.domain import errors
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, backups, members
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.store import keys

PASSPHRASE = "the ferret sang on tuesday"


@pytest.fixture
def small_disk(tmp_path):
    """A file system of four megabytes of its own."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root to mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True)
    if made.returncode:
        pytest.skip("needs root to mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def desks(tmp_path):
    return Desks(Machine(path=tmp_path / "machine.json"), keys.least())


@pytest.fixture
def session(desks, small_disk):
    made, _ = desks.create(small_disk / "desk", Founding("Jane Example", Role.ACCOUNTABLE, "green", "Anytown",
                                                         Secret(PASSPHRASE)))
    yield made
    made.close()


def add(session, number: int) -> None:
    members.add(session, Kind.MEMBER, {"surname": f"Example{number}", "status": "current", "address1": "x" * 100})


def test_a_full_disk_refuses_and_loses_nothing(session, desks, small_disk):
    add(session, 0)
    before = members.counts(session).members
    (small_disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 8192))
    with pytest.raises(errors.DiskFull):
        for number in range(1, 200):
            add(session, number)
            before += 1
    assert members.counts(session).members == before
    (small_disk / "ballast").unlink()
    add(session, 999)
    assert audit.verify(session).whole
    session.close()
    again = desks.open(small_disk / "desk", Secret(PASSPHRASE))
    assert members.counts(again).members == before + 1
    again.close()


def test_a_desk_is_not_founded_by_half_on_a_full_disk(desks, small_disk):
    (small_disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 40_960))
    with pytest.raises(errors.DiskFull):
        desks.create(small_disk / "desk", Founding("Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret(PASSPHRASE)))
    assert not (small_disk / "desk").exists()


def test_a_read_only_disk_is_named_and_can_be_read(session, desks, small_disk):
    add(session, 1)
    session.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(errors.NotWritable):
        desks.open(small_disk / "desk", Secret(PASSPHRASE))
    reading = desks.open(small_disk / "desk", Secret(PASSPHRASE), read_only=True)
    assert members.counts(reading).members == 1
    with pytest.raises(errors.ReadOnly):
        add(reading, 2)
    reading.close()
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)


def test_a_backup_that_does_not_fit_leaves_nothing(session, small_disk, tmp_path):
    (small_disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 65_536))
    before = sorted(path.name for path in small_disk.iterdir())
    with pytest.raises(errors.DiskFull):
        backups.back_up(session, small_disk / "out.dpdesk")
    assert sorted(path.name for path in small_disk.iterdir()) == before
    assert backups.back_up(session, tmp_path / "out.dpdesk").people == 0
