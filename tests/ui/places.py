"""Where on each page of the demo branch there is something to see: the records that pages of one record are opened at."""

from __future__ import annotations

from typing import Any

from dpdesk.services import duties, electors, entering_pages, members, sessions, sheets, walks
from dpdesk.services.session import Session


def places(session: Session) -> dict[str, dict[str, Any]]:
    """Page code -> what to give `go`, for pages that are about one record."""
    person = members.rows(session, list(members.spine(session, members.Query()))[4:5])[0].member
    twins = members.search(session, "Smith")[:2]
    asked = members.rows(session, members.spine(session, members.Query(kind=members.Kind.CONTACT, capacity="enquirer")))[0].member
    running = next(each for each in sessions.listing(session) if each.state.value == "running")
    sheet = sheets.listing(session, running.id)[1]
    entry = next(iter(entering_pages.waiting(session)), None)
    return {"member": {"id": person.id}, "contact": {"id": asked.id}, "erase": {"ids": [person.id]}, "subject": {"id": person.id},
            "compare": {"a": twins[0].member.id, "b": twins[-1].member.id} if len(twins) == 2 else {},
            "bulk": {"rows": [person.row]}, "elector": {"id": electors.search(session, "Smith")[0].elector.id},
            "walk": {"id": walks.walks(session)[0].id}, "sheet": {"id": sheet.id},
            "duty": {"id": duties.listing(session, "incidents")[0].duty.id},
            **({"entry": {"sheet": entry.sheet.id, "page": entry.page}} if entry else {}),
            **dict.fromkeys(("session", "sheets_print", "sheets_issue", "sheets_return"), {"id": running.id})}
