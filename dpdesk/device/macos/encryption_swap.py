"""Whether what is swapped out of memory is encrypted: the kernel says so of its own swap (S1 §27.10)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_ASK = ("sysctl", "-n", "vm.swapusage")
COMMANDS = (_ASK,)


def look(machine: Machine, _asked: Asked) -> Result:
    """`total = 2048.00M  used = …  (encrypted)`."""
    said = machine.said(*_ASK)
    if not said or "total" not in said:
        return unknown("encryption_swap", "swap_unknown")
    return passed("encryption_swap", "swap_encrypted") if "(encrypted)" in said else failed("encryption_swap", "swap_plain")
