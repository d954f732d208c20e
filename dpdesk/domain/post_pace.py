"""How fast an account may send: a provider's limits as data, and a limiter over rolling windows that never lets one too many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
_INSTANT = 1e-6


class Security(StrEnum):
    """How the line to a server is made safe; there is no third way."""

    TLS = "tls"
    STARTTLS = "starttls"


class SignIn(StrEnum):
    """How the officer signs in: a password made for this program, or OAuth 2."""

    PASSWORD = "password"
    OAUTH2 = "oauth2"


@dataclass(frozen=True, slots=True)
class Provider:
    """A mail provider's settings and limits as last read; 0 is no known limit. `checked` is the day they were read."""

    code: str
    name: str
    host: str
    port: int
    security: Security
    sign_in: SignIn
    per_minute: int
    per_hour: int
    per_day: int
    per_message: int
    token_url: str
    note: str
    checked: str


class Limiter:
    """Says how long to wait before the next message; `sent` are earlier instants in seconds, oldest first."""

    def __init__(self, provider: Provider, sent: Iterable[float] = ()) -> None:
        self._limits = [(most, span) for most, span in ((provider.per_minute, MINUTE), (provider.per_hour, HOUR),
                                                        (provider.per_day, DAY)) if most]
        self._sent = sorted(sent)

    @property
    def limited(self) -> bool:
        """Whether there is any limit."""
        return bool(self._limits)

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed in every window; 0 where it is allowed now."""
        longest = 0.0
        for most, span in self._limits:
            within = len(self._sent) - bisect_right(self._sent, now - span)
            if within >= most:
                longest = max(longest, self._sent[-most] + span - now, _INSTANT)  # nought only by rounding: one is still within
        return longest

    def note(self, now: float) -> None:
        """One more was sent."""
        self._sent.append(now)
