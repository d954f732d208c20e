"""The tables of cards, packages, destinations, transfers and receipts; revision 0009 makes them. Spelt like those of `tables.py`."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from dpdesk.store.tables import _text, metadata


def _number(name: str, **more) -> Column:
    return Column(name, Integer, nullable=False, server_default="0", **more)


officer_card = Table(
    "officer_card", metadata, _text("id", primary_key=True), _text("officer"), _text("desk"), _text("name"), _text("role"),
    _text("branch"), _text("age"), _text("signing"), _text("made_at"), _text("signature"), _text("state"), _text("verified_at"),
    _text("verified_by"), _text("replaced_by"), _number("seq"), Index("ix_officer_card_officer", "officer"),
    Index("ix_officer_card_age", "age"))

# A package this desk sealed or took in. `digest` is the SHA-256 of its manifest, `file` its name under the desk's own `sealed` folder.
package = Table(
    "package", metadata, _text("id", primary_key=True), _text("way"), _text("kind"), _text("purpose"), _text("classification"),
    _text("made_at"), _text("expires_on"), _text("sender"), _text("recipients"), _text("items"), _text("facts"), _text("digest"),
    _number("size"), _number("sealed_size"), _text("file"), _text("state"), _text("at"), _text("destination"), _text("transfer"),
    _number("seq"), Index("ix_package_way", "way", "state"))

# What a package carries, by the noun of another capability: the sheets whose destruction waits for its receipt.
package_subject = Table(
    "package_subject", metadata, _text("package", primary_key=True), _text("kind", primary_key=True), _text("subject", primary_key=True),
    Index("ix_package_subject_of", "kind", "subject"))

destination = Table(
    "destination", metadata, _text("id", primary_key=True), _text("name"), _text("kind"), _text("address"), _text("place"), _text("user"),
    _text("region"), _text("pin"), _text("pinned_at"), _number("reads"), _text("tested_at"), _number("seq"))

transfer = Table(
    "transfer", metadata, _text("id", primary_key=True), _text("package"), _text("destination"), _text("state"), _text("problem"),
    _number("tries"), _text("next_try"), _text("queued_at"), _text("sent_at"), _text("ended_at"), _number("seq"),
    Index("ix_transfer_state", "state"), Index("ix_transfer_package", "package"))

transfer_part = Table(
    "transfer_part", metadata, _text("transfer", primary_key=True), _number("number", primary_key=True), _number("size"), _text("sha256"),
    _number("verified"))

# Receipts this desk got (`way` in) and gave (out), and confirmations that an officer recorded where a portal gives none.
receipt = Table(
    "receipt", metadata, _text("id", primary_key=True), _text("way"), _text("package"), _text("transfer"), _text("by"), _text("at"),
    _text("how"), Column("content", LargeBinary), Column("signature", LargeBinary), _number("seq"),
    Index("ix_receipt_package", "package"))

# A canvass pack, at both ends: `session` is the canvassing session, `card` the other end's, `snapshot` what was sent and how it stood.
pack = Table(
    "pack", metadata, _text("id", primary_key=True), _text("way"), _text("session"), _text("title"), _text("card"), _text("step"),
    _text("snapshot"), _text("out_at"), _text("returned_at"), _text("taken_at"), _text("erased_at"), _number("seq"),
    Index("ix_pack_session", "session"))

TABLES = (officer_card, package, package_subject, destination, transfer, transfer_part, receipt, pack)
