"""Whether the Mac can be reached from outside: remote login, screen sharing, remote management (S1 §27.12)."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_ASK = ("netstat", "-an", "-p", "tcp")
COMMANDS = (_ASK,)
PORTS = {22: "ssh", 3283: "remote_management", 5900: "vnc"}
_LISTENS = re.compile(r"^tcp\S*\s+\d+\s+\d+\s+(\S+)\.(\d+)\s+\S+\s+LISTEN", re.MULTILINE)


def look(machine: Machine, _asked: Asked) -> Result:
    """Ports that listen on more than this machine itself."""
    said = machine.said(*_ASK)
    if not said or "Proto" not in said:
        return unknown("remote_access")
    found = sorted({PORTS[int(port)] for address, port in _LISTENS.findall(said)
                    if int(port) in PORTS and not address.startswith(("127.", "::1", "localhost"))})
    return failed("remote_access", "open", ways=found) if found else passed("remote_access", "closed")
