"""Whether the machine is on a network without a key right now (S1 §27.13)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(machine: Machine, _asked: Asked) -> Result:
    """Every card's link; newer Windows tells it only where programs may know the location."""
    links = machine.wifi_links()
    if links is None:
        return unknown("wifi_now")
    if not links:
        return apart("wifi_now", "no_wifi")
    if False in links:
        return failed("wifi_now", "on_open")
    return passed("wifi_now", "on_safe") if True in links else unknown("wifi_now")
