"""The certificate of an https server: verified as a browser would, and its key remembered from the first verified use on."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from urllib.parse import urlsplit

from dpdesk.domain.errors import Hindered
from dpdesk.domain.transfers import Destination

SECONDS = 20


async def seen_at(address: str) -> str:
    """"SHA256:…" of the public key of the certificate that an https server shows, once it has verified; "" for plain http."""
    found = urlsplit(address)
    if found.scheme != "https":
        return ""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    async with asyncio.timeout(SECONDS):
        _reader, writer = await asyncio.open_connection(found.hostname, found.port or 443, ssl=ssl.create_default_context())
        try:
            shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        finally:
            writer.close()
    key = x509.load_der_x509_certificate(shown).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"SHA256:{hashlib.sha256(key).hexdigest()}"


async def check(destination: Destination) -> str:
    """The server's fingerprint; raises `Hindered` where it is not the pinned one."""
    seen = await seen_at(destination.address)
    if seen and destination.pin and seen != destination.pin:
        raise Hindered("transfers.certificate_changed", {"place": destination.name, "fingerprint": seen})
    return seen
