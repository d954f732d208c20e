"""Evidence: told by content, kept in the desk, out by the copies door alone; never left behind by an erasure, merge or roll-back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from dpdesk.domain.asking import Answer, share_with
from dpdesk.domain.contacting import Channel, Method
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.erasing import Erasing
from dpdesk.domain.errors import Invalid, NotAllowed, NotFound, RollBackRefused, Unreadable
from dpdesk.domain.evidence import LARGEST, media_type
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.files import evidence as files
from dpdesk.services import asking, audit, contacting, copies, erasing, evidence, failings, imports_kept, members, merging
from dpdesk.services.asking import Question, Reply
from dpdesk.services.contacting import Given
from tests.services.importing import bring
from tests.services.test_asking import day

MAIL = b"From: Ann <ann@example.org>\r\nSubject: Yes\r\n please\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\nYes, do. \xe9\r\n"
PDF = b"%PDF-1.7\n\x00\x01\x02 Zebulonia said yes"


@pytest.mark.parametrize(("content", "kind"), [
    (PDF, "application/pdf"), (b"\x89PNG\r\n\x1a\n\0\0", "image/png"), (b"\xff\xd8\xff\xe0\0", "image/jpeg"), (b"GIF89a\0", "image/gif"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"), (b"II*\x00\0", "image/tiff"), (b"\0\0\0\x18ftypheic\0", "image/heic"),
    (MAIL, "message/rfc822"), (b"Yes, you may.\n", "text/plain"), ("Gern, Zoë".encode("cp1252"), "text/plain"),
    (b"To: somebody\n\nSubject: no headers of a mail\n", "text/plain"),
    (b"MZ\x90\0\x03", ""), (b"PK\x03\x04\0", ""), (b"\x7fELF\x02\0", ""), (b"#!/bin/sh\nrm\n", ""), (b"<html><script>x</script>", ""),
    (b"\xef\xbb\xbf <!DOCTYPE html>", ""), (b"{\\rtf1 x}", ""), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""), (b"<svg onload=x>", "")])
def test_what_a_file_is_is_told_by_its_content(content, kind):
    assert media_type(content) == kind


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("scan.pdf", b"MZ\x90\0", "evidence_kind"), ("empty.pdf", b" \n", "evidence_empty"),
    ("big.pdf", PDF + b"x" * LARGEST, "evidence_too_big"), ("gone.pdf", None, "missing"), ("folder", b"", "unreadable")])
def test_what_is_refused_says_why(tmp_path, name, content, reason):
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif content is not None:
        write(path, content)
    with pytest.raises(Unreadable) as problem:
        files.read(path)
    assert problem.value.reason == reason and reason in files.REASONS
    assert set(files.REASONS) <= failings.UNREADABLE.keys()


@pytest.fixture
def ann(session):
    return members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Lee", "status": "current", "email": "ann@example.org",
                                              "postcode": "AN1 2AB"})


def consent(session, person):
    return contacting.give_consent(session, person.id, Given(Channel.EMAIL, day(3), Method.PAPER, "You may", "Form"))


def rows(session, table: str) -> list:
    with session.desk.read() as connection:
        return list(connection.execute(text(f"SELECT * FROM {table}")))


def test_attached_it_is_in_the_desk_and_its_source_is_on_the_list_of_copies(session, ann, tmp_path):
    given = consent(session, ann)
    attached = evidence.attach(session, given.id, write(tmp_path / "scan.bin", PDF))
    (held,) = evidence.listing(session, ann.id)
    assert (held.name, held.media_type, held.size, held.of, held.of_kind) == ("scan.bin", "application/pdf", len(PDF), given.id, "consent")
    assert held.recorded_by == session.officer.name
    source = copies.get(session, attached.source.id).copy
    assert (source.kind, source.people, source.digest, source.path) == (CopyKind.EVIDENCE, 1, held.digest, str(tmp_path / "scan.bin"))
    assert source.delete_by and copies.holding(session, ann.id)
    copies.delete(session, source.id)
    assert not (tmp_path / "scan.bin").exists()
    assert audit.verify(session).whole
    assert members.history(session, ann.id)[0].action == "evidence.attached"
    assert PDF not in b"".join(path.read_bytes() for path in session.folder.rglob("*") if path.is_file())


def test_it_leaves_by_the_door_alone(session, ann, tmp_path):
    attached = evidence.attach(session, consent(session, ann).id, write(tmp_path / "a.eml", MAIL))
    copy = evidence.save(session, attached.evidence.id, tmp_path / "out.eml", "They asked")
    assert (tmp_path / "out.eml").read_bytes() == MAIL
    assert (copy.kind, copy.people, copy.digest) == (CopyKind.EVIDENCE, 1, attached.evidence.digest)
    with pytest.raises(Invalid):
        evidence.save(session, attached.evidence.id, tmp_path / "again.eml", " ")
    assert not (tmp_path / "again.eml").exists()
    session.officer = type(session.officer)(**{**session.officer.__dict__, "role": Role.DATA_ENTRY})
    with pytest.raises(NotAllowed):
        evidence.save(session, attached.evidence.id, tmp_path / "other.eml", "x")


def test_removing_needs_a_reason_and_is_logged(session, ann, tmp_path):
    attached = evidence.attach(session, consent(session, ann).id, write(tmp_path / "a.pdf", PDF))
    with pytest.raises(Invalid):
        evidence.remove(session, attached.evidence.id, "")
    evidence.remove(session, attached.evidence.id, "Somebody else’s")
    assert evidence.listing(session, ann.id) == []
    assert audit.listing(session, limit=1)[0].action == "evidence.removed"
    with pytest.raises(NotFound):
        evidence.get(session, attached.evidence.id)
    with pytest.raises(NotFound):
        evidence.attach(session, "0" * 32, tmp_path / "a.pdf")


def everything(session, person, folder) -> None:
    """A consent, a permission, a question, a confirmation and a file on each."""
    body = session.policy.recipient_bodies[0].code
    given = consent(session, person)
    shared = contacting.permit(session, person.id, body, day(2), "You may", method=Method.VERBAL)
    asking.confirm(session, shared.id, day())
    asking.ask(session, person.id, Question("post", day(1), Method.PAPER))
    for of in (given, shared):
        evidence.attach(session, of.id, write(folder / f"{of.id}.pdf", PDF))


@pytest.mark.parametrize("how", list(Erasing))
def test_erasing_or_replacing_a_person_leaves_none_of_it(session, ann, tmp_path, how):
    everything(session, ann, tmp_path)
    planned = erasing.plan(session, [ann.id])
    assert (planned.goes["evidence"], planned.goes["asking"], planned.goes["consent"], planned.goes["sharing"]) == (2, 3, 1, 1)
    erasing.erase(session, [ann.id], "Asked for it", how)
    for table in ("consent", "sharing", "asking", "attachment"):
        assert rows(session, table) == []
    assert audit.verify(session).whole


def test_the_names_of_files_go_with_the_person_or_with_the_file(session, ann, tmp_path):
    given = consent(session, ann)
    gone, there = (evidence.attach(session, given.id, write(tmp_path / f"{name}-Annabella-Lee.pdf", PDF)).source
                   for name in ("gone", "there"))
    copies.delete(session, gone.id)
    erasing.erase(session, [ann.id], "Asked for it")
    assert copies.get(session, there.id).copy.path.endswith("there-Annabella-Lee.pdf")
    assert copies.get(session, gone.id).copy.path == ""
    copies.delete(session, there.id)
    assert not list(tmp_path.glob("*.pdf"))
    left = [row for table in ("copy", "history", "attachment", "audit") for row in rows(session, table)]
    assert "Annabella" not in str(left)
    assert audit.verify(session).whole


def test_merging_moves_it_and_undoing_moves_it_back(session, ann, tmp_path):
    other = members.add(session, Kind.MEMBER, {"forename": "Anne", "surname": "Lee", "status": "current", "postcode": "AN1 2AC"})
    everything(session, other, tmp_path)
    merge = merging.merge(session, merging.compare(session, ann.id, other.id).choice)
    assert len(evidence.listing(session, ann.id)) == 2 and len(asking.askings(session, ann.id)) == 3
    merging.undo(session, merge)
    assert len(evidence.listing(session, other.id)) == 2 and evidence.listing(session, ann.id) == []
    assert len(asking.askings(session, other.id)) == 3


def test_a_no_of_either_beats_the_others_older_yes(session, ann):
    body = session.policy.recipient_bodies[0].code
    other = members.add(session, Kind.MEMBER, {"forename": "Anne", "surname": "Lee", "status": "current", "postcode": "AN1 2AC"})
    consent(session, ann)
    contacting.permit(session, ann.id, body, day(9), "You may")
    contacting.permit(session, ann.id, session.policy.recipient_bodies[1].code, day(1), "You may")
    for purpose in ("email", share_with(body)):
        asking.ask(session, other.id, Question(purpose, day(), Method.PAPER), Reply(Answer.NO, day()))
    merge = merging.merge(session, merging.compare(session, ann.id, other.id).choice)
    assert [bool(c.withdrawn_on) for c in contacting.consents(session, ann.id)] == [True]
    assert {s.body: bool(s.withdrawn_on) for s in contacting.sharings(session, ann.id)} == {
        body: True, session.policy.recipient_bodies[1].code: False}
    merging.undo(session, merge)
    assert not contacting.consents(session, ann.id)[0].withdrawn_on
    assert not any(s.withdrawn_on for s in contacting.sharings(session, ann.id))


def test_a_list_is_not_taken_back_under_evidence(session, ann, tmp_path):
    result = bring(session, tmp_path, "Forename | Surname | Email | Postcode | Email opt in\nAnn | Lee | ann@example.org | AN1 2AB | yes\n")
    (given,) = contacting.consents(session, ann.id)
    attached = evidence.attach(session, given.id, write(tmp_path / "a.pdf", PDF))
    with pytest.raises(RollBackRefused):
        imports_kept.roll_back(session, result.import_id)
    assert [each.codes for each in imports_kept.plan(session, result.import_id).dependents] == [("evidence",)]
    evidence.remove(session, attached.evidence.id, "Wrong file")
    imports_kept.roll_back(session, result.import_id)
    assert contacting.consents(session, ann.id) == []
