"""The yearly audit of the data, step by step: a sample checked, the quiet and the redundant looked at, forms reviewed, signed.

Qt-free: the wizard and the command line show what stands here. A signed audit keeps its counts, and names nobody (S2 l.7; S1 §8.6.f).
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.data_audit import Answer, DataAudit, FormAnswer, due_on, sample_size
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Member
from dpdesk.domain.roles import Right
from dpdesk.services import copies, retention
from dpdesk.services.asking_words import purpose_words
from dpdesk.services.dates import moment
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.services.duties import Shown

NOTE_LONGEST = 1_000
_REGISTER = "collection_forms"


@dataclass(frozen=True)
class Form:
    """A way of collecting data: its key, what it asks for, its version and since when."""

    key: str
    purpose: str
    version: str
    since: str
    text: str


def listing(session: Session) -> list[DataAudit]:
    """Every audit, newest first."""
    from dpdesk.store import data_audits
    session.require(Right.RETENTION_SEE)
    with session.desk.read() as connection:
        return data_audits.listing(connection)


def open_audit(session: Session) -> DataAudit | None:
    """The audit under way, if any."""
    return next((each for each in listing(session) if not each.signed), None)


def due(session: Session) -> date:
    """The day the next audit is due (S2 l.7)."""
    from dpdesk.store import data_audits
    last = next((each.signed_at for each in listing(session) if each.signed), "")
    with session.desk.read() as connection:
        founded = data_audits.founded_on(connection) or today().isoformat()
    return due_on(last, date.fromisoformat(founded), session.policy.data_audit_every_months)


def begin(session: Session) -> DataAudit:
    """Begin an audit: its sample is drawn now, and stays; raises `Declined` where one is under way."""
    from dpdesk.store import data_audits
    session.require(Right.DATA_AUDIT)
    if open_audit(session) is not None:
        raise Declined("retention.audit_open")
    with session.desk.read() as connection:
        everybody = data_audits.everybody(connection)
    drawn = secrets.SystemRandom().sample(everybody, sample_size(len(everybody)))
    with session.change("data_audit.begun") as unit:
        made = DataAudit(new_id(), unit.at, session.officer.name, dict.fromkeys(drawn, ""), {},
                         dict.fromkeys((form.key for form in forms(session)), ""))
        data_audits.add(unit.connection, made, session.officer.id, unit.seq)
        unit.about("data_audit", made.id)
        unit.facts(sample=len(drawn), forms=len(made.forms))
    return made


def sample(session: Session) -> list[Member]:
    """The people of the sample who are still there, in the order drawn."""
    from dpdesk.store import members
    session.require(Right.MEMBERS_SEE)
    now = _open(session)
    with session.desk.read() as connection:
        found = {person.id: person for person in members.by_ids(connection, list(now.sample))}
    return [found[person] for person in now.sample if person in found]


def answer_sample(session: Session, answers: dict[str, str]) -> DataAudit:
    """Note what looking at some records showed; one that is gone meanwhile counts as not to be told. Raises `Invalid`."""
    now = _open(session)
    if not set(answers) <= set(now.sample) or not set(answers.values()) <= {*Answer, ""}:
        raise Invalid({"sample": "unknown"})
    there = {person.id for person in sample(session)}
    gone = {person: Answer.CANNOT_TELL.value for person in now.sample if person not in there}
    return _kept(session, replace(now, sample={**now.sample, **answers, **gone}), "sample")


def look(session: Session, step: str, note: str) -> DataAudit:
    """Note that the quiet or the redundant were looked at, and what was decided; raises `Invalid`."""
    now = _open(session)
    if step not in ("quiet", "redundant"):
        raise Invalid({"step": "unknown"})
    if not note.strip() or len(note) > NOTE_LONGEST:
        raise Invalid({"note": "too_long" if note.strip() else "missing"})
    return _kept(session, replace(now, looked={**now.looked, step: note.strip()}), step)


def forms(session: Session) -> list[Form]:
    """The forms and questions by which the branch collects data: the words in use for each purpose, and the register of forms."""
    from dpdesk.services import duties
    from dpdesk.store import asking
    with session.desk.read() as connection:
        found = asking.current(connection)
    kept = duties.listing(session, _REGISTER, ended=False) if session.may(Right.DUTIES_SEE) else []
    asked = [Form(each.id, purpose_words(session, purpose), str(each.version), each.since, each.text)
             for purpose, each in sorted(found.items())]
    return asked + [Form(each.duty.id, f"{each.ref} {each.heading}", each.duty.values["version"], each.duty.opened_at[:10], _asked(each))
                    for each in sorted(kept, key=lambda each: each.duty.number)]


def _asked(form: Shown) -> str:
    """What a form of the register is for, and what it asks."""
    from dpdesk.services.duty_words import value_words
    return tr("{purpose} It asks: {asks}.", purpose=form.duty.values["purpose"], asks=value_words(
        form.register.field("asks"), form.duty.values["asks"]))


def answer_forms(session: Session, answers: dict[str, str]) -> DataAudit:
    """Note what is to become of some forms; one that is out of use meanwhile counts as withdrawn. Raises `Invalid`."""
    now = _open(session)
    if not set(answers) <= set(now.forms) or not set(answers.values()) <= {*FormAnswer, ""}:
        raise Invalid({"forms": "unknown"})
    there = {form.key for form in forms(session)}
    gone = {key: FormAnswer.WITHDRAW.value for key in now.forms if key not in there}
    return _kept(session, replace(now, forms={**now.forms, **answers, **gone}), "forms")


def numbers(session: Session) -> dict[str, int]:
    """What the desk holds and what is due, for the record: people, contacts, what is due by category, copies outside."""
    from dpdesk.services import members
    counts = members.counts(session)
    found = {"members": counts.members, "contacts": counts.contacts, "archived": counts.archived + counts.archived_contacts,
             "copies_due": copies.count_due(session)}
    return found | {f"due_{line.rule.category}": len(line.due) for line in retention.overview(session) if line.due}


def quiet(session: Session) -> Sequence[retention.Line]:
    """The rules by which somebody is looked at: not heard of, notes grown old."""
    return [line for line in retention.overview(session) if not line.erases]


def redundant(session: Session) -> Sequence[retention.Line]:
    """The rules by which something is to go."""
    return [line for line in retention.overview(session) if line.erases]


def sign(session: Session, statement: str) -> DataAudit:
    """The accountable person signs: counts stay, names go; raises `Invalid`, and `Declined` where a step is open (S1 §8.6.f)."""
    from dpdesk.store import data_audits
    session.require(Right.RETENTION_APPROVE)
    now = _open(session)
    if now.missing():
        raise Declined("retention.audit_incomplete", {"steps": ", ".join(now.missing())})
    if not statement.strip() or len(statement) > NOTE_LONGEST:
        raise Invalid({"statement": "too_long" if statement.strip() else "missing"})
    facts = {**numbers(session), "sample": len(now.sample), **{f"sample_{code}": n for code, n in Counter(now.sample.values()).items()},
             **{f"forms_{code}": n for code, n in Counter(now.forms.values()).items()}}
    with session.change("data_audit.signed") as unit:
        done = replace(now, sample={}, facts=facts, statement=statement.strip(), signed_at=unit.at, signed_by=session.officer.name)
        data_audits.sign(unit.connection, done, unit.at, session.officer.id)
        unit.about("data_audit", now.id)
        unit.facts(**facts)
        unit.commit_to(done.statement.encode())
    _reviewed(session, now)
    return done


def _reviewed(session: Session, signed: DataAudit) -> None:
    """What the audit found of the forms of the register stands in each of them: still right, or what is to become of it (S1 §8.5.c)."""
    from dpdesk.services import duties
    for key, answer in signed.forms.items():
        try:
            form = duties.get(session, key)
        except NotFound:
            continue  # words asked for consent, which have their own versions; or a form erased meanwhile
        again = form.register.move("again")
        if answer == FormAnswer.KEEP and form.duty.state in again.of and duties.may_move(session, form, again):
            duties.move(session, form.duty.id, again.code, note=tr("Yearly audit of the data"))
        elif not form.duty.ended_at and duties.may_keep(session, form):
            said = {FormAnswer.CHANGE: tr("Yearly audit: to be changed."), FormAnswer.WITHDRAW: tr("Yearly audit: to be withdrawn.")}
            duties.note(session, form.duty.id, said.get(FormAnswer(answer), tr("Yearly audit: still right.")))


def _open(session: Session) -> DataAudit:
    session.require(Right.DATA_AUDIT)
    found = open_audit(session)
    if found is None:
        raise NotFound("data_audit", "")
    return found


def _kept(session: Session, now: DataAudit, step: str) -> DataAudit:
    from dpdesk.store import data_audits
    with session.change("data_audit.answered") as unit:
        data_audits.change(unit.connection, now)
        unit.about("data_audit", now.id)
        unit.facts(step=step, open=list(now.missing()))
    return now


def record(session: Session, path: Path, identity: str = "", *, accepted: str = "") -> Copy:
    """Write the record of a signed audit as PDF through the copies door; it names nobody. Raises `NotFound`."""
    from dpdesk.files import audit_records
    from dpdesk.services import audit
    from dpdesk.services.data_audit_words import fact_rows
    session.require(Right.RETENTION_SEE)
    found = next((each for each in listing(session) if each.signed and identity in ("", each.id)), None)
    if found is None:
        raise NotFound("data_audit", identity)
    leaving = copies.Leaving(CopyKind.CERTIFICATE, path, tr("Record of the audit of the data"), tr("Evidence that it was done"),
                             accepted=accepted)
    with copies.door(session, leaving) as out:
        copy = out.note("data_audit.certified")
        out.write(audit_records.record(audit_records.Said(
            session.branch, session.policy.name, found, fact_rows(found.facts), moment(found.started_at), moment(found.signed_at),
            audit.current_head(session))))
    return copy
