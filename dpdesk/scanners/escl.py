"""An eSCL (AirScan) client: what a scanner can do, how it stands, and pages from its glass or feeder, one after another.

Scanners sign their own certificates: the one met first is remembered by the caller (`pin`), and another one is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from dpdesk.domain.errors import Hindered
from dpdesk.domain.scanners import DUPLEX, FEEDER, FLATBED, Device, Wish
from dpdesk.scanners.device import LARGEST_PAGE, Stopper, fault, go_on

SECONDS = 30.0
"""How long an answer may take; a page is being scanned meanwhile."""
RETRIES = 40
PAUSE = 0.5
_XML_MOST = 1 << 20
_ADF = {"ScannerAdfEmpty": "feeder_empty", "ScannerAdfJam": "feeder_jam", "ScannerAdfHatchOpen": "cover_open",
        "ScannerAdfDoorOpen": "cover_open", "ScannerAdfMultipickDetected": "feeder_two", "ScannerAdfInputTrayFailed": "feeder_jam",
        "ScannerAdfInputTrayOverloaded": "feeder_jam"}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:Version>{version}</pwg:Version><scan:Intent>Document</scan:Intent>
<pwg:ScanRegions><pwg:ScanRegion><pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>
<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset><pwg:Width>{width}</pwg:Width><pwg:Height>{height}</pwg:Height>
</pwg:ScanRegion></pwg:ScanRegions><pwg:DocumentFormat>{format}</pwg:DocumentFormat>
<scan:DocumentFormatExt>{format}</scan:DocumentFormatExt><pwg:InputSource>{source}</pwg:InputSource>{duplex}
<scan:ColorMode>{mode}</scan:ColorMode><scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>
</scan:ScanSettings>"""
_A4 = (2480, 3508)


@dataclass(frozen=True)
class Source:
    """What one source can do: colour modes, resolutions, formats, and its size in 1/300 inch."""

    modes: tuple[str, ...]
    dpis: tuple[int, ...]
    formats: tuple[str, ...]
    width: int
    height: int


@dataclass(frozen=True)
class Able:
    """What a scanner says it can do: `sources` by their codes; `pin` the SHA-256 of the certificate it showed, "" without one."""

    name: str
    version: str
    sources: dict[str, Source]
    pin: str


class _Line:
    """Requests to one scanner, each on a connection of its own; the certificate is compared before anything is asked."""

    def __init__(self, device: Device, pin: str) -> None:
        self._device, self.pin = device, pin

    @contextlib.contextmanager
    def ask(self, method: str, path: str, body: bytes = b"") -> Iterator[http.client.HTTPResponse]:
        """One request; raises `Hindered` where the scanner cannot be reached or is not the one it was."""
        device = self._device
        connection = self._connection()
        try:
            connection.connect()
            self._compare(connection)
            connection.request(method, path, body or None, {"Content-Type": "text/xml"} if body else {})
            yield connection.getresponse()
        except TimeoutError:
            raise fault("scanner_silent", device) from None
        except ssl.SSLError:
            raise fault("scanner_not_tls", device) from None
        except (http.client.HTTPException, ValueError):
            raise fault("scanner_nonsense", device) from None
        except OSError:
            raise fault("scanner_gone", device) from None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        device = self._device
        if not device.tls:
            return http.client.HTTPConnection(device.host, device.port, timeout=SECONDS)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # its own certificate is compared below
        return http.client.HTTPSConnection(device.host, device.port, timeout=SECONDS, context=context)

    def _compare(self, connection: http.client.HTTPConnection) -> None:
        if not self._device.tls:
            return
        shown = hashlib.sha256(connection.sock.getpeercert(True) or b"").hexdigest()
        if self.pin and self.pin != shown:
            raise fault("scanner_certificate", self._device)
        self.pin = shown

    def xml(self, path: str) -> ElementTree.Element:
        """A document of the scanner's; raises `Hindered` where it is none."""
        with self.ask("GET", path) as answer:
            content = answer.read(_XML_MOST + 1)
            if answer.status != 200:
                raise fault("scanner_refused", self._device, status=answer.status)
        if len(content) > _XML_MOST or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise fault("scanner_nonsense", self._device)
        try:
            return ElementTree.fromstring(content)
        except ElementTree.ParseError:
            raise fault("scanner_nonsense", self._device) from None


def able(device: Device, pin: str = "") -> Able:
    """Ask what the scanner can do."""
    line = _Line(device, pin)
    told = line.xml(f"/{device.root}/ScannerCapabilities")
    sources = {name: _source(part) for name, tag in ((FLATBED, "PlatenInputCaps"), (FEEDER, "AdfSimplexInputCaps"),
                                                     (DUPLEX, "AdfDuplexInputCaps")) if (part := _part(told, tag)) is not None}
    if not sources:
        raise fault("scanner_nonsense", device)
    return Able(_word(told, "MakeAndModel") or device.name, _word(told, "Version") or "2.0", sources, line.pin)


def _part(told: ElementTree.Element, tag: str) -> ElementTree.Element | None:
    """The first element of that name, whatever its namespace."""
    return next((each for each in told.iter() if each.tag.rpartition("}")[2] == tag), None)


def _words(told: ElementTree.Element, tag: str) -> list[str]:
    return [(each.text or "").strip() for each in told.iter() if each.tag.rpartition("}")[2] == tag]


def _word(told: ElementTree.Element, tag: str) -> str:
    return next(iter(_words(told, tag)), "")


def _source(part: ElementTree.Element) -> Source:
    dpis = {int(each) for each in _words(part, "XResolution") if each.isdigit()}
    sizes = [int(word) if (word := _word(part, tag)).isdigit() else most for tag, most in zip(("MaxWidth", "MaxHeight"), _A4, strict=True)]
    formats = [*_words(part, "DocumentFormat"), *_words(part, "DocumentFormatExt")]
    return Source(tuple(_words(part, "ColorMode")), tuple(sorted(dpis)), tuple(dict.fromkeys(formats)), *sizes)


def standing(device: Device, pin: str = "") -> tuple[str, str]:
    """(state: Idle, Processing …; a fault of its feeder as a code, "" where there is none)."""
    told = _Line(device, pin).xml(f"/{device.root}/ScannerStatus")
    return _word(told, "State"), _ADF.get(_word(told, "AdfState"), "")


def scan(device: Device, wish: Wish, pin: str = "", stopped: Stopper | None = None) -> Iterator[bytes]:
    """Pages as the scanner gives them (JPEG or PDF), until the glass is done or the feeder is empty.

    Raises `Hindered`: `feeder_empty` only where there was no page at all; `feeder_jam`, `cover_open` … after the pages before it.
    """
    known = able(device, pin)
    line = _Line(device, known.pin)
    job = _begin(line, device, known, wish, stopped)
    count, whole = 0, False
    try:
        while (page := _next(line, device, job, stopped)) is not None:
            count += 1
            yield page
            if wish.source == FLATBED:
                break
        whole = True
    finally:
        if not whole or wish.source == FLATBED:
            with contextlib.suppress(Hindered), line.ask("DELETE", job):
                pass
    _settle(device, known.pin, wish, count)


def _settle(device: Device, pin: str, wish: Wish, count: int) -> None:
    """After the last page: whether the feeder stopped because it is empty, or because something is wrong."""
    if wish.source == FLATBED and count:
        return
    trouble = standing(device, pin)[1]
    if trouble and (trouble != "feeder_empty" or not count):
        raise fault(trouble, device, count=count)
    if not count:
        raise fault("scanner_no_page", device)


def _begin(line: _Line, device: Device, known: Able, wish: Wish, stopped: Stopper | None) -> str:
    """Start a job; returns its path. A busy scanner is asked again for some seconds."""
    body = settings(device, known, wish)
    for _ in range(RETRIES):
        go_on(stopped)
        with line.ask("POST", f"/{device.root}/ScanJobs", body) as answer:
            status, where = answer.status, answer.headers.get("Location", "")
        if status == 201 and where:
            return urlsplit(where).path or "/"  # its path alone: pages are fetched from no other machine
        if status == 409:
            raise fault(standing(device, line.pin)[1] or "feeder_empty", device, count=0)
        if status != 503:
            raise fault("scanner_refused", device, status=status)
        time.sleep(PAUSE)
    raise fault("scanner_busy", device)


def settings(device: Device, known: Able, wish: Wish) -> bytes:
    """The request for a job: grey at 200 dpi unless the scanner has no such thing; raises `Hindered` for a source it has not."""
    source = known.sources.get(wish.source)
    if source is None:
        raise fault("scanner_no_source", device, source=wish.source)
    wanted = ("RGB24", "Grayscale8") if wish.colour else ("Grayscale8", "RGB24")
    mode = next((each for each in wanted if each in source.modes), None)
    if mode is None:
        raise fault("scanner_no_grey", device)
    enough = [dpi for dpi in source.dpis if dpi >= wish.dpi]
    dpi = enough[0] if enough else source.dpis[-1] if source.dpis else wish.dpi
    format = "image/jpeg" if "image/jpeg" in source.formats or not source.formats else "application/pdf"
    return _SETTINGS.format(version=known.version, width=min(_A4[0], source.width), height=min(_A4[1], source.height), format=format,
                            source="Platen" if wish.source == FLATBED else "Feeder", mode=mode, dpi=dpi,
                            duplex=f"<scan:Duplex>{str(wish.source == DUPLEX).lower()}</scan:Duplex>" if wish.source != FLATBED else ""
                            ).encode()


def _next(line: _Line, device: Device, job: str, stopped: Stopper | None) -> bytes | None:
    """The next page; None where there is no more."""
    for _ in range(RETRIES):
        go_on(stopped)
        with line.ask("GET", f"{job.rstrip('/')}/NextDocument") as answer:
            if answer.status == 200:
                content = answer.read(LARGEST_PAGE + 1)
                if len(content) > LARGEST_PAGE or not content:
                    raise fault("scanner_nonsense", device)
                return content
            status = answer.status
        if status in (404, 410, 409):
            return None
        if status != 503:
            raise fault("scanner_refused", device, status=status)
        time.sleep(PAUSE)
    raise fault("scanner_silent", device)
