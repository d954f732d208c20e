"""The certificate of an https server: vouched for by an authority this machine knows, or by the key that an officer compared."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import ssl
from urllib.parse import urlsplit

from dpdesk.domain.errors import Hindered
from dpdesk.domain.transfers import Destination

SECONDS = 20
_NOBODY_VOUCHES = (18, 19, 20, 21)
"""OpenSSL's codes of a certificate that signs itself, or whose authority is not known here: one of a server of one's own."""


def key_of(certificate: bytes) -> str:
    """"SHA256:…" of the public key of a certificate (DER)."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    key = x509.load_der_x509_certificate(certificate).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"SHA256:{hashlib.sha256(key).hexdigest()}"


def shown_as(certificate: bytes) -> str:
    """"AB:CD:…", the SHA-256 of a certificate as browsers and `openssl x509 -fingerprint -sha256` show it."""
    return hashlib.sha256(certificate).digest().hex(":").upper()


def unvouched() -> ssl.SSLContext:
    """For a connection that is worth nothing until its key was seen to be the pinned one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


async def _seen_at(host: str, port: int, context: ssl.SSLContext) -> bytes:
    async with asyncio.timeout(SECONDS):
        _reader, writer = await asyncio.open_connection(host, port, ssl=context)
        try:
            return writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        finally:
            writer.transport.abort()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def check(destination: Destination) -> tuple[str, bool]:
    """(the fingerprint of the server's key, whether an authority vouches for it); ("", True) for plain http.

    Raises `Hindered` where the key is not the pinned one, or where nobody vouches for it and no officer has compared it yet. A pin may be
    given as the certificate is shown, too.
    """
    found = urlsplit(destination.address)
    if found.scheme != "https":
        return "", True
    where, vouched, nobody = (found.hostname or "", found.port or 443), True, False
    try:
        seen = await _seen_at(*where, ssl.create_default_context())
    except ssl.SSLCertVerificationError as problem:
        vouched, nobody = False, problem.verify_code in _NOBODY_VOUCHES
        seen = await _seen_at(*where, unvouched())
        if not _is(destination.pin, seen) and not nobody:
            raise
    facts = {"place": destination.name, "fingerprint": key_of(seen), "certificate": shown_as(seen)}
    if destination.pin and not _is(destination.pin, seen):
        raise Hindered("transfers.certificate_changed", facts)
    if not vouched and not destination.pin:
        raise Hindered("transfers.certificate_new", facts)
    return key_of(seen), vouched


def _is(pin: str, certificate: bytes) -> bool:
    return pin.strip() in (key_of(certificate), shown_as(certificate))
