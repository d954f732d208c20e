"""The tables of campaigns, canvassing sessions and the register of sheets; revision 0007 makes them. Spelt like those of `tables.py`."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from dpdesk.store.tables import _text, metadata


def _number(name: str, **more) -> Column:
    return Column(name, Integer, nullable=False, server_default="0", **more)


# Codes of a campaign: a set never changes, an edit is a new version, so that a raw code keeps the meaning it had.
code_set = Table(
    "code_set", metadata, _text("id", primary_key=True), _text("name"), _number("version"), _text("preset"), _text("codes"), _text("since"),
    _number("seq"), Index("ix_code_set_name", "name", "version", unique=True))

# `assessment` is the identity of the assessment of the lawful basis, "" until there is one.
campaign = Table(
    "campaign", metadata, _text("id", primary_key=True), _text("name"), _text("codes"), _text("polling_day"), _text("basis"),
    _text("condition"), _text("basis_why"), _text("assessment"), _text("columns"), _text("made_at"), _text("closed_at"), _number("seq"))

campaign_question = Table(
    "campaign_question", metadata, _text("id", primary_key=True), _text("campaign"), _number("place"), _text("letter"), _text("text"),
    _text("ended_at"), _number("seq"), Index("ix_campaign_question_campaign", "campaign", "place"))

briefing = Table(
    "briefing", metadata, _text("id", primary_key=True), Column("version", Integer, nullable=False, unique=True), _text("text"),
    _text("since"), _number("seq"))

# `storage` and `protected` say where sheets lie and whether water and fire are kept off (S1 23.1-23.3); `authorised_*` who let them go.
canvass_session = Table(
    "canvass_session", metadata, _text("id", primary_key=True), _text("campaign"), _text("on_day"), _text("starts"), _text("place"),
    _text("senior"), _text("back_by"), _text("storage"), _text("storage_kind"), _text("protected"), _text("authorised_by"),
    _text("authorised_on"), _text("authorised_where"), _text("state"), _text("made_at"), _text("begun_at"), _text("closed_at"),
    _number("seq"), Index("ix_canvass_session_campaign", "campaign"), Index("ix_canvass_session_state", "state"))

# Who takes part: `of` is where the name comes from (member, officer, name), `person` the identity there. `pin` is a keyed hash.
session_person = Table(
    "session_person", metadata, _text("id", primary_key=True), _text("session"), _text("of"), _text("person"), _text("name"),
    _text("role"), _text("pin"), _number("seq"), Index("ix_session_person_session", "session"), Index("ix_session_person_person", "person"))

allotment = Table(
    "allotment", metadata, _text("id", primary_key=True), _text("session"), _number("place"), _text("kind"), _text("title"), _text("walk"),
    _text("district"), _text("street"), _text("wanted"), _text("holder"), _text("variant"), _number("seq"),
    Index("ix_allotment_session", "session", "place"))

sheet = Table(
    "sheet", metadata, _text("id", primary_key=True), _text("allotment"), _text("session"), _text("campaign"), _text("kind"),
    _number("number"), _text("title"), _text("layout"), _text("columns"), _text("boxes"), _text("codes"), _number("pages"),
    _number("people"), _text("state"), _text("made_at"), _text("back_by"), _text("entered_at"), _text("verified_at"), _number("seq"),
    Index("ix_sheet_session", "session"), Index("ix_sheet_state", "state"), Index("ix_sheet_allotment", "allotment"))

# Who is on which line, as it was when the sheet was made: a blank line stands for somebody who is not to be contacted.
sheet_row = Table(
    "sheet_row", metadata, _text("sheet", primary_key=True), Column("page", Integer, primary_key=True),
    Column("line", Integer, primary_key=True), _text("elector"), _number("blank"), Index("ix_sheet_row_elector", "elector"))

# Each piece of paper: a page of a sheet as printed the first, second, ... time.
page_copy = Table(
    "page_copy", metadata, _text("sheet", primary_key=True), Column("page", Integer, primary_key=True),
    Column("copy", Integer, primary_key=True), _text("state"), _text("work"), _text("before"), _number("paper"), _number("written_off"),
    _text("holder"), _text("since"), _text("destruction"), Index("ix_page_copy_state", "state"))

# Custody: one row for each piece of paper that changed hands or state; `ack` is the acknowledgement it rests on.
custody = Table(
    "custody", metadata, _text("id", primary_key=True), _text("sheet"), _number("page"), _number("copy"), _text("move"), _text("state"),
    _text("giver"), _text("taker"), _text("role"), _text("at"), _text("place"), _text("note"), _text("how"), _text("ack"), _number("seq"),
    Index("ix_custody_sheet", "sheet", "page", "copy"), Index("ix_custody_ack", "ack"))

acknowledgement = Table(
    "acknowledgement", metadata, _text("id", primary_key=True), _text("holder"), _text("how"), _text("briefing"), _text("signature"),
    _text("officer"), _text("at"), _number("seq"), Index("ix_acknowledgement_holder", "holder"))

# A page that is not there: `incident` is the identity of the incident it became, "" until there is one.
sheet_loss = Table(
    "sheet_loss", metadata, _text("id", primary_key=True), _text("sheet"), _text("pages"), _text("missed_at"), _text("told_at"),
    _text("how"), _text("incident"), _text("ended_at"), _text("ended"), _text("ended_why"), _number("seq"),
    Index("ix_sheet_loss_sheet", "sheet"))

destruction = Table(
    "destruction", metadata, _text("id", primary_key=True), _text("number"), _text("method"), _text("shred_class"), _text("place"),
    _text("at"), _text("by"), _text("witness"), _text("contractor"), _text("reasons"), _number("sheets"), _number("pages"),
    _number("seq"), Index("ix_destruction_number", "number", unique=True))

TABLES = (code_set, campaign, campaign_question, briefing, canvass_session, session_person, allotment, sheet, sheet_row, page_copy,
          custody, acknowledgement, sheet_loss, destruction)
