"""The tables of walks: rules of streets, sides and ranges, and houses put into their place by hand; revision 0006 makes them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from dpdesk.store.tables import _text, metadata


def _number(name: str) -> Column:
    return Column(name, Integer, nullable=False, server_default="0")


# `gone` is the log's number of what took the walk away: sheets printed for it still name it. `seq` is when it was made.
walk = Table(
    "walk", metadata, _text("id", primary_key=True), _text("district"), _number("number"), _text("name"), _number("seq"), _number("gone"),
    Index("ix_walk_district", "gone", "district", "number"))

walk_part = Table(
    "walk_part", metadata, Column("walk", Text, primary_key=True), Column("position", Integer, primary_key=True), _text("street"),
    _text("street_key"), _text("side"), _text("low"), _text("high"), _number("unnumbered"), _text("way"))

# A house without a number that is walked after another door of its street.
walk_place = Table(
    "walk_place", metadata, _text("district", primary_key=True), _text("street_key", primary_key=True), _text("door", primary_key=True),
    _text("after"), _number("seq"))

TABLES = (walk, walk_part, walk_place)
