"""The tables of devices and disposals; revision 0008 makes them. Spelt like those of `tables.py`."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from dpdesk.store.tables import _text, metadata

_NOTED = ("at", "officer")


def _flag(name: str) -> Column:
    return Column(name, Integer, nullable=False, server_default="0")


# Every device an officer works on: this machine and others (S1 §27.1).
device = Table(
    "device", metadata, _text("id", primary_key=True), _text("name"), _text("officer"), _text("kind"), _text("ownership"),
    _flag("household"), _text("system"), _text("mark"), _text("added_at"), _text("retired_at"), Index("ix_device_mark", "mark"))

# One look at a device; `results` is JSON, nothing personal in it.
device_check = Table(
    "device_check", metadata, _text("id", primary_key=True), _text("device"), _text("at"), _text("officer"), _text("how"),
    _text("system"), _text("build"), _text("results"), Index("ix_device_check_of", "device", "at"))

# An officer's word on a point that no check could tell.
device_word = Table(
    "device_word", metadata, _text("id", primary_key=True), _text("device"), _text("point"), _text("officer"), _text("at"),
    _text("until"), _text("said"), _text("ended_at"), Index("ix_device_word_of", "device"))

# Permission to keep the desk on a personal device (27.5 against 27.6); `controls` is JSON, codes of points.
device_allowance = Table(
    "device_allowance", metadata, _text("id", primary_key=True), _text("device"), _text("why"), _text("controls"), _text("more"),
    _text("approved_by"), _text("approved_at"), _text("until"), _text("ended_at"), Index("ix_device_allowance_of", "device"))

# What was sanitised, destroyed, handed on or sent for repair (S1 §28).
disposal = Table(
    "disposal", metadata, _text("id", primary_key=True), *(_text(name) for name in (
        "number", "item", "description", "serial", "data_class", "means", "tool", "verified", "verified_by", "third_party", "certificate",
        "done_by", "place", "done_on", "authorised_by", "fate", "device", *_NOTED)), Index("ix_disposal_device", "device"))

# Who may repair media that hold confidential data (S1 §28.7).
repairer = Table(
    "repairer", metadata, _text("id", primary_key=True), _text("name"), _text("agreement"), _text("approved_by"), _text("approved_at"),
    _text("approved_until"), _text("ended_at"))

# Somebody leaves office or replaces a device (S1 §27.9); `steps` is JSON, what was done and when.
handover = Table(
    "handover", metadata, _text("id", primary_key=True), _text("device"), _text("officer"), _text("kind"), _text("successor"),
    _text("steps"), _text("begun_at"), _text("signed_by"), _text("signed_at"), _text("disposal"), _text("ended_at"),
    Index("ix_handover_device", "device"))

TABLES = (device, device_check, device_word, device_allowance, disposal, repairer, handover)
