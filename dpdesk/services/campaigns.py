"""Campaigns: codes with versions, a polling day, questions, the lawful basis, and what its sheets print (DOMAIN.md §4.2, §4.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dpdesk.domain.campaigns import (
    BOXES_MOST,
    PRESETS,
    Basis,
    Campaign,
    Code,
    CodeSet,
    Column,
    Condition,
    Outcome,
    Question,
    campaign_problems,
    code_problems,
)
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.domain.sheets import Box, Sort
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

FIELDS = ("name", "polling_day", "basis", "condition", "basis_why")
QUESTION_LONGEST = 200
POLLING_DAY = "knocking_up"
"""The preset for sheets of polling day."""


def presets() -> list[CodeSet]:
    """The code sets dpdesk brings."""
    from dpdesk.files import codes
    return [codes.load(each) for each in codes.available()]


def party_preset(session: Session) -> str:
    """The preset of the desk's party, else the general one."""
    from dpdesk.files import codes
    return next((each for each in session.policy.code_sets if each in codes.available()), "generic")


def code_sets(session: Session) -> list[CodeSet]:
    """Every version of every code set, the newest of each name first."""
    from dpdesk.store import campaigns
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return campaigns.code_sets(connection)


def codes(session: Session, identity: str) -> CodeSet:
    """One version of a code set: what a raw code of its day means. Raises `NotFound`."""
    from dpdesk.store import campaigns
    session.require(Right.SHEETS_SEE)
    return session.one("code_set", identity, campaigns.codes)


def listing(session: Session) -> list[Campaign]:
    """Every campaign, open ones first."""
    from dpdesk.store import campaigns
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return campaigns.listing(connection)


def get(session: Session, wanted: str) -> Campaign:
    """A campaign by its identity or name; raises `NotFound`."""
    found = next((each for each in listing(session) if wanted == each.id or wanted.casefold() == each.name.casefold()), None)
    if found is None:
        raise NotFound("campaign", wanted)
    return found


def add(session: Session, values: Mapping[str, str], preset: str = "", *, questions: Sequence[Question] = (),
        columns: Sequence[str] = PRESETS["doorstep"]) -> Campaign:
    """A new campaign with the codes of a preset (the party's where none is named); raises `Invalid`."""
    from dpdesk.files import codes as files
    from dpdesk.store import campaigns
    session.require(Right.CAMPAIGNS_EDIT)
    clean = _checked(session, {"basis": Basis.LEGITIMATE, "condition": Condition.POLITICAL_PARTIES} | dict(values))
    chosen = files.load(preset or party_preset(session))
    asked = [_question(each) for each in questions]
    _check_boxes(chosen, asked)
    made = Campaign(new_id(), clean["name"], "", clean["polling_day"], Basis(clean["basis"]), Condition(clean["condition"]),
                    clean["basis_why"], columns=_columns(columns), questions=tuple(asked))
    with session.change("campaign.added") as unit:
        kept = _kept(unit, chosen)
        made = replace(made, codes=kept.id, made_at=unit.at)
        campaigns.add(unit.connection, made, unit.seq)
        campaigns.add_questions(unit.connection, made.id, asked, 0, unit.seq)
        unit.facts(codes=kept.id, version=kept.version, questions=len(asked), columns=list(made.columns))
        unit.record("campaign", made.id, {}, {code: clean[code] for code in FIELDS if clean[code]})
    return made


def _checked(session: Session, values: Mapping[str, str], mine: str = "") -> dict[str, str]:
    taken = [each.name for each in listing(session) if each.id != mine and not each.closed]
    clean = {code: str(values.get(code, "")).strip() for code in FIELDS}
    problems = campaign_problems(clean, today(), taken=taken)
    if problems:
        raise Invalid(problems)
    return clean


def _columns(columns: Sequence[str]) -> tuple[str, ...]:
    unknown = [each for each in columns if each not in {column.value for column in Column}]
    if unknown:
        raise Invalid({"columns": "unknown"})
    return tuple(column.value for column in Column if column.value in columns)


def _question(asked: Question) -> Question:
    text, letter = asked.text.strip(), asked.letter.strip().upper()
    if not text:
        raise Invalid({"question": "missing"})
    if len(text) > QUESTION_LONGEST:
        raise Invalid({"question": "too_long"})
    if len(letter) > 3 or (letter and not letter.isalnum()):
        raise Invalid({"letter": "letter_bad"})
    return Question(asked.id or new_id(), text, letter)


def _check_boxes(chosen: CodeSet, questions: Sequence[Question]) -> None:
    """Codes and questions share the boxes of a row, and their letters."""
    letters = [code.letter for code in chosen.boxes] + [each.letter for each in questions if each.letter and not each.ended_at]
    if len(letters) > BOXES_MOST:
        raise Invalid({"question": "boxes_many"})
    if len(set(letters)) < len(letters):
        raise Invalid({"letter": "letter_twice"})


def _kept(unit: Unit, chosen: CodeSet) -> CodeSet:
    """The stored version that says just the same, else a new one."""
    from dpdesk.store import campaigns
    versions = campaigns.code_sets(unit.connection, chosen.name)
    for each in versions:
        if (each.codes, each.scale, each.against) == (chosen.codes, chosen.scale, chosen.against):
            return each
    new = replace(chosen, id=new_id(), version=versions[0].version + 1 if versions else 1, since=unit.at)
    campaigns.add_codes(unit.connection, new, unit.seq)
    return new


def for_polling_day(unit: Unit, campaign: Campaign) -> CodeSet:
    """The codes of a campaign’s polling-day sheets: its own where “has voted” is a box of them, else those of the preset."""
    from dpdesk.files import codes as files
    from dpdesk.store import campaigns
    own = campaigns.codes(unit.connection, campaign.codes)
    return own if own is not None and any(code.voted for code in own.boxes) else _kept(unit, files.load(POLLING_DAY))


def change(session: Session, identity: str, values: Mapping[str, str], columns: Sequence[str] | None = None) -> Campaign:
    """Change what a campaign is called, its polling day, its basis or its columns; raises `Invalid`, `NotFound`."""
    from dpdesk.store import campaigns
    session.require(Right.CAMPAIGNS_EDIT)
    before = get(session, identity)
    old = {code: str(getattr(before, code)) for code in FIELDS}
    clean = _checked(session, old | dict(values), before.id) if values else old
    wanted = before.columns if columns is None else _columns(columns)
    if clean == old and wanted == before.columns:
        return before
    import json
    with session.change("campaign.changed") as unit:
        campaigns.change(unit.connection, before.id, **clean, columns=json.dumps(wanted))
        unit.about("campaign", before.id)
        unit.facts(columns=list(wanted))
        unit.record("campaign", before.id, old, clean)
    return get(session, before.id)


def set_codes(session: Session, identity: str, edited: CodeSet) -> CodeSet:
    """Use other codes from now on: a new version where they differ. Sheets that were made keep theirs. Raises `Invalid`."""
    from dpdesk.store import campaigns
    session.require(Right.CAMPAIGNS_EDIT)
    before = get(session, identity)
    problems = code_problems(edited.codes)
    if not edited.name.strip():
        problems["name"] = "missing"
    if problems:
        raise Invalid({"name" if "name" in problems else "codes": next(iter(problems.values()))})
    _check_boxes(edited, [each for each in before.questions if not each.ended_at])
    with session.change("campaign.codes_set") as unit:
        kept = _kept(unit, edited)
        campaigns.change(unit.connection, before.id, codes=kept.id)
        unit.about("campaign", before.id)
        unit.facts(codes=kept.id, version=kept.version, number=len(kept.codes))
    return kept


def ask(session: Session, identity: str, question: Question) -> Question:
    """One more question; raises `Invalid` where there is no box left for its letter."""
    from dpdesk.store import campaigns
    session.require(Right.CAMPAIGNS_EDIT)
    found = get(session, identity)
    asked = _question(question)
    _check_boxes(codes(session, found.codes), [*found.questions, asked])
    with session.change("campaign.question_added") as unit:
        campaigns.add_questions(unit.connection, found.id, [asked], len(found.questions), unit.seq)
        unit.about("campaign", found.id)
        unit.record("campaign", found.id, {}, {"question": asked.text})
    return asked


def ask_no_more(session: Session, identity: str, question: str) -> None:
    """Ask a question no more; what was answered stays."""
    from dpdesk.store import campaigns
    session.require(Right.CAMPAIGNS_EDIT)
    found = get(session, identity)
    asked = next((each for each in found.questions if each.id == question and not each.ended_at), None)
    if asked is None:
        raise NotFound("question", question)
    with session.change("campaign.question_ended") as unit:
        campaigns.end_questions(unit.connection, [question], unit.at)
        unit.about("campaign", found.id)
        unit.record("campaign", found.id, {"question": asked.text}, {})


def close(session: Session, identity: str) -> None:
    """Make no more sessions for a campaign; refused while one of its sessions is not closed."""
    from dpdesk.domain.sessions import SessionState
    from dpdesk.store import campaigns, sessions
    session.require(Right.CAMPAIGNS_EDIT)
    found = get(session, identity)
    with session.desk.read() as connection:
        waiting = [each for each in sessions.listing(connection, campaign=found.id) if each.state is not SessionState.CLOSED]
    if waiting:
        raise Declined("sessions.campaign_runs", {"count": len(waiting)})
    with session.change("campaign.closed") as unit:
        campaigns.change(unit.connection, found.id, closed_at=unit.at)
        unit.about("campaign", found.id)
        unit.facts(sessions=0)


def boxes_of(codes_used: CodeSet, questions: Sequence[Question]) -> tuple[Box, ...]:
    """The boxes of each row of a sheet: those of the codes, then the questions that have a letter."""
    found = [Box(code.letter, code.words, _sort(code)) for code in codes_used.boxes]
    found += [Box(each.letter, each.text, Sort.EXTRA) for each in questions if each.letter and not each.ended_at]
    return tuple(found)


def _sort(code: Code) -> Sort:
    if code.outcome is Outcome.NOT_HOME:
        return Sort.NO_ANSWER
    if code.outcome is not Outcome.SPOKE:
        return Sort.OUTCOME
    return Sort.INTENTION if code.party or code.strength else Sort.EXTRA
