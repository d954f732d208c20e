"""Small things that are signed and sealed like packages: the marker of a transfer, a receipt."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable, Iterator, Sequence

from dpdesk.domain.packages import BadPackage
from dpdesk.sealed.packages import MAGIC, run_worker
from dpdesk.sealed.signing import verified

SECONDS = 120
_EARLY = 512 * 1024  # what a worker takes in without giving anything out


def signed(content: bytes, sign: Callable[[bytes], bytes], words: bytes) -> bytes:
    """`content` with its signature (over `words` and it) on a line of its own."""
    return content + b"\n" + sign(words + content).hex().encode()


def unsigned(said: bytes) -> tuple[bytes, bytes]:
    """(content, signature) out of what `signed` made; raises `BadPackage("altered")`."""
    content, _, signature = said.rpartition(b"\n")
    try:
        return content, bytes.fromhex(signature.decode("ascii"))
    except ValueError as problem:
        raise BadPackage("altered") from problem


def check(content: bytes, signature: bytes, signing: str, words: bytes) -> None:
    """Raise `BadPackage("forged")` unless `signature` is by the holder of `signing`."""
    if not verified(signing, signature, words + content):
        raise BadPackage("forged")


def seal(content: bytes, recipients: Sequence[str]) -> bytes:
    """Seal a few bytes to age keys."""
    if not recipients:
        raise BadPackage("nobody")
    return _through("seal", *recipients, given=content)


@contextlib.contextmanager
def sealing(content: bytes, recipients: Sequence[str]) -> Iterator[Callable[[], bytes]]:
    """Begin to seal a few bytes in the background of what the block does; what it gives waits for the end and returns them."""
    if not recipients:
        raise BadPackage("nobody")
    with run_worker("seal", *recipients, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as (process, reason):
        early = len(content) <= _EARLY
        if early:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                process.stdin.write(content)
                process.stdin.close()
            process.stdin = None
        yield lambda: _answer(process, reason, None if early else content)


def unseal(sealed: bytes, identity: str) -> bytes:
    """Open what `seal` made; raises `BadPackage`."""
    if not sealed.startswith(MAGIC):
        raise BadPackage("not_a_package")
    return _through("open", "-", given=f"{identity}\n".encode() + sealed)


def _through(*words: str, given: bytes) -> bytes:
    with run_worker(*words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as (process, reason):
        return _answer(process, reason, given)


def _answer(process: subprocess.Popen, reason: Callable[[bytes], str], given: bytes | None) -> bytes:
    try:
        answer, said = process.communicate(given, timeout=SECONDS)
    except subprocess.TimeoutExpired as problem:
        raise BadPackage("worker") from problem
    if process.returncode != 0:
        raise BadPackage(reason(said))
    return answer
