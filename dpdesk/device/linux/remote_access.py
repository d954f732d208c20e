"""Whether the machine can be reached from outside: remote login and screens that listen beyond this machine (S1 §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

PORTS = {22: "ssh", 23: "telnet", 3389: "remote_desktop", **{5900 + n: "vnc" for n in range(10)}}
_LISTENING = "0A"


def look(machine: Machine, _asked: Asked) -> Result:
    """The tables of sockets that the kernel shows everybody."""
    tables = [machine.read(name) for name in ("/proc/net/tcp", "/proc/net/tcp6")]
    if tables[0] is None:
        return unknown("remote_access")
    found = sorted({PORTS[port] for table in tables for port in listening(table or "") if port in PORTS})
    return failed("remote_access", "open", ways=found) if found else passed("remote_access", "closed")


def listening(table: str) -> list[int]:
    """Ports that listen on more than this machine itself."""
    found = []
    for line in table.splitlines()[1:]:
        parts = line.split()
        if len(parts) < 4 or parts[3] != _LISTENING:
            continue
        address, _, port = parts[1].partition(":")
        own = address.endswith("7F") if len(address) == 8 else address == "0" * 24 + "01000000" or address[:24] == "0" * 16 + "FFFF0000" \
            and address.endswith("7F")
        if not own:
            found.append(int(port, 16))
    return found
