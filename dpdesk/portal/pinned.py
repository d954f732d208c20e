"""An https server of one's own, for which no authority vouches: each connection is to the pinned key, or nothing is said on it.

opendal takes no certificate but those this machine knows, so this is the standard library's client; whole objects here too.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from dpdesk.domain.errors import Hindered
from dpdesk.domain.transfers import Destination
from dpdesk.portal.certificates import key_of, shown_as, unvouched

CONNECT_SECONDS, CONTROL_SECONDS, WRITING_SECONDS = 20, 30, 180
LONGEST_ANSWER = 64 * 1024 * 1024
_TRIES, _WAIT = 3, 0.3
_AGAIN = (500, 502, 503, 504)


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes

    def refused(self) -> OSError:
        """As `trouble` reads it."""
        said = f"status: {self.status} {self.content[:500].decode('utf-8', 'replace')}"
        return {403: PermissionError, 404: FileNotFoundError}.get(self.status, OSError)(said)


class _Connection:
    """One connection, signed in nowhere yet."""

    def __init__(self, host: str, port: int, tls: ssl.SSLSocket) -> None:
        self._tls, self._http = tls, http.client.HTTPConnection(host, port)
        self._busy = self._dropped = False
        self._http.sock, self._http.auto_open = tls, 0  # it never opens one of its own, which would be plain

    @classmethod
    async def opened(cls, host: str, port: int, destination: Destination) -> _Connection:
        """Connect, and see the key before anything is said; raises `Hindered("transfers.certificate_changed")`."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(CONNECT_SECONDS):
            family, kind, protocol, _name, address = (await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM))[0]
            plain = socket.socket(family, kind, protocol)
            plain.setblocking(False)
            try:
                await loop.sock_connect(plain, address)
            except BaseException:
                plain.close()
                raise
            plain.settimeout(WRITING_SECONDS)
            made = cls(host, port, unvouched().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False))
            await made._beside(made._tls.do_handshake)
        shown = made._tls.getpeercert(binary_form=True) or b""
        if key_of(shown) != destination.pin:
            made.drop()
            raise Hindered("transfers.certificate_changed", {
                "place": destination.name, "fingerprint": key_of(shown), "certificate": shown_as(shown)})
        return made

    async def _beside(self, call, *given):
        """Wait for what blocks; where the waiting ends early, so does what blocks."""
        def work():
            try:
                return call(*given)
            finally:
                self._busy = False
                if self._dropped:
                    self._close()
        self._busy = True
        try:
            return await asyncio.to_thread(work)
        except BaseException:
            self.drop()
            raise

    async def ask(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        """One question, answered whole."""
        async with asyncio.timeout(WRITING_SECONDS if body or method == "GET" else CONTROL_SECONDS):
            return await self._beside(self._exchange, method, target, headers, body)

    def _exchange(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        self._http.request(method, target, body or None, headers)
        answer = self._http.getresponse()
        content = answer.read(LONGEST_ANSWER + 1)
        if len(content) > LONGEST_ANSWER:
            raise OSError("longer than any answer may be")
        if answer.length and method != "HEAD":
            raise http.client.IncompleteRead(content)
        answer.close()
        return Answer(answer.status, answer.headers, content)

    @property
    def usable(self) -> bool:
        """Whether the server left it open."""
        return self._http.sock is not None

    def drop(self) -> None:
        """Hang up; what waits for it ends by that, and closes it."""
        self._dropped = True
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self._tls, socket.SHUT_RDWR)
        if not self._busy:
            self._close()

    def _close(self) -> None:
        self._http.close()
        self._tls.close()


class Pinned:
    """One server; what WebDAV and S3 have in common. Paths are below `root`, which ends in a slash."""

    def __init__(self, destination: Destination, address: str, root: str) -> None:
        found = urlsplit(address)
        self._host, self._port, self._destination = found.hostname or "", found.port or 443, destination
        self.root = f"{found.path.rstrip('/')}/{quote(root.strip('/'), safe='/-_.~')}".rstrip("/") + "/"
        self.authority = found.netloc
        self._free: list[_Connection] = []

    def signed(self, method: str, path: str, query: str, body: bytes) -> dict[str, str]:
        """The headers by which we are known."""
        raise NotImplementedError

    async def ask(self, method: str, path: str, query: str = "", body: bytes = b"", **headers: str) -> Answer:
        """Ask, a few times where the line breaks or the server is out of breath."""
        for left in reversed(range(_TRIES)):
            try:
                answer = await self._once(method, path, query, body, headers)
                if answer.status not in _AGAIN or not left:
                    return answer
            except (ConnectionError, http.client.HTTPException, ssl.SSLError):
                if not left:
                    raise
            await asyncio.sleep(_WAIT * (_TRIES - left))
        raise AssertionError

    async def _once(self, method: str, path: str, query: str, body: bytes, headers: dict[str, str]) -> Answer:
        given = {"Host": self.authority, **self.signed(method, path, query, body)}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self._free.pop() if self._free else await _Connection.opened(self._host, self._port, self._destination)
        answer = await connection.ask(method, f"{path}?{query}" if query else path, given, body)
        if connection.usable:
            self._free.append(connection)
        else:
            connection.drop()
        return answer

    async def put(self, name: str, content: bytes) -> None:
        """Write an object whole."""
        answer = await self.ask("PUT", self.root + name, "", content)
        if answer.status not in (200, 201, 204):
            raise answer.refused()

    async def get(self, name: str) -> bytes:
        """Read an object whole."""
        answer = await self.ask("GET", self.root + name)
        if answer.status != 200:
            raise answer.refused()
        return answer.content

    async def size(self, name: str) -> int | None:
        """An object's size, None where there is none."""
        answer = await self.ask("HEAD", self.root + name)
        if answer.status not in (200, 404):
            raise answer.refused()
        return int(answer.headers["Content-Length"]) if answer.status == 200 else None

    async def same(self, name: str, content: bytes) -> bool:
        """Whether exactly `content` lies there, read back and compared."""
        answer = await self.ask("GET", self.root + name)
        if answer.status not in (200, 404):
            raise answer.refused()
        return answer.status == 200 and answer.content == content

    async def delete(self, name: str) -> None:
        """Take an object away; nothing where there is none."""
        answer = await self.ask("DELETE", self.root + name)
        if answer.status not in (200, 202, 204, 404):
            raise answer.refused()

    async def close(self) -> None:
        """Hang up."""
        while self._free:
            self._free.pop().drop()
