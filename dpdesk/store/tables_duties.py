"""The tables of the duties: entries of every register, what happened to each (append-only), and whom they are about (revision 0010)."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from dpdesk.store.tables import _text, metadata


def _number(name: str) -> Column:
    return Column(name, Integer, nullable=False, server_default="0")


duty = Table(
    "duty", metadata, _text("id", primary_key=True), _text("register"), _number("number"), _text("state"), _text("heading"),
    _text("content"), _text("opened_at"), _text("changed_at"), _text("ended_at"), _text("officer"), _number("seq"),
    Index("ix_duty_number", "register", "number", unique=True), Index("ix_duty_open", "register", "ended_at"))

duty_event = Table(
    "duty_event", metadata, _text("id", primary_key=True), _text("duty"), _text("at"), _text("on"), _text("kind"), _text("move"),
    _text("before"), _text("after"), _text("fields"), _text("note"), _text("officer"), _number("seq"),
    Index("ix_duty_event_duty", "duty", "id"), Index("ix_duty_event_at", "at"))

duty_person = Table(
    "duty_person", metadata, _text("id", primary_key=True), _text("duty"), _text("person"), _number("seq"),
    Index("ix_duty_person_duty", "duty"), Index("ix_duty_person_person", "person"))

TABLES = (duty, duty_event, duty_person)


def guards() -> list[str]:
    """Statements that keep what happened to an entry from being changed, on SQLite; it goes only with its entry."""
    return ["CREATE TRIGGER guard_duty_event_update BEFORE UPDATE ON duty_event BEGIN SELECT RAISE(ABORT, 'append only'); END",
            "CREATE TRIGGER guard_duty_event_delete BEFORE DELETE ON duty_event WHEN EXISTS (SELECT 1 FROM duty WHERE duty.id = OLD.duty) "
            "BEGIN SELECT RAISE(ABORT, 'append only'); END"]
