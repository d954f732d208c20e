"""Tables of the policy's editions, of retention (holds, longer keeping, runs), of the yearly audit, of restrictions and of searches."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from dpdesk.store.tables import _text, metadata


def _number(name: str) -> Column:
    return Column(name, Integer, nullable=False, server_default="0")


# The party's policy as the branch adopted it, whole: an update of the program does not touch it (S1 §33).
policy_edition = Table(
    "policy_edition", metadata, _text("id", primary_key=True), _text("code"), _number("edition"), _number("reading"), _text("version"),
    _text("pack_version"), _text("pack"), _text("data"), _text("why"), _text("at"), _number("seq"),
    Index("ix_policy_edition_code", "code", "edition"))

# What must stay for now (S2 l.20-21), and what is kept longer with written approval (S1 §9.c).
retention_hold = Table(
    "retention_hold", metadata, _text("id", primary_key=True), _text("category"), _text("person"), _text("reason"), _text("review_on"),
    _text("placed_on"), _text("placed_by"), _text("ended_on"), _number("seq"), Index("ix_retention_hold_person", "person", "ended_on"))

retention_longer = Table(
    "retention_longer", metadata, _text("id", primary_key=True), _text("category"), _text("subject"), _text("until"), _text("reason"),
    _text("approved_on"), _text("approved_by"), _number("seq"), Index("ix_retention_longer_of", "category", "subject"))

# A run: proposed by a dry run, approved, carried out batch by batch; its items are identities, gone when the run is done.
retention_run = Table(
    "retention_run", metadata, _text("id", primary_key=True), _text("state"), _text("policy"), _text("planned_at"), _text("planned_by"),
    _text("parts"), _text("approved_at"), _text("approved_by"), _text("ended_at"), _text("certificate"), _number("seq"),
    Index("ix_retention_run_state", "state"))

retention_item = Table(
    "retention_item", metadata, _text("run", primary_key=True), _text("category", primary_key=True), _text("subject", primary_key=True),
    _text("state"))

# The yearly audit of the data: one guided session, its answers as JSON until it is signed, counts after.
data_audit = Table(
    "data_audit", metadata, _text("id", primary_key=True), _text("state"), _text("started_at"), _text("started_by"), _text("signed_at"),
    _text("signed_by"), _text("data"), _number("seq"), Index("ix_data_audit_state", "state"))

# A person whose data is only stored until a dispute is settled (UK GDPR Art 18): enforced wherever people are found or written to.
restriction = Table(
    "restriction", metadata, _text("id", primary_key=True), _text("person"), _text("ground"), _text("reason"), _text("since"),
    _text("lifted_on"), _number("seq"), Index("ix_restriction_person", "person", "lifted_on"))

# A search for everything about a person: what was searched, how much was found, why that is enough.
subject_search = Table(
    "subject_search", metadata, _text("id", primary_key=True), _text("person"), _text("at"), _text("by"), _text("words"), _text("found"),
    _text("why"), _number("seq"), Index("ix_subject_search_person", "person"))

TABLES = (policy_edition, retention_hold, retention_longer, retention_run, retention_item, data_audit, restriction, subject_search)
