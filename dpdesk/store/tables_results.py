"""The tables of what was learnt at the door, and of who is to be left alone; revision 0011 makes them. Spelt like those of `tables.py`."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from dpdesk.store.tables import _text, metadata


def _number(name: str) -> Column:
    return Column(name, Integer, nullable=False, server_default="0")


# One answer of one elector; it is never edited: a correction is a new one, `ended` the log's number of what replaced or took it back.
# `taken_by` is a participant of the session. Made nameless, `elector`, its place on a sheet and `note` are empty; the rest counts on.
canvass_fact = Table(
    "canvass_fact", metadata, _text("id", primary_key=True), _text("elector"), _text("campaign"), _text("sheet"), _number("page"),
    _number("line"), _text("district"), _text("walk"), _text("codes"), _text("raw"), _text("outcome"), _text("party"), _text("strength"),
    _number("scale"), _text("wont"), _number("voted"), _text("answers"), _text("note"), _text("source"), _text("taken_on"),
    _text("taken_by"), _text("entered_by"), _text("entered_at"), _text("verified_by"), _text("verified_at"), _text("verified_how"),
    _text("before"), _number("ended"), _number("seq"),
    Index("ix_canvass_fact_elector", "elector", "ended", "taken_on"), Index("ix_canvass_fact_sheet", "sheet", "page", "line", "ended"),
    Index("ix_canvass_fact_taken", "ended", "campaign", "taken_on"))

# What a second person read on the paper without seeing the first entry; `kept` is "same", "first", "second" or "other" once settled.
canvass_second = Table(
    "canvass_second", metadata, _text("id", primary_key=True), _text("sheet"), _number("page"), _number("line"), _text("raw"),
    _text("answers"), _text("note"), _text("entered_by"), _text("entered_at"), _text("kept"), _text("settled_by"), _text("settled_at"),
    _number("seq"), Index("ix_canvass_second_sheet", "sheet", "page", "line"), Index("ix_canvass_second_kept", "kept"))

# Who asked to be left alone, by channel ("all" for any), until a day ("" for ever). `person_key` and `home_key` are keyed digests of name
# and home: they recognise somebody whom a later file brings anew. `household` says that it holds for everybody at that home.
leave_alone = Table(
    "leave_alone", metadata, _text("id", primary_key=True), _text("elector"), Column("person_key", LargeBinary, nullable=False),
    Column("home_key", LargeBinary, nullable=False), _number("household"), _text("channel"), _text("until"), _text("why"), _text("fact"),
    _text("noted_on"), _text("officer"), _number("lifted"), _text("lifted_why"), _number("seq"),
    Index("ix_leave_alone_elector", "elector"), Index("ix_leave_alone_person", "person_key"), Index("ix_leave_alone_home", "home_key"))

TABLES = (canvass_fact, canvass_second, leave_alone)
