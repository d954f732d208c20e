"""How soon the screen locks by itself: idle time and lock delay together, by the desktop in use (S1 §27.3a)."""

from __future__ import annotations

from importlib import import_module

from dpdesk.device.asked import Asked, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

CHECK = "autolock"
_COMM = 15  # letters of a program's name that the kernel keeps
_DESKTOPS = {"GNOME": "gnome", "UNITY": "gnome", "BUDGIE": "gnome", "KDE": "kde", "X-CINNAMON": "cinnamon", "CINNAMON": "cinnamon",
             "MATE": "mate", "XFCE": "xfce", "SWAY": "sway", "HYPRLAND": "hyprland"}


def desktop_of(machine: Machine) -> str:
    """The desktop in use: gnome, kde, …; "none" without a screen, "" for one that dpdesk does not know."""
    named = machine.env.get("XDG_CURRENT_DESKTOP", "") or machine.env.get("XDG_SESSION_DESKTOP", "")
    for part in named.upper().split(":"):
        if part in _DESKTOPS:
            return _DESKTOPS[part]
    if not named and not (machine.env.get("DISPLAY") or machine.env.get("WAYLAND_DISPLAY")):
        return "none"
    return ""


def _module(machine: Machine):
    desktop = desktop_of(machine)
    return import_module(f"dpdesk.device.linux.autolock_{desktop}") if desktop not in ("", "none") else None


def commands(machine: Machine, _asked: Asked) -> tuple[tuple[str, ...], ...]:
    """What the desktop's own settings are asked with."""
    return getattr(_module(machine), "COMMANDS", ())


def look(machine: Machine, asked: Asked) -> Result:
    """An unknown desktop, and none at all, tell nothing."""
    module = _module(machine)
    if module is None:
        return unknown(CHECK, "no_desktop" if desktop_of(machine) == "none" else "desktop_unknown")
    return module.look(machine, asked)


def running(machine: Machine, program: str) -> list[str] | None:
    """The words a program of this account was started with, where it runs."""
    for number in machine.names("/proc") or ():
        if number.isdigit() and (machine.read(f"/proc/{number}/comm") or "").strip() == program[:_COMM]:
            owner = machine.owner(f"/proc/{number}")
            mine = owner is not None and owner[0] == machine.uid
            if mine:
                return [word for word in (machine.read(f"/proc/{number}/cmdline") or "").split("\0") if word]
    return None
