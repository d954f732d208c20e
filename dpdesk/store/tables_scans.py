"""The tables of scanned pages; revision 0012 makes them. Spelt like those of `tables.py`."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, Table

from dpdesk.store.tables import _text, metadata


def _number(name: str) -> Column:
    return Column(name, Integer, nullable=False, server_default="0")


# One go at a pile: files, a scanner, a folder, the clipboard. `total` is how many pages it has, 0 while that is not known.
scan_batch = Table(
    "scan_batch", metadata, _text("id", primary_key=True), _text("via"), _text("state"), _text("at"), _text("ended_at"), _number("total"),
    _number("seq"), Index("ix_scan_batch_state", "state"))

# Where its pages came from: `digest` is SHA-256 of the file, `path` where it lies, `copy` its identity on the list of copies, where it
# stands once a page of ours was found in it.
scan_source = Table(
    "scan_source", metadata, _text("batch", primary_key=True), Column("number", Integer, primary_key=True), _text("name"), _text("path"),
    _text("digest"), _number("pages"), _text("copy"), _number("seq"), Index("ix_scan_source_digest", "digest"))

# Every page that came, whatever became of it; a page is here once its fate is settled, so a batch goes on where it was cut off.
scan_arrived = Table(
    "scan_arrived", metadata, _text("batch", primary_key=True), Column("source", Integer, primary_key=True),
    Column("at", Integer, primary_key=True), _text("fate"), _text("reason"), _text("page"), _text("sheet"), _number("number"),
    _number("copy"), _number("seq"), Index("ix_scan_arrived_sheet", "sheet", "number", "copy"))

# A picture of a piece of paper that is kept. `features` is what the reader measured, packed, so that rules can be changed later without
# scanning again; `instead_of` is a picture of the same page and copy that says something else.
scan_page = Table(
    "scan_page", metadata, _text("id", primary_key=True), _text("batch"), _text("sheet"), _number("page"), _number("copy"), _text("layout"),
    _number("boxes"), _text("state"), _text("at"), _number("bilevel"), _number("streaked"),
    Column("quality", Float, nullable=False, server_default="0"), _number("markers"), _text("ink"),
    Column("features", LargeBinary, nullable=False, server_default=""), _text("instead_of"), _text("done_at"), _text("erased_at"),
    _number("seq"), Index("ix_scan_page_sheet", "sheet", "page", "copy"), Index("ix_scan_page_state", "state"))

# Pictures lie apart, so that lists never touch them. `kind` is "straight" (lined up) or "raw" (still to be lined up).
scan_image = Table(
    "scan_image", metadata, _text("page", primary_key=True), _text("kind"), _text("media_type"), _number("width"), _number("height"),
    Column("content", LargeBinary, nullable=False))

# `read` and `answer` hold a letter a box (see `domain/scans.py`); `answered` is the entry of the log that decided the row.
scan_row = Table(
    "scan_row", metadata, _text("page", primary_key=True), Column("line", Integer, primary_key=True), _text("read"), _text("scores"),
    _text("looks"), _text("state"), _text("answer"), _text("note"), _text("sampled"), _text("blind"), _text("blind_by"), _text("blind_at"),
    _number("answered"), Index("ix_scan_row_state", "state"), Index("ix_scan_row_sampled", "sampled"))

# Scanners that were used: `pin` is the certificate it showed the first time.
scanner = Table(
    "scanner", metadata, _text("id", primary_key=True), _text("kind"), _text("name"), _text("host"), _number("port"), _text("root"),
    _number("tls"), _text("pin"), _text("used_at"), _number("seq"))

TABLES = (scan_batch, scan_source, scan_arrived, scan_page, scan_image, scan_row, scanner)
