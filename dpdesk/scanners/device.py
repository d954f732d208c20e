"""What every kind of scanner has in common: its faults, and being stopped."""

from __future__ import annotations

from collections.abc import Callable

from dpdesk.domain.errors import Cancelled, Hindered
from dpdesk.domain.scanners import Device

LARGEST_PAGE = 64 << 20
Stopper = Callable[[], bool]


def fault(code: str, device: Device, **facts: object) -> Hindered:
    """A fault of a scanner, to be raised: its code, and the scanner's name for the sentence."""
    return Hindered(f"scans.{code}", {"name": device.name, **facts})


def go_on(stopped: Stopper | None) -> None:
    """Raise `Cancelled` once the officer has stopped it."""
    if stopped is not None and stopped():
        raise Cancelled()
