"""The process in which age runs: what comes from outside is decrypted here, apart from the desk and its keys.

Sealing: recipients as arguments, plain bytes on stdin, sealed bytes on stdout. Opening: the path as argument, the identity as the first
line on stdin (what is to be opened follows it, for the path "-"), plain bytes on stdout. A failure is one JSON line on stderr; nothing
of anybody is ever in it.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import BinaryIO

_BUFFER = 1 << 20


def seal(source: BinaryIO, target: BinaryIO, recipients: list[str]) -> None:
    """Encrypt `source` to all recipients."""
    import pyrage
    pyrage.encrypt_io(source, target, [pyrage.x25519.Recipient.from_str(each) for each in recipients])


def unseal(source: BinaryIO, target: BinaryIO, identity: str) -> None:
    """Decrypt `source`."""
    import pyrage
    pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(identity)])


def reason(problem: BaseException) -> str:
    """A code for what went wrong: `not_for_you`, `cut`, `altered`, `not_a_package`, `disk_full`, `unreadable`."""
    said = str(problem).casefold()
    if isinstance(problem, OSError) and problem.errno == 28:
        return "disk_full"
    if "matching keys" in said:
        return "not_for_you"
    if "truncated" in said or "eof" in said or "fill whole buffer" in said:
        return "cut"
    if "header" in said and ("invalid" in said or "failed" in said or "unknown" in said):
        return "altered"
    return "unreadable" if isinstance(problem, FileNotFoundError | PermissionError) else "altered"


def _bounded() -> None:
    """No core dump that could hold a key."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _source(name: str) -> contextlib.AbstractContextManager[BinaryIO]:
    """The file of that name; "-" is what is left on stdin."""
    return contextlib.nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb")


def main(words: list[str]) -> int:
    """Do what `words` say; 0, or 1 with the reason on stderr."""
    _bounded()
    try:
        if words[0] == "seal":
            source = io.BufferedReader(io.FileIO(0, closefd=False), _BUFFER)
            with io.BufferedWriter(io.FileIO(1, "w", closefd=False), _BUFFER) as target:
                seal(source, target, words[1:])
        else:
            identity = sys.stdin.buffer.readline().decode("ascii").strip()
            with _source(words[1]) as source, io.BufferedWriter(io.FileIO(1, "w", closefd=False), _BUFFER) as target:
                unseal(source, target, identity)
    except BrokenPipeError:
        return 1
    except BaseException as problem:  # a panic in the library is one as well
        sys.stderr.write(json.dumps({"reason": reason(problem), "kind": type(problem).__name__}) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
