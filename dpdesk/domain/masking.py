"""Contact details held back on a screen (S1 §23): enough is left to recognise them by, not enough to copy."""

from __future__ import annotations

MASKED = ("email", "mobile", "landline", "date_of_birth")
"""The fields that are masked until they are asked for."""


def masked(code: str, value: str) -> str:
    """A value as it shows while held back: "j•••@example.org", "••• 456", "•••• 1980"; other fields as they are."""
    if not value or code not in MASKED:
        return value
    if code == "email":
        local, at, host = value.rpartition("@")
        return f"{local[:1]}•••{at}{host}"
    if code == "date_of_birth":
        return f"•••• {value[:4]}"
    digits = [c for c in value if c.isdigit()]
    return f"••• {''.join(digits[-3:])}"
