"""Founding a desk in steps: what each needs, what is wrong with it, and when one may go on. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret

if TYPE_CHECKING:
    from dpdesk.services.desks import Founding

YOU, PARTY, POLICY, PASSPHRASE, PLACE, KIT = "you", "party", "policy", "passphrase", "place", "kit"
STEPS = (YOU, PARTY, POLICY, PASSPHRASE, PLACE, KIT)
_LOOK_ALIKE = str.maketrans("OIL", "011")
_PROVED = 2  # groups of the recovery key that are typed to prove that it is on paper


def proves(key: Secret, typed: str) -> bool:
    """Whether `typed` are the last two groups of the recovery key, whatever the case, spaces and look-alikes."""
    def plain(words: str) -> str:
        return "".join(c for c in words.upper().translate(_LOOK_ALIKE) if c.isalnum())
    return plain(typed) == plain("".join(key.text().split("-")[-_PROVED:]))


@dataclass
class Answers:
    """What the founder has entered so far. `policy_read` is the code of the policy whose text was read."""

    name: str = ""
    role: Role = Role.ACCOUNTABLE
    policy_code: str = ""
    branch: str = ""
    policy_read: str = ""
    passphrase: str = ""
    repeated: str = ""
    folder: Path | None = None


class FoundingSteps:
    """Where the founder is, and what they have answered. After `created` there is no way back."""

    def __init__(self) -> None:
        self.answers = Answers()
        self._at = 0

    @property
    def step(self) -> str:
        """The step one is at."""
        return STEPS[self._at]

    @property
    def number(self) -> int:
        """The step's place, from 0."""
        return self._at

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier step to return to."""
        return 0 < self._at < STEPS.index(KIT)

    def problems_of(self, step: str) -> Mapping[str, str]:
        """What keeps one from leaving `step`: field -> code (`missing`, `not_read`, `differs`, or why it is weak)."""
        answers = self.answers
        if step == YOU:
            return _missing(name=answers.name)
        if step == PARTY:
            return _missing(policy_code=answers.policy_code, branch=answers.branch)
        if step == POLICY:
            return {} if answers.policy_read == answers.policy_code else {"policy_read": "not_read"}
        if step == PASSPHRASE:
            return self._passphrase_problems()
        return _missing(folder=str(answers.folder or "")) if step == PLACE else {}

    def _passphrase_problems(self) -> dict[str, str]:
        from dpdesk.files import policies
        from dpdesk.services.passphrases import strength
        answers = self.answers
        if not answers.passphrase:
            return {"passphrase": "missing"}
        least = policies.load(answers.policy_code).passphrase_minimum_score
        found = strength(answers.passphrase, (answers.name, answers.branch), least)
        if not found.accepted:
            return {"passphrase": found.reason}
        return {} if answers.repeated == answers.passphrase else {"repeated": "differs"}

    def next(self) -> Mapping[str, str]:
        """One step on where nothing is wrong; returns what is. The last step is reached by `created` alone."""
        problems = self.problems_of(self.step)
        if not problems and self.step not in (PLACE, KIT):
            self._at += 1
        return problems

    def back(self) -> bool:
        """One step back; False where there is none."""
        if not self.can_go_back:
            return False
        self._at -= 1
        return True

    def founding(self) -> Founding:
        """Everything that creating the desk needs."""
        from dpdesk.services.desks import Founding
        answers = self.answers
        return Founding(answers.name, answers.role, answers.policy_code, answers.branch, Secret(answers.passphrase))

    def created(self) -> None:
        """The desk is there: the passphrase is forgotten here, and the recovery kit is what is left."""
        self.answers.passphrase = self.answers.repeated = ""
        self._at = STEPS.index(KIT)


def _missing(**fields: str) -> dict[str, str]:
    return {field: "missing" for field, value in fields.items() if not value.strip()}
