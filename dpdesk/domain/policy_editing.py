"""Editing a policy: its values by path as text, changed and put back, and what differs between two texts of it.

A path is "regulator.name", "retention.enquiries.months", "notices.members.text": lists of tables are entered by their key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from dpdesk.domain.policy_duties import KEYED
from dpdesk.domain.policy_readers import Fault, PolicyProblem

KEYS = KEYED | {"refused_columns": "kind", "confidentiality_classes": "code", "recipient_bodies": "code", "post_why": "purpose"}
FIXED = ("code", "version")
"""Not for editing: which party, and the day, which is set when an edition is adopted."""
READ_ANEW = ("policy_text", "retention", "decides_breach", "forwarded", "report_incidents_to", "incident_report_hours",
             "training_every_months", "training_live_induction", "acknowledge_every_months", "recipient_bodies", "parental_consent_under",
             "consent_lasts_months", "enquiries_kept_months", "registers_kept_months", "post_kept_months", "copies_deleted_after_days")
"""What officers act on: where one of these differs everybody reads the policy anew (S1 §23, §33)."""


@dataclass(frozen=True)
class Difference:
    """One value that differs: by path, before and after, "" where it is not there; `anew` where everybody has to read it."""

    path: str
    before: str
    after: str

    @property
    def anew(self) -> bool:
        """Whether officers act on it."""
        return self.path.partition(".")[0] in READ_ANEW


def flat(data: Mapping[str, Any]) -> dict[str, str]:
    """Every value by its path, as text: lists of words with ", " between, yes and no for true and false."""
    return dict(_walk(data, ""))


def _walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _walk(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and path in KEYS:
        for entry in value:
            yield from _walk({key: inner for key, inner in entry.items() if key != KEYS[path]}, f"{path}.{entry[KEYS[path]]}")
    else:
        yield path, said(value)


def said(value: Any) -> str:
    """A value as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def changed(data: Mapping[str, Any], changes: Mapping[str, str]) -> dict[str, Any]:
    """`data` with the values at some paths replaced, each read as what stood there; raises `PolicyProblem` for a path or value."""
    made: dict[str, Any] = deepcopy(dict(data))
    for path, typed in changes.items():
        if path.partition(".")[0] in FIXED:
            raise PolicyProblem(path, Fault.UNKNOWN)
        place, last = _place(made, path)
        place[last] = _read(place[last], typed, path)
    return made


def _place(data: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    """The table a path's last step is in; a step may itself hold a dot ("27.3a")."""
    place: Any = data
    steps = path.split(".")
    while len(steps) > 1 and ".".join(steps) not in place:
        entered = _entered(place, steps)
        if entered is None:
            raise PolicyProblem(path, Fault.UNKNOWN)
        place, steps = entered
    name = ".".join(steps)
    if name not in place or isinstance(place[name], dict) or name in KEYS:
        raise PolicyProblem(path, Fault.UNKNOWN)
    return place, name


def _entered(place: dict[str, Any], steps: list[str]) -> tuple[dict[str, Any], list[str]] | None:
    """One table further in, and the steps that are left: into a table, or into the entry of a list that has the key."""
    for width in (1, 2):
        inner, left = place.get(".".join(steps[:width])), steps[width:]
        if isinstance(inner, dict) and left:
            return inner, left
        if isinstance(inner, list) and steps[0] in KEYS:
            for keyed in (1, 2):
                for entry in inner:
                    if entry[KEYS[steps[0]]] == ".".join(left[:keyed]) and left[keyed:]:
                        return entry, left[keyed:]
    return None


def _read(stood: Any, typed: str, path: str) -> Any:
    text = typed.strip()
    if isinstance(stood, bool):
        if text.casefold() not in ("yes", "no", ""):
            raise PolicyProblem(path, Fault.NOT_A_CHOICE)
        return text.casefold() == "yes"
    if isinstance(stood, list):
        return [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]
    if text.isdigit() and (isinstance(stood, int) or path.endswith(".months")):
        return int(text)
    if isinstance(stood, int) and not path.endswith(".months"):
        raise PolicyProblem(path, Fault.WRONG_TYPE)
    return text


def differences(before: Mapping[str, Any], after: Mapping[str, Any], leaving: Iterable[str] = FIXED) -> list[Difference]:
    """What differs, in the order of `after`; what is gone comes last."""
    old, new = flat(before), flat(after)
    left = set(leaving)
    paths = [*new, *(path for path in old if path not in new)]
    return [Difference(path, old.get(path, ""), new.get(path, "")) for path in paths
            if path not in left and old.get(path) != new.get(path)]


def filled(pack: Mapping[str, Any], adopted: Mapping[str, Any]) -> dict[str, Any]:
    """What the branch adopted, with only those keys and entries of the pack that it does not know yet: an update overwrites nothing."""
    made = {**pack, **adopted}
    for key, by in KEYS.items():
        if isinstance(pack.get(key), list) and isinstance(adopted.get(key), list):
            known = {entry[by] for entry in adopted[key]}
            made[key] = [*adopted[key], *(entry for entry in pack[key] if entry[by] not in known)]
    return made
