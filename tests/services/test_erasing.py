"""Erasing: shown first, done in one piece, nothing of the names left in any file of the desk, and stops that still hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.copies import WITHIN, CopyKind
from dpdesk.domain.erasing import Erasing
from dpdesk.domain.errors import Cancelled, EraseRefused, Invalid, NotAllowed, NotFound
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import (
    archiving,
    audit,
    backups,
    contacting,
    copies,
    erasing,
    exports,
    imports_kept,
    members,
    notes,
    officers,
    settings,
)
from dpdesk.services.members import Query
from dpdesk.services.session import today
from dpdesk.store import keys
from dpdesk.store.engine import PAGE
from tests.services.conftest import PASSPHRASE
from tests.services.importing import bring, everybody

RESERVE = 80  # bytes at the end of a page: its IV and its code
CANARIES = ("zebulonia", "quagmireson", "quagmirefield", "xylocanary", "vellumquill", "07700900987", "7700900987", "qx7 9zz", "qx79zz")
LIST = """
Membership No | Forename  | Surname       | Email                        | Mobile       | Address 1        | Postcode | Status
7001          | Zebulonia | Quagmireson   | xylocanary@example.org       | 07700 900987 | 3 Vellumquill St | QX7 9ZZ  | current
7002          | Bob       | Moss          | bob@example.org              | 07700 900102 | 2 Lock Lane      | AN1 2AC  | current
"""


def pages_of(path: Path, key: bytes, salt: bytes) -> bytes:
    """Every page of the database as it lies on the disk, decrypted one by one: free pages and slack included."""
    raw, key = path.read_bytes(), keys.subkey(key, "database")
    assert len(raw) % PAGE == 0
    out = []
    for at in range(0, len(raw), PAGE):
        page = raw[at:at + PAGE]
        start = 16 if at == 0 else 0
        if at == 0:
            assert page[:16] == salt
        iv = page[PAGE - RESERVE:PAGE - RESERVE + 16]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        out.append(decryptor.update(page[start:PAGE - RESERVE]) + decryptor.finalize())
    return b"".join(out)


def traces(session_folder: Path, key: bytes, salt: bytes) -> list[str]:
    """The canaries found anywhere in the desk's folder, in the clear or inside the decrypted database."""
    seen = pages_of(session_folder / "desk.db", key, salt)
    found = {word for word in CANARIES if word.encode() in seen.lower()}
    for file in session_folder.rglob("*"):
        if file.is_file():
            found |= {word for word in CANARIES if word.encode() in file.read_bytes().lower()}
    return sorted(found)


@pytest.fixture
def branch(session, tmp_path):
    """Two members, one of whom everything is known of."""
    bring(session, tmp_path, LIST)
    person = everybody(session)["Zebulonia Quagmireson"].member
    members.edit(session, person.id, {"surname": "Quagmirefield", "town": "Vellumquill"}, person)
    notes.add(session, person.id, "Zebulonia likes canvassing", Confidentiality.CONFIDENTIAL)
    contacting.give_consent(session, person.id, contacting.Given(Channel.POST, "2026-01-05", Method.PAPER, "Quagmirefield may be "
                                                                 "written to", "Form of Zebulonia"))
    contacting.permit(session, person.id, session.policy.recipient_bodies[0].code, "2026-01-05", "Zebulonia said yes")
    settings.jot(session, f"draft:member:{person.id}", {"forename": "Zebulonia"})
    archiving.archive(session, [person.id], "Zebulonia moved")
    archiving.take_back(session, [person.id])
    return session


def who(session, name: str = "Zebulonia Quagmirefield"):
    return everybody(session)[name].member


def test_the_plan_says_what_goes_and_what_stays(branch, tmp_path):
    person = who(branch)
    contacting.stop(branch, person.id, "email", StopReason.OPT_OUT, "Letter")
    made = exports.members(branch, exports.Wish(tmp_path / "out.csv", ("surname",), Query(), WITHIN, "Badges")).copy
    backups.back_up(branch, tmp_path / "out.dpdesk")
    plan = erasing.plan(branch, [person.id])
    assert plan.names == ("Zebulonia Quagmirefield",) and plan.possible
    assert plan.goes == {"record": 1, "note": 1, "consent": 1, "sharing": 1, "history": 6, "slip": 1}
    assert (plan.stops, [each.kind for each in plan.copies], plan.backups) == (1, [CopyKind.SOURCE, CopyKind.MEMBERS], 1)
    assert plan.copies[1].id == made.id
    with pytest.raises(NotFound):
        erasing.plan(branch, ["0" * 32])


def test_nothing_of_the_name_is_left_in_any_file_of_the_desk(branch, tmp_path):
    person = who(branch)
    contacting.stop(branch, person.id, "email", StopReason.OPT_OUT, "Letter of May")
    key, salt, folder = branch.desk.data_key, branch.desk.header.salt, branch.folder
    (tmp_path / "list.csv").unlink()
    done = erasing.erase(branch, [person.id], "Asked to be forgotten")
    assert done.people == 1 and done.cleared
    assert members.search(branch, "Zebulonia") == [] and members.search(branch, "xylocanary") == []
    with pytest.raises(NotFound):
        members.get(branch, person.id)
    assert audit.verify(branch).whole
    entry = audit.listing(branch, limit=2)[1]
    assert entry.action == "members.erased" and entry.facts["people"] == 1
    branch.close()
    assert traces(folder, key, salt) == []


def test_the_canaries_would_be_found_before(branch):
    key, salt, folder = branch.desk.data_key, branch.desk.header.salt, branch.folder
    branch.close()
    assert {"zebulonia", "quagmireson", "quagmirefield", "xylocanary", "vellumquill"} <= set(traces(folder, key, salt))


def test_the_stop_holds_when_the_person_comes_in_again(branch, tmp_path):
    person = who(branch)
    contacting.stop(branch, person.id, "all", StopReason.OBJECTION, "Letter")
    erasing.erase(branch, [person.id], "Asked to be forgotten")
    bring(branch, tmp_path, LIST, back={2})
    assert everybody(branch)["Zebulonia Quagmireson"].stopped == {"email", "phone", "sms", "post"}


def test_many_at_once_and_a_list_they_came_with_cannot_be_taken_back_twice(branch, tmp_path):
    people = [row.member.id for row in everybody(branch).values()]
    done = erasing.erase(branch, people, "Branch dissolved")
    assert done.people == 2 and everybody(branch) == {}
    (certificate,) = erasing.certificates(branch)
    assert certificate[1] == 2 and certificate[0].certificate == done.certificate
    assert len({erasing.of(branch, person).label for person in people}) == 2
    plan = imports_kept.plan(branch, imports_kept.listing(branch)[0].id)
    assert plan.new == []


def test_replaced_by_an_artificial_identifier_the_counts_stay(branch):
    person = who(branch)
    key, salt, folder = branch.desk.data_key, branch.desk.header.salt, branch.folder
    erasing.erase(branch, [person.id], "Yearly audit", Erasing.PSEUDONYMISED)
    left = members.get(branch, person.id)
    kept = erasing.of(branch, person.id)
    assert left.surname == f"Person {kept.label}" and left.postcode == "QX7" and left.status == "current"
    assert {code: value for code, value in left.values().items() if value and code not in ("surname", "postcode", "status")} == {}
    assert members.counts(branch).members == 2 and members.search(branch, "Zebulonia") == []
    branch.close()
    assert traces(folder, key, salt) == []


def test_a_hold_stops_all_of_it(branch):
    from sqlalchemy import insert

    from dpdesk.store.tables import enquiry
    person = who(branch)
    with branch.change("note.added") as unit:
        unit.connection.execute(insert(enquiry), [{"id": "e" * 32, "person": person.id, "hold_reason": "Inquiry", "seq": unit.seq}])
        unit.facts(note="x")
    with pytest.raises(EraseRefused) as problem:
        erasing.erase(branch, [person.id, who(branch, "Bob Moss").id], "Gone")
    assert (problem.value.reason, problem.value.count) == ("held", 1)
    assert len(everybody(branch)) == 2


def test_stopped_half_way_nobody_is_gone(branch):
    with pytest.raises(Cancelled):
        erasing.erase(branch, [who(branch).id], "Gone", cancelled=lambda: True)
    assert len(everybody(branch)) == 2 and notes.listing(branch, who(branch).id)
    with pytest.raises(Invalid):
        erasing.erase(branch, [who(branch).id], " ")


def test_only_who_may(branch, reopen):
    person = who(branch).id
    officers.add(branch, "Sam Sample", Role.DATA_ENTRY, Secret("pepper lantern walks uphill"), kdf=keys.least())
    branch.close()
    entry = reopen("pepper lantern walks uphill")
    officers.acknowledge(entry)
    with pytest.raises(NotAllowed):
        erasing.erase(entry, [person], "Gone")


def test_the_certificate_names_nobody(branch, tmp_path):
    done = erasing.erase(branch, [who(branch).id], "Asked to be forgotten")
    copy = erasing.certificate(branch, done.certificate, tmp_path / "certificate.pdf")
    assert copy.kind is CopyKind.CERTIFICATE and copy.delete_by == ""
    content = (tmp_path / "certificate.pdf").read_bytes()
    assert content.startswith(b"%PDF") and not [word for word in CANARIES if word.encode() in content.lower()]
    assert [seen.copy.id for seen in copies.listing(branch) if seen.copy.kind is CopyKind.CERTIFICATE] == [copy.id]
    with pytest.raises(NotFound):
        erasing.certificate(branch, "2026-1", tmp_path / "none.pdf")


def test_killed_before_the_traces_are_cleared_they_are_at_the_next_opening(branch, desks, tmp_path):
    person, key, salt, folder = who(branch).id, branch.desk.data_key, branch.desk.header.salt, branch.folder
    branch.close()
    code = """import os, sys
from pathlib import Path
from dpdesk.domain.secret import Secret
from dpdesk.services import erasing
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.store import erasing as store
store.compact = lambda desk: os.kill(os.getpid(), 9)
session = Desks(Machine()).open(Path(sys.argv[1]), Secret(sys.argv[2]))
erasing.erase(session, [sys.argv[3]], "Asked to be forgotten")
"""
    ended = subprocess.run([sys.executable, "-c", code, str(folder), PASSPHRASE, person],
                           env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert ended.returncode == -9
    session = desks.open(folder, Secret(PASSPHRASE))
    assert list(everybody(session)) == ["Bob Moss"] and audit.verify(session).whole
    assert session.desk.setting("compaction_due") == ""
    session.close()
    assert traces(folder, key, salt) == []


def test_who_erases_a_contact(session):
    contact = members.add(session, Kind.CONTACT, {"surname": "Pike"})
    assert erasing.erase(session, [contact.id], "No answer for years").people == 1
    assert members.counts(session).contacts == 0
    assert erasing.of(session, contact.id).on == today().isoformat()
