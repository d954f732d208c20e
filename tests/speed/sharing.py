"""Whom may we share with, and why not, among 80,000 members with stops, consents, permissions and questions: seconds, best of several."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from dpdesk.domain.asking import Answer, Asking, share_with
from dpdesk.domain.contacting import Sharing, StopReason
from dpdesk.domain.ids import new_id
from dpdesk.services import contacting as contacting_service
from dpdesk.services import members, sharing
from dpdesk.services.session import Session
from tests.speed.desks import SMALL, opened

RUNS = 5


def fill(session: Session, body: str) -> None:
    """A permission of every third member (some withdrawn, some ended), a question to every fifth."""
    from dpdesk.domain.members import Kind
    from dpdesk.store import asking, contacting
    from dpdesk.store import sharing as store
    dice = random.Random(7)
    with session.desk.read() as connection:
        people = store.everybody(connection, Kind.MEMBER)
        if next(store.given(connection, share_with(body)), None) is not None:
            return
    for row in people[::400]:
        contacting_service.stop(session, row[1], "all", StopReason.OBJECTION, "Letter")
    with session.change("sharing.permitted") as unit:
        for at, (_row, person) in enumerate(people):
            if at % 3 == 0:
                contacting.add_sharing(unit.connection, Sharing(
                    new_id(), person, body, "2026-01-02", "You may", withdrawn_on=dice.choice(("", "", "", "2026-02-03")),
                    expires_on=dice.choice(("2028-01-02", "2028-01-02", "2026-03-04"))), unit.seq)
            if at % 5 == 0:
                asking.add(unit.connection, Asking(new_id(), person, share_with(body), "2026-01-02", "email",
                                                   dice.choice(tuple(Answer)), "2026-01-09"), unit.seq)
        unit.facts(people=len(people))


def best(work: Callable[[], object]) -> dict[str, float]:
    """The least of several runs, in seconds by the wall and of the processor."""
    found = []
    for _run in range(RUNS):
        began, used = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - began, time.process_time() - used))
    return {"s": round(min(each[0] for each in found), 3), "cpu_s": round(min(each[1] for each in found), 3)}


def fresh(session: Session) -> Session:
    """As after something changed: nothing is known from before."""
    session._worked_out.clear()
    return session


def bench() -> dict:
    """Seconds for the page's survey by body and by channel, for Today's count, and for the list without consent."""
    session = opened(SMALL)
    try:
        body = session.policy.recipient_bodies[0].code
        fill(session, body)
        found = sharing.survey(session, share_with(body))
        return {"members": SMALL, "counts": {str(code): len(rows) for code, rows in found.rows.items() if len(rows)},
                "first_by_body": best(lambda: sharing.survey(fresh(session), share_with(body))),
                "first_by_channel": best(lambda: sharing.survey(fresh(session), "email")),
                "again": best(lambda: sharing.survey(session, share_with(body))),
                "today": best(lambda: sharing.ending(session)),
                "no_consent": best(lambda: members.spine(session, members.Query(flag="no_email_consent")))}
    finally:
        session.close()
