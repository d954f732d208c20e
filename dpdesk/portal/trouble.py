"""What servers, libraries and networks say when they refuse, as one code each; `services/wording/transfers.py` says it in words."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import ssl
from collections.abc import Iterator

from dpdesk.domain.errors import Hindered

_STATUS = re.compile(r"status: (\d{3})")
_FULL = ("nospace", "no space", "quota", "insufficient storage", "entitytoolarge", "disk full", "storagefull")
_NO_LOGIN = ("unauthorized", "invalidaccesskeyid", "signaturedoesnotmatch", "status: 401")
_GONE = ("connection refused", "dns error", "failed to lookup", "network is unreachable", "no route to host", "name or service not known",
         "connect error", "error trying to connect", "tcp connect error", "nodename nor servname")
_CUT = ("connection reset", "broken pipe", "connection closed", "incompletemessage", "unexpected eof", "body write aborted",
        "error sending request", "connection lost", "incompleteread", "eof occurred")


def code_of(problem: BaseException) -> tuple[str, str]:
    """(code, detail): the code of what went wrong, and the answer's number where there is one."""
    import opendal.exceptions as opendal
    said = _chain(problem).casefold()
    found = _STATUS.search(said)
    status = found[1] if found else ""
    if isinstance(problem, TimeoutError | asyncio.TimeoutError) or "timeout" in said or "timed out" in said:
        return "no_answer", ""
    if isinstance(problem, ssl.SSLCertVerificationError) or "certificate" in said:
        return "certificate", ""
    if status == "507" or any(word in said for word in _FULL):
        return "full", status
    if any(word in said for word in _NO_LOGIN):
        return "login", status
    if isinstance(problem, socket.gaierror | ConnectionRefusedError) or any(word in said for word in _GONE):
        return "no_network", ""
    if isinstance(problem, opendal.NotFound | FileNotFoundError) or "nosuchbucket" in said or status in ("404", "409"):
        return "not_there", status
    if isinstance(problem, opendal.PermissionDenied | PermissionError):
        return "not_allowed", status
    if isinstance(problem, ConnectionError) or any(word in said for word in _CUT):
        return "dropped", ""
    return "refused", status


def _chain(problem: BaseException) -> str:
    """All that an error and those behind it say."""
    said, seen = [], 0
    while problem is not None and seen < 5:
        said.append(f"{type(problem).__name__} {problem}")
        problem, seen = problem.__cause__ or problem.__context__, seen + 1  # type: ignore[assignment]
    return " ".join(said)


@contextlib.contextmanager
def named(place: str) -> Iterator[None]:
    """Turn whatever goes wrong with a server into `Hindered`; `place` is the officer's own name for it."""
    try:
        yield
    except Hindered:
        raise
    except Exception as problem:  # the libraries raise dozens of kinds, with their reasons as text
        from dpdesk.portal.sftp import ssh_code
        code, detail = ssh_code(problem) or code_of(problem)
        raise Hindered(f"transfers.{code}", {"place": place, "detail": detail or "–"}) from problem
