"""Presets of canvass codes as files: lists those dpdesk brings, and reads one."""

from __future__ import annotations

import tomllib

from dpdesk import RESOURCES
from dpdesk.domain.campaigns import Code, CodeSet, Outcome, Strength
from dpdesk.domain.errors import NotFound

_FOLDER = RESOURCES / "codes"


def available() -> list[str]:
    """Codes of the presets, in alphabetical order."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def load(preset: str) -> CodeSet:
    """The preset of that code, as a set that is not in the store yet; raises `NotFound`."""
    if preset not in available():
        raise NotFound("code_set", preset)
    data = tomllib.loads((_FOLDER / f"{preset}.toml").read_text("utf-8"))
    codes = tuple(Code(each["letter"], each["words"], Outcome(each.get("outcome", "spoke")), each.get("party", ""),
                       Strength(each.get("strength", "")), each.get("voted", False), each.get("box", False)) for each in data["codes"])
    return CodeSet("", data["name"], 0, codes, preset, data["scale"], data["against"])
