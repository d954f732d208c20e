"""Lynis and osquery beside our own checks, on this very machine: what either finds wrong, ours never calls well.

Lynis runs as root and reads rules and firmware that no ordinary user sees; where it tells and we cannot, that is the difference. Where
we are stricter it is on purpose: "works as root" fails here, and a point needs an officer's word besides.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dpdesk.device.asked import Asked
from dpdesk.device.looks import look
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Outcome
from tests.soak.unpacked import TOOLS

TESTS = ("CRYP-7930", "CRYP-7931", "FIRE-4590", "PKGS-7420", "NETW-3012", "BOOT-5104", "BOOT-5116", "MACF-6290", "MACF-6204", "MACF-6234")


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """What our checks see."""
    return {result.check: result for result in look(Machine(), Asked(tmp_path_factory.mktemp("desk")))}


@pytest.fixture(scope="module")
def lynis(tmp_path_factory):
    """Lynis' report of the tests that ask what ours ask: key -> its values."""
    installed, unpacked = shutil.which("lynis"), TOOLS / "lynis"
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not (installed or unpacked.is_dir()):
        pytest.skip("make soak as root on Debian unpacks Lynis")
    folder = tmp_path_factory.mktemp("lynis")
    root = Path("/") if installed else unpacked
    subprocess.run(["sh", root / "usr/sbin/lynis", "audit", "system", "--quick", "--quiet", "--no-colors", "--no-log",
                    "--report-file", folder / "report.dat", "--profile", root / "etc/lynis/default.prf",
                    "--plugindir", root / "etc/lynis/plugins", "--tests", " ".join(TESTS)],
                   cwd=root / "usr/share/lynis", check=False, capture_output=True, timeout=600)
    found: dict[str, list[str]] = {}
    for line in (folder / "report.dat").read_text("utf-8", "replace").splitlines():
        key, _, value = line.partition("=")
        found.setdefault(key, []).append(value)
    assert "tests_executed" in found
    return found


def suggested(lynis, test: str) -> bool:
    return any(value.startswith(f"{test}|") for key in ("suggestion[]", "warning[]") for value in lynis.get(key, ()))


def test_what_lynis_finds_wrong_is_not_called_well(lynis, ours):
    wrong = {
        "firewall": lynis.get("firewall_active") == ["0"] or suggested(lynis, "FIRE-4590"),
        "secure_boot": lynis.get("boot_uefi_booted_secure") == ["0"],
        "updates": suggested(lynis, "PKGS-7420"),
        "encryption_swap": suggested(lynis, "CRYP-7931"),
        "remote_access": any("|0.0.0.0:22|" in value or "|[::]:22|" in value for value in lynis.get("network_listen[]", ())),
    }
    for check, bad in wrong.items():
        print(f"{check:18} Lynis: {'finds fault' if bad else 'content':12} ours: {ours[check].outcome.value} ({ours[check].why})")
    assert not [check for check, bad in wrong.items() if bad and ours[check].outcome is Outcome.PASS]


def test_what_we_call_wrong_lynis_can_explain(lynis, ours):
    """A fail of ours that Lynis does not know is one of those we are stricter in."""
    stricter = {"protections", "encryption", "accounts", "desk_rights", "restart", "lid", "password", "autologin", "supported",
        "secure_boot"}
    told = {"firewall": lynis.get("firewall_active") != ["1"], "remote_access": bool(lynis.get("network_listen[]")),
            "updates": suggested(lynis, "PKGS-7420"), "encryption_swap": suggested(lynis, "CRYP-7931")}
    failed = {check for check, result in ours.items() if result.outcome is Outcome.FAIL}
    assert not [check for check in failed - stricter if not told.get(check)]


def osquery(table: str) -> list[dict]:
    ran = subprocess.run(["osqueryi", "--json", f"--A={table}"], capture_output=True, text=True, timeout=60, check=True)
    return json.loads(ran.stdout)


def test_osquery_and_we_agree_on_what_both_see(ours):
    if not shutil.which("osqueryi"):
        pytest.skip("make soak where osquery is installed")
    days = int(osquery("uptime")[0]["days"])
    assert abs(int(ours["restart"].facts.get("days", days)) - days) <= 1
    for row in osquery("secureboot"):
        assert ours["secure_boot"].outcome is not Outcome.PASS or row["secure_boot"] == "1"
    mine = [row for row in osquery("mounts") if row["path"] == "/"]
    sealed = {row["name"] for row in osquery("disk_encryption") if row["encrypted"] == "1"}
    if ours["encryption"].outcome is Outcome.PASS and mine and mine[0]["device"] not in sealed:
        assert ours["encryption"].facts["how"] in ("fscrypt", "zfs", "gocryptfs", "ecryptfs", "luks")  # of the desk's own folder or deeper
