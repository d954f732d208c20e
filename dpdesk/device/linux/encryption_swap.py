"""Whether what is swapped out of memory lands on an encrypted disk: keys and names may be in it (S1 §27.10)."""

from __future__ import annotations

from pathlib import Path

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.linux import disks
from dpdesk.device.linux.encryption import volume_of
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

CHECK = "encryption_swap"


def look(machine: Machine, _asked: Asked) -> Result:
    """Every place that /proc/swaps names."""
    text = machine.read("/proc/swaps")
    if text is None:
        return unknown(CHECK)
    places = swaps(text)
    if not places:
        return apart(CHECK, "no_swap")
    answers = [_encrypted(machine, name, kind) for name, kind in places]
    facts = {"places": len(answers), "in_memory": sum("/zram" in name for name, _kind in places)}
    if False in answers:
        return failed(CHECK, "swap_plain", **facts)
    return unknown(CHECK, "swap_unknown", **facts) if None in answers else passed(CHECK, "swap_encrypted", **facts)


def swaps(text: str) -> list[tuple[str, str]]:
    """Name and kind (partition, file) of each swap place."""
    rows = [line.split() for line in text.splitlines()[1:]]
    return [(row[0].replace("\\040", " "), row[1]) for row in rows if len(row) > 1]


def _encrypted(machine: Machine, name: str, kind: str) -> bool | None:
    if Path(name).name.startswith("zram"):
        return _written_back(machine, Path(name).name)
    if kind == "file":
        return volume_of(machine, Path(name).parent).encrypted
    device = disks.device_named(name, machine.root)
    return None if device is None else disks.device_drive(device, machine.root).encrypted


def _written_back(machine: Machine, name: str) -> bool | None:
    """Compressed memory reaches a disk only where it was given one to write back to."""
    backing = (machine.read(f"/sys/block/{name}/backing_dev") or "none").strip()
    if backing == "none":
        return True
    device = disks.device_named(backing, machine.root)
    return None if device is None else disks.device_drive(device, machine.root).encrypted
