"""Campaigns, their questions, and versions of code sets and briefings in the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, insert, select, update

from dpdesk.domain.campaigns import Basis, Campaign, Code, CodeSet, Condition, Outcome, Question, Strength
from dpdesk.store.tables_sessions import briefing, campaign, campaign_question, code_set


def add_codes(connection: Connection, new: CodeSet, seq: int) -> None:
    """Keep a version of a code set."""
    spelt = json.dumps({"scale": new.scale, "against": new.against, "codes": [asdict(code) for code in new.codes]}, ensure_ascii=False)
    connection.execute(insert(code_set), [{"id": new.id, "name": new.name, "version": new.version, "preset": new.preset, "codes": spelt,
                                           "since": new.since, "seq": seq}])


def _code_set(row) -> CodeSet:
    data = json.loads(row.codes)
    codes = tuple(Code(each["letter"], each["words"], Outcome(each["outcome"]), each["party"], Strength(each["strength"]), each["voted"],
                       each["box"]) for each in data["codes"])
    return CodeSet(row.id, row.name, row.version, codes, row.preset, data["scale"], data["against"], row.since)


def codes(connection: Connection, identity: str) -> CodeSet | None:
    """One version of a code set."""
    row = connection.execute(select(code_set).where(code_set.c.id == identity)).first()
    return _code_set(row) if row else None


def code_sets(connection: Connection, name: str = "") -> list[CodeSet]:
    """Every version, or those of one name, the newest first."""
    query = select(code_set).order_by(code_set.c.name, code_set.c.version.desc())
    return [_code_set(row) for row in connection.execute(query.where(code_set.c.name == name) if name else query)]


def add(connection: Connection, new: Campaign, seq: int) -> None:
    """Keep a campaign."""
    values = {name: getattr(new, name) for name in Campaign.__dataclass_fields__ if name != "questions"}
    connection.execute(insert(campaign), [{**values, "columns": json.dumps(new.columns), "seq": seq}])


def change(connection: Connection, identity: str, **values: object) -> None:
    """Store changed columns of a campaign."""
    connection.execute(update(campaign).where(campaign.c.id == identity).values(**values))


def listing(connection: Connection) -> list[Campaign]:
    """Every campaign with its questions, open ones first, the newest first."""
    asked: dict[str, list[Question]] = {}
    for row in connection.execute(select(campaign_question).order_by(campaign_question.c.place, campaign_question.c.id)):
        asked.setdefault(row.campaign, []).append(Question(row.id, row.text, row.letter, row.ended_at))
    rows = connection.execute(select(campaign).order_by(campaign.c.closed_at != "", campaign.c.seq.desc())).all()
    return [Campaign(row.id, row.name, row.codes, row.polling_day, Basis(row.basis), Condition(row.condition), row.basis_why,
                     row.assessment, tuple(json.loads(row.columns)), row.made_at, row.closed_at, tuple(asked.get(row.id, ())))
            for row in rows]


def add_questions(connection: Connection, identity: str, questions: Sequence[Question], first: int, seq: int) -> None:
    """Keep questions of a campaign, after `first` that are there."""
    if questions:
        connection.execute(insert(campaign_question), [
            {"id": each.id, "campaign": identity, "place": first + at, "letter": each.letter, "text": each.text, "seq": seq}
            for at, each in enumerate(questions)])


def end_questions(connection: Connection, identities: Sequence[str], at: str) -> None:
    """Ask some no more; what was answered stays."""
    connection.execute(update(campaign_question).where(campaign_question.c.id.in_(identities)).values(ended_at=at))


def briefings(connection: Connection) -> list[tuple[str, int, str, str]]:
    """(identity, version, text, since) of every version of the briefing, the newest first."""
    rows = connection.execute(select(briefing).order_by(briefing.c.version.desc()))
    return [(row.id, row.version, row.text, row.since) for row in rows]


def add_briefing(connection: Connection, identity: str, version: int, text: str, since: str, seq: int) -> None:
    """Keep a version of the briefing."""
    connection.execute(insert(briefing), [{"id": identity, "version": version, "text": text, "since": since, "seq": seq}])
