"""This machine by the policy: looked at for real, kept, attested, permitted, reported and taken in; every rule of who may what."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from dpdesk.domain.copies import CopyKind, Look
from dpdesk.domain.device import CHECKS, CODES, Outcome, State
from dpdesk.domain.errors import Declined, Invalid, NotAllowed, NotFound
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, backups, copies, device, device_own, device_reports, device_today, devices, officers
from dpdesk.services import session as sessions
from dpdesk.store import keys
from tests.services.conftest import PASSPHRASE

SECOND = "pepper lantern walks uphill"
TODAY = sessions.today


@pytest.fixture
def mine(session):
    return device.add_this(session, "Laptop", "laptop", "own")


def text_of(path) -> str:
    """What a PDF says, on one line."""
    import pypdfium2
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def second(session, reopen, role: Role):
    officers.add(session, "Sam Sample", role, Secret(SECOND), kdf=keys.least())
    session.close()
    opened = reopen(SECOND)
    officers.acknowledge(opened)
    return opened


def of(seen, code):
    return next(each for each in seen.standings if each.point.code == code)


def later(monkeypatch, days: int) -> None:
    """So many days have passed."""
    day = TODAY() + timedelta(days=days)
    for module in (sessions, backups, device, devices, device_own, device_today):
        monkeypatch.setattr(module, "today", lambda: day)


def test_a_machine_is_entered_once_and_known_again(session, reopen, mine):
    assert device.this(session) == mine
    with pytest.raises(Declined, match=r"^Declined$"):
        device.add_this(session, "Again", "laptop", "own")
    with pytest.raises(Invalid):
        device.add_other(session, " ", "spaceship", "nobody's")
    session.close()
    assert device.this(reopen()) == mine


def test_nothing_is_checked_that_is_not_in_the_inventory(session):
    with pytest.raises(Declined):
        device.check(session)
    assert {each.point.code for each in device.glance(session)} == set(CODES)
    assert "device.checked" not in audit.actions(session)


def test_a_check_is_kept_with_its_evidence_and_noted_without_it(session, mine):
    made = device.check(session)
    assert (made.how, {result.check for result in made.results}) == ("first", set(CHECKS) - {"exception"})
    assert device.view(session).check == made
    noted = audit.listing(session, audit.Filter(action="device.checked"))[0]
    assert sum(noted.facts[outcome.value] for outcome in Outcome) == len(made.results)
    assert device.check(session).how == "asked"
    assert [check.how for check, _standings in device.history(session, mine.id)] == ["asked", "first"]


def test_one_point_is_looked_at_and_the_others_stay(session, mine, tmp_path):
    first = device.check(session)
    backups.back_up(session, tmp_path / "b.dpdesk")
    again = device.check(session, "one", ("backup",))
    assert {result.check for result in again.results} == {result.check for result in first.results}
    changed = {result.check for result in again.results if result not in first.results}
    assert changed == {"backup"}


def test_the_desk_s_own_backup_counts_by_its_age_and_by_its_trial(session, mine, tmp_path, monkeypatch):
    device.check(session)
    assert of(device.view(session), "27.5").results[0].why == "never"
    backups.back_up(session, tmp_path / "b.dpdesk")
    seen = of(device.view(session), "27.5")
    assert (seen.state, seen.mild) == (State.FAIL, True)  # it was never tried out: a warning
    backups.check(session, tmp_path / "b.dpdesk")
    assert of(device.view(session), "27.5").state is State.PASS
    later(monkeypatch, session.policy.backup_every_days + 1)
    assert of(device.view(session), "27.5").rank == 2
    later(monkeypatch, 3 * session.policy.backup_every_days)
    assert of(device.view(session), "27.5").rank == 3


def test_backups_drives_are_looked_at(session, mine, tmp_path):
    (tmp_path / "drive").mkdir()
    backups.back_up(session, tmp_path / "drive" / "b.dpdesk")
    assert device_own.backup_folders(session) == (tmp_path / "drive",)
    found = next(result for result in device.check(session).results if result.check == "encryption_backups")
    assert (found.outcome, found.facts["drives"]) == (Outcome.PASS, 1)


def test_a_word_is_given_by_name_holds_a_while_and_is_taken_back(session, mine, monkeypatch):
    device.check(session)
    word = device.attest(session, "", "27.11", "I ring Ben")
    assert word.until == (sessions.today() + timedelta(days=session.policy.device.attestation_days)).isoformat()
    seen = of(device.view(session), "27.11")
    assert (seen.state, seen.attestation.said) == (State.ATTESTED, "I ring Ben")
    device.take_back(session, "", "27.11")
    assert of(device.view(session), "27.11").state is State.CANNOT_TELL
    device.attest(session, "", "27.11", "")
    later(monkeypatch, session.policy.device.attestation_days + 1)
    assert of(device.view(session), "27.11").state is State.CANNOT_TELL


def test_no_word_undoes_what_was_seen_or_says_what_dpdesk_sees(session, mine):
    device.check(session)
    for point, code in (("27.5", "device.fails"), ("27.8", "device.told")):
        with pytest.raises(Declined) as refused:
            device.attest(session, "", point, "")
        assert refused.value.reason == code
    for point in ("27.6", "99.9"):
        with pytest.raises(NotFound):
            device.attest(session, "", point, "")


def test_the_permission_is_the_accountable_person_s_and_hangs_on_its_controls(session, mine, tmp_path):
    device.check(session)
    until = (sessions.today() + timedelta(days=100)).isoformat()
    with pytest.raises(Invalid) as wrong:
        devices.allow(session, mine.id, " ", (), "", "2020-01-01")
    assert wrong.value.problems == {"why": "missing", "controls": "missing", "until": "out_of_range"}
    with pytest.raises(Declined) as refused:
        devices.allow(session, mine.id, "No server", ("27.5",), "", until)
    assert refused.value.reason == "device.control_fails"
    assert of(device.view(session), "27.6").state is State.FAIL
    devices.allow(session, mine.id, "No server", ("27.8",), "Locked room", until)
    seen = of(device.view(session), "27.6")
    assert (seen.state, seen.allowance.approved_by, seen.allowance.controls) == (State.ATTESTED, session.officer.id, ("27.8",))
    devices.disallow(session, mine.id)
    assert of(device.view(session), "27.6").state is State.FAIL


def test_the_branch_s_own_laptop_is_no_personal_device(session, mine):
    devices.change(session, mine.id, "Laptop", "laptop", "branch", household=False)
    assert of(device.view(session), "27.6").state is State.NOT_APPLICABLE


def test_overdue_copies_fail_their_point(session, mine, tmp_path, monkeypatch):
    from dpdesk.domain.members import Kind
    from dpdesk.services import exports, members
    members.add(session, Kind.MEMBER, {"surname": "Lee", "status": "current"})
    exports.members(session, exports.Wish(tmp_path / "list.csv", ("surname",), members.Query(), "branch", "Badges"))
    assert of(device.view(session), "27.8").state is State.PASS
    later(monkeypatch, session.policy.copies_deleted_after_days)
    assert of(device.view(session), "27.8").state is State.FAIL


def test_when_it_is_due(session, mine, monkeypatch):
    assert device.due(session) == ""  # never looked at: nobody asked yet
    device.check(session)
    assert device.due(session) == ""
    monkeypatch.setattr(device, "_build_of", lambda looked: ("Linux", "newer"))
    assert device.due(session) == "update"
    later(monkeypatch, session.policy.device.check_every_days)
    assert device.due(session) == "weekly"


def test_today_says_what_changed_for_the_worse(session, mine, tmp_path, monkeypatch):
    backups.back_up(session, tmp_path / "b.dpdesk")
    backups.check(session, tmp_path / "b.dpdesk")
    device.check(session)
    assert "device_worse" not in {item.code for item in device_today.items(session)}
    later(monkeypatch, 4 * session.policy.backup_every_days)
    device.check(session, "weekly")
    worse = next(item for item in device_today.items(session) if item.code == "device_worse")
    assert (worse.urgency, worse.facts["points"]) == (0, ("27.5",))


def test_an_officer_sees_their_own_devices_and_speaks_for_them_alone(session, reopen, mine):
    phone = device.add_other(session, "Phone", "phone", "own")
    other = second(session, reopen, Role.DATA_ENTRY)
    assert devices.listing(other) == []
    for act in (lambda: device.view(other, phone.id), lambda: devices.retire(other, phone.id)):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotAllowed):
        devices.allow(other, phone.id, "x", ("27.8",), "", "2027-01-01")
    own = device.add_other(other, "My phone", "phone", "own")
    assert of(device.view(other, own.id), "27.10").state is State.CANNOT_TELL
    device.attest(other, own.id, "27.10", "")
    assert of(device.view(other, own.id), "27.10").state is State.ATTESTED


def test_who_oversees_sees_all_and_attests_none(session, reopen, mine):
    other = second(session, reopen, Role.DPO)
    assert [(each.device.name, each.owner) for each in devices.listing(other)] == [("Laptop", "Jane Example")]
    with pytest.raises(Declined) as refused:
        device.attest(other, mine.id, "27.11", "")
    assert refused.value.reason == "device.not_yours"


def test_the_report_leaves_through_the_copies_door_with_the_head_code(session, mine, tmp_path):
    device.check(session)
    made = device_reports.pdf(session, tmp_path / "report.pdf")
    shown = text_of(tmp_path / "report.pdf")
    assert audit.current_head(session) in shown
    assert all(shown.count(f"S1 §{code.rstrip('ab')} ") == (2 if code[-1] in "ab" else 1) for code in CODES)
    assert "To be put right" in shown and "Passed" in shown
    seen = copies.listing(session, look=True)[0]
    assert (seen.copy.id, seen.copy.kind, seen.look) == (made.id, CopyKind.DEVICE, Look.THERE)
    with pytest.raises(Invalid):
        device_reports.pdf(session, tmp_path / "report.docx")


@pytest.fixture
def report(session, mine, tmp_path):
    device.check(session)
    device.attest(session, "", "27.11", "I ring Ben")
    device_reports.write(session, tmp_path / "r.dpdevice")
    return tmp_path / "r.dpdevice"


def test_a_report_is_taken_into_another_copy_of_the_desk(session, desks, tmp_path):
    from tests.services.conftest import PASSPHRASE
    backups.back_up(session, tmp_path / "b.dpdesk")
    device.add_this(session, "Laptop", "laptop", "own", household=True)
    device.check(session)
    device.attest(session, "", "27.11", "I ring Ben")
    device_reports.write(session, tmp_path / "r.dpdevice")
    session.close()
    other, _backup = backups.restore(desks, tmp_path / "b.dpdesk", tmp_path / "other", Secret(PASSPHRASE))
    try:
        assert devices.listing(other) == []
        found = device_reports.take_in(other, tmp_path / "r.dpdevice")
        device_reports.take_in(other, tmp_path / "r.dpdevice")  # twice is once
        listed = devices.listing(other)
        assert [(each.device.id, each.device.household, each.owner, each.check.how) for each in listed] == [
            (found.id, True, "Jane Example", "report")]
        assert of(device.view(other, found.id), "27.11").state is State.ATTESTED
        assert len(device.history(other, found.id)) == 1
        assert device.this(other) is None  # it is not this machine for having been reported
    finally:
        other.close()


def test_a_sealed_report_is_taken_in_once_by_the_officer_it_is_for(session, desks, tmp_path):
    from dpdesk.services import packages
    from tests.services.transferring import introduce
    officers.add(session, "Sam Sample", Role.SECRETARY, Secret(SECOND), kdf=keys.least())
    backups.back_up(session, tmp_path / "b.dpdesk")
    sam, _backup = backups.restore(desks, tmp_path / "b.dpdesk", tmp_path / "sams", Secret(SECOND))
    try:
        officers.acknowledge(sam)
        introduce(session, sam)
        device.add_this(session, "Laptop", "laptop", "own")
        device.check(session)
        from dpdesk.services import cards
        (card,) = cards.listing(session)
        made = device_reports.seal(session, [card.id])
        packages.save(session, made.id, tmp_path / "report.dpsealed.age")
        assert b"Laptop" not in (tmp_path / "report.dpsealed.age").read_bytes()
        found = device_reports.take_in(sam, tmp_path / "report.dpsealed.age")
        assert [(each.device.id, each.owner) for each in devices.listing(sam)] == [(found.id, "Jane Example")]
        with pytest.raises(Declined) as refused:
            device_reports.take_in(sam, tmp_path / "report.dpsealed.age")
        assert refused.value.reason == "transfers.replayed"
        with pytest.raises(Declined) as refused:
            device_reports.take_in(session, tmp_path / "report.dpsealed.age")
        assert refused.value.reason == "transfers.not_for_you"
    finally:
        sam.close()


@pytest.mark.parametrize("spoil", [
    lambda raw: b"", lambda raw: b"[]", lambda raw: b"{}", lambda raw: raw.replace(b"Laptop", b"Laptap"),
    lambda raw: json.dumps({**json.loads(raw), "signature": "00" * 64}).encode(),
    lambda raw: json.dumps({**json.loads(raw), "key": "zz"}).encode(),
    lambda raw: json.dumps({**json.loads(raw), "statement": 7}).encode()])
def test_a_report_that_was_touched_is_refused_whole(session, report, spoil):
    report.write_bytes(spoil(report.read_bytes()))
    with pytest.raises(Declined) as refused:
        device_reports.take_in(session, report)
    assert refused.value.reason == "device.report_broken"
    assert "device.report_taken_in" not in audit.actions(session)


def signed_by(session, said: dict) -> bytes:
    statement = json.dumps(said)
    return json.dumps({"statement": statement, "signature": session.desk.identity.sign(statement.encode()).hex(),
                       "key": session.desk.identity.signing_public.hex()}).encode()


@pytest.mark.parametrize(("change", "reason"), [
    ({"desk": "0" * 32}, "device.report_foreign"), ({"officer": "0" * 32}, "device.report_foreign"),
    ({"version": 2}, "device.report_newer"),
    ({"format": "x"}, "device.report_broken"), ({"device": {}}, "device.report_broken"),
    ({"words": [{"point": "1"}]}, "device.report_broken"), ({"check": {"results": "x"}}, "device.report_broken")])
def test_a_report_of_somebody_else_or_of_another_kind_is_refused(session, report, change, reason):
    said = json.loads(json.loads(report.read_bytes())["statement"])
    report.write_bytes(signed_by(session, {**said, **change}))
    with pytest.raises(Declined) as refused:
        device_reports.take_in(session, report)
    assert refused.value.reason == reason


def test_nobody_attests_for_another_in_a_report(session, report):
    said = json.loads(json.loads(report.read_bytes())["statement"])
    said["words"][0]["officer"] = "0" * 32
    report.write_bytes(signed_by(session, said))
    with pytest.raises(Declined):
        device_reports.take_in(session, report)


def test_a_device_out_of_use_is_listed_apart(session, mine):
    devices.retire(session, mine.id)
    assert devices.listing(session) == [] and device.this(session) is None
    assert [each.device.id for each in devices.listing(session, retired=True)] == [mine.id]


def test_a_desk_behind_a_link_is_looked_for_where_it_lies(founded, desks, tmp_path, monkeypatch):
    from dpdesk.device import looks
    session, _recovery = founded
    session.close()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "desk").rename(tmp_path / "elsewhere" / "desk")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "desk")
    opened, asked = desks.open(tmp_path / "link", Secret(PASSPHRASE)), []
    try:
        monkeypatch.setattr(looks, "look", lambda _machine, what, _wanted: asked.append(what) or [])
        device.look(opened)
        assert [each.desk for each in asked] == [(tmp_path / "elsewhere" / "desk").resolve()]
    finally:
        opened.close()
