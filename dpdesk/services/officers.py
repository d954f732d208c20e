"""Officers of the desk: added, suspended, ended, removed by an accountable person; passphrases and recovery keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Invalid, LastAccountable, NotFound, WrongPassphrase
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.officers import Officer, Standing, counts_as_accountable
from dpdesk.domain.officers import key_label as label_for
from dpdesk.domain.roles import Right, Role
from dpdesk.domain.secret import Secret
from dpdesk.services import passphrases
from dpdesk.services.session import Session, policy_mark, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.store.keys import Kdf, Slot


def listing(session: Session) -> list[Officer]:
    """Every officer the desk ever had."""
    from dpdesk.store import officers
    session.require(Right.OFFICERS_SEE)
    with session.desk.read() as connection:
        return officers.listing(connection)


def _get(session: Session, identity: str) -> Officer:
    from dpdesk.store import officers
    return session.one("officer", identity, officers.get)


def add(session: Session, name: str, role: Role, passphrase: Secret, ends_on: date | None = None, key_label: str = "",
        kdf: Kdf | None = None) -> Officer:
    """A new officer with a first passphrase, handed over in person; they read the policy at first access (S1 §23)."""
    from dpdesk.store import officers, vault
    from dpdesk.store.keys import Identity
    session.require(Right.OFFICERS_MANAGE)
    if not name.strip():
        raise Invalid({"name": "missing"})
    if ends_on is not None and ends_on < today():
        raise Invalid({"ends_on": "in_past"})
    passphrases.check(passphrase, (name, session.branch), session.policy.passphrase_minimum_score)
    label = key_label.strip() or label_for(role, tuple(s.label for s in session.desk.header.slots))
    identity = Identity.new(new_id())
    slot = vault.new_officer_slot(session.desk, identity, label, passphrase, kdf=kdf)
    officer = Officer(identity.officer, name.strip(), role, Standing.ACTIVE, ends_on, identity.signing_public,
                      identity.exchange_public, label)
    with _keys_change(session, "officer.added", session.desk.header.with_slot(slot)) as unit:
        officers.add(unit.connection, officer)
        unit.facts(keys={officer.id: officer.signing_key.hex()}, role=role.value)
        unit.record("officer", officer.id, {}, {"name": officer.name, "role": role.value,
                                                "ends_on": ends_on.isoformat() if ends_on else ""})
    return officer


class _keys_change:
    """A change that also writes a header of the next epoch: header first, then the database, undone together."""

    def __init__(self, session: Session, action: str, header) -> None:
        from dpdesk.store import vault
        self._keys = vault.changed_keys(session.desk, header)
        self._change = session.change(action)

    def __enter__(self):
        from dpdesk.store import settings
        epoch = self._keys.__enter__()
        try:
            unit = self._change.__enter__()
        except BaseException as problem:
            self._keys.__exit__(type(problem), problem, problem.__traceback__)
            raise
        settings.put(unit.connection, epoch=epoch)
        return unit

    def __exit__(self, *problem) -> bool:
        try:
            self._change.__exit__(*problem)
        except BaseException as new:
            self._keys.__exit__(type(new), new, new.__traceback__)
            raise
        return bool(self._keys.__exit__(*problem))


def _check_not_last(session: Session, leaving: Officer) -> None:
    others = [o for o in listing(session) if o.id != leaving.id and counts_as_accountable(o, today())]
    if leaving.role is Role.ACCOUNTABLE and not others:
        raise LastAccountable()


def _change(session: Session, identity: str, action: str, **values: str) -> None:
    from dpdesk.store import officers
    before = officers.as_row(_get(session, identity))
    with session.change(action) as unit:
        officers.change(unit.connection, identity, **values)
        unit.about("officer", identity)
        unit.record("officer", identity, {k: before[k] for k in values}, values)
    if identity == session.officer.id:
        session.refresh()


def suspend(session: Session, identity: str) -> None:
    """Keep an officer out until reinstated."""
    session.require(Right.OFFICERS_MANAGE)
    _check_not_last(session, _get(session, identity))
    _change(session, identity, "officer.suspended", standing=Standing.SUSPENDED.value)


def reinstate(session: Session, identity: str) -> None:
    """Let a suspended officer in again."""
    session.require(Right.OFFICERS_MANAGE)
    if _get(session, identity).standing is not Standing.SUSPENDED:
        raise Invalid({"standing": "not_suspended"})
    _change(session, identity, "officer.reinstated", standing=Standing.ACTIVE.value)


def set_end(session: Session, identity: str, ends_on: date | None) -> None:
    """The last day of an officer's access, or none (DOMAIN.md A2: temporary access ends by itself)."""
    session.require(Right.OFFICERS_MANAGE)
    officer = _get(session, identity)
    if ends_on is not None and ends_on < today():
        raise Invalid({"ends_on": "in_past"})
    if ends_on is not None:
        _check_not_last(session, officer)
    _change(session, identity, "officer.end_set", ends_on=ends_on.isoformat() if ends_on else "")


def remove(session: Session, identity: str) -> None:
    """Take an officer's key away. They could have copied the file before: `rekey` makes the copy's key useless here."""
    from dpdesk.store import officers
    session.require(Right.OFFICERS_MANAGE)
    officer = _get(session, identity)
    _check_not_last(session, officer)
    gone = {s.id for s in session.desk.header.slots if s.exchange == officer.exchange_key}
    gone |= _recovery_slots(session) if session.desk.setting("recovery") == identity else set()
    with _keys_change(session, "officer.removed", session.desk.header.without_slots(gone)) as unit:
        officers.change(unit.connection, identity, standing=Standing.REMOVED.value)
        unit.about("officer", identity)
        unit.record("officer", identity, {"standing": officer.standing.value}, {"standing": Standing.REMOVED.value})


def _recovery_slots(session: Session) -> set[str]:
    return {s.id for s in session.desk.header.slots if s.kind == "recovery"}


def rekey(session: Session, progress: Callable[[int, int], None] | None = None) -> None:
    """Encrypt the database under a new key, sealed to the officers that are left. Old backups keep the old key."""
    from dpdesk.store import vault
    session.require(Right.DESK_REKEY)
    with session.change("desk.rekeyed") as unit:
        unit.about("desk", session.desk_id)
        unit.facts(keys_left=len(session.desk.header.slots))
    vault.rekey(session.desk, progress)


def change_passphrase(session: Session, old: Secret, new: Secret, kdf: Kdf | None = None) -> None:
    """Wrap the officer's keys anew; the data is not touched, so this is instant beyond the key derivation."""
    from dpdesk.store import vault
    from dpdesk.store.keys import open_slot
    passphrases.check(new, (session.officer.name, session.branch), session.policy.passphrase_minimum_score)
    mine = _own_slot(session)
    if open_slot(session.desk.header.desk, mine, old) is None:
        raise WrongPassphrase()
    slot = vault.new_officer_slot(session.desk, session.desk.identity, mine.label, new, kdf=kdf, slot_id=mine.id)
    _replace_slot(session, slot, "officer.passphrase_changed")


def _own_slot(session: Session) -> Slot:
    for slot in session.desk.header.slots:
        if slot.kind == "officer" and slot.exchange == session.officer.exchange_key:
            return slot
    raise NotFound("key", session.officer.id)


def _replace_slot(session: Session, slot: Slot, action: str, spent: frozenset[str] = frozenset(), **facts) -> None:
    header = session.desk.header.with_slot(slot).without_slots(set(spent))
    header = replace(header, epoch=session.desk.header.epoch + 1)
    with _keys_change(session, action, header) as unit:
        unit.about("officer", session.officer.id)
        unit.facts(key=slot.id[-8:], **facts)
        _set_recovery(unit, session, slot)


def _set_recovery(unit, session: Session, slot: Slot) -> None:
    from dpdesk.store import settings
    if slot.kind == "recovery":
        settings.put(unit.connection, recovery=session.officer.id)


def new_recovery(session: Session) -> Secret:
    """A new recovery key for an accountable person; the old kit stops working."""
    from dpdesk.store import vault
    from dpdesk.store.keys import new_recovery_key
    session.require(Right.OFFICERS_MANAGE)
    key = new_recovery_key()
    slot = vault.new_officer_slot(session.desk, session.desk.identity, session.officer.key_label, key,
                                  kind=vault.RECOVERY)
    _replace_slot(session, slot, "officer.recovery_renewed", frozenset(_recovery_slots(session)))
    return key


def recovered(session: Session, spent: Slot, new: Secret, kdf: Kdf | None = None) -> Secret:
    """After opening with the paper key: a new passphrase, the paper key spent, a new one returned."""
    from dpdesk.store import vault
    from dpdesk.store.keys import new_recovery_key
    mine = _own_slot(session)
    key = new_recovery_key()
    fresh = vault.new_officer_slot(session.desk, session.desk.identity, mine.label, new, kdf=kdf, slot_id=mine.id)
    kit = vault.new_officer_slot(session.desk, session.desk.identity, mine.label, key, kind=vault.RECOVERY)
    header = session.desk.header.with_slot(fresh).with_slot(kit).without_slots({spent.id})
    header = replace(header, epoch=session.desk.header.epoch + 1)
    with _keys_change(session, "desk.recovered", header) as unit:
        unit.about("officer", session.officer.id)
        unit.facts(spent=spent.id[-8:], key=kit.id[-8:])
    return key


def acknowledge(session: Session) -> None:
    """Record that the officer has read the party's data policy, and which version (S1 §23)."""
    from dpdesk.store import officers
    from dpdesk.store.unit import utc_now
    before = session.officer
    with session.change("officer.acknowledged") as unit:
        officers.change(unit.connection, before.id, acknowledged_version=policy_mark(session.policy),
                        acknowledged_at=utc_now())
        unit.about("officer", before.id)
        unit.facts(policy=session.policy.code, version=session.policy.version)
    session.refresh()


def recovery_kit(session: Session, recovery_key: Secret, path: Path, *, accepted: str = "") -> None:
    """Write the printable kit (PDF) that carries the recovery key: a copy to be deleted today, once it is printed."""
    from dpdesk.files import kit
    from dpdesk.services import copies
    leaving = copies.Leaving(CopyKind.KIT, path, tr("Recovery kit"), tr("To print, and keep on paper"), accepted=accepted,
                             classification=Confidentiality.STRICT, keep_days=0)
    with copies.door(session, leaving) as out:
        out.write(kit.render(session.branch, session.officer.key_label, session.desk_id, recovery_key, today().isoformat()))
        out.note("officer.kit_saved")
