"""The tables of the electoral register; revision 0005 makes them. Spelt like those of `tables.py`."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from dpdesk.store.tables import _text, metadata

_STATED = ("kind", "surname", "forename", "markers", "born_on", "attains_on", "address", "postcode", "uprn")


def _number(name: str) -> Column:
    return Column(name, Integer, nullable=False, server_default="0")


def _stated() -> list[Column]:
    """What a file of the register states of an elector, and what follows from it."""
    return [_text("district"), _number("number"), _number("suffix"), *(_text(name) for name in _STATED), _number("register"),
            _number("added"), _number("changed"), _number("gone"), _text("sort_name")]


elector = Table("elector", metadata, Column("row", Integer, primary_key=True), _text("id"), *_stated())

# Kept apart so that a bulk import may build them after its rows. `gone` is 0 for all but those who left.
ELECTOR_INDEXES = (
    Index("ix_elector_id", elector.c.id, unique=True),
    Index("ix_elector_number", elector.c.gone, elector.c.district, elector.c.number, elector.c.suffix, elector.c.born_on),
    Index("ix_elector_name", elector.c.gone, elector.c.sort_name, elector.c.born_on),
    Index("ix_elector_postcode", elector.c.postcode),
)

ELECTOR_SEARCH_DDL = ("CREATE VIRTUAL TABLE elector_search USING fts5(name, place, content='', contentless_delete=1, detail=column, "
                      "prefix='2 3', tokenize=\"unicode61 remove_diacritics 2\")")

# Each elector as they were before a file changed them: what taking the file back needs. Goes with the superseded register.
elector_before = Table("elector_before", metadata, Column("seq", Integer, primary_key=True), Column("row", Integer, primary_key=True),
                       _text("id"), *_stated())

# Numbers an elector had before, by register year: these stay, so that history follows the person.
elector_number = Table(
    "elector_number", metadata, Column("seq", Integer, primary_key=True), _text("elector", primary_key=True), _text("district"),
    _number("number"), _number("suffix"), _number("year"), Index("ix_elector_number_of", "elector"))

# Pairs of numbers that may be one elector, to be confirmed by a person.
elector_follow = Table(
    "elector_follow", metadata, _text("id", primary_key=True), _text("old"), _text("new"), _number("score"), _text("reasons"),
    _text("answer"), _text("before"), _number("seq"), _number("answered"), Index("ix_elector_follow_answer", "answer"))

register_file = Table(
    "register_file", metadata, _text("id", primary_key=True), _number("seq"), _text("kind"), _text("file"), _text("digest"),
    _text("layout"), _text("supplier"), _text("supplied_on"), _text("destroy_by"), _text("entitlement"), _text("regulation"),
    _text("permitted"), _number("year"), _text("area"), _text("polling_day"), _text("counts"), _text("state"), _text("source_copy"),
    _number("ended"), Index("ix_register_file_seq", "seq"), Index("ix_register_file_state", "state", "kind"))

# Who votes by post or proxy, and who voted: by file, ended where a newer list replaced it.
elector_absent = Table(
    "elector_absent", metadata, Column("seq", Integer, primary_key=True), _text("elector", primary_key=True),
    _text("how", primary_key=True), _number("ended"), Index("ix_elector_absent_of", "elector", "ended"))

elector_vote = Table(
    "elector_vote", metadata, Column("seq", Integer, primary_key=True), _text("elector", primary_key=True), _text("polling_day"),
    _text("mark"), _number("ended"), Index("ix_elector_vote_of", "elector", "ended"))

# An elector who is a person of the desk: confirmed by an officer, or refused and remembered.
elector_link = Table(
    "elector_link", metadata, _text("id", primary_key=True), _text("elector"), _text("person"), _text("answer"), _number("score"),
    _text("at"), _number("seq"), Index("ix_elector_link_elector", "elector"), Index("ix_elector_link_person", "person"))

TABLES = (elector, elector_before, elector_number, elector_follow, register_file, elector_absent, elector_vote, elector_link)
