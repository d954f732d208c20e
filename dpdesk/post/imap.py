"""Reads one folder of a mailbox over IMAP4 and TLS, and changes nothing there: EXAMINE and BODY.PEEK, never SELECT or STORE.

The server's certificate is verified. What it sends is bounded: message by message, and in all.
"""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from dpdesk.domain.errors import Cancelled, MailboxFailed
from dpdesk.domain.secret import Secret

TIMEOUT = 30
_CONNECT = 10
_LOOK_UP = 0.25  # seconds after which a wait looks whether it was cancelled: locking the desk does not wait for a server
LARGEST = 2 << 20
MOST = 2_000
_BUDGET = 16 << 20
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Server:
    """Where a mailbox is, whose, which folder; `method` is `password` or `oauth2` (the secret is then an access token)."""

    host: str
    port: int
    user: str
    folder: str = "INBOX"
    method: str = "password"


@dataclass(frozen=True)
class Position:
    """How far a folder was read: the folder's validity, and the last UID of it."""

    validity: int = 0
    last: int = 0


class _Bounded(imaplib.IMAP4_SSL):
    """An IMAP connection on which one command never brings more than `_BUDGET` bytes, and whose waits can be cancelled."""

    def __init__(self, server: Server, trust: ssl.SSLContext, cancelled: Callable[[], bool]) -> None:
        self.left = _BUDGET
        self._cancelled, self._held = cancelled, bytearray()
        super().__init__(server.host, server.port, ssl_context=trust, timeout=min(_CONNECT, TIMEOUT))

    def read(self, size: int) -> bytes:
        """So many bytes."""
        if size > self.left:
            raise self.abort("too much")
        while len(self._held) < size:
            self._more()
        return self._take(size)

    def readline(self) -> bytes:
        """A line; what was told before an end without one."""
        while (end := self._held.find(b"\n")) < 0:
            self._more()
        return self._take(end + 1)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def _more(self) -> None:
        """Wait for more of what the server says."""
        until = time.monotonic() + TIMEOUT
        self.sock.settimeout(min(_LOOK_UP, TIMEOUT))
        while not self._cancelled():
            try:
                some = self.sock.recv(65_536)
            except TimeoutError:
                if time.monotonic() > until:
                    raise
                continue
            self.left -= len(some)
            if not some or self.left < 0:
                raise self.abort("ended, or too much")
            self._held += some
            return
        raise Cancelled()


class Folder:
    """An open folder, for reading only. Use it as a context; every failure is a `MailboxFailed`, or `Cancelled`."""

    def __init__(self, server: Server, secret: Secret, trust: ssl.SSLContext | None = None,
                 cancelled: Callable[[], bool] | None = None) -> None:
        self._server, self._secret, self._trust = server, secret, trust
        self._cancelled = cancelled or (lambda: False)
        self._imap: _Bounded | None = None
        self.validity = 0

    def __enter__(self) -> Folder:
        try:
            with self._failures():
                self._imap = _Bounded(self._server, self._trust or ssl.create_default_context(), self._cancelled)
                self._log_in()
                self._examine()
        except BaseException:
            self._leave(politely=False)
            raise
        return self

    def __exit__(self, kind: object, *_more: object) -> None:
        self._leave(politely=kind is None)

    def _leave(self, *, politely: bool) -> None:
        """Hang up; a server that failed is not waited for again."""
        if self._imap is not None:
            with contextlib.suppress(OSError, imaplib.IMAP4.error, Cancelled):
                if politely:
                    self._imap.logout()
            with contextlib.suppress(OSError):
                self._imap.shutdown()
            self._imap = None

    @contextlib.contextmanager
    def _failures(self) -> Iterator[None]:
        host = self._server.host
        try:
            yield
        except ssl.SSLCertVerificationError:
            raise MailboxFailed(host, "certificate") from None
        except ssl.SSLError:
            raise MailboxFailed(host, "no_tls") from None
        except TimeoutError:
            raise MailboxFailed(host, "no_answer") from None
        except imaplib.IMAP4.abort:
            raise MailboxFailed(host, "cut" if self._imap is not None else "not_imap") from None
        except (imaplib.IMAP4.error, ValueError, IndexError, UnicodeError):
            raise MailboxFailed(host, "not_imap") from None
        except (socket.gaierror, ConnectionRefusedError):
            raise MailboxFailed(host, "no_server") from None
        except OSError:
            raise MailboxFailed(host, "no_server" if self._imap is None else "cut") from None

    def _log_in(self) -> None:
        assert self._imap is not None
        user, secret = self._server.user, self._secret.text()
        if any(c in user + secret for c in "\r\n\0"):
            raise MailboxFailed(self._server.host, "login")
        try:
            if self._server.method == "oauth2":
                self._imap.authenticate("XOAUTH2", lambda _more: f"user={user}\1auth=Bearer {secret}\1\1".encode())
            elif (user + secret).isascii():
                self._imap.login(_quoted(user), secret)
            else:
                self._imap.authenticate("PLAIN", lambda _more: f"\0{user}\0{secret}".encode())
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            raise MailboxFailed(self._server.host, "login") from None

    def _examine(self) -> None:
        assert self._imap is not None
        answer, _count = self._imap.select(_quoted(_utf7(self._server.folder)), readonly=True)
        if answer != "OK":
            raise MailboxFailed(self._server.host, "no_folder", self._server.folder)
        told = self._imap.response("UIDVALIDITY")[1]
        self.validity = int(told[0]) if told and told[0] else 0

    def after(self, position: Position, since: date) -> list[int]:
        """The UIDs that were not read yet, oldest first; all since a day where the folder was made anew."""
        assert self._imap is not None
        with self._failures():
            fresh = position.validity != self.validity or not position.last
            wanted = f"SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}" if fresh else f"UID {position.last + 1}:*"
            self._imap.left = _BUDGET
            answer, found = self._imap.uid("SEARCH", wanted)
            if answer != "OK":
                raise MailboxFailed(self._server.host, "not_imap")
            uids = sorted({int(each) for each in b" ".join(line for line in found if line).split()})
            return [uid for uid in uids if fresh or uid > position.last]

    def message(self, uid: int) -> bytes:
        """The beginning of a message, up to `LARGEST` bytes; b"" where it has gone."""
        assert self._imap is not None
        with self._failures():
            self._imap.left = _BUDGET
            answer, found = self._imap.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)")
            if answer != "OK":
                raise MailboxFailed(self._server.host, "not_imap")
            return next((bytes(each[1]) for each in found if isinstance(each, tuple) and len(each) > 1), b"")


def _quoted(text: str) -> str:
    """A quoted string of the protocol."""
    if any(c in text for c in "\r\n\0"):
        raise ValueError("control character")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(name: str) -> str:
    """The name of a folder as IMAP spells it (RFC 3501 §5.1.3)."""
    spelt, run = [], ""
    for c in f"{name}\0":
        if c != "\0" and not " " <= c <= "~":
            run += c
            continue
        if run:
            letters = b64encode(run.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
            spelt.append(f"&{letters}-")
            run = ""
        spelt.append("&-" if c == "&" else c)
    return "".join(spelt[:-1])
