"""What tells this machine from others, and its system's build, which an update changes."""

from __future__ import annotations

from dpdesk.device.machine import Machine

_KEY = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\"


def mark(machine: Machine) -> str:
    """The machine's own number; it is keyed before it is kept."""
    return str(machine.value(r"HKLM\SOFTWARE\Microsoft\Cryptography\MachineGuid") or "")


def build(machine: Machine) -> tuple[str, str]:
    """The system's name, and build with its update number."""
    number = machine.number(_KEY + "CurrentBuild") or 0
    name = f"Windows {'11' if number >= 22000 else '10'} {machine.value(_KEY + 'DisplayVersion') or ''}".strip()
    return name, f"{number}.{machine.number(_KEY + 'UBR') or 0}"
