"""The disposal log and handing a device over: who may, in which order, and what is noted."""

from __future__ import annotations

import pytest

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Declined, Invalid, NotAllowed, NotFound
from dpdesk.domain.handovers import Step
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, backups, copies, device, device_today, devices, disposals, exports, handovers, members, officers
from dpdesk.services.session import today
from dpdesk.store import keys
from tests.domain.test_disposals import FINE
from tests.services.conftest import PASSPHRASE
from tests.services.test_device import text_of

SECOND = "pepper lantern walks uphill"


@pytest.fixture
def sam(session):
    """A second officer, who may note disposals."""
    officers.add(session, "Sam Sample", Role.DPO, Secret(SECOND), kdf=keys.least())
    return next(each for each in officers.listing(session) if each.name == "Sam Sample")


def as_sam(session, reopen):
    session.close()
    opened = reopen(SECOND)
    officers.acknowledge(opened)
    return opened


def test_an_entry_of_the_accountable_person_is_authorised_and_certified(session, tmp_path):
    made = disposals.record(session, FINE)
    assert made.number == f"D-{today().year}-0001"
    assert disposals.record(session, FINE).number == f"D-{today().year}-0002"
    disposals.certificate(session, made.number, tmp_path / "c.pdf")
    shown = text_of(tmp_path / "c.pdf")
    assert audit.current_head(session) in shown and made.number in shown and "Blue stick" in shown and "Jane Example" in shown
    assert copies.listing(session)[0].copy.kind is CopyKind.CERTIFICATE
    noted = audit.listing(session, audit.Filter(action="disposal.recorded"))[0]
    assert "Blue stick" not in str(noted.facts) and noted.facts["number"].endswith("0002")


def test_what_somebody_else_notes_waits_for_the_accountable_person(session, sam, reopen, tmp_path):
    other = as_sam(session, reopen)
    made = disposals.record(other, FINE)
    assert disposals.listing(other)[0].authorised == ""
    for act in (lambda: disposals.authorise(other, made.id), lambda: disposals.certificate(other, made.id, tmp_path / "c.pdf")):
        with pytest.raises(Declined):
            act()
    with pytest.raises(NotAllowed):
        disposals.approve_repairer(other, "Fixers", "A1")
    assert not (tmp_path / "c.pdf").exists()
    other.close()
    mine = reopen(PASSPHRASE)
    assert "disposals_open" in {item.code for item in device_today.items(mine)}
    disposals.authorise(mine, made.id)
    assert disposals.get(mine, made.number).authorised == "Jane Example"
    assert "disposals_open" not in {item.code for item in device_today.items(mine)}


def test_repair_goes_to_approved_repairers_only(session):
    repair = {**FINE, "means": "purge", "fate": "repair", "third_party": "Fixers", "certificate": "77"}
    with pytest.raises(Invalid) as wrong:
        disposals.record(session, repair)
    assert wrong.value.problems == {"third_party": "not_approved"}
    fixer = disposals.approve_repairer(session, "Fixers", "Agreement of May")
    assert disposals.record(session, repair).third_party == "Fixers"
    with pytest.raises(Invalid):
        disposals.approve_repairer(session, "Fixers", "Again")
    disposals.end_repairer(session, fixer.id)
    with pytest.raises(Invalid):
        disposals.record(session, repair)
    with pytest.raises(NotFound):
        disposals.end_repairer(session, fixer.id)


@pytest.fixture
def leaving(session, sam):
    """Jane begins to leave her laptop."""
    return handovers.begin(session, device.add_this(session, "Laptop", "laptop", "own").id, "leaving")


def walk(session, leaving, sam, tmp_path):
    """Every step up to the signature."""
    handovers.name_successor(session, leaving.id, sam.id)
    handovers.done(session, leaving.id, Step.SHEETS)
    handovers.done(session, leaving.id, Step.COPIES)
    handovers.wiped(session, leaving.id, "device_reset", "Reset this PC", "Started it anew")
    backups.back_up(session, tmp_path / "for-sam.dpdesk")
    return handovers.done(session, leaving.id, Step.DESK)


def test_each_step_in_its_turn_and_only_once_it_is_so(session, leaving, sam, tmp_path):
    members.add(session, Kind.MEMBER, {"surname": "Lee", "status": "current"})
    made = exports.members(session, exports.Wish(tmp_path / "l.csv", ("surname",), members.Query(), "branch", "Badges")).copy
    with pytest.raises(Declined) as refused:
        handovers.done(session, leaving.id, Step.SHEETS)
    assert refused.value.reason == "device.step_before"
    with pytest.raises(Invalid):
        handovers.name_successor(session, leaving.id, session.officer.id)
    handovers.name_successor(session, leaving.id, sam.id)
    handovers.done(session, leaving.id, Step.SHEETS)
    with pytest.raises(Declined) as refused:
        handovers.done(session, leaving.id, Step.COPIES)
    assert refused.value.reason == "device.copies_open"
    copies.delete(session, made.id)
    handovers.done(session, leaving.id, Step.COPIES)
    backups.back_up(session, tmp_path / "too-early.dpdesk")
    with pytest.raises(Invalid) as wrong:
        handovers.wiped(session, leaving.id, "licked", "", "")
    assert set(wrong.value.problems) == {"wipe", "tool", "verified"}
    handovers.wiped(session, leaving.id, "device_reset", "Reset this PC", "Started it anew")
    with pytest.raises(Declined) as refused:
        handovers.done(session, leaving.id, Step.DESK)
    assert refused.value.reason == "device.no_fresh_backup"
    backups.back_up(session, tmp_path / "for-sam.dpdesk")
    seen = handovers.done(session, leaving.id, Step.DESK)
    assert seen.step is Step.SIGN
    with pytest.raises(Declined) as refused:
        handovers.sign(session, leaving.id)
    assert refused.value.reason == "device.sign_other"


def test_the_point_says_that_it_is_under_way(session, leaving):
    seen = next(each for each in device.view(session).standings if each.point.code == "27.9")
    assert (seen.state.value, seen.mild, seen.results[0].why) == ("fail", True, "under_way")
    handovers.give_up(session, leaving.id)
    assert next(each for each in device.view(session).standings if each.point.code == "27.9").state.value == "not_applicable"


def test_the_successor_signs_on_the_desk_they_restored(session, leaving, sam, tmp_path, desks):
    walk(session, leaving, sam, tmp_path)
    session.close()
    other, _made = backups.restore(desks, tmp_path / "for-sam.dpdesk", tmp_path / "sams", Secret(SECOND))
    try:
        officers.acknowledge(other)
        assert "handover_to_sign" in {item.code for item in device_today.items(other)}
        waiting = handovers.open_one(other)
        assert waiting is not None and waiting.step is Step.SIGN
        signed = handovers.sign(other, leaving.id, " E-40-ABC ")
        assert (signed.step, signed.handover.signed_by) == (None, sam.id)
        noted = disposals.listing(other)[0]
        assert (noted.disposal.id, noted.disposal.tool, noted.authorised) == (signed.handover.disposal, "Reset this PC", "")
        assert noted.disposal.certificate == "E-40-ABC"
        assert [each.device.retired_at != "" for each in devices.listing(other, retired=True)] == [True]
        assert handovers.open_one(other) is None
    finally:
        other.close()


def test_sheets_that_are_out_hold_it_up(session, leaving, sam, monkeypatch):
    out = [3]
    monkeypatch.setattr(handovers, "SHEETS_OUT", [lambda _session, officer: out[0] if officer == session.officer.id else 0])
    handovers.name_successor(session, leaving.id, sam.id)
    with pytest.raises(Declined) as refused:
        handovers.done(session, leaving.id, Step.SHEETS)
    assert (refused.value.reason, refused.value.facts["sheets"]) == ("device.sheets_out", 3)
    out[0] = 0
    assert handovers.done(session, leaving.id, Step.SHEETS).step is Step.COPIES


def test_nobody_leaves_for_another(session, leaving, sam, reopen):
    other = as_sam(session, reopen)
    for act in (lambda: handovers.begin(other, leaving.device, "leaving"), lambda: handovers.give_up(other, leaving.id),
                lambda: handovers.name_successor(other, leaving.id, leaving.officer)):
        with pytest.raises((Declined, Invalid)):
            act()
