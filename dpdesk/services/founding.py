"""The steps of founding a desk, as a state machine without a window: what each step needs before the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import passphrases
from dpdesk.services.desks import Founding

STEPS = ("you", "party", "policy", "passphrase", "place")


@dataclass
class FoundingSteps:
    """What was entered so far, and the step it is at. Nothing is written before the last step is done."""

    at: int = 0
    name: str = ""
    role: str = Role.ACCOUNTABLE.value
    policy: str = ""
    branch: str = ""
    read: str = ""  # the policy that was ticked as read
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    folder: Path | None = None

    @property
    def step(self) -> str:
        """The code of the present step."""
        return STEPS[self.at]

    def problems(self, step: str | None = None) -> dict[str, str]:
        """What is missing at a step: field code -> problem code."""
        return getattr(self, f"_{step or self.step}")()

    def next(self) -> bool:
        """Go on where nothing is missing."""
        if self.problems():
            return False
        self.at = min(self.at + 1, len(STEPS) - 1)
        return True

    def back(self) -> bool:
        """Go back; False at the first step."""
        if self.at == 0:
            return False
        self.at -= 1
        return True

    def founding(self) -> Founding:
        """What the desk is founded with; only once every step is complete."""
        missing = {code: why for step in STEPS for code, why in self.problems(step).items()}
        if missing:
            from dpdesk.domain.errors import Invalid
            raise Invalid(missing)
        return Founding(self.name.strip(), Role(self.role), self.policy, self.branch.strip(), Secret(self.passphrase))

    def _you(self) -> dict[str, str]:
        return {} if self.name.strip() else {"name": "missing"}

    def _party(self) -> dict[str, str]:
        return {code: "missing" for code in ("policy", "branch") if not getattr(self, code).strip()}

    def _policy(self) -> dict[str, str]:
        return {} if self.read and self.read == self.policy else {"read": "not_read"}

    def _passphrase(self) -> dict[str, str]:
        if not passphrases.strength(self.passphrase, (self.name, self.branch)).accepted:
            return {"passphrase": "weak"}
        return {} if self.passphrase == self.again else {"again": "differs"}

    def _place(self) -> dict[str, str]:
        return {} if self.folder is not None else {"folder": "missing"}
