"""The pack sealed to an officer's card or to somebody without dpdesk: one package like any other, noted as theirs, gone with them."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pyrage
import pytest

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Declined
from dpdesk.domain.members import Kind
from dpdesk.services import audit, cards, copies, erasing, members, packages, subject_pack, subject_search
from tests.services.transferring import desk, introduce


@pytest.fixture
def ann(session):
    return members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Smith", "status": "current", "email": "ann@example.org"})


@pytest.fixture
def key(session):
    """The age key of somebody without dpdesk, whose card was verified by what they read out."""
    made = pyrage.x25519.Identity.generate()
    public = str(made.to_public())
    kept = cards.add_outside(session, "Ann Smith", "", "", public)
    with pytest.raises(Declined) as caught:
        cards.verify(session, kept.id, "acorn actor")
    assert caught.value.reason == "transfers.card_letters"
    heard = public[:20].upper()
    cards.verify(session, kept.id, f"{heard[:4]} {heard[4:8]}-{heard[8:12]} {heard[12:16]}, {heard[16:]}")
    return made


def write(session, who, path, to):
    found = subject_search.search(session, subject_search.subject(session, person=who.id), "All places")
    settled = subject_search.settled(found, subject_search.proposal(session, found))
    return subject_pack.write(session, found, settled, path, to=to)


def test_who_asked_opens_it_with_the_age_tool_alone(session, ann, key, tmp_path):
    path = tmp_path / "your-data.age"
    done = write(session, ann, path, ["Ann Smith"])
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(path.read_bytes(), [key]))) as package:
        archive = package.extractfile(f"files/{subject_pack.ARCHIVE}").read()
    assert {"Your data.pdf", "data.json", "data.csv"} <= set(zipfile.ZipFile(io.BytesIO(archive)).namelist())
    assert done.package == packages.listing(session)[0].id and done.records
    assert b"ann@example.org" not in path.read_bytes()


def test_it_is_one_package_and_one_copy_noted_as_theirs(session, ann, key, tmp_path):
    done = write(session, ann, tmp_path / "your-data.age", ["Ann Smith"])
    assert copies.get(session, done.copy.id).copy.kind is CopyKind.SEALED
    assert [each.id for each in copies.holding(session, ann.id)] == [done.copy.id]
    assert subject_pack.recipients(session, ann.id) == []  # it is not somebody who was told
    packed, sealed = audit.listing(session)[:2]
    assert (packed.action, sealed.action) == ("subject.packed", "package.sealed") and "Smith" not in f"{packed}{sealed}"
    again = packages.save(session, done.package, tmp_path / "again.age")
    assert again.people == 1


def test_a_colleague_opens_it_as_any_package(session, ann, tmp_path):
    other = desk(tmp_path / "other")
    introduce(session, other)
    write(session, ann, tmp_path / "pack.age", ["Ravi Example"])
    taken = packages.open_to(other, tmp_path / "pack.age", tmp_path / "opened")
    assert [item.name for item in taken.items] == [subject_pack.ARCHIVE] and (tmp_path / "opened" / subject_pack.ARCHIVE).is_file()
    other.close()


def test_nothing_is_sealed_to_whom_nobody_verified(session, ann, tmp_path):
    cards.add_outside(session, "Ann Smith", "", "", str(pyrage.x25519.Identity.generate().to_public()))
    with pytest.raises(Declined) as caught:
        write(session, ann, tmp_path / "pack.age", ["Ann Smith"])
    assert caught.value.reason == "transfers.card_not_verified" and not (tmp_path / "pack.age").exists()
    assert packages.listing(session) == []


def test_erasing_them_takes_the_sealed_file_of_the_desk_along(session, ann, key, tmp_path):
    done = write(session, ann, tmp_path / "your-data.age", ["Ann Smith"])
    path = packages.path_of(session, packages.get(session, done.package))
    assert erasing.plan(session, [ann.id]).copies[0].id == done.copy.id  # the one that was handed over has to be found
    erasing.erase(session, [ann.id], "They asked")
    assert not path.exists()
    with pytest.raises(Declined) as caught:
        packages.save(session, done.package, tmp_path / "again.age")
    assert caught.value.reason == "transfers.spool_gone"
