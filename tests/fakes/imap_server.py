"""A small IMAP server over TLS on loopback, enough of the protocol to read a folder; whatever would change a mailbox is noted."""

from __future__ import annotations

import contextlib
import re
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator

READING = {"CAPABILITY", "LOGIN", "AUTHENTICATE", "EXAMINE", "UID SEARCH", "UID FETCH", "LOGOUT", "NOOP"}


class Mailboxes:
    """What the server holds: folders of {uid: message}. `commands` are those that came; `fault` is how it misbehaves.

    Faults: `cut` (drops the line at the second message), `huge` (promises a gigabyte), `endless` (never stops telling),
    `rubbish` (speaks another language), `gone` (a message that is not there any more).
    """

    def __init__(self) -> None:
        self.users = {"branch": "an app password"}
        self.tokens = {"branch": "ya29.token"}
        self.folders: dict[str, dict[int, bytes]] = {"INBOX": {}}
        self.validity = 7
        self.commands: list[str] = []
        self.lines: list[str] = []
        self.fault = ""

    @property
    def forbidden(self) -> list[str]:
        """The commands that could have changed something, and fetches that mark a message as read."""
        marks = [line for line in self.lines if "BODY[" in line.upper() or "RFC822" in line.upper()]
        return [each for each in self.commands if each not in READING] + marks


class _Talk(socketserver.StreamRequestHandler):
    folder: dict[int, bytes] | None = None
    user = ""
    fetched = 0

    def handle(self) -> None:
        with contextlib.suppress(OSError, ssl.SSLError):
            self.held: Mailboxes = self.server.held  # type: ignore[attr-defined]
            if self.held.fault == "rubbish":
                self.say("220 here speaks SMTP")
                return
            self.say("* OK ready")
            while line := self.rfile.readline(65_536).decode():
                tag, _, rest = line.strip().partition(" ")
                if not self.answer(tag, rest):
                    return

    def say(self, text: str | bytes) -> None:
        self.wfile.write(text.encode() + b"\r\n" if isinstance(text, str) else text)
        self.wfile.flush()

    def answer(self, tag: str, rest: str) -> bool:
        words = rest.split(" ")
        command = " ".join(words[:2]).upper() if words[0].upper() == "UID" else words[0].upper()
        self.held.commands.append(command)
        self.held.lines.append(re.sub(r"^(LOGIN \S+) .*", r"\1", rest))
        act = getattr(self, "do_" + command.lower().replace(" ", "_"), None)
        if act is None or (command not in ("CAPABILITY", "LOGIN", "AUTHENTICATE", "LOGOUT", "NOOP") and not self.user):
            self.say(f"{tag} BAD not here")
            return True
        return act(tag, rest[len(command) + 1:]) is not False

    def do_capability(self, tag: str, _rest: str) -> None:
        self.say("* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 AUTH=PLAIN")
        self.say(f"{tag} OK done")

    def do_noop(self, tag: str, _rest: str) -> None:
        self.say(f"{tag} OK done")

    def do_login(self, tag: str, rest: str) -> None:
        user, password = (re.sub(r"\\(.)", r"\1", each) for each in re.findall(r'"((?:[^"\\]|\\.)*)"', rest))
        self.welcome(tag, user, self.held.users.get(user) == password)

    def do_authenticate(self, tag: str, rest: str) -> None:
        self.say("+ ")
        given = b64decode(self.rfile.readline()).decode()
        if rest.upper() == "PLAIN":
            _, user, password = given.split("\0")
            self.welcome(tag, user, self.held.users.get(user) == password)
            return
        user, token = re.fullmatch("user=(.*)\1auth=Bearer (.*)\1\1", given).groups()
        if self.held.tokens.get(user) != token:
            self.say("+ eyJzdGF0dXMiOiI0MDAifQ==")
            self.rfile.readline()
        self.welcome(tag, user, self.held.tokens.get(user) == token)

    def welcome(self, tag: str, user: str, right: bool) -> None:
        self.user = user if right else ""
        self.say(f"{tag} OK in" if right else f"{tag} NO [AUTHENTICATIONFAILED] wrong")

    def do_examine(self, tag: str, rest: str) -> None:
        self.folder = self.held.folders.get(rest.strip('"'))
        if self.folder is None:
            self.say(f"{tag} NO no such folder")
            return
        self.say(f"* {len(self.folder)} EXISTS\r\n* OK [UIDVALIDITY {self.held.validity}] valid\r\n{tag} OK [READ-ONLY] done")

    def do_uid_search(self, tag: str, rest: str) -> None:
        uids = sorted(self.folder or ())
        if asked := re.fullmatch(r"UID (\d+):\*", rest):
            uids = [uid for uid in uids if uid >= int(asked[1])] or uids[-1:]  # the last one always: so says the protocol
        else:
            assert re.fullmatch(r"SINCE \d{1,2}-[A-Z][a-z]{2}-\d{4}", rest), rest
        self.say("* SEARCH" + "".join(f" {uid}" for uid in uids))
        self.say(f"{tag} OK done")

    def do_uid_fetch(self, tag: str, rest: str) -> bool:
        uid, first, most = map(int, re.fullmatch(r"(\d+) \(BODY\.PEEK\[\]<(\d+)\.(\d+)>\)", rest).groups())
        self.fetched += 1
        if self.held.fault == "cut" and self.fetched == 2:
            return False
        if self.held.fault == "huge":
            self.say(f"* 1 FETCH (UID {uid} BODY[]<0> {{1000000000}}")
            self.say(b"x" * 65_536)
            return False
        while self.held.fault == "endless":
            self.say("* OK still here " + "x" * 8_000)
        raw = (self.folder or {}).get(uid) if self.held.fault != "gone" else None
        if raw is not None:
            part = raw[first:first + most]
            self.say(f"* 1 FETCH (UID {uid} BODY[]<{first}> {{{len(part)}}}\r\n".encode() + part + b")\r\n")
        self.say(f"{tag} OK done")
        return True

    def do_logout(self, tag: str, _rest: str) -> bool:
        self.say(f"* BYE\r\n{tag} OK done")
        return False


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads, block_on_close = True, False, True

    def __init__(self, context: ssl.SSLContext | None, held: Mailboxes) -> None:
        self.context, self.held = context, held
        super().__init__(("127.0.0.1", 0), _Talk)

    def get_request(self):
        request, address = super().get_request()
        request.settimeout(10)
        if self.context is not None:
            request = self.context.wrap_socket(request, server_side=True, do_handshake_on_connect=False)
        return request, address

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up is no fault of the server."""


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None, held: Mailboxes) -> Iterator[int]:
    """Serve while the block runs; the port."""
    server = _Server(context, held)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
