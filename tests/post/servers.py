"""Real mail servers on loopback, over TLS with a certificate authority of their own, that behave or misbehave as they are told."""

from __future__ import annotations

import contextlib
import datetime
import gc
import ipaddress
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Authority:
    """A certificate authority made for one run: `pem` is what a client trusts."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def context(self, folder: Path, host: str = "127.0.0.1", days: int = 1) -> ssl.SSLContext:
        """What a server of that name shows; `days` under nought have passed."""
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.datetime.now(datetime.UTC)
        try:
            name: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
        except ValueError:
            name = x509.DNSName(host)
        made = (x509.CertificateBuilder().subject_name(_name(host)).issuer_name(self.certificate.subject).public_key(key.public_key())
                .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=9))
                .not_valid_after(now + datetime.timedelta(days=days)).add_extension(x509.SubjectAlternativeName([name]), False)
                .sign(self.key, hashes.SHA256()))
        path = folder / f"server-{made.serial_number}.pem"
        path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def authority() -> Authority:
    """A fresh certificate authority."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    made = (x509.CertificateBuilder().subject_name(_name("Test authority")).issuer_name(_name("Test authority"))
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=10)).not_valid_after(now + datetime.timedelta(days=10))
            .add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256()))
    return Authority(key, made)


@dataclass
class Got:
    """One delivered message: who the server was told, and what it was given."""

    sender: str
    recipients: list[str]
    content: bytes


@dataclass
class Post:
    """What a server took in, and how it behaves: each hook may give the reply for a step, None to go on as usual."""

    host: str = ""
    port: int = 0
    got: list[Got] = field(default_factory=list)
    on_rcpt: Callable[[int, str], str | None] = lambda number, address: None
    on_data: Callable[[int, Got], str | None] = lambda number, got: None
    asked: int = 0
    given: int = 0
    logins: list[tuple[str, str]] = field(default_factory=list)


class _Handler:
    def __init__(self, post: Post) -> None:
        self.post = post

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        self.post.asked += 1
        reply = self.post.on_rcpt(self.post.asked, address)
        if reply is None:
            envelope.rcpt_tos.append(address)
            return "250 2.1.5 Ok"
        return reply

    async def handle_DATA(self, server, session, envelope) -> str:
        self.post.given += 1
        got = Got(envelope.mail_from, list(envelope.rcpt_tos), bytes(envelope.original_content))
        reply = self.post.on_data(self.post.given, got)
        if reply == "drop":
            server.transport.abort()
            return "250 never heard"
        if reply in (None, "drop after"):
            self.post.got.append(got)
        if reply == "drop after":
            server.transport.abort()
            return "250 never heard"
        return reply or "250 2.0.0 Taken"


class _Pipelining(_Handler):
    """One that lets a client ask several things at once (RFC 2920)."""

    async def handle_EHLO(self, server, session, envelope, hostname, responses) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]


class _Controller(Controller):
    """One that makes its server as it is told, and whose port is found by itself."""

    def __init__(self, post: Post, *, starttls: ssl.SSLContext | None = None, login: tuple[str, str] | None = None,
                 pipelining: bool = False, **more) -> None:
        self._starttls, self._login, self._post = starttls, login, post
        super().__init__((_Pipelining if pipelining else _Handler)(post), hostname="127.0.0.1", port=free_port(), **more)

    def factory(self) -> SMTP:
        return SMTP(self.handler, hostname="mx.example.org", tls_context=self._starttls, authenticator=self._check if self._login else None,
                    auth_require_tls=False, data_size_limit=None, enable_SMTPUTF8=False)

    def _check(self, server, session, envelope, mechanism, data) -> AuthResult:
        if isinstance(data, LoginPassword):
            self._post.logins.append((data.login.decode(), data.password.decode()))
            return AuthResult(success=(data.login.decode(), data.password.decode()) == self._login, handled=False)
        return AuthResult(success=False, handled=False)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def serving(*, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, login: tuple[str, str] | None = None,
            pipelining: bool = False) -> Iterator[Post]:
    """A mail server: with implicit TLS, with STARTTLS, or with neither; one thing asked at a time, or several."""
    post = Post("127.0.0.1")
    controller = _Controller(post, starttls=starttls, login=login, pipelining=pipelining, ssl_context=tls)
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        time.sleep(0.05)  # for the goodbyes under way
        controller.stop()
        with warnings.catch_warnings():  # lines the server cut in the middle are its own, not ours
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@contextlib.contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does what `talk` does with each connection; its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def loop() -> None:
        listening.settimeout(0.1)
        while not ended.is_set():
            try:
                one, _ = listening.accept()
            except TimeoutError:
                continue
            with one, contextlib.suppress(OSError):
                one.settimeout(5)
                talk(one)

    thread = threading.Thread(target=loop, name="raw server")
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        ended.set()
        thread.join(10)
        listening.close()


def until(held: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until it holds."""
    end = time.monotonic() + seconds
    while not held() and time.monotonic() < end:
        time.sleep(0.01)
    assert held()
