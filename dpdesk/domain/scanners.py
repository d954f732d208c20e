"""A scanner the desk has used, and what can be asked of one."""

from __future__ import annotations

from dataclasses import dataclass

FLATBED, FEEDER, DUPLEX = "flatbed", "feeder", "duplex"
SOURCES = (FLATBED, FEEDER, DUPLEX)
DPI = 200
"""Grey at 200 dpi: finer makes no fewer mistakes and takes longer (PAPER.md §3)."""


@dataclass(frozen=True)
class Device:
    """`kind` is "escl" (with `host`, `port`, `root`, and `tls` where the line is encrypted) or "sane" (whose `id` is SANE's name).

    `id` is lasting: the device's UUID where it tells one. `sources` what it says it can scan from, empty where it did not say. `pin` is
    the SHA-256 of the certificate it showed first, "" before that and where there is none.
    """

    kind: str
    id: str
    name: str
    host: str = ""
    port: int = 0
    root: str = "eSCL"
    tls: bool = False
    sources: tuple[str, ...] = ()
    pin: str = ""

    @property
    def line(self) -> str:
        """How pages travel: "encrypted", "plain" (anybody on the network could read them) or "cable"."""
        return "cable" if self.kind == "sane" else "encrypted" if self.tls else "plain"


@dataclass(frozen=True)
class Wish:
    """What to scan: from where, how fine, in grey unless colour is wished."""

    source: str = FEEDER
    dpi: int = DPI
    colour: bool = False
