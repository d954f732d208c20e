"""An eSCL scanner on loopback that behaves or misbehaves as it is told, with a glass, a feeder and TLS; and its mDNS voice."""

from __future__ import annotations

import contextlib
import io
import re
import socket
import ssl
import struct
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image

from dpdesk.domain.scanners import Device
from dpdesk.scanners.finding import spelt

_SPACES = ('xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"')
_CAPS = """<{tag}><scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>
<scan:MaxHeight>3508</scan:MaxHeight><scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>{modes}</scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>
</scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>{dpis}</scan:DiscreteResolutions>
</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles></{tag}>"""


def sheet(grey: int = 255, size: tuple[int, int] = (414, 585)) -> bytes:
    """A page as a scanner sends it."""
    made = io.BytesIO()
    Image.new("L", size, grey).save(made, "JPEG")
    return made.getvalue()


@dataclass
class Scanner:
    """What the simulator is: its pages on the glass and in the feeder, and its faults. `asked` is what was asked of it."""

    glass: bytes = field(default_factory=sheet)
    feeder: list[bytes] = field(default_factory=list)
    duplex: bool = True
    modes: tuple[str, ...] = ("BlackAndWhite1", "Grayscale8", "RGB24")
    dpis: tuple[int, ...] = (100, 200, 300, 600)
    jam_after: int = -1
    jam: str = "ScannerAdfJam"
    busy: int = 0
    nonsense: bool = False
    elsewhere: str = ""
    port: int = 0
    tls: bool = False
    asked: list[str] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    given: int = 0
    jobs: dict[str, list[bytes]] = field(default_factory=dict)

    @property
    def device(self) -> Device:
        """As discovery would tell it."""
        return Device("escl", "sim-1", "Simulated Scanner", "127.0.0.1", self.port, "eSCL", self.tls, ("flatbed", "feeder", "duplex"))

    @property
    def jammed(self) -> bool:
        """Whether a page is stuck."""
        return 0 <= self.jam_after <= self.given

    def capabilities(self) -> str:
        """Its capabilities, as real ones write them."""
        modes = "".join(f"<scan:ColorMode>{each}</scan:ColorMode>" for each in self.modes)
        dpis = "".join(f"<scan:DiscreteResolution><scan:XResolution>{n}</scan:XResolution><scan:YResolution>{n}</scan:YResolution>"
                       "</scan:DiscreteResolution>" for n in self.dpis)
        tags = ["scan:AdfSimplexInputCaps", *(["scan:AdfDuplexInputCaps"] if self.duplex else [])]
        adf = "".join(_CAPS.format(tag=tag, modes=modes, dpis=dpis) for tag in tags)
        platen = _CAPS.format(tag="scan:PlatenInputCaps", modes=modes, dpis=dpis)
        return (f'<?xml version="1.0"?><scan:ScannerCapabilities {_SPACES}><pwg:Version>2.63</pwg:Version>'
                '<pwg:MakeAndModel>Simulated Scanner</pwg:MakeAndModel><pwg:SerialNumber>1</pwg:SerialNumber>'
                f'<scan:UUID>0000-sim-1</scan:UUID><scan:Platen>{platen}</scan:Platen><scan:Adf>{adf}<scan:FeederCapacity>50</scan:FeederCapacity></scan:Adf></scan:ScannerCapabilities>')

    def status(self) -> str:
        """How it stands."""
        adf = self.jam if self.jammed else "ScannerAdfLoaded" if self.feeder or any(self.jobs.values()) else "ScannerAdfEmpty"
        return (f'<?xml version="1.0"?><scan:ScannerStatus {_SPACES}><pwg:Version>2.63</pwg:Version><pwg:State>Idle</pwg:State>'
                f'<scan:AdfState>{adf}</scan:AdfState></scan:ScannerStatus>')


class _Door(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    scanner: Scanner

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""

    def _say(self, status: int, content: bytes = b"", kind: str = "text/xml", **heads: str) -> None:
        self.send_response(status)
        for name, value in heads.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _busy(self) -> bool:
        if self.scanner.busy > 0:
            self.scanner.busy -= 1
            self._say(503)
            return True
        return False

    def do_GET(self) -> None:
        """Capabilities, status, the next page."""
        scanner = self.scanner
        scanner.asked.append(f"GET {self.path}")
        if scanner.nonsense:
            self._say(200, b"<html><body>Please log in</html>", "text/html")
        elif self.path.endswith("/ScannerCapabilities"):
            self._say(200, scanner.capabilities().encode())
        elif self.path.endswith("/ScannerStatus"):
            self._say(200, scanner.status().encode())
        elif self.path.endswith("/NextDocument") and not self._busy():
            pages = scanner.jobs.get(self.path.removesuffix("/NextDocument"), [])
            if not pages or scanner.jammed:
                self._say(404)
            else:
                scanner.given += 1
                self._say(200, pages.pop(0), "image/jpeg")
        elif not self.path.endswith("/NextDocument"):
            self._say(404)

    def do_POST(self) -> None:
        """A job."""
        scanner = self.scanner
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        scanner.asked.append(f"POST {self.path}")
        scanner.wishes.append(body)
        if self._busy():
            return
        feeder = re.search(r"InputSource>\s*(\w+)", body)
        if feeder and feeder.group(1) == "Feeder":
            if not scanner.feeder or scanner.jammed:
                self._say(409)
                return
            pages, scanner.feeder = scanner.feeder, []
        else:
            pages = [scanner.glass]
        name = f"/eSCL/ScanJobs/{len(scanner.jobs) + 1}"
        scanner.jobs[name] = pages
        self._say(201, Location=f"{scanner.elsewhere or ('https' if scanner.tls else 'http') + f'://127.0.0.1:{scanner.port}'}{name}")

    def do_DELETE(self) -> None:
        """The job is stopped; its pages go back to the feeder."""
        self.scanner.asked.append(f"DELETE {self.path}")
        self.scanner.feeder = self.scanner.jobs.pop(self.path, []) + self.scanner.feeder
        self._say(200)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """Clients may hang up."""


@contextlib.contextmanager
def running(scanner: Scanner, context: ssl.SSLContext | None = None) -> Iterator[Scanner]:
    """The scanner on a port of its own."""
    server = _Server(("127.0.0.1", 0), type("Door", (_Door,), {"scanner": scanner}))
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scanner.port, scanner.tls = server.server_address[1], context is not None
    thread = threading.Thread(target=lambda: server.serve_forever(0.02))
    thread.start()
    try:
        yield scanner
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answer(entries: Sequence[tuple[str, str, int, dict[str, str]]], host: str = "printer.local", address: str = "127.0.0.1") -> bytes:
    """A multicast answer: (service, instance, port, text pairs) each, with a pointer back to the service's name."""
    def record(name: bytes, kind: int, content: bytes) -> bytes:
        return name + struct.pack(">HHIH", kind, 1, 120, len(content)) + content
    records = []
    for service, instance, port, pairs in entries:
        full = bytes([len(instance.encode())]) + instance.encode() + spelt(service)
        text = b"".join(bytes([len(pair)]) + pair for pair in (f"{key}={value}".encode() for key, value in pairs.items()))
        records += [record(spelt(service), 12, full), record(full, 33, struct.pack(">HHH", 0, 0, port) + spelt(host)),
                    record(full, 16, text)]
    records.append(record(spelt(host), 1, socket.inet_aton(address)))
    return struct.pack(">HHHHHH", 0, 0x8400, 0, len(records), 0, 0) + b"".join(records)


@contextlib.contextmanager
def voice(packets: Sequence[bytes]) -> Iterator[tuple[str, int]]:
    """A responder that answers every question with the packets; its address."""
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            packet, sender = line.recvfrom(2000)
            if packet == b"end":
                return
            for each in packets:
                line.sendto(each, sender)
    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield line.getsockname()
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ending:
            ending.sendto(b"end", line.getsockname())
        thread.join()
        line.close()
