"""Letters: who is left out and told, approval, drafts, lists, bulk mailers, the record; and what one person gets never shows another."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.errors import FolderTaken, Invalid, MailingRefused, NotAllowed
from dpdesk.domain.members import Confidentiality, Kind, Member
from dpdesk.domain.post import Attachment, Purpose, Reason
from dpdesk.domain.post_states import Outcome, Route, State
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.files import eml
from dpdesk.services import (
    archiving,
    audit,
    contacting,
    copies,
    erasing,
    members,
    merging,
    officers,
    post,
    post_drafts,
    post_lists,
    post_mailings,
    post_plan,
    post_preview,
    post_settings,
)
from dpdesk.services.post_press import Press, sender_of
from dpdesk.services.session import today
from dpdesk.store import keys
from tests.services.posting import BRANCH, consented, fill, letter, shown

SECOND = "pepper lantern walks uphill"


def reasons(session, what) -> dict[str, str]:
    return {each.name or each.person: each.reason.value for each in post_plan.plan(session, what).left_out}


def prepare(session, route: Route, what=None):
    return post_mailings.prepare(session, what or letter(), route, sender_of(session, BRANCH))[0]


def test_who_is_left_out_and_why(session):
    people = fill(session, 9)
    contacting.stop(session, people[0].id, "all", StopReason.VULNERABLE, "Daughter rang")
    contacting.stop(session, people[1].id, "phone", StopReason.OPT_OUT, "rang")
    archiving.archive(session, [people[2].id], "Moved")
    members.edit(session, people[3].id, {"status": "deceased"}, people[3])
    members.edit(session, people[4].id, {"email": ""}, people[4])
    members.edit(session, people[5].id, {"email": "PERSON6+news@example.org"}, people[5])
    contacting.stop(session, people[7].id, "email", StopReason.RESTRICTION, "letter")
    planned = post_plan.plan(session, letter(audience=post.Audience(members.Query(sort="number"), (people[2].id, "f" * 32))))
    assert {each.name: each.reason for each in planned.left_out if each.name} == {
        people[0].name: Reason.VULNERABLE, people[2].name: Reason.ARCHIVED, people[3].name: Reason.DECEASED,
        people[4].name: Reason.NO_ADDRESS, people[6].name: Reason.DUPLICATE, people[7].name: Reason.RESTRICTED}
    assert [each.reason for each in planned.left_out if not each.name] == [Reason.ERASED]
    assert [person.id for person in planned.people] == [people[1].id, people[5].id, people[8].id]


def test_campaigning_needs_consent(session):
    people = fill(session, 3)
    consented(session, people[0])
    consented(session, people[1], "2020-01-01")
    for purpose in (Purpose.MARKETING, Purpose.NEWSLETTER, Purpose.EVENT, Purpose.FUNDRAISING):
        planned = post_plan.plan(session, letter(purpose))
        assert [person.id for person in planned.people] == [people[0].id]
        assert planned.reasons == {Reason.NO_CONSENT: 1, Reason.CONSENT_EXPIRED: 1}
    contacting.withdraw_consent(session, contacting.consents(session, people[0].id)[0].id)
    assert not post_plan.plan(session, letter(Purpose.EVENT)).people


def test_what_to_look_at(session):
    people = fill(session, 3)
    members.edit(session, people[0].id, {"email": "info@example.org", "ward": "Abbey"}, people[0])
    members.edit(session, people[1].id, {"email": "ann@gmial.com"}, people[1])
    body = "Dear {{forename}} of {{ward}}, please vote for us and deliver leaflets."
    planned = post_plan.plan(session, letter(body=body))
    assert {each.code: (each.count, each.words) for each in planned.warnings} == {
        "campaigning": (0, ("vote for", "leaflets")), "no_fallback": (2, ("ward",)), "role_addresses": (1, ()), "mistyped": (1, ())}
    assert "campaigning" not in {each.code for each in post_plan.plan(session, letter(Purpose.MARKETING, body)).warnings}


@pytest.mark.parametrize(("changed", "field", "problem"), [
    ({"subject": ""}, "subject", "missing"), ({"subject": "a\nBcc: x@example.org"}, "subject", "control"),
    ({"subject": "x" * 201}, "subject", "too_long"), ({"body": " \n"}, "text", "missing"), ({"body": "a\x00"}, "text", "control"),
    ({"audience": post.Audience()}, "audience", "missing"),
    ({"attachments": (Attachment("a", "a/b", bytes(16 * 1024 * 1024)),)}, "attachments", "attachments_big")])
def test_a_letter_that_cannot_go_is_refused_whole(session, changed, field, problem):
    fill(session, 1)
    with pytest.raises(Invalid) as refused:
        post_plan.plan(session, replace(letter(), **changed))
    assert refused.value.problems == {field: problem}


@pytest.mark.parametrize(("changed", "reason"), [
    ({"body": "{{email}}"}, "unknown_field"), ({"body": "{{code}}"}, "unknown_field"), ({"body": "{{ forename"}, "field_open"),
    ({"body": "[x](https://example.org/{{number}})"}, "field_in_link"),
    ({"classification": Confidentiality.STRICT}, "strictly_confidential")])
def test_a_letter_that_would_tell_too_much_is_refused(session, changed, reason):
    fill(session, 1)
    with pytest.raises(MailingRefused) as refused:
        post_preview.as_read(session, replace(letter(), **changed), sender_of(session, BRANCH))
    assert refused.value.reason == reason


def test_an_empty_audience_is_told(session):
    (person,) = fill(session, 1)
    contacting.stop(session, person.id, "email", StopReason.OPT_OUT, "rang")
    with pytest.raises(MailingRefused) as refused:
        prepare(session, Route.EACH)
    assert (refused.value.reason, refused.value.count) == ("nobody", 1)
    assert post_mailings.listing(session) == []


def test_a_draft_is_kept_and_becomes_the_mailing(session):
    fill(session, 1)
    what = letter(attachments=(Attachment("a.txt", "text/plain", b"hello"),))
    identity = post.save(session, what)
    assert post.letter_of(session, identity) == what
    changed = replace(what, subject="Another")
    assert post.save(session, changed, identity) == identity and [each.subject for each in post.drafts(session)] == ["Another"]
    made, _plan = post_mailings.prepare(session, changed, Route.EACH, sender_of(session, BRANCH), draft=identity)
    assert made.id == identity and post.drafts(session) == []
    assert post.letter_of(session, identity) == changed
    other = post.save(session, what)
    post.discard(session, other)
    assert post.drafts(session) == []


def second(session, reopen, role: Role):
    officers.add(session, "Sam Sample", role, Secret(SECOND), kdf=keys.least())
    session.close()
    opened = reopen(SECOND)
    officers.acknowledge(opened)
    return opened


def test_many_recipients_need_a_second_officer(session, reopen, tmp_path):
    fill(session, 3)
    session.policy = replace(session.policy, post_approve_over=2)
    made = prepare(session, Route.EACH)
    assert made.state is State.AWAITING
    for step in (lambda: post_mailings.approve(session, made.id), lambda: post_drafts.write(session, made.id, tmp_path / "out")):
        with pytest.raises(MailingRefused) as refused:
            step()
    assert refused.value.reason == "not_approved" and not (tmp_path / "out").exists()
    other = second(session, reopen, Role.DPO)
    assert post_mailings.approve(other, made.id).approved_by == other.officer.id
    with pytest.raises(NotAllowed):
        post_drafts.write(other, made.id, tmp_path / "out")
    other.close()
    again = reopen()
    assert post_drafts.write(again, made.id, tmp_path / "out").people == 3
    assert {oct(each.stat().st_mode & 0o777) for each in (tmp_path / "out").iterdir()} == {"0o600"}


def test_drafts_are_one_copy_whole_or_not_at_all(session, tmp_path):
    people = fill(session, 5)
    made = prepare(session, Route.EACH)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("x")
    with pytest.raises(FolderTaken):
        post_drafts.write(session, made.id, tmp_path / "taken")
    contacting.stop(session, people[4].id, "email", StopReason.OPT_OUT, "rang after it was prepared")
    written = post_drafts.write(session, made.id, tmp_path / "out")
    assert (written.files, written.people, written.dropped) == (4, 4, 1)
    for path in (tmp_path / "out").iterdir():
        text = shown(path.read_bytes())
        assert sum(person.email in text for person in people) == 1
    assert copies.holding(session, people[0].id) == [written.copy] and copies.holding(session, people[4].id) == []
    with pytest.raises(MailingRefused):
        post_drafts.write(session, made.id, tmp_path / "again")
    next((tmp_path / "out").iterdir()).unlink()
    copies.delete(session, written.copy.id)
    assert not (tmp_path / "out").exists() and copies.listing(session) == []


@pytest.mark.parametrize(("people", "per_message", "files"), [(1, 2, 1), (2, 2, 1), (5, 2, 3)])
def test_bcc_drafts_go_to_the_branch_in_batches(session, tmp_path, people, per_message, files):
    everybody = fill(session, people)
    written = post_drafts.write(session, prepare(session, Route.BCC).id, tmp_path / "out", per_message=per_message)
    assert written.files == files
    seen = []
    for path in sorted((tmp_path / "out").iterdir()):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert [a.addr_spec for a in message["to"].addresses] == [BRANCH] and "Dear friend" in message.get_body(("plain",)).get_content()
        seen += [a.addr_spec for a in message["bcc"].addresses]
        assert len(message["bcc"].addresses) <= per_message
    assert seen == [person.email for person in everybody]


def test_addresses_for_bcc(session):
    fill(session, 5)
    found = post_lists.bcc(session, prepare(session, Route.LIST).id, per_message=2)
    assert [text.count("@") for text in found.batches] == [2, 2, 1] and found.to == BRANCH
    assert found.link.startswith(f"mailto:{BRANCH}?bcc=person0@example.org,") and found.link.endswith("&subject=Annual%20meeting")
    for at in range(40):
        members.add(session, Kind.MEMBER, {"surname": f"Q{at}", "status": "current", "email": f"{'quite.long.' * 3}{at}@example.org"})
    found = post_lists.bcc(session, prepare(session, Route.LIST).id)
    assert (found.people, found.link) == (45, "")


def test_a_bulk_mailer_needs_an_agreement_in_force(session, tmp_path):
    people = fill(session, 3)
    contacting.stop(session, people[0].id, "email", StopReason.OPT_OUT, "rang")
    made = prepare(session, Route.PROCESSOR)
    with pytest.raises(MailingRefused) as refused:
        post_lists.hand_over(session, made.id, "f" * 32, tmp_path / "list.csv")
    assert refused.value.reason == "no_agreement" and not (tmp_path / "list.csv").exists()
    with pytest.raises(Invalid):
        post_lists.add_processor(session, "", "x", "2026-01-01", "folder")
    with pytest.raises(Invalid):
        post_lists.add_processor(session, "MailChimp", "x", "soon", "folder")
    agreed = post_lists.add_processor(session, "MailChimp", "Bulk e-mail", "2026-01-01", "Signed PDF in the green folder")
    handed = post_lists.hand_over(session, made.id, agreed.id, tmp_path / "list.csv")
    lines = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
    assert handed.people == 2 and lines == ["E-mail,Forename,Surname", "person1@example.org,Forename1,Surname1",
                                            "person2@example.org,Forename2,Surname2"]
    assert copies.holding(session, people[1].id) == [handed.copy]
    post_lists.end_processor(session, agreed.id)
    with pytest.raises(MailingRefused):
        post_lists.hand_over(session, prepare(session, Route.PROCESSOR).id, agreed.id, tmp_path / "b.csv")


def test_the_record_is_found_per_person_and_survives_erasure_as_a_count(session, tmp_path):
    people = fill(session, 3)
    made = prepare(session, Route.EACH, letter(audience=post.Audience(members.Query(sort="number"), (people[0].id, people[1].id))))
    post_drafts.write(session, made.id, tmp_path / "out")
    ((found, outcome, at),) = post_mailings.of_person(session, people[0].id)
    assert (found.subject, found.basis, outcome) == ("Annual meeting", "contract", Outcome.DRAFTED) and at
    erasing.erase(session, [people[0].id], "asked")
    assert post_mailings.of_person(session, people[0].id) == []
    assert dict(post_mailings.get(session, made.id).counts) == {"drafted": 3}
    assert [each.person for each in post_mailings.recipients(session, made.id)][0] == ""
    assert post.letter_of(session, made.id).audience.people == (people[1].id,)
    raw = str(_rows(session))
    assert "@example.org" not in raw.replace(BRANCH, "") and "Surname" not in raw and people[0].id not in raw


def _rows(session) -> list:
    from sqlalchemy import text
    with session.desk.read() as connection:
        return [list(connection.execute(text(f"SELECT * FROM {table}")))
                for table in ("mailing", "mail_recipient", "mail_left_out", "bounce")]


def test_a_merge_keeps_the_record_and_its_undoing_gives_it_back(session, tmp_path):
    people = fill(session, 2)
    made = prepare(session, Route.EACH)
    post_drafts.write(session, made.id, tmp_path / "out")
    choice = merging.compare(session, people[0].id, people[1].id).choice
    merged = merging.merge(session, choice)
    assert len(post_mailings.of_person(session, choice.kept.id)) == 2
    merging.undo(session, merged)
    assert len(post_mailings.of_person(session, choice.gone.id)) == 1


def test_exposed_addresses_are_noted_with_the_people(session, tmp_path):
    people = fill(session, 3)
    made = prepare(session, Route.BCC)
    post_drafts.write(session, made.id, tmp_path / "out")
    found = post_mailings.exposed(session, made.id, "Forwarded the draft")
    assert set(found.people) == {person.id for person in people} and found.purpose == "notice" and found.aware_at
    line = audit.listing(session)[0]
    assert (line.action, line.seq, line.facts["people"]) == ("post.exposed", found.seq, 3)
    assert not [person.id for person in people if person.id in str(line.facts)]


def test_old_mailings_lose_what_they_said(session, tmp_path, monkeypatch):
    fill(session, 2)
    made = prepare(session, Route.EACH)
    post_drafts.write(session, made.id, tmp_path / "out")
    assert post_mailings.clear(session) == 0
    monkeypatch.setattr(post_mailings, "today", lambda: today() + timedelta(days=3 * 366))
    assert post_mailings.clear(session) == 1 and post_mailings.clear(session) == 0
    found = post_mailings.get(session, made.id)
    assert (found.subject, found.body, dict(found.counts)) == ("", "", {"drafted": 2})
    assert post_mailings.recipients(session, made.id) == []


def test_the_code_in_a_message_leads_back(session):
    people = fill(session, 2)
    made = prepare(session, Route.EACH)
    press = Press(session, letter(), sender_of(session, BRANCH), made.id)
    text = press.writing(people[1]).text
    assert post_mailings.by_code(session, f"Re: {text}") == (made.id, people[1].id)
    assert post_mailings.by_code(session, "stop") is None and people[1].id not in text
    assert "To stop e-mails like this, write to branch@example.org with the words “stop " in text
    assert "Sent by Anytown, a local party of the Green Party." in text


def test_settings_of_the_sender(session):
    post_settings.put(session, " Branch@Example.org ", "1 Lock Lane, Anytown")
    assert post_settings.get(session).address == "Branch@example.org"
    assert "1 Lock Lane" in post_preview.as_read(session, letter(audience=post.Audience(None, ("x",))), sender_of(session, BRANCH)).text
    with pytest.raises(Invalid):
        post_settings.put(session, "two@example.org, three@example.org", "")


NAMES = st.text(max_size=30) | st.sampled_from(["=?utf-8?q?Jane=0ABcc:bo@example.org?=", "a@example.org", '"Bo" <bo@example.org>',
                                                "Jane\r\nBcc: bo@example.org", "{{email}}", "\ue0001\ue001", "<b>x</b>", "x" * 300])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=5), st.integers(0, 4))
def test_what_one_person_gets_is_the_same_whoever_else_is_on_the_list(session, names, chosen):
    people = [Member(f"{at:032x}", at, Kind.MEMBER, forename=a, surname=b, status="current", email=f"person{at}@example.org")
              for at, (a, b) in enumerate(names)]
    chosen %= len(people)
    at, sender = datetime(2026, 11, 24, tzinfo=UTC), sender_of(session, BRANCH)
    what = letter(body="Dear {{name|friend}}, **{{surname}}**", subject="To {{forename|you}}")
    press = Press(session, what, sender, "m" * 32)
    everybody = [eml.message(press.envelope(person, at)) for person in people]
    alone = eml.message(Press(session, what, sender, "m" * 32).envelope(people[chosen], at))
    assert everybody[chosen] == alone
    for person, content in zip(people, everybody, strict=True):
        text = shown(content)
        assert not [other.email for other in people if other is not person and other.email in text]
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert [a.addr_spec for a in message["to"].addresses] == [person.email] and message["bcc"] is None and not message.defects


def _zipped(name: str, content: bytes) -> bytes:
    import io
    import zipfile
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return whole.getvalue()


def _printed(lines: list[str]) -> bytes:
    import io

    from reportlab.pdfgen.canvas import Canvas
    whole = io.BytesIO()
    canvas = Canvas(whole)
    for at, text in enumerate(lines):
        canvas.drawString(50, 800 - 14 * at, text)
    canvas.save()
    return whole.getvalue()


def test_a_list_of_people_is_not_attached(session, tmp_path):
    people = fill(session, 5)
    lines = [f"{person.name} {person.email.upper()}" for person in people]
    text = "\n".join(lines).encode()
    packed = _zipped("a.txt", text)
    for content in (text, "\n".join(lines).encode("utf-16"), packed, _zipped("b.zip", packed), _printed(lines)):
        with pytest.raises(MailingRefused) as refused:
            post_plan.plan(session, letter(attachments=(Attachment("a", "x/y", content),)))
        assert (refused.value.reason, refused.value.count) == ("attachment_is_list", 5)
    fine = (Attachment("a.txt", "text/plain", lines[0].encode()), Attachment("b.pdf", "application/pdf", _printed(["Agenda"])))
    assert post_plan.plan(session, letter(attachments=fine)).warnings == ()
    sealed = Attachment("c.xls", "x/y", b"\xd0\xcf\x11\xe0" + bytes(99))
    assert [each.words for each in post_plan.plan(session, letter(attachments=(sealed,))).warnings] == [("c.xls",)]


def test_a_copy_that_left_the_desk_is_not_attached(session, tmp_path):
    from dpdesk.services import exports
    fill(session, 1)
    exports.members(session, exports.Wish(tmp_path / "list.csv", ("surname",), members.Query(), "branch", "Badges"))
    with pytest.raises(MailingRefused) as refused:
        post_plan.plan(session, letter(attachments=(post.attach(tmp_path / "list.csv"),)))
    assert refused.value.reason == "attachment_is_copy"


def test_what_is_confidential_goes_to_members_alone(session):
    fill(session, 1)
    contact = members.add(session, Kind.CONTACT, {"surname": "Otter", "email": "otter@example.org"})
    what = letter(Purpose.SERVICE, audience=post.Audience(members.Query(), (contact.id,)))
    assert len(post_plan.plan(session, what).people) == 2
    assert reasons(session, replace(what, classification=Confidentiality.CONFIDENTIAL)) == {"Otter": "not_member"}
