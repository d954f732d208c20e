"""Mailings in the store: what was written, an outcome per person, and what is known of people before they are written to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.domain.post_states import Mailing, Outcome, State
from dpdesk.store.tables import attachment, consent, mail_left_out, mail_recipient, mailing, member
from dpdesk.store.tables_retention import retention_hold

_SHOWN = [column for column in mailing.c if column.name not in ("tally", "seq")]
_BATCH = 5000


def add(connection: Connection, new: Mailing, seq: int) -> None:
    """Keep a mailing."""
    values = {name: value for name, value in new.__dict__.items() if name != "counts"}
    connection.execute(insert(mailing), [{**values, "state": new.state.value, "seq": seq}])


def change(connection: Connection, identity: str, **values: str) -> None:
    """Change what is kept of a mailing."""
    connection.execute(update(mailing).where(mailing.c.id == identity).values(**values))


def get(connection: Connection, identity: str) -> Mailing | None:
    """One mailing."""
    row = connection.execute(select(*_SHOWN, mailing.c.tally).where(mailing.c.id == identity)).first()
    return _mailing(row, counts(connection, identity)) if row else None


def listing(connection: Connection, states: Iterable[str] = ()) -> list[Mailing]:
    """Mailings, newest first; only in those states where any are given."""
    query = select(*_SHOWN, mailing.c.tally).order_by(mailing.c.id.desc())
    wanted = list(states)
    if wanted:
        query = query.where(mailing.c.state.in_(wanted))
    return [_mailing(row, counts(connection, row.id)) for row in connection.execute(query).all()]


def _mailing(row, tally: Mapping[str, int]) -> Mailing:
    values = {name: row._mapping[name] for name in Mailing.__dataclass_fields__ if name not in ("counts", "state")}
    return Mailing(**values, state=State(row.state), counts=tally or json.loads(row.tally or "{}"))


def counts(connection: Connection, identity: str) -> dict[str, int]:
    """How many people of each outcome."""
    query = (select(mail_recipient.c.outcome, func.count()).where(mail_recipient.c.mailing == identity)
             .group_by(mail_recipient.c.outcome))
    return {row[0]: row[1] for row in connection.execute(query)}


def add_people(connection: Connection, identity: str, people: Iterable[tuple[str, str]]) -> None:
    """Set down who a mailing is for, as (person, code) pairs in order of sending."""
    rows = [{"mailing": identity, "person": person, "token": token, "outcome": Outcome.WAITING.value} for person, token in people]
    if rows:
        connection.execute(insert(mail_recipient), rows)


def note_left_out(connection: Connection, identity: str, reasons: Mapping[str, int]) -> None:
    """Keep how many were left out for which reason."""
    if reasons:
        connection.execute(insert(mail_left_out), [{"mailing": identity, "reason": reason, "people": n} for reason, n in reasons.items()])


def left_out(connection: Connection, identity: str) -> dict[str, int]:
    """How many were left out, by reason."""
    query = select(mail_left_out.c.reason, mail_left_out.c.people).where(mail_left_out.c.mailing == identity)
    return {row.reason: row.people for row in connection.execute(query)}


def people(connection: Connection, identity: str, outcomes: Iterable[Outcome] = ()) -> list:
    """The rows (id, person, outcome, code, at, tries, token) of a mailing in order; only of those outcomes where any are given."""
    query = select(mail_recipient).where(mail_recipient.c.mailing == identity).order_by(mail_recipient.c.id)
    wanted = [each.value for each in outcomes]
    if wanted:
        query = query.where(mail_recipient.c.outcome.in_(wanted))
    return list(connection.execute(query))


_SET = "UPDATE mail_recipient SET outcome = ?, code = ?, at = ?, tries = tries + ? WHERE id = ?"


def set_outcomes(connection: Connection, rows: Sequence[tuple[str, str, str, int, int]]) -> None:
    """Set (outcome, code, at, tries to add, row) of people. Plain SQL: every message waits for it."""
    connection.connection.cursor().executemany(_SET, rows)


def turn(connection: Connection, identity: str, before: Iterable[Outcome], after: Outcome, at: str) -> int:
    """Turn everybody of some outcomes into another; how many."""
    return connection.execute(update(mail_recipient).where(
        mail_recipient.c.mailing == identity, mail_recipient.c.outcome.in_([each.value for each in before])
    ).values(outcome=after.value, at=at)).rowcount


def of_person(connection: Connection, person: str) -> list[tuple[Mailing, str, str]]:
    """(mailing, outcome, at) of every mailing a person was meant to get, newest first."""
    query = select(mail_recipient.c.mailing, mail_recipient.c.outcome, mail_recipient.c.at).where(mail_recipient.c.person == person)
    found = [(get(connection, row.mailing), row.outcome, row.at) for row in connection.execute(query).all()]
    return sorted(((m, outcome, at) for m, outcome, at in found if m is not None), key=lambda each: each[0].id, reverse=True)


def being_sent(connection: Connection) -> bool:
    """Whether a mailing stands as being sent: where nobody is at it, the program ended in the middle."""
    return connection.execute(select(mailing.c.id).where(mailing.c.state == State.SENDING.value).limit(1)).first() is not None


def unknown(connection: Connection) -> list[tuple[str, str]]:
    """(mailing, person) of everybody of whom it is not known whether they got it, the latest first."""
    query = (select(mail_recipient.c.mailing, mail_recipient.c.person).where(mail_recipient.c.outcome == Outcome.UNKNOWN.value,
             mail_recipient.c.person != "").order_by(mail_recipient.c.id.desc()))
    return [(row.mailing, row.person) for row in connection.execute(query)]


def by_token(connection: Connection, token: str) -> tuple[str, str] | None:
    """(mailing, person) of the code in a message; person "" where they are erased."""
    row = connection.execute(select(mail_recipient.c.mailing, mail_recipient.c.person).where(mail_recipient.c.token == token)).first()
    return (row.mailing, row.person) if row else None


def sent_since(connection: Connection, account: str, instant: str) -> list[str]:
    """When messages went out through an account since an instant, oldest first: what a provider counts."""
    query = (select(mail_recipient.c.at).join(mailing, mailing.c.id == mail_recipient.c.mailing)
             .where(mailing.c.account == account, mail_recipient.c.at >= instant,
                    mail_recipient.c.outcome.in_([Outcome.SENT.value, Outcome.UNKNOWN.value, Outcome.IN_FLIGHT.value]))
             .order_by(mail_recipient.c.at))
    return list(connection.execute(query).scalars())


def consents(connection: Connection, channel: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """(given on, expires on) of every standing consent for a channel, by person."""
    query = select(consent.c.person, consent.c.given_on, consent.c.expires_on).where(
        consent.c.channel == channel, consent.c.withdrawn_on == "")
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in connection.execute(query):
        found[row.person] = (*found.get(row.person, ()), (row.given_on, row.expires_on))
    return found


def known_addresses(connection: Connection, plain: set[str]) -> set[str]:
    """Those of the addresses (as `plain_email` has them) that belong to people on the desk."""
    found: set[str] = set()
    wanted = sorted(plain)
    for at in range(0, len(wanted), 500):
        query = select(member.c.match_email).where(member.c.match_email.in_(wanted[at:at + 500]))
        found.update(connection.execute(query).scalars())
    return found


def forget_people(connection: Connection, some: Sequence[str]) -> None:
    """Erase people from the records of mailings: the counts stay; the person, their code and that they were picked by hand go."""
    connection.execute(update(mail_recipient).where(mail_recipient.c.person.in_(some)).values(person="", token=""))
    gone = set(some)
    for row in connection.execute(select(mailing.c.id, mailing.c.audience).where(mailing.c.audience.contains('"people": ["'))).all():
        audience = json.loads(row.audience)
        left = [person for person in audience["people"] if person not in gone]
        if len(left) < len(audience["people"]):
            change(connection, row.id, audience=json.dumps(audience | {"people": left}))


def ended_before(connection: Connection, before: str) -> list[str]:
    """Mailings that ended before an instant and still say what they said; one to somebody under a hold stays."""
    held = select(mail_recipient.c.mailing).where(mail_recipient.c.person.in_(
        select(retention_hold.c.person).where(retention_hold.c.ended_on == "", retention_hold.c.person != "")))
    query = select(mailing.c.id).where(mailing.c.ended_at != "", mailing.c.ended_at < before, mailing.c.tally == "",
                                       mailing.c.id.not_in(held))
    return list(connection.execute(query).scalars())


def clear(connection: Connection, before: str) -> int:
    """Erase what mailings that ended before an instant say and who got them; counts stay. How many."""
    gone = ended_before(connection, before)
    clear_these(connection, gone)
    return len(gone)


def clear_these(connection: Connection, gone: Sequence[str]) -> None:
    """Erase what some mailings say and who got them; counts stay."""
    for identity in gone:
        tally = json.dumps(counts(connection, identity))
        connection.execute(delete(mail_recipient).where(mail_recipient.c.mailing == identity))
        connection.execute(delete(attachment).where(attachment.c.of_kind == "mailing", attachment.c.of == identity))
        change(connection, identity, subject="", body="", audience="", tally=tally)


def remove(connection: Connection, identity: str) -> None:
    """Take a draft out."""
    connection.execute(delete(mailing).where(mailing.c.id == identity))
