"""All that is held on a person: searched everywhere, others blacked out by eye, packed for people and machines, restricted at once."""

from __future__ import annotations

import json
import zipfile

import pypdfium2
import pytest

from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.errors import Declined, Invalid, NotAllowed, NotFound
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.domain.post import Purpose, Reason
from dpdesk.domain.roles import Role
from dpdesk.domain.subjects import BLACK, STATUTORY, Fate, Review, blacked
from dpdesk.services import (
    audit,
    capacities,
    contacting,
    copies,
    duties,
    electors,
    enquiries,
    evidence,
    exports,
    members,
    notes,
    register_links,
    restrictions,
    subject_letters,
    subject_pack,
    subject_portable,
    subject_requests,
    subject_search,
)
from dpdesk.services.capacities import Given as Standing
from dpdesk.services.copies import CopyKind
from dpdesk.services.dates import day
from dpdesk.services.enquiries import Asked
from dpdesk.services.giving import Given
from dpdesk.services.members import Query
from dpdesk.services.session import today
from dpdesk.services.subject_sources import SOURCES
from dpdesk.services.subject_words import SECTIONS, TELLS
from tests.services.registers import everybody, take, xpress

WHY = "All places were searched"
ANN = {"forename": "Ann", "surname": "Smith", "email": "ann@example.org", "mobile": "07700 900001", "postcode": "AN1 2AB",
       "address1": "4-6 Knowsley Road", "status": "current"}


@pytest.fixture
def ann(session, tmp_path):
    """Somebody of whom there is something in nearly every place."""
    take(session, tmp_path, xpress())
    who = members.add(session, Kind.MEMBER, ANN)
    other = members.add(session, Kind.MEMBER, {"forename": "Bob", "surname": "Moss", "status": "current", "email": "bob@example.org"})
    elector = next(row.elector for row in everybody(session).values() if row.elector.surname == "Smith")
    register_links.link(session, elector.id, who.id)
    consent = contacting.give_consent(session, who.id, Given(Channel.EMAIL, today().isoformat(), Method.PAPER, "Yes", "The form"))
    paper = tmp_path / "form.png"
    paper.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    evidence.attach(session, consent.id, paper)
    contacting.permit(session, who.id, "headquarters", today().isoformat(), "Tell them")
    contacting.stop(session, who.id, "phone", StopReason.OPT_OUT, "Said so")
    capacities.add(session, who.id, Standing("volunteer", "leaflets", today().isoformat()))
    notes.add(session, who.id, "Shares a house with Bob Moss, bob@example.org, 01632 960111", Confidentiality.ORDINARY)
    notes.add(session, other.id, "Says that Ann Smith knows the hall", Confidentiality.ORDINARY)
    enquiries.log(session, who.id, Asked("letter", "When is the meeting?"))
    exports.members(session, exports.Wish(tmp_path / "hq.csv", ("forename", "surname"), Query(), "headquarters", "As agreed"))
    return members.edit(session, who.id, {"town": "Anytown"}, members.get(session, who.id))


def found(session, who):
    return subject_search.search(session, subject_search.subject(session, person=who.id), WHY)


def packed(session, who, path, review=None):
    everything = found(session, who)
    settled = subject_search.settled(everything, subject_search.proposal(session, everything))
    subject_pack.write(session, everything, review or settled, path)
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("data.json")), archive.namelist(), archive.read("data.csv").decode("utf-8-sig")


def test_everything_is_found_wherever_it_is_kept(session, ann):
    everything = found(session, ann)
    counts = everything.counts
    assert set(counts) == set(SOURCES) == set(SECTIONS)
    empty = {code for code, n in counts.items() if not n}
    assert empty == {"mailings", "replies", "restrictions", "askings", "canvass", "left_alone", "sheets", "sessions", "scans",
                     "duties"}
    assert counts["consents"] == 2 and counts["mentions"] == 1 and counts["evidence"] == 1 and counts["electors"] == 1
    assert {code for code, _record in everything.to_review()} == {"notes", "enquiries", "evidence", "mentions"}


def test_the_search_is_kept_with_what_was_searched_and_why_it_is_enough(session, ann):
    found(session, ann)
    (kept,) = subject_search.searches(session, ann.id)
    assert kept.why == WHY and kept.by == "Jane Example" and kept.found["mentions"] == 1 and kept.found["replies"] == 0
    line = audit.listing(session)[0]
    assert line.action == "subject.searched" and "Smith" not in str(line)
    with pytest.raises(Invalid):
        subject_search.search(session, subject_search.subject(session, person=ann.id), " ")


def test_an_elector_who_is_no_member_is_found_by_their_number(session, ann):
    elector = electors.get(session, "AN/2-2").row.elector
    who = subject_search.subject(session, elector=elector.id)
    assert who.person == "" and who.label == "Bob Jones"
    everything = subject_search.search(session, who, WHY)
    assert everything.counts["electors"] == 1 and everything.total == 1
    with pytest.raises(NotFound):
        subject_search.subject(session, elector="0" * 32)


def test_another_of_the_same_name_is_named_and_not_searched(session, ann):
    members.add(session, Kind.CONTACT, {"forename": "Ann", "surname": "Smith", "town": "Elsewhere"})
    everything = found(session, ann)
    assert len(everything.maybe) == 1 and "Elsewhere" not in str(everything.sections)


def test_nothing_goes_out_before_somebody_looked(session, ann, tmp_path):
    with pytest.raises(Declined) as caught:
        subject_pack.write(session, found(session, ann), Review(), tmp_path / "pack.zip")
    assert caught.value.reason == "retention.not_reviewed" and not (tmp_path / "pack.zip").exists()


def test_the_pack_is_for_people_and_for_machines_and_others_are_blacked_out(session, ann, tmp_path):
    data, names, rows = packed(session, ann, tmp_path / "pack.zip")
    assert names[:3] == ["Your data.pdf", "data.json", "data.csv"] and len(names) == 4
    said = json.dumps(data, ensure_ascii=False) + rows
    assert "Bob" not in said and "bob@" not in said and "960111" not in said and BLACK in said
    assert "Ann" in said and "ann@example.org" in said and "When is the meeting?" in said and "Ann Smith knows the hall" in said
    assert "Jane Example" not in said and "Accountable person" in said
    assert data["format"] == "dpdesk.subject/1" and data["searched"]["mailings"] == 0
    assert (tmp_path / "pack.zip").stat().st_size < 200_000
    copy = next(seen.copy for seen in copies.listing(session) if seen.copy.kind is CopyKind.PACK)
    assert copy.people == 1 and copy.delete_by


def test_what_must_be_told_is_told(session, ann, tmp_path):
    data, _names, _rows = packed(session, ann, tmp_path / "pack.zip")
    assert len(data["information"]) == len(STATUTORY) == len(TELLS) and all(each["words"] for each in data["information"])
    words = " ".join(each["words"] for each in data["information"])
    assert "Green Party headquarters: a copy of" in words and "30 days" in words and session.policy.regulator.url in words
    assert "Enquiries: 12 months after the last contact, then erased." in words


def test_a_record_can_be_left_out_and_is_counted(session, ann, tmp_path):
    everything = found(session, ann)
    settled = subject_search.settled(everything, subject_search.proposal(session, everything))
    mention = next(record.id for code, record in everything.to_review() if code == "mentions")
    review = Review({**settled.fates, mention: Fate.LEFT_OUT}, settled.words)
    done = subject_pack.write(session, everything, review, tmp_path / "pack.zip")
    assert done.left_out == 1 and done.records == everything.total - 1
    assert "knows the hall" not in zipfile.ZipFile(tmp_path / "pack.zip").read("data.json").decode()


def test_a_formula_in_a_note_is_text_in_the_csv(session, ann, tmp_path):
    notes.add(session, ann.id, "=HYPERLINK(1)", Confidentiality.ORDINARY)
    _data, _names, rows = packed(session, ann, tmp_path / "pack.zip")
    assert "'=HYPERLINK" in rows


@pytest.mark.parametrize(("text", "out"), [
    ("Write to bob@example.org now", f"Write to {BLACK * 15} now"), ("Ring 01632 960111", f"Ring {BLACK * 12}"),
    ("Lives at AN1 2AC", f"Lives at {BLACK * 7}"), ("Bob Moss and Ann Smith", f"{BLACK * 8} and Ann Smith"),
    ("ann@example.org is mine", "ann@example.org is mine"), ("the moss grows", "the moss grows"), ("", ""),
    ("07700 900001 and (01632) 960 111", f"07700 900001 and {BLACK * 15}"),
])
def test_what_is_anothers_is_blacked_and_ones_own_stays(text, out):
    assert blacked(text, ("Ann Smith", "ann@example.org", "07700 900001"), ("Bob Moss",)) == out


def test_who_was_told_is_found_for_a_correction(session, ann):
    told = subject_pack.recipients(session, ann.id)
    assert [(each.whom, each.columns, each.open) for each in told if each.whom == "headquarters"] == [
        ("headquarters", ("forename", "surname"), True)]


def test_whoever_was_given_wrong_data_is_written_to(session, ann, tmp_path):
    asked = duties.add(session, "requests", {"who": "Ann", "type": "rectification", "received_on": today().isoformat()}, [ann.id])
    path = tmp_path / "letters.pdf"
    copy = subject_letters.save(session, ann.id, "corrected", "Postcode AN1 2AC", path, request=asked.ref)
    said = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    missing = [words for words in ("Ann Smith", "Postcode AN1 2AC", "UK GDPR", "Forename") if words not in said]
    assert not missing and "Bob" not in said, said
    assert copy.kind is CopyKind.DUTIES and "letter of" in duties.get(session, asked.ref).duty.values["told_others"]
    for how, what, problem in (("lost", "x", "correction_how"), ("erased", " ", "correction_what")):
        with pytest.raises(Invalid) as wrong:
            subject_letters.save(session, ann.id, how, what, tmp_path / "no.pdf")
        assert set(wrong.value.problems) == {problem}
    other = members.add(session, Kind.MEMBER, {"forename": "Cy", "surname": "Lane", "status": "current"})
    with pytest.raises(Declined):
        subject_letters.save(session, other.id, "corrected", "x", tmp_path / "no.pdf")
    assert not (tmp_path / "no.pdf").exists()


def test_what_a_person_gave_goes_on_to_another_controller(session, ann, tmp_path):
    subject_portable.write(session, ann.id, tmp_path / "person.json")
    data = json.loads((tmp_path / "person.json").read_text(encoding="utf-8"))
    assert data["format"] == "dpdesk.person/1" and data["person"]["email"] == "ann@example.org"
    assert data["consents"][0]["channel"] == "email" and data["enquiries"][0]["query"] == "When is the meeting?"
    assert "Shares a house" not in str(data)


def test_a_restriction_holds_everywhere_at_once(session, ann, tmp_path):
    from dpdesk.services import post_plan
    from dpdesk.services.post import Letter
    restrictions.restrict(session, ann.id, "accuracy_disputed", "Says the address is wrong")
    assert all(not reach.allowed for reach in contacting.reaches(session, ann.id))
    row = members.row(session, ann.id)
    assert "restricted" in row.flags and len(row.stopped) == len(Channel)
    letter = Letter(Purpose.NOTICE, "Meeting", "Dear member", audience=_to(ann))
    with session.desk.read() as connection:
        assert post_plan.Judge(session, connection, letter.purpose).reasons([members.get(session, ann.id)]) == {ann.id: Reason.RESTRICTED}
    assert "AN-1-1" not in everybody(session) and not electors.search(session, "Smith")
    written = exports.members(session, exports.Wish(tmp_path / "all.csv", ("forename",), Query(), "branch", "For the meeting"))
    assert written.people == 1 and "Ann" not in (tmp_path / "all.csv").read_text(encoding="utf-8-sig")
    officer = session.officer
    session.officer = type(officer)(**{**officer.__dict__, "role": Role.DATA_ENTRY})
    assert not members.search(session, "Smith") and len(members.spine(session, Query())) == 1
    with pytest.raises(Declined):
        members.edit(session, ann.id, {"town": "Otherton"}, members.get(session, ann.id))
    with pytest.raises(NotAllowed):
        restrictions.free(session, ann.id, "Settled")
    session.officer = officer
    assert members.search(session, "Smith")
    restrictions.free(session, ann.id, "The address was put right, and she was told")
    assert "AN-1-1" in everybody(session) and "restricted" not in members.row(session, ann.id).flags


def _to(who):
    from dpdesk.services.post import Audience
    return Audience(people=(who.id,))


@pytest.mark.parametrize(("ground", "reason", "problems"), [
    ("because", "x", {"ground": "unknown"}), ("other", " ", {"reason": "missing"})])
def test_a_restriction_needs_ground_and_reason(session, ann, ground, reason, problems):
    with pytest.raises(Invalid) as caught:
        restrictions.restrict(session, ann.id, ground, reason)
    assert caught.value.problems == problems


def test_a_request_of_the_register_leads_to_its_person_and_learns_what_was_done(session, ann, tmp_path):
    entry = duties.add(session, "requests", {"who": "Ann Smith", "type": "access", "received_on": today().isoformat()}, [ann.id])
    assert subject_requests.is_reference(entry.ref) and not subject_requests.is_reference("AN-1-1x")
    who = subject_requests.subject_of(session, entry.ref)
    assert who.person == ann.id
    (kept,) = next(each for each in subject_search.search(session, who, WHY).sections if each.code == "duties").records
    assert {"A copy of their data", day(today())} <= {value for _name, value in kept.values}
    everything = subject_search.search(session, who, WHY)
    subject_requests.searched(session, entry.ref, everything, WHY)
    settled = subject_search.settled(everything, subject_search.proposal(session, everything))
    subject_requests.packed(session, entry.ref, subject_pack.write(session, everything, settled, tmp_path / "pack.zip"))
    after = duties.get(session, entry.ref)
    assert WHY in after.duty.values["search_log"] and "Notes: 1 record" in after.duty.values["search_log"]
    assert "The pack was built" in after.duty.events[-1].note
    duties.unlink(session, entry.ref, ann.id)
    with pytest.raises(Declined):
        subject_requests.subject_of(session, entry.ref)
