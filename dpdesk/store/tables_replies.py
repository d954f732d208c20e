"""The tables of mail that came back: suggestions to confirm, and addresses that do not work (revision 0004)."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from dpdesk.store.tables import _text, metadata

suggestion = Table(
    "suggestion", metadata, Column("id", Text, primary_key=True), Column("mail_key", LargeBinary, nullable=False), _text("person"),
    _text("kind"), _text("address"), _text("value"), _text("excerpt"), _text("wrote_on"), _text("at"), _text("state"), _text("decided_at"),
    _text("decided_by"), Column("decided_seq", Integer, nullable=False, server_default="0"), Column("seq", Integer, nullable=False),
    Index("ix_suggestion_mail", "mail_key", unique=True), Index("ix_suggestion_state", "state"), Index("ix_suggestion_person", "person"))

bounce = Table(
    "bounce", metadata, Column("key", LargeBinary, primary_key=True), Column("seq", Integer, primary_key=True), _text("kind"), _text("on"),
    Column("cleared_seq", Integer, nullable=False, server_default="0"))

REPLY_TABLES = (suggestion, bounce)
