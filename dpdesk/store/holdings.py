"""How much of each kind the desk holds now, and how old the oldest is: what ties a record of processing to the real tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Select, func, select

from dpdesk.store.tables import archive, audit, consent, copy, enquiry, mail_recipient, mailing, member, stop
from dpdesk.store.tables_duties import duty
from dpdesk.store.tables_register import elector, elector_absent, elector_vote
from dpdesk.store.tables_results import canvass_fact, leave_alone
from dpdesk.store.tables_scans import scan_page
from dpdesk.store.tables_sessions import page_copy, sheet
from dpdesk.store.tables_transfers import package


@dataclass(frozen=True)
class Held:
    """So many records, the oldest from `oldest` (UTC, "" where there is none)."""

    count: int
    oldest: str


def _counted(seq: Column, *where) -> Callable[[], Select]:
    return lambda: select(func.count(), func.min(seq)).where(*where)


def _people(kind: str) -> Callable[[], Select]:
    kept = select(archive.c.row)
    return _counted(member.c.added, member.c.kind == kind, member.c.row.not_in(kept))


def _register(code: str) -> Callable[[], Select]:
    return _counted(duty.c.seq, duty.c.register == code)


_HOLDINGS: dict[str, Callable[[], Select]] = {
    "members": _people("member"), "contacts": _people("contact"), "consents": _counted(consent.c.seq, consent.c.withdrawn_on == ""),
    "enquiries": _counted(enquiry.c.seq), "electors": _counted(elector.c.added, elector.c.gone == 0),
    "absent": _counted(elector_absent.c.seq, elector_absent.c.ended == 0),

    "marked": _counted(elector_vote.c.seq, elector_vote.c.ended == 0),
    "mailings": _counted(mailing.c.seq, mailing.c.state != "cancelled"),
    "mail_recipients": lambda: select(func.count(), func.min(mailing.c.seq)).select_from(mail_recipient.join(
        mailing, mailing.c.id == mail_recipient.c.mailing)),
    "stops": _counted(stop.c.seq), "copies": _counted(copy.c.seq, copy.c.state == "open"),
    "sheets": lambda: select(func.count(), func.min(sheet.c.seq)).select_from(page_copy.join(sheet, sheet.c.id == page_copy.c.sheet)).where(
        page_copy.c.state != "destroyed"),
    "canvass": _counted(canvass_fact.c.seq, canvass_fact.c.elector != ""),
    "left_alone": _counted(leave_alone.c.seq, leave_alone.c.lifted == 0), "packages": _counted(package.c.seq),
    "scans": _counted(scan_page.c.seq, scan_page.c.erased_at == ""),
    "requests": _register("requests"), "complaints": _register("complaints"), "incidents": _register("incidents"),
    "training": _register("training")}
CODES = tuple(_HOLDINGS)


def held(connection: Connection, code: str) -> Held:
    """What there is of one kind; nothing of an unknown one."""
    if code not in _HOLDINGS:
        return Held(0, "")
    count, first = connection.execute(_HOLDINGS[code]()).one()
    at = connection.execute(select(audit.c.at).where(audit.c.seq == first)).scalar() if first else ""
    return Held(int(count), at or "")
