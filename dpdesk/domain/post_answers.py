"""What a mail server's answer means: for the one person, or for the whole run. Codes are numbers; a server's words are not kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dpdesk.domain.post_states import Outcome

_ENHANCED = re.compile(rb"^([245]\.\d{1,3}\.\d{1,3})\b")


class Stage(StrEnum):
    """Which step of handing a message over was answered."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one message. `halts` is the code of why the run pauses, "" where it goes on; `gone`: no such mailbox."""

    outcome: Outcome
    code: str = ""
    halts: str = ""
    gone: bool = False


ACCEPTED = Answer(Outcome.SENT, "250")
LOST = Answer(Outcome.UNKNOWN, "")
"""The line broke after the message was handed over and before the server said whether it took it."""


def code_of(number: int, words: bytes) -> str:
    """The reply's number with its enhanced code, such as "550 5.1.1": nothing of what the server wrote."""
    found = _ENHANCED.match(words.strip())
    return f"{number} {found[1].decode()}" if found else str(number)


def judge(stage: Stage, number: int, words: bytes) -> Answer:
    """What a reply means (RFC 5321, 3463). A quota, a policy or a sender refused concerns the run, and nobody is blamed for it."""
    code = code_of(number, words)
    enhanced = code.partition(" ")[2][2:]
    if number in (250, 251, 252):
        return Answer(Outcome.SENT, code)
    if number == 421 or enhanced in ("4.5", "7.28") or (stage is Stage.SENDER and 400 <= number < 500):
        return Answer(Outcome.WAITING, code, "server_busy")
    if stage is Stage.SENDER or number in (530, 535, 538) or enhanced == "7.60":
        return Answer(Outcome.WAITING, code, "sender_refused")
    if number == 452 and enhanced == "5.3":
        return Answer(Outcome.WAITING, code, "server_busy")
    if 400 <= number < 500:
        return Answer(Outcome.DEFERRED, code)
    gone = stage is Stage.RECIPIENT and (enhanced.startswith("1.") or number in (550, 551, 553) and not enhanced)
    return Answer(Outcome.FAILED, code, gone=gone)
