"""Whether the account is an ordinary one, and the kernel confines programs (AppArmor, SELinux) (S1 §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(machine: Machine, _asked: Asked) -> Result:
    """Working as root fails; nothing that confines is a warning where the kernel says so."""
    if machine.uid == 0:
        return failed("protections", "works_as_root")
    if (machine.read("/sys/fs/selinux/enforce") or "").strip() == "1":
        return passed("protections", "confined", by="selinux")
    said = (machine.read("/sys/module/apparmor/parameters/enabled") or "").strip()
    if said == "Y":
        return passed("protections", "confined", by="apparmor")
    return failed("protections", "not_confined", mild=True) if said == "N" else unknown("protections")
