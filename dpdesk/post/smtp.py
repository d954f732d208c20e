"""A line to a mail server: verified TLS or nothing, signed in, one message to one recipient, each answer told apart.

There is no way to send in plain, to skip the certificate or to name two recipients.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from dpdesk.domain.errors import MailServer
from dpdesk.domain.mail_addresses import Address
from dpdesk.domain.post_answers import ACCEPTED, LOST, Answer, Stage, judge
from dpdesk.domain.post_pace import Security, SignIn
from dpdesk.domain.post_states import Outcome
from dpdesk.domain.secret import Secret

TIMEOUT = 60.0
"""Seconds a server may be silent; for its last word about a message it has as long again and again (RFC 5321 §4.5.3.2)."""
_LAST_WORD = 5
_HELLO = "[127.0.0.1]"  # the laptop's name is nobody's business
_DROPPED = Answer(Outcome.WAITING, "", "dropped")


@dataclass(frozen=True)
class Server:
    """Where and how: `authority` is a certificate authority in PEM besides those the machine trusts."""

    host: str
    port: int
    security: Security
    username: str = ""
    sign_in: SignIn = SignIn.PASSWORD
    authority: str = ""
    timeout: float = TIMEOUT


def safe_context(authority: str = "") -> ssl.SSLContext:
    """TLS 1.2 or newer with the certificate and the host's name checked."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authority:
        try:
            context.load_verify_locations(cadata=authority)
        except (ssl.SSLError, ValueError) as problem:
            raise MailServer("authority_bad", "") from problem
    return context


class Line:
    """An open line. `send` never raises for what the server says of a message; opening raises `MailServer`."""

    def __init__(self, server: Server, secret: Secret | None) -> None:
        self._server = server
        self._asked: tuple[bytes, ...] = ()
        self._at_once = self._ahead = self._gone = self._unheard = False
        with _refusals(server.host):
            self._smtp = self._connect()
        try:
            self._sign_in(secret)
        except BaseException:
            self.close()
            raise

    def _connect(self) -> smtplib.SMTP:
        server, context = self._server, safe_context(self._server.authority)
        if server.security is Security.TLS:
            return smtplib.SMTP_SSL(server.host, server.port, _HELLO, timeout=server.timeout, context=context)
        plain = smtplib.SMTP(server.host, server.port, _HELLO, timeout=server.timeout)
        try:
            plain.ehlo()
            if not plain.has_extn("starttls"):
                raise MailServer("no_tls", server.host)
            try:
                reply, _words = plain.starttls(context=context)
            except smtplib.SMTPResponseException as problem:
                raise MailServer("no_tls", server.host) from problem
            if reply != 220 or not isinstance(plain.sock, ssl.SSLSocket):
                raise MailServer("no_tls", server.host)
        except BaseException:
            plain.close()
            raise
        return plain

    def _sign_in(self, secret: Secret | None) -> None:
        """Sign in where a user name is given: over TLS by now, for there is no line without. One try, for many lock an account."""
        server = self._server
        with _refusals(server.host):
            self._smtp.ehlo()
            if not server.username:
                return
            if secret is None:
                raise MailServer("login", server.host)
            offered = self._smtp.esmtp_features.get("auth", "").upper().split()
            ways = ("XOAUTH2",) if server.sign_in is SignIn.OAUTH2 else ("PLAIN", "LOGIN")
            way = next((each for each in ways if each in offered), "")
            if not way:
                raise MailServer("no_sign_in", server.host)
            reply = self._answer(way, server.username, secret)
            if reply != 235:
                raise MailServer("login" if reply >= 500 else "busy", server.host, str(reply))

    def _answer(self, way: str, username: str, secret: Secret) -> int:
        """Say who we are, in one of three ways; the number of the server's answer."""
        smtp = self._smtp
        if way == "LOGIN":
            for said in ("AUTH LOGIN", _coded(username.encode()), _coded(secret.reveal())):
                reply, _words = smtp.docmd(said)
                if reply != 334:
                    break
            return reply
        said = (f"user={username}\1auth=Bearer ".encode() + secret.reveal() + b"\1\1" if way == "XOAUTH2" else
                f"\0{username}\0".encode() + secret.reveal())
        reply, _words = smtp.docmd("AUTH", f"{way} {_coded(said)}")
        if reply == 334:  # the server explains a refusal and waits for an empty line
            reply, _words = smtp.docmd("")
        return reply

    def send(self, sender: Address, recipient: Address, content: bytes) -> Answer:
        """Hand one message over to one recipient; what became of it."""
        self.ask(sender, recipient)
        return self.hand(content) or self.finish()

    def ask(self, sender: Address, recipient: Address) -> None:
        """Name sender and recipient; `hand` hears what the server says of them. Nothing is said where they were named ahead."""
        if type(recipient) is not Address or type(sender) is not Address:
            raise TypeError("a message goes to one Address")
        asked, self._gone = _asked(sender, recipient), False
        ahead, self._ahead = self._ahead, False
        if ahead and asked == self._asked:
            return
        try:
            if ahead:  # for somebody else: the server waits for content, and nothing but hanging up takes that back
                self._smtp.close()
            self._smtp.ehlo_or_helo_if_needed()
            self._asked, self._at_once = asked, self._smtp.has_extn("pipelining")
            self._smtp.send(b"".join(asked) if self._at_once else asked[0])
        except (smtplib.SMTPException, OSError):
            self._gone = True

    def hand(self, content: bytes, following: tuple[Address, Address] | None = None) -> Answer | None:
        """Hand over the content of the message asked about; None where the last word, `finish`'s, is still to come.

        Where the server bears it (RFC 2920 §3.1), `following` sender and recipient are named in the same breath, for the next `ask`.
        """
        try:
            answer = _DROPPED if self._gone else self._offered()
        except (smtplib.SMTPServerDisconnected, OSError):
            answer = _DROPPED
        if answer is _DROPPED:
            self.close()
        if answer is not None:
            return answer
        self._unheard, self._ahead = True, following is not None and self._at_once
        if following is not None and self._at_once:
            self._asked = _asked(*following)
        try:
            self._smtp.send(_stuffed(content) + b"".join(self._asked if self._ahead else ()))
        except (smtplib.SMTPException, OSError):
            return self._lost()
        return None

    def finish(self) -> Answer:
        """What the server says of the message handed over last. A line that breaks here leaves it unknown whether the server has it."""
        if not self._unheard:
            raise RuntimeError("nothing was handed over")
        smtp = self._smtp
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(self._server.timeout * _LAST_WORD)
            number, words = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self._server.timeout)
        except (smtplib.SMTPException, OSError):
            return self._lost()
        self._unheard = False
        if number == 421:
            self._smtp.close()
            self._ahead = False
        return judge(Stage.CONTENT, number, words) if number != 250 else ACCEPTED

    def _lost(self) -> Answer:
        self._unheard = self._ahead = False
        self.close()
        return LOST

    def _offered(self) -> Answer | None:
        """The answer where any step is refused, and then nothing is left open. Asked in one breath (RFC 2920), each is told apart."""
        smtp, heard = self._smtp, []
        for at, stage in enumerate(Stage):
            if at and not self._at_once:
                smtp.send(self._asked[at])
            heard.append((stage, *smtp.getreply()))
            if not self._at_once and not _welcome(*heard[-1]):
                break
        refused = next((each for each in heard if not _welcome(*each)), None)
        if refused is None:
            return None
        self._take_back(refused, heard)
        return judge(*refused)

    def _take_back(self, refused: tuple[Stage, int, bytes], heard: list[tuple[Stage, int, bytes]]) -> None:
        """End what was asked for. A server may wait for the content of a message that it takes for nobody (RFC 2920 §3.1): it gets none."""
        waits = heard[-1][:2] == (Stage.CONTENT, 354)
        if any(number == 421 for _stage, number, _words in heard) or (waits and refused[0] is not Stage.RECIPIENT):
            self._smtp.close()
            return
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if waits:
                self._smtp.docmd(".")
            self._smtp.rset()

    @property
    def open(self) -> bool:
        """Whether the line is still there, as far as is known."""
        return self._smtp.sock is not None

    def cut(self) -> None:
        """Break the line at once, from any thread: what waits for the server ends, and what it was about is lost or unknown."""
        held = self._smtp.sock
        if held is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(held, socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up, with a word where the server still listens."""
        with contextlib.suppress(smtplib.SMTPException, OSError, ValueError):
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(2)
                if not (self._unheard or self._ahead):  # else what is said now would be taken for content
                    self._smtp.quit()
        self._smtp.close()

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_CERTIFICATE = {10: "certificate_expired", 62: "certificate_name", 64: "certificate_name"}


def _welcome(stage: Stage, number: int, _words: bytes) -> bool:
    """Whether the server goes along with a step."""
    return number == 354 if stage is Stage.CONTENT else number in (250, 251, 252)


def _asked(sender: Address, recipient: Address) -> tuple[bytes, ...]:
    """What is said of a message, step by step."""
    return f"MAIL FROM:<{sender}>\r\n".encode("ascii"), f"RCPT TO:<{recipient}>\r\n".encode("ascii"), b"DATA\r\n"


def _stuffed(content: bytes) -> bytes:
    """A message with its end, no line of it taken for that (RFC 5321 §4.5.2)."""
    lines = content.replace(b"\r\n.", b"\r\n..")
    return (b"." + lines if lines.startswith(b".") else lines) + (b".\r\n" if lines.endswith(b"\r\n") else b"\r\n.\r\n")


def _coded(said: bytes) -> str:
    return b64encode(said).decode("ascii")


@contextlib.contextmanager
def _refusals(host: str) -> Iterator[None]:
    """Name what keeps a line from opening. An answer about signing in is one of smtplib's own, and those are `OSError`s too."""
    try:
        yield
    except MailServer:
        raise
    except ssl.SSLCertVerificationError as problem:
        raise MailServer(_CERTIFICATE.get(problem.verify_code, "certificate"), host) from problem
    except ssl.SSLError as problem:
        raise MailServer("no_tls", host) from problem
    except smtplib.SMTPConnectError as problem:
        raise MailServer("busy", host, str(problem.smtp_code)) from problem
    except smtplib.SMTPServerDisconnected as problem:
        raise MailServer("slow" if isinstance(problem.__context__, TimeoutError) else "dropped", host) from problem
    except smtplib.SMTPException as problem:
        raise MailServer("not_mail", host) from problem
    except TimeoutError as problem:
        raise MailServer("slow", host) from problem
    except socket.gaierror as problem:
        raise MailServer("no_host", host) from problem
    except ConnectionRefusedError as problem:
        raise MailServer("closed", host) from problem
    except OSError as problem:
        raise MailServer("unreachable", host) from problem
