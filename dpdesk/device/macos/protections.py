"""System Integrity Protection and Gatekeeper (S1 §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_SIP, _GATE = ("csrutil", "status"), ("spctl", "--status")
COMMANDS = (_SIP, _GATE)


def look(machine: Machine, _asked: Asked) -> Result:
    """Either of them off fails; both have to say that they are on."""
    if machine.uid == 0:
        return failed("protections", "works_as_root")
    sip, gate = (ran.out + ran.err if (ran := machine.run(*ask)) is not None else "" for ask in (_SIP, _GATE))
    if "status: disabled" in sip or "assessments disabled" in gate:
        return failed("protections", "not_confined")
    return passed("protections", "confined", by="sip+gatekeeper") if "status: enabled" in sip and "assessments enabled" in gate \
        else unknown("protections")
