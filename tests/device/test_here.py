"""For real, on this very Linux: a plain volume, memory, an encrypted folder (fscrypt), LUKS, no desktop, and programs that hang."""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dpdesk.device.asked import Asked
from dpdesk.device.linux import disks, encryption
from dpdesk.device.looks import LOOKED_AT, look
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Outcome

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="make soak on Linux: it looks at this very system")
_ADD_KEY, _SET_POLICY, _REMOVE_KEY = 0xC0506617, 0x800C6613, 0xC0406618


def encryption_of(folder: Path):
    return look(Machine(), Asked(folder), ["encryption"])[0]


def test_every_check_answers_on_this_machine(tmp_path):
    found = look(Machine(), Asked(tmp_path))
    assert [result.check for result in found] == list(LOOKED_AT)
    assert all(result.outcome in Outcome for result in found)


def test_memory_is_no_encryption(tmp_path):
    memory = Path("/dev/shm")
    mount = disks.mount_of(memory)
    if mount is None or mount.kind != "tmpfs":
        pytest.skip("make soak: there is no memory file system here")
    found = encryption_of(memory)
    assert (found.outcome, found.why) == (Outcome.CANNOT_TELL, "memory")


def test_a_machine_without_a_desktop_has_no_lock(tmp_path):
    machine = Machine(env={"PATH": os.environ["PATH"]})
    found = look(machine, Asked(tmp_path), ["autolock"])[0]
    assert (found.outcome, found.why) == (Outcome.CANNOT_TELL, "no_desktop")


def test_what_the_kernel_says_of_this_folder_is_what_is_told(tmp_path):
    """The desk's volume: the chain of /sys, told as it is, and never "encrypted" on a bare disk."""
    drive, found = disks.drive_of(tmp_path), encryption_of(tmp_path)
    assert found.outcome is {True: Outcome.PASS, False: Outcome.FAIL, None: Outcome.CANNOT_TELL}[drive.encrypted]


@pytest.fixture
def disk(tmp_path):
    """A disk in a file, as a loop device, where the machine lets us."""
    if os.geteuid() != 0 or not shutil.which("losetup") or not shutil.which("mkfs.ext4"):
        pytest.skip("make soak as root: a loop device is made and mounted")
    image = tmp_path / "disk.img"
    with image.open("wb") as file:
        file.truncate(64 << 20)
    made = subprocess.run(["losetup", "--show", "-f", image], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip("make soak: this kernel gives no loop device")
    name = made.stdout.strip()
    yield name
    subprocess.run(["losetup", "-d", name], check=True)


@pytest.fixture
def mounted(tmp_path):
    """Mounts a device; unmounted in the end."""
    places = []

    def mount(device: str) -> Path:
        place = tmp_path / f"mounted{len(places)}"
        place.mkdir()
        if subprocess.run(["mount", device, place], check=False, capture_output=True).returncode:
            pytest.skip("make soak: this machine lets nobody mount")
        places.append(place)
        return place
    yield mount
    for place in places:
        subprocess.run(["umount", place], check=True)


def test_a_plain_loop_device_is_as_plain_as_the_disk_its_file_lies_on(disk, mounted, tmp_path):
    subprocess.run(["mkfs.ext4", "-q", disk], check=True)
    place = mounted(disk)
    assert disks.drive_of(place).encrypted == disks.drive_of(tmp_path).encrypted
    assert encryption_of(place).outcome is encryption_of(tmp_path).outcome


def test_a_folder_encrypted_by_its_file_system_is_encrypted_and_its_neighbour_is_not(disk, mounted, tmp_path):
    subprocess.run(["mkfs.ext4", "-q", "-O", "encrypt", disk], check=True)
    place = mounted(disk)
    desk, beside = place / "desk", place / "beside"
    desk.mkdir()
    beside.mkdir()
    key = bytearray(struct.pack("=II32sII32x", 2, 0, bytes(32), 64, 0) + os.urandom(64))
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, _ADD_KEY, key, True)
    except OSError:
        os.close(handle)
        pytest.skip("make soak: this kernel has no fscrypt")
    identifier = bytes(key[8:24])
    inside = os.open(desk, os.O_RDONLY)
    fcntl.ioctl(inside, 0x800C6613, struct.pack("=BBBB4x16s", 2, 1, 4, 3, identifier))
    os.close(inside)
    os.close(handle)
    assert encryption.fscrypt_of(desk) == "aes-256-xts"
    found = encryption_of(desk)
    assert (found.outcome, found.facts["how"]) == (Outcome.PASS, "fscrypt")
    assert encryption.fscrypt_of(beside) == ""
    assert encryption_of(beside).outcome is encryption_of(tmp_path).outcome


def test_luks_on_a_loop_device(disk, mounted):
    if not shutil.which("cryptsetup") or "device-mapper" not in Path("/proc/devices").read_text():
        pytest.skip("make soak: LUKS wants cryptsetup and a kernel with device-mapper")
    name = f"dpdesk-{os.getpid()}"
    given = {"input": b"a long passphrase", "check": True}
    subprocess.run(["cryptsetup", "luksFormat", "-q", "--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000", disk, "-"], **given)
    subprocess.run(["cryptsetup", "open", disk, name, "--key-file", "-"], **given)
    try:
        subprocess.run(["mkfs.ext4", "-q", f"/dev/mapper/{name}"], check=True)
        place = mounted(f"/dev/mapper/{name}")
        found = encryption_of(place)
        assert (found.outcome, found.facts["how"]) == (Outcome.PASS, "luks")
        subprocess.run(["umount", place], check=True)
        subprocess.run(["mount", f"/dev/mapper/{name}", place], check=True)
    finally:
        subprocess.run(["umount", f"/dev/mapper/{name}"], check=False)
        subprocess.run(["cryptsetup", "close", name], check=True)


def test_a_program_that_hangs_is_no_answer_and_stops_nothing(tmp_path):
    for name, words in (("gsettings", "exec sleep 60"), ("systemctl", "sleep 60 & wait"), ("passwd",
        "(trap '' TERM; sleep 60) & sleep 60")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{words}\n")
        (tmp_path / name).chmod(0o755)
    machine = Machine(env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "XDG_CURRENT_DESKTOP": "GNOME"})
    began = time.monotonic()
    found = {result.check: result for result in look(machine, Asked(tmp_path))}
    assert time.monotonic() - began < 3.0
    assert found["autolock"].outcome is Outcome.CANNOT_TELL
    assert len(found) == len(LOOKED_AT)


def test_programs_speak_no_language_of_the_country(tmp_path):
    seen = tmp_path / "printlocale"
    seen.write_text("#!/bin/sh\necho \"$LC_ALL|$LANG|$LANGUAGE\"\n")
    seen.chmod(0o755)
    machine = Machine(env={"PATH": str(tmp_path), "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"})
    assert machine.said("printlocale") == "C|C|C"
