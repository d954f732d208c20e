"""Which eSCL scanners are on the local network: one question by multicast DNS (RFC 6762), and the answers of two seconds.

What comes back is read as a stranger's words: bounded lengths, no pointer followed twice.
"""

from __future__ import annotations

import contextlib
import secrets
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from dpdesk.domain.scanners import DUPLEX, FEEDER, FLATBED, Device
from dpdesk.scanners.device import Stopper, go_on

SERVICES = {"_uscans._tcp.local": True, "_uscan._tcp.local": False}
GROUP = ("224.0.0.251", 5353)
_A, _PTR, _TXT, _SRV = 1, 12, 16, 33
_MOST = 64


@dataclass
class Heard:
    """What the answers said so far, by name in lower case."""

    pointers: dict[str, set[str]] = field(default_factory=dict)
    servers: dict[str, tuple[str, int]] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    hosts: dict[str, str] = field(default_factory=dict)


def find(seconds: float = 2.0, to: tuple[str, int] = GROUP, stopped: Stopper | None = None) -> list[Device]:
    """Ask, listen for `seconds`, and list who answered: encrypted lines only where a scanner offers both."""
    heard = Heard()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
        line.settimeout(0.1)
        until, again = time.monotonic() + seconds, 0.0
        while (now := time.monotonic()) < until:
            go_on(stopped)
            if now >= again:
                again = now + 0.7
                with contextlib.suppress(OSError):  # no network at all is no scanner
                    line.sendto(question(list(SERVICES)), to)
            with contextlib.suppress(TimeoutError, OSError, ValueError, IndexError, struct.error):
                read(line.recvfrom(9000)[0], heard)
    return devices(heard)


def question(names: Sequence[str]) -> bytes:
    """One packet that asks for pointers of the services; answers may come to us alone."""
    asked = b"".join(spelt(name) + struct.pack(">HH", _PTR, 0x8001) for name in names)
    return struct.pack(">HHHHHH", secrets.randbelow(1 << 16), 0, len(names), 0, 0, 0) + asked


def spelt(name: str) -> bytes:
    """A name as labels."""
    return b"".join(bytes([len(part)]) + part for part in (each.encode() for each in name.rstrip(".").split("."))) + b"\0"


def read(packet: bytes, heard: Heard) -> None:
    """Take what a packet answers; raises where it is no DNS."""
    _number, flags, questions, *counts = struct.unpack(">HHHHHH", packet[:12])
    if not flags & 0x8000:
        return
    at = 12
    for _ in range(min(questions, _MOST)):
        at = _name(packet, at)[1] + 4
    for _ in range(min(sum(counts), 4 * _MOST)):
        name, at = _name(packet, at)
        kind, _class, _ttl, length = struct.unpack(">HHIH", packet[at:at + 10])
        at += 10
        if at + length > len(packet):
            raise ValueError(length)
        _record(packet, kind, name, at, length, heard)
        at += length


def _record(packet: bytes, kind: int, name: str, at: int, length: int, heard: Heard) -> None:
    key = name.casefold()
    if kind == _PTR and key in SERVICES and len(heard.servers) < _MOST:
        heard.pointers.setdefault(key, set()).add(_name(packet, at)[0])
    elif kind == _SRV and length > 6:
        heard.servers[key] = (_name(packet, at + 6)[0].casefold(), struct.unpack(">H", packet[at + 4:at + 6])[0])
    elif kind == _TXT:
        heard.texts[key] = _text(packet[at:at + length])
    elif kind == _A and length == 4:
        heard.hosts[key] = socket.inet_ntoa(packet[at:at + 4])


def _name(packet: bytes, at: int) -> tuple[str, int]:
    """(name, where the next field begins); a name may end in a pointer to an earlier one."""
    parts: list[str] = []
    end, jumps = 0, 0
    while packet[at]:
        if packet[at] & 0xC0 == 0xC0:
            end, jumps = end or at + 2, jumps + 1
            at = struct.unpack(">H", packet[at:at + 2])[0] & 0x3FFF
            if jumps > 16:
                raise ValueError(at)
            continue
        parts.append(packet[at + 1:at + 1 + packet[at]].decode("utf-8", "replace"))
        at += 1 + packet[at]
        if len(parts) > 32:
            raise ValueError(at)
    return ".".join(parts), end or at + 1


def _text(content: bytes) -> dict[str, str]:
    """The pairs of a TXT record."""
    found, at = {}, 0
    while at < len(content):
        key, _, value = content[at + 1:at + 1 + content[at]].decode("utf-8", "replace").partition("=")
        found.setdefault(key.casefold(), value)
        at += 1 + content[at]
    return found


def devices(heard: Heard) -> list[Device]:
    """The scanners that were heard of whole, each once."""
    found: dict[str, Device] = {}
    for service, encrypted in SERVICES.items():
        for name in sorted(heard.pointers.get(service, ())):
            server = heard.servers.get(name.casefold())
            said = heard.texts.get(name.casefold(), {})
            if server is None:
                continue
            host, port = heard.hosts.get(server[0], server[0].rstrip(".")), server[1]
            label = _plain(said.get("ty") or name.partition("._uscan")[0])
            identity = said.get("uuid", "").casefold() or f"{host}:{label}"
            found.setdefault(identity, Device("escl", identity, label, host, port, said.get("rs", "eSCL").strip("/") or "eSCL",
                                              encrypted, _sources(said)))
    return sorted(found.values(), key=lambda each: each.name.casefold())


def _plain(name: str) -> str:
    """A device's name as it may be shown: printable, short."""
    return "".join(letter for letter in name if letter.isprintable())[:60].strip() or "?"


def _sources(said: dict[str, str]) -> tuple[str, ...]:
    told = said.get("is", "").casefold()
    found = [FLATBED] if "platen" in told else []
    if "adf" in told:
        found += [FEEDER, DUPLEX] if said.get("duplex", "").upper().startswith("T") else [FEEDER]
    return tuple(found)
