"""Devices in the store: the inventory, every look at them, officers' words, and permissions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, insert, select, update

from dpdesk.domain.device import Allowance, Attestation, Check, Device, DeviceKind, Outcome, Ownership, Result
from dpdesk.store.tables_device import device, device_allowance, device_check, device_word


def _device(row) -> Device:
    values = dict(row._mapping)
    return Device(**{**values, "kind": DeviceKind(row.kind), "ownership": Ownership(row.ownership), "household": bool(row.household)})


def _check(row) -> Check:
    told = json.loads(row.results)
    results = tuple(Result(each["check"], Outcome(each["outcome"]), each["why"], each["facts"], each["mild"]) for each in told)
    return Check(**{**row._mapping, "results": results})


def listing(connection: Connection, *, retired: bool = False) -> list[Device]:
    """The devices in use, or all, oldest first."""
    query = select(device).order_by(device.c.id)
    return [_device(row) for row in connection.execute(query if retired else query.where(device.c.retired_at == ""))]


def get(connection: Connection, identity: str) -> Device | None:
    """One by its identity."""
    row = connection.execute(select(device).where(device.c.id == identity)).first()
    return _device(row) if row else None


def by_mark(connection: Connection, mark: str) -> Device | None:
    """The device in use that bears that mark."""
    row = connection.execute(select(device).where(device.c.mark == mark, device.c.mark != "", device.c.retired_at == "")
                             .order_by(device.c.id.desc()).limit(1)).first()
    return _device(row) if row else None


def add(connection: Connection, new: Device) -> None:
    """Keep one more."""
    connection.execute(insert(device), [{**new.__dict__, "kind": new.kind.value, "ownership": new.ownership.value,
                                         "household": int(new.household)}])


def change(connection: Connection, identity: str, values: Mapping[str, object]) -> None:
    """Store changed columns of one."""
    connection.execute(update(device).where(device.c.id == identity).values(dict(values)))


def add_check(connection: Connection, new: Check) -> None:
    """Keep a look."""
    results = json.dumps([{**each.__dict__, "outcome": each.outcome.value, "facts": dict(each.facts)} for each in new.results])
    connection.execute(insert(device_check), [{**new.__dict__, "results": results}])


def checks(connection: Connection, identity: str, limit: int = 60) -> list[Check]:
    """The looks at one device, newest first."""
    query = select(device_check).where(device_check.c.device == identity).order_by(device_check.c.at.desc(), device_check.c.id.desc())
    return [_check(row) for row in connection.execute(query.limit(limit))]


def last_checks(connection: Connection) -> dict[str, Check]:
    """The newest look at each device."""
    newest = select(func.max(device_check.c.id)).group_by(device_check.c.device)
    return {row.device: _check(row) for row in connection.execute(select(device_check).where(device_check.c.id.in_(newest)))}


def add_word(connection: Connection, new: Attestation) -> None:
    """Keep an officer's word; earlier ones on the point end."""
    connection.execute(update(device_word).where(device_word.c.device == new.device, device_word.c.point == new.point,
                                                 device_word.c.ended_at == "").values(ended_at=new.at))
    connection.execute(insert(device_word), [dict(new.__dict__)])


def end_word(connection: Connection, identity: str, at: str) -> None:
    """Take a word back."""
    connection.execute(update(device_word).where(device_word.c.id == identity).values(ended_at=at))


def words(connection: Connection, devices: Iterable[str]) -> list[Attestation]:
    """The words on some devices that were not taken back or replaced."""
    query = select(device_word).where(device_word.c.device.in_(list(devices)), device_word.c.ended_at == "")
    return [Attestation(**row._mapping) for row in connection.execute(query.order_by(device_word.c.at))]


def add_allowance(connection: Connection, new: Allowance) -> None:
    """Keep a permission; an earlier one of the device ends."""
    connection.execute(update(device_allowance).where(device_allowance.c.device == new.device, device_allowance.c.ended_at == "")
                       .values(ended_at=new.approved_at))
    connection.execute(insert(device_allowance), [{**new.__dict__, "controls": json.dumps(new.controls)}])


def end_allowance(connection: Connection, identity: str, at: str) -> None:
    """End a permission."""
    connection.execute(update(device_allowance).where(device_allowance.c.id == identity).values(ended_at=at))


def allowances(connection: Connection, devices: Iterable[str]) -> dict[str, Allowance]:
    """The latest permission of each device that has one which was not ended."""
    query = select(device_allowance).where(device_allowance.c.device.in_(list(devices)), device_allowance.c.ended_at == "")
    return {row.device: Allowance(**{**row._mapping, "controls": tuple(json.loads(row.controls))})
            for row in connection.execute(query.order_by(device_allowance.c.approved_at))}
