"""The registers of the duties, one service for all: see, add, change, move, note. Rules come from the declaration alone.

Who may: the register's rights; a move may be kept for some roles, or for those the party's policy names (S0 l.12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from dpdesk.domain import duties as rules
from dpdesk.domain import registers
from dpdesk.domain.duties import Duty, Event, Running
from dpdesk.domain.errors import Declined, Invalid, NotAllowed, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.registers.declaring import Kind, Move, Register, problems_of
from dpdesk.domain.roles import Right, Role
from dpdesk.services import working_days
from dpdesk.services.session import Session, today

NOTE_LONGEST = 4_000


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Shown:
    """An entry as it is shown: its register, its reference, the clocks that run, what it is called, who added it."""

    duty: Duty
    register: Register
    running: tuple[Running, ...]
    officer: str = ""

    @property
    def ref(self) -> str:
        """Its reference: "RQ-7"."""
        return rules.reference(self.register, self.duty.number)

    @property
    def heading(self) -> str:
        """What it is called."""
        return self.register.heading(self.duty.values)

    @property
    def due(self) -> str:
        """The first day or moment still to be met, "" where there is none, or where it has ended."""
        return "" if self.duty.ended_at else rules.next_due(self.running)


def register_of(code: str) -> Register:
    """A register by its code; raises `NotFound`."""
    try:
        return registers.get(code)
    except KeyError:
        raise NotFound("register_of_duties", code) from None


def visible(session: Session) -> list[Register]:
    """The registers this officer may see at least their own entries of."""
    return [each for each in registers.every() if session.may(each.see) or session.may(each.add)]


def periods(session: Session) -> dict[str, int]:
    """The spans that the party's policy sets, by the name clocks know them by: months, and hours until headquarters is to know."""
    policy = session.policy
    return {"training": policy.training_every_months, "audit": policy.data_audit_every_months, "incident": policy.incident_report_hours}


def listing(session: Session, code: str = "", *, ended: bool | None = None) -> list[Shown]:
    """The entries of a register, or of all, that this officer may see; what is due first comes first."""
    from dpdesk.store import duties, officers
    session.require_acknowledged()
    wanted = [register_of(code)] if code else visible(session)
    with session.desk.read() as connection:
        names = {each.id: each.name for each in officers.listing(connection)}
        found = duties.listing(connection, code, ended=ended)
    shown = show(session, [each for each in found if _sees(session, each, wanted)], names)
    return sorted(shown, key=lambda each: (bool(each.duty.ended_at), each.due or "9999"))


def counts(session: Session) -> list[tuple[Register, tuple[int, int]]]:
    """Each register this officer may see with how many entries are open, and how many there are."""
    from dpdesk.store import duties
    session.require_acknowledged()
    with session.desk.read() as connection:
        found = duties.counts(connection)
    return [(each, found.get(each.code, (0, 0))) for each in visible(session) if session.may(each.see)]


def _sees(session: Session, duty: Duty, wanted: Iterable[Register]) -> bool:
    register = next((each for each in wanted if each.code == duty.register), None)
    return register is not None and (session.may(register.see) or (session.may(register.add) and duty.officer == session.officer.id))


def show(session: Session, found: Iterable[Duty], names: Mapping[str, str] | None = None) -> list[Shown]:
    """Entries with their clocks."""
    days, spans = working_days.calendar(session), periods(session)
    return [Shown(each, registers.get(each.register), rules.clocks_of(registers.get(each.register), rules.facts_of(each, days, spans)),
                  (names or {}).get(each.officer, "")) for each in found]


def get(session: Session, identity: str) -> Shown:
    """One entry by its identity or reference ("RQ-7"); raises `NotFound`."""
    from dpdesk.store import duties, officers
    session.require_acknowledged()
    with session.desk.read() as connection:
        prefix, _dash, number = identity.upper().rpartition("-")
        named = next((each for each in registers.every() if each.prefix == prefix and number.isdigit()), None)
        found = duties.get(connection, duties.by_number(connection, named.code, int(number)) if named else identity)
        names = {each.id: each.name for each in officers.listing(connection)}
    if found is None or not _sees(session, found, visible(session)):
        raise NotFound("duty", identity)
    return show(session, [found], names)[0]


def officers(session: Session) -> dict[str, str]:
    """The names of the officers, by identity: who did what in a timeline."""
    from dpdesk.store import officers as store
    with session.desk.read() as connection:
        return {each.id: each.name for each in store.listing(connection)}


def add(session: Session, code: str, values: Mapping[str, str], people: Iterable[str] = (), note: str = "") -> Shown:
    """A new entry; raises `Invalid`, `NotAllowed`. `people` (identities) are those it is about."""
    from dpdesk.store import duties
    register = register_of(code)
    session.require(register.add)
    kept = clean(register, values)
    _require_sound(register, kept)
    with session.change("duty.added") as unit:
        number = duties.next_number(unit.connection, code)
        new = Duty(new_id(), code, number, register.first.code, kept, unit.at, unit.at, "", session.officer.id)
        duties.add(unit.connection, new, register.heading(kept), unit.seq)
        duties.happened(unit.connection, _event(session, unit, new, "added", after=new.state, note=note))
        duties.link(unit.connection, new.id, dict.fromkeys(people), unit.seq)
        _tell(unit, register, new.id, {}, kept)
        unit.facts(register=code, number=number)
    return get(session, new.id)


def change(session: Session, identity: str, values: Mapping[str, str], note: str = "") -> Shown:
    """Change fields of an entry; those not named stay. Raises `Invalid`."""
    shown = get(session, identity)
    require_keep(session, shown)
    kept = clean(shown.register, {**shown.duty.values, **values})
    _require_sound(shown.register, kept)
    if itself := [each.code for each in shown.register.fields if each.kind is Kind.ENTRY and kept.get(each.code) == shown.duty.id]:
        raise Invalid(dict.fromkeys(itself, "entry_itself"))
    if kept == dict(shown.duty.values):
        return shown
    return _write(session, shown, "duty.changed", replace(shown.duty, values=kept), "changed", note=note)


def move(session: Session, identity: str, code: str, values: Mapping[str, str] | None = None, on: str = "", note: str = "") -> Shown:
    """Make a move on a day (today where it is ""); raises `Declined`, `Invalid`, `NotAllowed` naming who may."""
    shown = get(session, identity)
    made = _found(shown, code)
    require_move(session, shown.register, made)
    day = on or today().isoformat()
    kept = clean(shown.register, {**shown.duty.values, **(values or {}), **({made.stamps: day} if made.stamps else {})})
    problems = problems_of(shown.register, kept, today().isoformat(), stored(utc_now())) | {
        each: "missing" for each in made.needs if not kept.get(each)} | _day_problem(shown, day)
    if problems:
        raise Invalid(problems)
    before = rules.facts_of(shown.duty, working_days.calendar(session), periods(session))
    refused = made.forbids(replace(before, values=kept), date.fromisoformat(day)) if made.forbids else ""
    if refused:
        raise Declined(refused)
    after = shown.register.state(made.to or shown.duty.state)
    return _write(session, shown, "duty.moved", replace(shown.duty, values=kept, state=after.code), "moved", on=day, note=note, move=code)


def _found(shown: Shown, code: str) -> Move:
    found = next((each for each in shown.register.moves_from(shown.duty.state) if each.code == code), None)
    if found is None:
        raise Declined("duties.no_such_move")
    return found


def _day_problem(shown: Shown, day: str) -> dict[str, str]:
    """A move takes effect between the last one and today; what is entered late may have happened before it was entered."""
    try:
        date.fromisoformat(day)
    except ValueError:
        return {"moved_on": "date_bad"}
    if day > today().isoformat():
        return {"moved_on": "in_future"}
    began = shown.duty.values.get("received_on", "") or shown.duty.values.get("aware_at", "")[:10]
    last = max((on for on, before, after in shown.duty.moves[1:] if before != after), default=began)
    return {"moved_on": "before_start"} if day < last else {}


def note(session: Session, identity: str, text: str) -> Shown:
    """Write a note into the timeline (S1 32.3: progress)."""
    shown = get(session, identity)
    require_keep(session, shown)
    if not text.strip() or len(text) > NOTE_LONGEST:
        raise Invalid({"note": "too_long" if text.strip() else "missing"})
    return _write(session, shown, "duty.noted", shown.duty, "noted", note=text.strip())


def link(session: Session, identity: str, people: Iterable[str]) -> Shown:
    """Note whom an entry is about."""
    from dpdesk.store import duties
    shown = get(session, identity)
    require_keep(session, shown)
    with session.desk.read() as connection:
        known = set(duties.people(connection, shown.duty.id))
    new = [each for each in dict.fromkeys(people) if each not in known]
    if not new:
        return shown
    return _write(session, shown, "duty.linked", shown.duty, "linked",
                  also=lambda unit: duties.link(unit.connection, shown.duty.id, new, unit.seq), people=len(new))


def unlink(session: Session, identity: str, person: str) -> Shown:
    """An entry is not about that person after all."""
    from dpdesk.store import duties
    shown = get(session, identity)
    require_keep(session, shown)
    return _write(session, shown, "duty.unlinked", shown.duty, "unlinked",
                  also=lambda unit: duties.unlink(unit.connection, shown.duty.id, person))


def people(session: Session, identity: str) -> list[str]:
    """Whom an entry is about, by identity."""
    from dpdesk.store import duties
    shown = get(session, identity)
    with session.desk.read() as connection:
        return duties.people(connection, shown.duty.id)


def of_person(session: Session, person: str) -> list[Shown]:
    """The entries about a person that this officer may see, the newest first."""
    from dpdesk.store import duties
    session.require_acknowledged()
    with session.desk.read() as connection:
        found = [one for identity in duties.of_person(connection, person) if (one := duties.get(connection, identity)) is not None]
    return show(session, [each for each in reversed(found) if _sees(session, each, visible(session))])


def happen(session: Session, shown: Shown, action: str, kind: str, note: str, also: Callable) -> Shown:
    """Something beside its fields happened to an entry: `also(unit)` stores it, in the same change."""
    return _write(session, shown, action, shown.duty, kind, note=note, also=also)


def may_keep(session: Session, shown: Shown) -> bool:
    """Whether this officer may change an entry: who keeps the register, or who reported it while it is open."""
    mine = shown.duty.officer == session.officer.id and not shown.duty.ended_at
    return not session.read_only and (session.may(shown.register.keep) or (mine and session.may(shown.register.add)))


def require_keep(session: Session, shown: Shown) -> None:
    """Raise `NotAllowed` unless this officer may change an entry."""
    if not may_keep(session, shown):
        session.require(shown.register.keep)


def movers(session: Session, register: Register, made: Move) -> tuple[Role, ...]:
    """The roles that may make a move; empty where all may who keep the register. What is handed on is not decided here (S0 l.12)."""
    if made.decides and register.code in {each.value for each in session.policy.forwarded}:
        return (Role.DPO,)
    return tuple(getattr(session.policy, made.decided_by)) if made.decided_by else made.roles


def may_move(session: Session, shown: Shown, made: Move) -> bool:
    """Whether this officer may make a move."""
    roles = movers(session, shown.register, made)
    return session.officer.role in roles if roles else may_keep(session, shown)


def require_move(session: Session, register: Register, made: Move) -> None:
    """Raise `NotAllowed`, naming who may, unless this officer may make a move (S0 l.12)."""
    session.require_acknowledged()
    roles = movers(session, register, made)
    if not roles:
        session.require(register.keep)
    elif session.officer.role not in roles:
        raise NotAllowed(Right.DUTIES_DECIDE.value, tuple(each.value for each in roles))


def clean(register: Register, values: Mapping[str, str]) -> dict[str, str]:
    """Values without blanks around them and without empty ones."""
    lines = {each.code for each in register.fields if each.kind is Kind.LINE}
    trimmed = {code: " ".join(value.split()) if code in lines else value.strip() for code, value in values.items()}
    return {code: value for code, value in trimmed.items() if value}


def _require_sound(register: Register, values: Mapping[str, str]) -> None:
    problems = problems_of(register, values, today().isoformat(), stored(utc_now()))
    if problems:
        raise Invalid(problems)


def stored(moment: datetime) -> str:
    """A moment as it is stored."""
    return moment.astimezone(UTC).isoformat("T", "milliseconds").replace("+00:00", "Z")


def _event(session: Session, unit, duty: Duty, kind: str, *, before: str = "", after: str = "", on: str = "", note: str = "",
           move: str = "", fields: tuple[str, ...] = ()) -> Event:
    day = on or (duty.values.get("received_on", "") if kind == "added" else "") or today().isoformat()
    return Event(new_id(), duty.id, unit.at, day, kind, move, before, after, fields, note.strip(), session.officer.id, unit.seq)


def _tell(unit, register: Register, identity: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Into the history, under the names the audit page knows the fields by."""
    unit.record("duty", identity, {f"{register.code}.{code}": value for code, value in before.items()},
                {f"{register.code}.{code}": value for code, value in after.items()})


def _write(session: Session, shown: Shown, action: str, after: Duty, kind: str, *, on: str = "", note: str = "", move: str = "",
           also: Callable | None = None, **facts: object) -> Shown:
    from dpdesk.store import duties
    register, before = shown.register, shown.duty
    with session.change(action) as unit:
        ended = unit.at if register.state(after.state).ends else ""
        duties.change(unit.connection, replace(after, changed_at=unit.at, ended_at=ended), register.heading(after.values))
        fields = tuple(code for code in {**before.values, **after.values} if before.values.get(code) != after.values.get(code))
        duties.happened(unit.connection, _event(session, unit, after, kind, before=before.state, after=after.state, on=on, note=note,
                                                move=move, fields=fields))
        if also is not None:
            also(unit)
        unit.about("duty", before.id)
        if fields:
            _tell(unit, register, before.id, before.values, after.values)
        unit.facts(register=register.code, number=before.number, **({"state": after.state} if after.state != before.state else {}), **facts)
    return get(session, before.id)
