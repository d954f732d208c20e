"""What the kernel tells of drives, from trees laid out as real machines have them: laptop, stick, LUKS, card, RAID, share."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpdesk.device.linux.disks import mount_of, on_linux

MOUNTS = """22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 0:30 / /tmp rw - tmpfs tmpfs rw
24 22 8:17 / /media/ann/MY\\040STICK rw - vfat /dev/sdb1 rw
25 22 254:1 / /media/ann/safe rw - ext4 /dev/mapper/luks-1 rw
26 22 179:1 / /media/ann/card rw - exfat /dev/mmcblk0p1 rw
27 22 254:0 / /people rw - ext4 /dev/mapper/home rw
28 22 9:0 / /srv rw - ext4 /dev/md0 rw
29 22 0:45 / /mnt/share rw - cifs //server/share rw
30 22 0:50 / /mnt/odd rw - someodd none rw
31 22 0:60 / /vault rw - fuse.gocryptfs /srv/.vault rw
32 22 0:61 / / rw - overlay overlay rw
"""


@pytest.fixture
def machine(tmp_path) -> Path:
    """A root with /proc and /sys of a laptop that has a stick, an encrypted stick, a card, LVM on LUKS and a RAID."""
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/mountinfo").write_text(MOUNTS.rsplit("32 22", 1)[0])
    numbers = tmp_path / "sys/dev/block"
    numbers.mkdir(parents=True)

    def disk(path: str, removable: str, kind: str = "") -> Path:
        folder = tmp_path / "sys/devices" / path
        (folder / "device").mkdir(parents=True)
        (folder / "removable").write_text(f"{removable}\n")
        if kind:
            (folder / "device/type").write_text(f"{kind}\n")
        return folder

    def device(number: str, path: Path) -> Path:
        path.mkdir(parents=True, exist_ok=True)
        (numbers / number).symlink_to(path)
        return path

    def mapped(number: str, name: str, uuid: str, *below: Path) -> Path:
        folder = device(number, tmp_path / "sys/devices/virtual/block" / name)
        (folder / "removable").write_text("0\n")
        (folder / "dm").mkdir()
        (folder / "dm/uuid").write_text(f"{uuid}\n")
        (folder / "slaves").mkdir()
        for each in below:
            (folder / "slaves" / each.name).symlink_to(each)
        return folder

    inside = disk("pci0/ata1/block/sda", "0")
    stick = disk("pci0/usb1/1-1/block/sdb", "1")
    fixed_usb = disk("pci0/usb1/1-2/block/sdc", "0")
    card = disk("pci0/mmc_host/mmc0/block/mmcblk0", "0", "SD")
    device("8:2", inside / "sda2")
    device("8:17", stick / "sdb1")
    device("179:1", card / "mmcblk0p1")
    luks = mapped("254:9", "dm-9", "CRYPT-LUKS2-77-home_crypt", device("8:3", inside / "sda3"))
    mapped("254:0", "dm-0", "LVM-77", luks)
    mapped("254:1", "dm-1", "CRYPT-LUKS2-88-luks", device("8:33", fixed_usb / "sdc1"))
    raid = device("9:0", tmp_path / "sys/devices/virtual/block/md0")
    (raid / "slaves").mkdir()
    for name in ("sda4", "sda5"):
        (raid / "slaves" / name).symlink_to(device(f"8:{name[-1]}", inside / name))
    return tmp_path


@pytest.mark.parametrize(("folder", "removable", "encrypted"), [
    ("/var/lib", False, False),
    ("/tmp", False, None),
    ("/media/ann/MY STICK/lists", True, False),
    ("/media/ann/safe", True, True),
    ("/media/ann/card", True, False),
    ("/people/ann", False, True),
    ("/srv", False, False),
    ("/mnt/share", None, None),
    ("/mnt/odd", None, None),
    ("/vault", None, True),
])
def test_drives(machine, folder, removable, encrypted):
    assert on_linux(Path(folder), machine) == (removable, encrypted)


def test_a_container_tells_nothing(tmp_path):
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/mountinfo").write_text(MOUNTS.splitlines()[-1] + "\n")
    assert on_linux(Path("/work"), tmp_path) == (None, None)
    assert on_linux(Path("/work"), tmp_path / "nowhere") == (None, None)


def test_a_longer_name_is_not_a_folder_inside(machine):
    assert mount_of(Path("/peoples"), machine).device == "8:2"
