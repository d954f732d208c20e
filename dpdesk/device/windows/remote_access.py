"""Whether the machine can be reached from outside: Remote Desktop and an SSH server (S1 §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_DESKTOP = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\fDenyTSConnections"
_SSH = r"HKLM\SYSTEM\CurrentControlSet\Services\sshd\Start"
_BY_ITSELF = 2


def look(machine: Machine, _asked: Asked) -> Result:
    """Remote Desktop has to say that it is off; an SSH server that is not there cannot listen."""
    refuses = machine.number(_DESKTOP)
    ways = [*(["remote_desktop"] if refuses == 0 else []), *(["ssh"] if machine.number(_SSH) == _BY_ITSELF else [])]
    if ways:
        return failed("remote_access", "open", ways=ways)
    return passed("remote_access", "closed") if refuses == 1 else unknown("remote_access")
