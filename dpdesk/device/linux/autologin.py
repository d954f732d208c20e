"""Whether the machine lets somebody in without asking when it is switched on: GDM, SDDM, LightDM, greetd, terminals (S1 §27.2)."""

from __future__ import annotations

import os
from collections.abc import Iterator

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.linux.autolock_kde import ini
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_FILES = {
    "gdm": ("/etc/gdm3/custom.conf", "/etc/gdm3/daemon.conf", "/etc/gdm/custom.conf"),
    "sddm": ("/usr/lib/sddm/sddm.conf.d/", "/etc/sddm.conf.d/", "/etc/sddm.conf"),
    "lightdm": ("/usr/share/lightdm/lightdm.conf.d/", "/etc/lightdm/lightdm.conf.d/", "/etc/lightdm/lightdm.conf"),
    "greetd": ("/etc/greetd/config.toml",),
}
_LINK = "/etc/systemd/system/display-manager.service"


def look(machine: Machine, _asked: Asked) -> Result:
    """Any of them that opens by itself fails; passes only where the one in use is known and says nothing of the kind."""
    for name in _FILES:
        if any(opens(name, text) for text in _texts(machine, name)):
            return failed("autologin", "opens_itself", manager=name)
    if _terminal(machine):
        return failed("autologin", "opens_itself", manager="getty")
    manager = in_use(machine)
    if manager not in _FILES:
        return unknown("autologin", "manager_unknown")
    return passed("autologin", "asks", manager=manager)


def in_use(machine: Machine) -> str:
    """The login manager that is switched on."""
    try:
        name = os.path.basename(os.readlink(machine.path(_LINK))).removesuffix(".service")  # noqa: PTH115, PTH119
    except OSError:
        return ""
    return {"gdm3": "gdm"}.get(name, name)


def _texts(machine: Machine, manager: str) -> Iterator[str]:
    for name in _FILES[manager]:
        names = [f"{name}{each}" for each in machine.names(name) or ()] if name.endswith("/") else [name]
        yield from filter(None, map(machine.read, names))


def opens(manager: str, text: str) -> bool:
    """Whether a configuration lets somebody in without asking."""
    groups = {name.lower(): {key.lower(): value for key, value in inside.items()} for name, inside in ini(text).items()}
    if manager == "gdm":
        daemon = groups.get("daemon", {})
        return any(daemon.get(key, "").lower() in ("true", "1", "yes") for key in ("automaticloginenable", "timedloginenable"))
    if manager == "sddm":
        return bool(groups.get("autologin", {}).get("user"))
    if manager == "lightdm":
        return any(bool(inside.get("autologin-user") or inside.get("autologin-guest") == "true") for inside in groups.values())
    return "initial_session" in groups


def _terminal(machine: Machine) -> bool:
    folder = "/etc/systemd/system"
    for name in machine.names(folder) or ():
        if name.startswith("getty@") and name.endswith(".d"):
            for part in machine.names(f"{folder}/{name}") or ():
                if "--autologin" in (machine.read(f"{folder}/{name}/{part}") or ""):
                    return True
    return False
