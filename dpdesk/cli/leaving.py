"""How the command line asks the guard before a copy leaves the desk."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.domain.copies import Answer, CopyKind
from dpdesk.domain.errors import PlaceRefused
from dpdesk.services.words import sentence, tr


def accepted(call: Call, path: Path, kind: CopyKind) -> str:
    """The guard's code the officer accepts for `path`, "" where the place is fine; raises `PlaceRefused` where it is not."""
    from dpdesk.services import copies
    verdict = copies.judge(path, kind)
    if verdict.answer is Answer.FINE:
        return ""
    refused = PlaceRefused(verdict.code, verdict.name, final=verdict.answer is Answer.STOPPED)
    if refused.final or not call.confirmed(tr("{what} Write it there all the same?", what=sentence(refused).what)):
        raise refused
    return verdict.code
