"""What Today says of devices: what stands worse, what waits for a word, what runs out, who is leaving."""

from __future__ import annotations

from datetime import date

from dpdesk.domain.device import State
from dpdesk.domain.officers import Standing
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session, today
from dpdesk.services.today_item import Item

_SOON = 14  # days


def items(session: Session) -> list[Item]:
    """Everything of devices that needs this officer."""
    if not session.acknowledged:
        return []
    return [*_this(session), *_others(session), *_disposals(session), *_handovers(session)]


def _this(session: Session) -> list[Item]:
    """This machine: never looked at, worse than before, to be put right, waiting for a word, long ago."""
    from dpdesk.services import device
    if device.this(session) is None:
        return [] if session.read_only else [Item("device_never", 2, "device", {})]
    seen = device.view(session)
    if seen.device.officer != session.officer.id:
        return []
    found = []
    worse, mend = len(seen.worse), sum(each.rank >= 2 for each in seen.standings)
    if worse:
        found.append(Item("device_worse", 0, "device", {"count": worse, "points": tuple(each.point.code for each in seen.worse)}))
    elif mend:
        found.append(Item("device_fails", 1, "device", {"count": mend}))
    words = sum(each.state is State.CANNOT_TELL for each in seen.standings)
    if words:
        found.append(Item("device_words", 2, "device", {"count": words}))
    days = device.days_old(seen.check, today())
    if days is not None and days >= 2 * session.policy.device.check_every_days:
        found.append(Item("device_due", 1, "device", {"days": days}))
    return found


def _others(session: Session) -> list[Item]:
    """For those who oversee: devices nobody looked at lately, permissions that run out."""
    from dpdesk.services import device
    from dpdesk.store import devices, officers
    if not session.may(Right.DEVICES_SEE):
        return []
    with session.desk.read() as connection:
        found, last = devices.listing(connection), devices.last_checks(connection)
        allowed = devices.allowances(connection, [each.id for each in found])
        active = {each.id for each in officers.listing(connection) if each.standing is Standing.ACTIVE}
    every = session.policy.device.check_every_days
    late = sum(each.system != "" and each.officer != session.officer.id and each.officer in active
               and (device.days_old(last.get(each.id), today()) or (0 if each.id in last else every * 4)) >= every * 4 for each in found)
    ending = sum((date.fromisoformat(each.until) - today()).days <= _SOON for each in allowed.values())
    return [*([Item("devices_late", 1, "devices", {"count": late})] if late else []),
            *([Item("exceptions_ending", 1, "devices", {"count": ending})] if ending and session.may(Right.DEVICES_APPROVE) else [])]


def _disposals(session: Session) -> list[Item]:
    from dpdesk.store import disposals
    if not session.may(Right.DEVICES_APPROVE):
        return []
    with session.desk.read() as connection:
        waiting = sum(not each.authorised_by for each in disposals.listing(connection))
    return [Item("disposals_open", 1, "disposals", {"count": waiting})] if waiting else []


def _handovers(session: Session) -> list[Item]:
    from dpdesk.domain.handovers import Step, to_sign
    from dpdesk.services import backups
    from dpdesk.store import handovers
    with session.desk.read() as connection:
        found = [each for each in handovers.listing(connection) if not each.ended_at]
    restored = backups.newest(session, backups.RESTORED) if found else None
    mine = any(each.officer == session.officer.id and each.next_step() is not Step.SIGN for each in found)
    sign = any(each.successor == session.officer.id and to_sign(each, restored.at if restored else "") for each in found)
    return [*([Item("handover_open", 1, "handover", {})] if mine else []), *([Item("handover_to_sign", 0, "handover", {})] if sign else [])]
