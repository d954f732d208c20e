"""Erasing a desk from the device that is left: refused until it is handed over and held by a backup; then keys, files, certificate."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import BackupDamaged, Declined, NoDesk, WrongPassphrase
from dpdesk.domain.handovers import Step
from dpdesk.domain.members import Kind
from dpdesk.domain.secret import Secret
from dpdesk.services import backups, desk_end, device, handovers, members, officers
from dpdesk.store.header import DATABASE, NAME, SPARE
from tests.services.test_device import text_of
from tests.services.test_disposals import SECOND, sam, walk  # noqa: F401 - a fixture


@pytest.fixture
def leaving(session, sam):  # noqa: F811
    """Jane begins to leave her laptop."""
    return handovers.begin(session, device.add_this(session, "Laptop", "laptop", "own").id, "leaving")


def refused(session, desks, path):
    with pytest.raises(Declined) as told:
        desk_end.erase(session, desks, path)
    assert (session.folder / NAME).exists() and not path.exists()
    return told.value.reason


def test_nothing_is_erased_before_it_is_handed_over_and_held_by_the_backup(session, desks, leaving, sam, tmp_path):  # noqa: F811
    path = tmp_path / "certificate.pdf"
    assert refused(session, desks, path) == "device.erase_not_handed_over"
    walk(session, leaving, sam, tmp_path)
    assert desk_end.plan(session).blocked == ""
    members.add(session, Kind.MEMBER, {"surname": "Late", "status": "current"})
    assert (refused(session, desks, path), desk_end.plan(session).later) == ("device.erase_not_in_backup", 1)
    backups.back_up(session, tmp_path / "again.dpdesk")
    assert refused(session, desks, session.folder / "inside.pdf") == "device.certificate_inside"
    (tmp_path / "again.dpdesk").write_bytes((tmp_path / "again.dpdesk").read_bytes()[:-500])
    with pytest.raises(BackupDamaged):
        desk_end.erase(session, desks, path)
    assert (session.folder / NAME).exists()


@pytest.mark.parametrize("reachable", [True, False])
def test_keys_and_files_go_what_is_not_the_desks_stays_and_the_successor_has_everything(session, desks, leaving, sam,  # noqa: F811
                                                                                       tmp_path, reachable):
    backup = tmp_path / "for-sam.dpdesk"
    members.add(session, Kind.MEMBER, {"surname": "Lee", "status": "current"})
    walk(session, leaving, sam, tmp_path)
    folder = session.folder
    (folder / "holiday.txt").write_text("mine")
    desks.machine.last_desk = str(folder)
    kept = {name: (folder / name).read_bytes() for name in (NAME, SPARE)}
    if not reachable:
        backup = backup.rename(tmp_path / "on-the-stick.dpdesk")
    done = desk_end.erase(session, desks, tmp_path / "certificate.pdf")
    ended = done.ended
    assert (ended.keys, ended.rekeyed, ended.stayed, ended.others, ended.unreadable) == (3, True, (), 1, True)
    assert done.complete and [each.name for each in folder.iterdir()] == ["holiday.txt"]
    assert done.certificate.read_bytes().startswith(b"%PDF") and desks.machine.last_desk == ""
    with pytest.raises(NoDesk):
        desks.examine(folder)
    other, _made = backups.restore(desks, backup, tmp_path / "sams", Secret(SECOND))
    try:
        officers.acknowledge(other)
        assert [each.member.surname for each in members.search(other, "Lee")] == ["Lee"]
    finally:
        other.close()
    assert kept[NAME] and kept[SPARE]


def test_a_header_and_database_kept_by_a_solid_state_drive_open_nothing(session, desks, leaving, sam, tmp_path):  # noqa: F811
    """The database got a key that nobody has before the keys went: an old header beside the last database is of no use."""
    from dpdesk.store import desk_end as store
    walk(session, leaving, sam, tmp_path)
    folder, saved = session.folder, {}
    real = store.remove

    def keeping(path, how):
        saved[path.name] = path.read_bytes()
        return real(path, how)
    store.remove = keeping
    try:
        desk_end.erase(session, desks, tmp_path / "certificate.pdf")
    finally:
        store.remove = real
    folder.mkdir(exist_ok=True)
    for name in (NAME, SPARE, DATABASE):
        (folder / name).write_bytes(saved[name])
    with pytest.raises(Exception) as told:
        desks.open(folder, Secret(SECOND))
    assert not isinstance(told.value, WrongPassphrase) and type(told.value).__name__ == "DatabaseDamaged"


def test_the_certificate_says_what_was_seen(session, desks, leaving, sam, tmp_path):  # noqa: F811
    walk(session, leaving, sam, tmp_path)
    done = desk_end.erase(session, desks, tmp_path / "certificate.pdf")
    said = " ".join(text_of(done.certificate).split())
    for words in (done.number, "Jane Example", "Sam Sample", "Purge (cryptographic erase)", "3 keys destroyed", "Looked again", "Head code",
                  "tried out just before, and whole"):
        assert words in said
    assert "the end of it was not written" not in said


def test_the_step_that_hands_over_cannot_be_skipped(session, desks, leaving, sam, tmp_path):  # noqa: F811
    handovers.name_successor(session, leaving.id, sam.id)
    for step in (Step.SHEETS, Step.COPIES):
        handovers.done(session, leaving.id, step)
    handovers.wiped(session, leaving.id, "desk_erased", "dpdesk", "Its certificate")
    backups.back_up(session, tmp_path / "for-sam.dpdesk")
    assert refused(session, desks, tmp_path / "certificate.pdf") == "device.erase_not_handed_over"
