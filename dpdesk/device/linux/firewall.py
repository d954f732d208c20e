"""Whether a firewall is in force: firewalld, or ufw where it is switched on; bare nftables rules nobody can see (S1 §27.1, §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_SERVICES = ("firewalld", "ufw", "nftables")
_ASK = ("systemctl", "is-active", *_SERVICES)
COMMANDS = (_ASK,)


def look(machine: Machine, _asked: Asked) -> Result:
    """`ufw` counts as running as soon as it is installed: only its own ENABLED tells."""
    ran = machine.run(*_ASK)
    answers = ran.out.split() if ran is not None else []
    if len(answers) != len(_SERVICES) or set(answers) <= {"offline", "unknown"}:
        return unknown("firewall", "services_unknown")
    active = [name for name, answer in zip(_SERVICES, answers, strict=True) if answer == "active"]
    ufw = "ENABLED=yes" in (machine.read("/etc/ufw/ufw.conf") or "").replace(" ", "")
    if "firewalld" in active or ("ufw" in active and ufw):
        return passed("firewall", "on", program="firewalld" if "firewalld" in active else "ufw")
    if "nftables" in active:
        return unknown("firewall", "rules_unseen", program="nftables")
    return failed("firewall", "off")
