"""Whether the volume that holds the desk is encrypted: this very one, whatever else on the machine is (S1 §27.10)."""

from __future__ import annotations

import array
import os
import re
from pathlib import Path

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.linux.disks import Drive, drive_of
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_GET_POLICY_EX = 0xC0096616  # FS_IOC_GET_ENCRYPTION_POLICY_EX
_CIPHER = re.compile(r"on|aes-(128|192|256)-(ccm|gcm)")
_MODES = {1: "aes-256-xts", 5: "aes-128-cbc", 9: "adiantum"}


def look(machine: Machine, asked: Asked) -> Result:
    """The desk's folder."""
    return judged("encryption", volume_of(machine, asked.desk))


def judged(check: str, drive: Drive, **facts: object) -> Result:
    """What is said of a drive: encrypted by what, plain, or why nobody can tell."""
    facts = {"how": drive.how, "filesystem": drive.filesystem, **facts}
    if drive.encrypted:
        return passed(check, "encrypted", **facts)
    if drive.encrypted is False:
        return failed(check, "plain", **facts)
    return unknown(check, "memory" if drive.how == "memory" else "volume_unknown", **facts)


def volume_of(machine: Machine, folder: Path) -> Drive:
    """The drive of a folder; ZFS is asked itself, and a folder encrypted by its file system (fscrypt) tells so."""
    if fscrypt_of(folder):
        found = drive_of(folder, machine.root)
        return Drive(found.removable, True, "fscrypt", found.filesystem)
    found = drive_of(folder, machine.root)
    return zfs(machine, found) if found.how.startswith("zfs:") else found


def zfs(machine: Machine, found: Drive) -> Drive:
    """A dataset of ZFS: `off`, or its cipher."""
    said = machine.said("zfs", "get", "-H", "-o", "value", "encryption", found.how.removeprefix("zfs:"))
    if said == "off":
        return Drive(None, False, "plain", "zfs")
    return Drive(None, True if _CIPHER.fullmatch(said or "") else None, "zfs", "zfs")


def fscrypt_of(folder: Path) -> str:
    """The mode by which the file system encrypts the names and files of a folder (fscrypt); "" where it does not."""
    try:
        import fcntl
        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return ""
    answer = array.array("B", (24).to_bytes(8, "little") + bytes(24))
    try:
        fcntl.ioctl(handle, _GET_POLICY_EX, answer, True)
    except OSError:
        return ""
    finally:
        os.close(handle)
    return _MODES.get(answer[9], "other")
