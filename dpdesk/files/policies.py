"""Party policies as files: lists the packs dpdesk brings, and reads one of them or any other as a checked `Policy`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from dpdesk import RESOURCES
from dpdesk.domain.policies import Policy, parse
from dpdesk.domain.policy_duties import KEYED
from dpdesk.domain.policy_readers import Fault, PolicyProblem

_FOLDER = RESOURCES / "policies"
_LARGEST = 256 * 1024
_OWN = frozenset({"code", "name", "version", "source", "policy_text"})
"""What each pack must say itself; the rest it may take over from the pack named in `extends`."""


def available() -> list[str]:
    """Codes of the packs dpdesk brings, in alphabetical order."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def load(code: str) -> Policy:
    """The pack `code` that dpdesk brings; PolicyProblem where there is none or it does not hold."""
    if code not in available():
        raise PolicyProblem("code", Fault.UNKNOWN)
    policy = parse(data_of(code))
    if policy.code != code:
        raise PolicyProblem("code", Fault.NOT_A_CHOICE)
    return policy


def load_from(path: Path) -> Policy:
    """The policy in the file at `path`; PolicyProblem where it does not hold, OSError where it cannot be read."""
    return parse(read(path))


def data_of(code: str) -> dict[str, Any]:
    """The pack `code` as plain data, with all it takes over; PolicyProblem where there is none."""
    if code not in available():
        raise PolicyProblem("code", Fault.UNKNOWN)
    return read(_FOLDER / f"{code}.toml")


def read(path: Path) -> dict[str, Any]:
    """The file at `path` as plain data, with all it takes over from the pack named in `extends`."""
    data = _read(path)
    if "extends" not in data:
        return data
    base = data.pop("extends")
    if base not in available():
        raise PolicyProblem("extends", Fault.NOT_A_CHOICE)
    inherited = {key: value for key, value in _read(_FOLDER / f"{base}.toml").items() if key not in _OWN}
    for key, by in KEYED.items():
        if isinstance(data.get(key), list) and isinstance(inherited.get(key), list):
            data[key] = _joined(inherited[key], data[key], by)
    return _over(inherited, data)


def _joined(inherited: list[Any], own: list[Any], by: str) -> list[Any]:
    """What is inherited, each entry replaced by the pack's own of the same key; what only the pack has follows."""
    mine = {entry[by]: entry for entry in own if isinstance(entry, dict) and by in entry}
    kept = [mine.pop(entry.get(by), entry) for entry in inherited]
    taken = [id(entry) for entry in kept]
    return [*kept, *(entry for entry in own if id(entry) not in taken)]


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """`own` laid over `base`; of the sections of devices each value by itself, so that a pack names only what differs."""
    laid = base | own
    if isinstance(base.get("device"), dict) and isinstance(own.get("device"), dict):
        laid["device"] = _deep(base["device"], own["device"])
    return laid


def _deep(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    return base | {key: _deep(base[key], value) if isinstance(value, dict) and isinstance(base.get(key), dict) else value
                   for key, value in own.items()}


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise PolicyProblem("", Fault.TOO_LARGE)
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # TOMLDecodeError and UnicodeDecodeError are both ValueErrors
        raise PolicyProblem("", Fault.NOT_TOML) from None
