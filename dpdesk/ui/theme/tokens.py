"""The look as values: one frozen set of colours and measures each for light, dark and their high-contrast forms."""

from __future__ import annotations

from typing import NamedTuple

SPACE = 8        # everything keeps to this rhythm, in pixels at 100 %
RADIUS = 6
TARGET = 32      # least height of what is pressed
BODY_POINTS = 10.5
TITLE_POINTS = 20.0
HEADING_POINTS = 13.0
SMALL_POINTS = 9.5
SHEET_MEASURE = 560.0  # pixels at 100 %: the width of a sheet of the gate


class Tokens(NamedTuple):
    """Colours by what they are for; text colours keep 4.5:1 on every surface they stand on, edges and focus 3:1."""

    name: str
    dark: bool
    window: str       # the page
    surface: str      # fields, tables, cards
    side: str         # the navigation
    text: str
    quiet: str        # secondary text
    line: str         # hairlines
    edge: str         # outlines of controls
    accent: str       # the one accent: main action, links, the bar of what is selected
    on_accent: str
    accent_hover: str
    tint: str         # selected or chosen
    hover: str
    danger: str
    on_danger: str
    danger_tint: str
    warning: str
    warning_tint: str
    done: str
    done_tint: str
    focus: str


LIGHT = Tokens(
    name="light", dark=False,
    window="#FBFAF7", surface="#FFFFFF", side="#F3F0EA", text="#22262A", quiet="#595E63", line="#E3DED5",
    edge="#8B8880", accent="#1D5563", on_accent="#FFFFFF", accent_hover="#153F4A", tint="#E1ECED", hover="#EBE7DF",
    danger="#9B2C22", on_danger="#FFFFFF", danger_tint="#FAEAE7", warning="#744900", warning_tint="#FAF0DA",
    done="#27603F", done_tint="#E6F1E8", focus="#1D5563")

DARK = Tokens(
    name="dark", dark=True,
    window="#191B1D", surface="#212427", side="#141618", text="#E8E5E0", quiet="#ACADAB", line="#34383B",
    edge="#7D8286", accent="#8FC6D1", on_accent="#0D2126", accent_hover="#B0DAE2", tint="#263B41", hover="#262A2C",
    danger="#F3A59C", on_danger="#2B0B08", danger_tint="#3D2624", warning="#E8BF74", warning_tint="#38301F",
    done="#97CFAB", done_tint="#21352A", focus="#8FC6D1")

STRONG_LIGHT = LIGHT._replace(
    name="strong_light", window="#FFFFFF", side="#FFFFFF", text="#000000", quiet="#1F1F1F", line="#5A5A5A",
    edge="#000000", accent="#003B47", accent_hover="#00242B", tint="#D3E6E9", focus="#000000")

STRONG_DARK = DARK._replace(
    name="strong_dark", window="#000000", surface="#000000", side="#000000", text="#FFFFFF", quiet="#E6E6E6",
    line="#A0A0A0", edge="#FFFFFF", accent="#A8E3EF", accent_hover="#D5F4FA", tint="#17343B", focus="#FFFFFF")

ALL = (LIGHT, DARK, STRONG_LIGHT, STRONG_DARK)

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("text", "window"), ("text", "surface"), ("text", "side"), ("text", "tint"), ("text", "hover"),
    ("quiet", "window"), ("quiet", "surface"), ("quiet", "side"), ("quiet", "tint"), ("quiet", "hover"),
    ("accent", "window"), ("accent", "surface"), ("accent", "side"), ("accent", "tint"), ("accent", "hover"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_danger", "danger"),
    ("danger", "window"), ("danger", "surface"), ("danger", "danger_tint"), ("text", "danger_tint"),
    ("warning", "window"), ("warning", "surface"), ("warning", "warning_tint"), ("text", "warning_tint"),
    ("done", "window"), ("done", "surface"), ("done", "done_tint"), ("text", "done_tint"))
EDGE_PAIRS: tuple[tuple[str, str], ...] = (
    ("edge", "window"), ("edge", "surface"), ("focus", "window"), ("focus", "surface"), ("focus", "side"),
    ("accent", "line"))


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` (WCAG 2.2)."""
    channels = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
