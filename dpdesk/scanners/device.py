"""A scanner as the desk knows it, and what is wished of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dpdesk.domain.errors import Cancelled, Hindered

FLATBED, FEEDER, DUPLEX = "flatbed", "feeder", "duplex"
SOURCES = (FLATBED, FEEDER, DUPLEX)
LARGEST_PAGE = 64 << 20
Stopper = Callable[[], bool]


@dataclass(frozen=True)
class Device:
    """`kind` is "escl" (with `host`, `port`, `root`, and `tls` where the line is encrypted) or "sane" (whose `id` is SANE's name).

    `id` is lasting: the device's UUID where it tells one. `sources` what it says it can scan from, empty where it did not say.
    """

    kind: str
    id: str
    name: str
    host: str = ""
    port: int = 0
    root: str = "eSCL"
    tls: bool = False
    sources: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """How pages travel: "encrypted", "plain" (anybody on the network could read them) or "cable"."""
        return "cable" if self.kind == "sane" else "encrypted" if self.tls else "plain"


@dataclass(frozen=True)
class Wish:
    """What to scan: from where, how fine, in grey unless colour is wished."""

    source: str = FEEDER
    dpi: int = 200
    colour: bool = False


def fault(code: str, device: Device, **facts: object) -> Hindered:
    """A fault of a scanner, to be raised: its code, and the scanner's name for the sentence."""
    return Hindered(f"scans.{code}", {"name": device.name, **facts})


def go_on(stopped: Stopper | None) -> None:
    """Raise `Cancelled` once the officer has stopped it."""
    if stopped is not None and stopped():
        raise Cancelled()
