"""What other checkers got wrong in the dangerous direction (DOMAIN.md §5): each is told apart here."""

from __future__ import annotations

import pytest

from dpdesk.device.asked import Asked
from dpdesk.device.linux import disks
from dpdesk.device.linux.lockers import locks
from dpdesk.device.looks import look
from dpdesk.device.macos import autolock as mac_lock
from dpdesk.device.windows import powershell
from dpdesk.device.windows.encryption import judged
from dpdesk.domain.device import Outcome
from tests.device.captured import DAY, Captured, asked, load


def one(told: dict, check: str, tmp_path):
    return next(result for result in look(Captured(told, tmp_path), asked(told), [check]))


def test_another_encrypted_disk_does_not_encrypt_the_desk(tmp_path):
    """Any line of /etc/crypttab or lsblk with "crypt" made Pareto's Linux check pass."""
    told = load("ubuntu2404-gnome")
    assert "CRYPT-LUKS2-99-data" in str(told["files"])
    assert one(told, "encryption", tmp_path / "a").outcome is Outcome.FAIL
    assert one({**told, "desk": "/data/dpdesk"}, "encryption", tmp_path / "b").outcome is Outcome.PASS


@pytest.mark.parametrize(("value", "outcome", "mild"), [
    (1, Outcome.PASS, False), (2, Outcome.FAIL, False), (3, Outcome.FAIL, True), (4, Outcome.FAIL, False), (5, Outcome.FAIL, False),
    (8, Outcome.FAIL, False), (0, Outcome.CANNOT_TELL, False), (6, Outcome.CANNOT_TELL, False), (7, Outcome.CANNOT_TELL, False),
    (None, Outcome.CANNOT_TELL, False)])
def test_only_bitlocker_on_passes(value, outcome, mild):
    """1, 3 and 5 passed elsewhere: still encrypting, and suspended with the key in clear."""
    result = judged("encryption", value)
    assert (result.outcome, result.mild) == (outcome, mild)


@pytest.mark.parametrize("system", ["macos", "linux", "windows"])
def test_no_check_passes_without_looking(system, tmp_path):
    """`return true` and `echo true` stood for the screen lock of macOS."""
    told = {"system": system, "desk": "/desk", "env": {"XDG_CURRENT_DESKTOP": "GNOME"}}
    assert one(told, "autolock", tmp_path).outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize(("lock", "saver", "display", "outcome"), [
    ("screenLock delay is immediate", None, (0, 0), Outcome.CANNOT_TELL),   # a default Mac that never sleeps: unset is not "soon"
    ("screenLock delay is immediate", "0", (0, 0), Outcome.FAIL),
    ("screenLock delay is immediate", "0", (2, 10), Outcome.FAIL),          # the slower source of power counts
    ("screenLock delay is immediate", "1200", (3, 5), Outcome.PASS),
    ("screenLock delay is 300 seconds", "240", (2, 2), Outcome.FAIL),       # the delay is added, not left out
    ("screenLock is off", "60", (1, 1), Outcome.FAIL),                      # a screensaver without a lock is a picture
    ("", "60", (1, 1), Outcome.CANNOT_TELL)])
def test_a_mac_locks_by_both_times_or_not_at_all(lock, saver, display, outcome, tmp_path):
    """`checkScreensaver() || checkLock()` with an unset time of 0 passed on every default Mac."""
    said = {"sysadminctl -screenLock status": {"out": "", "err": f"2026-11-26 sysadminctl[1:2] {lock}\n"},
            "pmset -g custom": f"Battery Power:\n displaysleep         {display[0]}\nAC Power:\n displaysleep         {display[1]}\n"}
    if saver is not None:
        said["defaults -currentHost read com.apple.screensaver idleTime"] = f"{saver}\n"
    assert one({"system": "macos", "desk": "/desk", "commands": said}, "autolock", tmp_path).outcome is outcome


def test_the_chip_s_own_encryption_is_not_filevault(tmp_path):
    """A T2 or Apple-silicon disk is "encrypted" and opens without a password while FileVault is off."""
    told = load("macos13")
    assert one(told, "encryption", tmp_path / "a").why == "plain"
    info = ('<?xml version="1.0"?><plist version="1.0"><dict><key>Encryption</key><true/><key>FileVault</key><false/></dict></plist>')
    other = {**told, "commands": {**told["commands"], "diskutil info -plist /Volumes/Work": info, "df -P /People/ann/dpdesk": (
        "Filesystem 512-blocks Used Available Capacity  Mounted on\n/dev/disk5s1 1 1 1 1% /Volumes/Work\n")}}
    assert one(other, "encryption", tmp_path / "b").why == "plain"


def test_kde_without_a_file_is_not_locked(tmp_path):
    told = load("kde-untouched")
    assert one(told, "autolock", tmp_path / "a").outcome is Outcome.CANNOT_TELL
    half = {**told, "files": {**told["files"], "/people/ann/.config/kscreenlockerrc": "[Daemon]\nTimeout=5\n"}}
    assert one(half, "autolock", tmp_path / "b").outcome is Outcome.CANNOT_TELL
    off = {**told, "files": {**told["files"], "/people/ann/.config/kscreenlockerrc": "[Daemon]\nAutolock=false\nTimeout=5\n"}}
    assert one(off, "autolock", tmp_path / "c").outcome is Outcome.FAIL


@pytest.mark.parametrize("check", ["autologin", "firewall", "secure_boot", "protections", "remote_access", "autolock"])
def test_a_value_missing_from_the_registry_does_not_pass(check, tmp_path):
    told = {**load("windows11-24h2-en"), "registry": {}, "stands_by": None}
    assert one(told, check, tmp_path).outcome is Outcome.CANNOT_TELL


def test_words_in_another_language_change_nothing(tmp_path):
    """Pareto read English words: on a German Windows nothing was found."""
    english, german = load("windows11-24h2-en"), load("windows10-22h2-de")
    never, later = "Wechselstromeinstellung: 0x00000000", "Wechselstromeinstellung: 0x00000384"
    both = {**german, "commands": {name: text.replace(never, later) for name, text in german["commands"].items()}}
    assert any("Wechselstrom" in text for text in both["commands"].values())
    found = one({**both, "registry": {}, "stands_by": False}, "autolock", tmp_path / "a")
    assert (found.outcome, found.facts["mains_seconds"], found.facts["battery_seconds"]) == (Outcome.FAIL, 900, 900)
    assert one(english, "autolock", tmp_path / "b").facts["mains_seconds"] == 300


def test_a_screensaver_without_a_program_never_begins(tmp_path):
    told = load("windows11-home-de")
    assert one(told, "autolock", tmp_path / "a").outcome is Outcome.CANNOT_TELL
    with_one = {**told, "registry": {**told["registry"], r"HKCU\Control Panel\Desktop\SCRNSAVE.EXE": r"C:\Windows\system32\scrnsave.scr"}}
    assert one(with_one, "autolock", tmp_path / "b").outcome is Outcome.PASS


def test_a_dark_display_locks_only_where_the_machine_stands_by(tmp_path):
    told = load("windows11-24h2-en")
    assert one(told, "autolock", tmp_path / "a").facts["mains_seconds"] == 300
    older = {**told, "stands_by": False}
    assert one(older, "autolock", tmp_path / "b").facts["mains_seconds"] == 900
    nobody = {key: value for key, value in told.items() if key != "stands_by"}
    assert one(nobody, "autolock", tmp_path / "c").outcome is Outcome.CANNOT_TELL


def test_the_list_of_paired_devices_says_nothing_of_power(tmp_path):
    told = {**load("windows11-24h2-en"), "bluetooth": None}
    assert one(told, "bluetooth", tmp_path).outcome is Outcome.CANNOT_TELL


def test_lock_delay_is_read_or_nothing():
    assert [mac_lock.lock_delay(said) for said in ("screenLock is off", "screenLock delay is immediate", "screenLock delay is 300 seconds",
                                                   "Bildschirmsperre aus", "")] == [-1, 0, 300, None, None]


def test_names_of_dm_verity_and_integrity_are_no_encryption(tmp_path):
    for at, (uuid, sealed) in enumerate((("CRYPT-VERITY-77-root", False), ("CRYPT-INTEGRITY-88-x", False), ("CRYPT-LUKS2-9-y", True),
                                         ("CRYPT-PLAIN-swap", True), ("LVM-aaaa", False), ("mpath-1", False))):
        root = tmp_path / str(at)
        disk = root / "sys/devices/pci0/sda"
        (disk / "sda1").mkdir(parents=True)
        (disk / "removable").write_text("0\n")
        mapped = root / "sys/devices/virtual/block/dm-0"
        (mapped / "dm").mkdir(parents=True)
        (mapped / "dm/uuid").write_text(uuid)
        (mapped / "slaves").mkdir()
        (mapped / "slaves/sda1").symlink_to(disk / "sda1")
        assert disks.device_drive(mapped, root).encrypted is sealed, uuid


def test_the_desk_s_path_cannot_speak_powershell(tmp_path):
    told = load("windows11-24h2-en")
    machine = Captured(told, tmp_path)
    nasty = "C:\\x'); Remove-Item C:\\ -Recurse; ('\u2019$(calc)"
    script = powershell.script(machine, Asked(nasty, today=DAY))  # type: ignore[arg-type]
    quoted = script.partition("Get-Acl -LiteralPath ")[2].partition(").Sddl")[0]
    assert quoted == "'" + nasty.replace("'", "''").replace("\u2019", "\u2019\u2019") + "'"
    assert powershell.drives_of(machine, Asked("\\\\server\\share\\desk", today=DAY)) == {"C:"}  # type: ignore[arg-type]


def test_an_answer_cut_off_by_the_clock_does_not_count():
    assert powershell.read("bitlocker C:\t1\r\nantivirus_count\t1\r\nreboot\t") == {"bitlocker C:": "1", "antivirus_count": "1"}


@pytest.mark.parametrize(("command", "runs"), [
    ("swaylock -f -c 000000", True), ("pidof hyprlock || hyprlock", True), ("exec /usr/bin/gtklock -d", True),
    ("sh -c 'pgrep swaylock || WAYLAND_DISPLAY=wayland-1 swaylock'", True), ("sleep 1; swaylock", True),
    ("if pgrep -x swaylock; then swaymsg 'output * power off'; fi", False), ("pidof hyprlock && systemctl suspend", False),
    ('notify-send "swaylock in a minute; swaylock"', False), ("pkill swaylock", False), ("echo 'open", False), ("", False)])
def test_a_locker_s_name_in_a_command_is_not_a_lock(command, runs):
    """`timeout 10 'if pgrep -x swaylock; then …'` stands in many a configuration, and locks nothing."""
    assert locks(command) is runs


def _running(tmp_path, desktop: str, program: str, words: str, **files: str):
    told = {"system": "linux", "desk": "/desk", "env": {"XDG_CURRENT_DESKTOP": desktop}, "modes": {"/proc/77": "555"},
            "files": {"/proc/77/comm": program[:15] + "\n", "/proc/77/cmdline": words.replace("|", "\0") + "\0", **files}}
    return one(told, "autolock", tmp_path)


def test_telling_the_session_to_lock_locks_only_where_somebody_listens(tmp_path):
    plain = "swayidle|-w|timeout|300|loginctl lock-session"
    assert _running(tmp_path / "a", "sway", "swayidle", plain).outcome is Outcome.CANNOT_TELL
    assert _running(tmp_path / "b", "sway", "swayidle", plain + "|lock|swaylock -f").outcome is Outcome.PASS
    dark = "swayidle|timeout|10|if pgrep -x swaylock; then swaymsg output off; fi|timeout|3600|swaylock -f"
    assert _running(tmp_path / "c", "sway", "swayidle", dark).outcome is Outcome.FAIL
    listener = "general {\n lock_cmd = %s\n}\nlistener {\n timeout = 300\n on-timeout = loginctl lock-session\n}\n"
    own = {"/people/ann/.config/hypr/hypridle.conf": listener % 'notify-send "lock!"'}
    assert _running(tmp_path / "d", "Hyprland", "hypridle", "hypridle", **own).outcome is Outcome.CANNOT_TELL
    own = {"/people/ann/.config/hypr/hypridle.conf": listener % "pidof hyprlock || hyprlock"}
    assert _running(tmp_path / "e", "Hyprland", "hypridle", "hypridle", **own).outcome is Outcome.PASS
    assert _running(tmp_path / "f", "Hyprland", "hypridle", "hypridle|-c|/people/ann/other.conf", **own).outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize(("desktop", "program", "said"), [
    ("XFCE", "xfce4-screensaver", {"xfconf-query -c xfce4-screensaver -p " + name: answer for name, answer in (
        ("/saver/enabled", "true"), ("/saver/idle-activation/enabled", "true"), ("/lock/enabled", "true"),
        ("/lock/saver-activation/enabled", "true"), ("/saver/idle-activation/delay", "5"), ("/lock/saver-activation/delay", "0"))}),
    ("MATE", "mate-screensaver", {
        "gsettings get org.mate.session idle-delay": "5", "gsettings get org.mate.screensaver idle-activation-enabled": "true",
        "gsettings get org.mate.screensaver lock-enabled": "true", "gsettings get org.mate.screensaver lock-delay": "0"})])
def test_settings_of_a_screensaver_that_does_not_run_lock_nothing(desktop, program, said, tmp_path):
    told = {"system": "linux", "desk": "/desk", "env": {"XDG_CURRENT_DESKTOP": desktop}, "commands": said}
    assert one(told, "autolock", tmp_path / "a").outcome is Outcome.CANNOT_TELL
    running = {"modes": {"/proc/77": "555"}, "files": {"/proc/77/comm": program[:15] + "\n", "/proc/77/cmdline": program + "\0"}}
    assert one({**told, **running}, "autolock", tmp_path / "b").outcome is Outcome.PASS


def test_installing_a_program_is_no_update_and_a_kept_copy_of_a_setting_no_setting(tmp_path):
    told = load("ubuntu2404-gnome")
    assert one(told, "updates", tmp_path / "a").facts["days"] == 3
    bare = {**told, "ages": {}, "files": {**told["files"], "/var/log/apt/history.log": (
        "\nStart-Date: 2026-11-25  19:00:00\nCommandline: apt install cowsay\n")}}
    assert one(bare, "updates", tmp_path / "b").outcome is not Outcome.PASS
    on = 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n'
    for at, (files, outcome) in enumerate((({"20auto-upgrades": on}, Outcome.PASS), ({"20auto-upgrades.dpkg-old": on}, Outcome.CANNOT_TELL),
                                           ({"20auto-upgrades": on, "99off": 'APT::Periodic::Enable "0";\n'}, Outcome.FAIL))):
        kept = {name: text for name, text in told["files"].items() if not name.startswith("/etc/apt/apt.conf.d/")}
        kept |= {f"/etc/apt/apt.conf.d/{name}": text for name, text in files.items()}
        assert one({**told, "files": kept}, "updates", tmp_path / f"c{at}").outcome is outcome, files


def test_compressed_memory_that_is_written_to_a_plain_disk_is_swap_on_it(tmp_path):
    told = load("fedora43-kde")
    assert one(told, "encryption_swap", tmp_path / "a").outcome is Outcome.PASS
    written = {**told, "files": {**told["files"], "/sys/block/zram0/backing_dev": "/dev/sdz1\n"}}
    assert one(written, "encryption_swap", tmp_path / "b").outcome is Outcome.CANNOT_TELL


def test_networks_that_iwd_keeps_are_not_none(tmp_path):
    told = {"system": "linux", "desk": "/desk", "folders": ["/sys/class/net/wlan0/wireless"],
            "commands": {"nmcli -t -f UUID,TYPE connection show": "11111111-2222-3333-4444-555555555555:ethernet\n"}}
    assert one(told, "wifi_saved", tmp_path / "a").outcome is Outcome.PASS
    told["folders"] = [*told["folders"], "/var/lib/iwd"]
    assert one(told, "wifi_saved", tmp_path / "b").outcome is Outcome.CANNOT_TELL
