"""The tables of the desk, as SQLAlchemy Core knows them; the revisions in `revisions/` make them.

Instants are UTC ISO text, days ISO dates, identities 32 hex digits, unknown text is "".
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

from dpdesk.domain.members import CODES

metadata = MetaData()


def _text(name: str, **more) -> Column:
    return Column(name, Text, nullable=False, server_default="", **more)


setting = Table("setting", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

secret = Table("secret", metadata, Column("key", Text, primary_key=True), Column("value", LargeBinary, nullable=False))

officer = Table(
    "officer", metadata, Column("id", Text, primary_key=True), _text("name"), _text("role"), _text("standing"),
    _text("ends_on"), Column("signing_key", LargeBinary, nullable=False),
    Column("exchange_key", LargeBinary, nullable=False), _text("key_label"), _text("acknowledged_version"),
    _text("acknowledged_at"))

audit = Table(
    "audit", metadata, Column("seq", Integer, primary_key=True), _text("at"), _text("officer"), _text("action"),
    _text("subject_kind"), _text("subject"), _text("fields"), _text("facts"),
    Column("commitment", LargeBinary, nullable=False), Column("prev", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False), Column("signature", LargeBinary, nullable=False),
    Index("ix_audit_subject", "subject"), Index("ix_audit_action", "action"), Index("ix_audit_officer", "officer"))

history = Table(
    "history", metadata, Column("id", Integer, primary_key=True), Column("seq", Integer, nullable=False),
    _text("subject_kind"), _text("subject"), _text("fields"), Column("change", Text),
    Column("salt", LargeBinary), Column("commitment", LargeBinary, nullable=False),
    Index("ix_history_subject", "subject", "seq"), Index("ix_history_seq", "seq"))

member = Table(
    "member", metadata, Column("row", Integer, primary_key=True), Column("id", Text, nullable=False),
    _text("kind"), *(_text(code) for code in CODES),
    Column("added", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    _text("sort_name"), _text("match_email"))

# Kept apart from the table so that a bulk import may build them after its rows.
MEMBER_INDEXES = (
    Index("ix_member_id", member.c.id, unique=True),
    Index("ix_member_name", member.c.kind, member.c.sort_name),
    Index("ix_member_number", member.c.kind, member.c.number),
    Index("ix_member_postcode", member.c.kind, member.c.postcode),
    Index("ix_member_joined", member.c.kind, member.c.joined_on),
    Index("ix_member_status", member.c.kind, member.c.status, member.c.sort_name),
    Index("ix_member_email", member.c.match_email),
    Index("ix_member_born", member.c.date_of_birth, sqlite_where=text("date_of_birth <> ''"),
          postgresql_where=text("date_of_birth <> ''")),
)

SEARCH_COLUMNS = ("name", "number", "mail", "phone", "place", "sound")
SEARCH_DDL = ("CREATE VIRTUAL TABLE member_search USING fts5(name, number, mail, phone, place, sound, content='', "
              "contentless_delete=1, detail=column, prefix='2 3', tokenize=\"unicode61 remove_diacritics 2\")")

stop = Table(
    "stop", metadata, Column("id", Text, primary_key=True), _text("channel"), _text("reason"), _text("since"),
    _text("source"), Column("seq", Integer, nullable=False))

stop_key = Table(
    "stop_key", metadata, Column("key", LargeBinary, primary_key=True), Column("stop", Text, primary_key=True),
    _text("basis"), Index("ix_stop_key_stop", "stop"))

stop_lift = Table(
    "stop_lift", metadata, Column("stop", Text, primary_key=True), _text("consent"), _text("on"),
    Column("seq", Integer, nullable=False))

consent = Table(
    "consent", metadata, Column("id", Text, primary_key=True), _text("person"), _text("channel"), _text("given_on"),
    _text("method"), _text("wording"), _text("evidence"), _text("withdrawn_on"), _text("withdrawn_how"),
    Column("seq", Integer, nullable=False), _text("expires_on"), _text("wording_id"), Index("ix_consent_person", "person"),
    Index("ix_consent_channel", "channel", "withdrawn_on", "person"))

sharing = Table(
    "sharing", metadata, Column("id", Text, primary_key=True), _text("person"), _text("body"), _text("given_on"),
    _text("wording"), _text("withdrawn_on"), Column("seq", Integer, nullable=False), _text("expires_on"), _text("wording_id"),
    Index("ix_sharing_person", "person"))

note = Table(
    "note", metadata, Column("id", Text, primary_key=True), _text("person"), _text("text"), _text("classification"),
    _text("at"), Column("seq", Integer, nullable=False), Index("ix_note_person", "person"))

jotting = Table(
    "jotting", metadata, Column("officer", Text, primary_key=True), Column("key", Text, primary_key=True),
    _text("value"), _text("at"))

# Revision 0002: the list in depth, and the copies door.

copy = Table(
    "copy", metadata, Column("id", Text, primary_key=True), _text("kind"), _text("path"), _text("title"), _text("whom"),
    _text("why"), _text("classification"), _text("columns"), Column("people", Integer, nullable=False, server_default="0"),
    Column("persons", LargeBinary), _text("owner"), _text("made_at"), _text("delete_by"), _text("place"), _text("digest"),
    _text("state"), _text("closed_at"), _text("closed_by"), _text("closed_how"), Column("seq", Integer, nullable=False),
    Index("ix_copy_state", "state", "delete_by"))

list_import = Table(
    "list_import", metadata, Column("id", Text, primary_key=True), Column("seq", Integer, nullable=False), _text("file"),
    _text("digest"), Column("whole", Integer, nullable=False, server_default="0"), _text("counts"), _text("state"),
    _text("superseded_by"), Column("ended_seq", Integer, nullable=False, server_default="0"), _text("source_copy"),
    Index("ix_list_import_seq", "seq"))

not_same = Table(
    "not_same", metadata, Column("a", Text, primary_key=True), Column("b", Text, primary_key=True), _text("at"),
    Column("seq", Integer, nullable=False))

merge = Table(
    "merge", metadata, Column("id", Text, primary_key=True), _text("kept"), _text("gone"), _text("at"), _text("before"),
    Column("seq", Integer, nullable=False), Column("undone_seq", Integer, nullable=False, server_default="0"),
    Index("ix_merge_kept", "kept"), Index("ix_merge_gone", "gone"))

archive = Table(
    "archive", metadata, Column("person", Text, primary_key=True), Column("row", Integer, nullable=False), _text("on"),
    _text("why"), Column("seq", Integer, nullable=False), Index("ix_archive_row", "row"))

erasure = Table(
    "erasure", metadata, Column("person", Text, primary_key=True), _text("how"), _text("label"), _text("on"), _text("why"),
    _text("kept"), _text("certificate"), Column("seq", Integer, nullable=False))

capacity = Table(
    "capacity", metadata, Column("id", Text, primary_key=True), _text("person"), _text("capacity"), _text("since"),
    _text("until"), _text("detail"), Column("seq", Integer, nullable=False), Index("ix_capacity_person", "person"),
    Index("ix_capacity_capacity", "capacity", "until", "person"))

enquiry = Table(
    "enquiry", metadata, Column("id", Text, primary_key=True), _text("person"), _text("asked_on"), _text("channel"),
    _text("handle"), _text("place"), _text("query"), _text("last_contact_on"), _text("hold_reason"), _text("hold_review_on"),
    _text("closed_on"), Column("seq", Integer, nullable=False), Index("ix_enquiry_person", "person"),
    Index("ix_enquiry_last", "last_contact_on"))

wording = Table(
    "wording", metadata, Column("id", Text, primary_key=True), _text("purpose"),
    Column("version", Integer, nullable=False), _text("text"), _text("since"), Column("seq", Integer, nullable=False),
    Index("ix_wording_purpose", "purpose", "version", unique=True))

asking = Table(
    "asking", metadata, Column("id", Text, primary_key=True), _text("person"), _text("purpose"), _text("asked_on"),
    _text("wording_id"), _text("how"), _text("answer"), _text("answered_on"), Column("seq", Integer, nullable=False),
    Index("ix_asking_person", "person"), Index("ix_asking_purpose", "purpose", "answer"))

attachment = Table(
    "attachment", metadata, Column("id", Text, primary_key=True), _text("person"), _text("of_kind"), _text("of"),
    _text("name"), _text("media_type"), Column("size", Integer, nullable=False), _text("digest"),
    Column("content", LargeBinary), Column("seq", Integer, nullable=False), Index("ix_attachment_of", "of"),
    Index("ix_attachment_person", "person"))

# Revision 0003: post.

mailing = Table(
    "mailing", metadata, Column("id", Text, primary_key=True), _text("purpose"), _text("basis"), _text("subject"), _text("body"),
    _text("route"), _text("state"), _text("template"), _text("audience"), _text("made_by"), _text("made_at"), _text("started_at"),
    _text("ended_at"), _text("approved_by"), _text("account"), _text("sender_name"), _text("sender_address"),
    _text("classification"), _text("pause"), _text("tally"), Column("seq", Integer, nullable=False),
    Index("ix_mailing_state", "state"))

mail_recipient = Table(
    "mail_recipient", metadata, Column("id", Integer, primary_key=True), Column("mailing", Text, nullable=False), _text("person"),
    _text("outcome"), _text("code"), _text("at"), Column("tries", Integer, nullable=False, server_default="0"), _text("token"),
    Index("ix_mail_recipient_mailing", "mailing", "outcome"), Index("ix_mail_recipient_person", "person"),
    Index("ix_mail_recipient_token", "token"))

mail_left_out = Table(
    "mail_left_out", metadata, Column("mailing", Text, primary_key=True), Column("reason", Text, primary_key=True),
    Column("people", Integer, nullable=False))

mail_account = Table(
    "mail_account", metadata, Column("id", Text, primary_key=True), _text("name"), _text("provider"), _text("host"),
    Column("port", Integer, nullable=False), _text("security"), _text("sign_in"), _text("username"), _text("sender_name"),
    _text("sender_address"), _text("limits"), _text("authority"), Column("seq", Integer, nullable=False))

processor = Table(
    "processor", metadata, Column("id", Text, primary_key=True), _text("name"), _text("service"), _text("agreed_on"),
    _text("ends_on"), _text("evidence"), _text("ended_on"), Column("seq", Integer, nullable=False))

# What nobody may do by mistake: the log, the stops and their lifts only ever grow.
GUARDED = {"audit": ("UPDATE", "DELETE"), "stop": ("UPDATE", "DELETE"), "stop_key": ("UPDATE", "DELETE"),
           "stop_lift": ("UPDATE", "DELETE")}


def guards() -> list[str]:
    """Statements that make the guarded tables append-only on SQLite."""
    return [f"CREATE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'append only'); END"
            for table, verbs in GUARDED.items() for verb in verbs]
