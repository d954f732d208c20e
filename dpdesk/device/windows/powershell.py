"""One PowerShell for every question that the registry does not answer; it says each answer on a line of its own: name, tab, value.

What was said before the time was up counts. Answers are numbers and codes: Windows translates its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from dpdesk.device.asked import Asked
from dpdesk.device.machine import Machine

_START = "$ErrorActionPreference='Stop';function Say($n,$v){[Console]::Out.WriteLine(\"$n`t$v\");[Console]::Out.Flush()}"
SECTIONS = {  # the quickest first
    "bitlocker": "$s=New-Object -ComObject Shell.Application;foreach($d in <drives>){try{Say \"bitlocker $d\" "
                 "($s.NameSpace(\"$d\\\").Self.ExtendedProperty('System.Volume.BitLockerProtection'))}catch{}}",
    "acl": "Say 'acl' (Get-Acl -LiteralPath <desk>).Sddl;Say 'me' ([Security.Principal.WindowsIdentity]::GetCurrent().User.Value)",
    "reboot": "Say 'reboot' ([int](New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired)",
    "updates": "$a=New-Object -ComObject Microsoft.Update.AutoUpdate;Say 'updates_level' ([int]$a.Settings.NotificationLevel);"
               "Say 'updates_success' ($a.Results.LastInstallationSuccessDate.ToString('yyyy-MM-dd'))",
    "antivirus": "$n=0;foreach($p in Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntivirusProduct){$n++;"
                 "Say \"antivirus $n\" ([long]$p.productState)};Say 'antivirus_count' $n",
    "firewall": "$n=0;foreach($p in Get-CimInstance -Namespace root/SecurityCenter2 -ClassName FirewallProduct){$n++;"
                "Say \"firewall $n\" ([long]$p.productState)}",
    "running": "Say 'running_days' ([int][Math]::Floor(((Get-Date)-(Get-CimInstance Win32_OperatingSystem).LastBootUpTime).TotalDays))",
    "battery": "Say 'batteries' @(Get-CimInstance Win32_Battery).Count",
    "usb": "foreach($k in Get-CimInstance Win32_DiskDrive -Filter \"InterfaceType='USB'\"){foreach($p in Get-CimAssociatedInstance $k "
           "-ResultClassName Win32_DiskPartition){foreach($l in Get-CimAssociatedInstance $p -ResultClassName Win32_LogicalDisk){"
           "Say \"usb $($l.DeviceID)\" ((New-Object -ComObject Shell.Application).NameSpace(\"$($l.DeviceID)\\\").Self.ExtendedProperty("
           "'System.Volume.BitLockerProtection'))}}};Say 'usb_done' 1",
    "users": "Say 'users' ((Get-LocalUser | Where-Object Enabled | ForEach-Object {$_.SID.Value}) -join ',');"
             "$u=Get-LocalUser -Name $env:USERNAME;Say 'password_required' ([int]$u.PasswordRequired);"
             "Say 'password_set' ([int]($null -ne $u.PasswordLastSet));Say 'local' ([int]($u.PrincipalSource -eq 1))",
}
PAGE_FILES = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\ExistingPageFiles"


def script(machine: Machine, asked: Asked, sections: Iterable[str] = SECTIONS) -> str:
    """The whole script; a section that fails does not stop the next."""
    drives = ",".join(_quoted(drive) for drive in sorted(drives_of(machine, asked)))
    parts = [SECTIONS[name] for name in sections]
    filled = [part.replace("<drives>", f"@({drives})").replace("<desk>", _quoted(str(asked.desk))) for part in parts]
    return _START + "".join(f";try{{{part}}}catch{{}}" for part in filled)


def _quoted(text: str) -> str:
    """`text` as PowerShell takes it as it stands; its typographic quotes end a string too."""
    return "'" + "".join(c * 2 if c in "'\u2018\u2019\u201a\u201b" else c for c in text) + "'"


def drive_letter(path: Path | str) -> str:
    """`C:`, or "" for a path without one."""
    drive = PureWindowsPath(str(path)).drive.upper()
    return drive if len(drive) == 2 and drive[0].isascii() and drive[0].isalpha() else ""


def drives_of(machine: Machine, asked: Asked) -> set[str]:
    """The drives of the desk, its backups and the page files."""
    import re
    pages = re.findall(r"([A-Za-z]:)\\", str(machine.value(PAGE_FILES) or ""))
    return {each for each in (drive_letter(asked.desk), *map(drive_letter, asked.backups), *(page.upper() for page in pages)) if each}


def command(machine: Machine, asked: Asked, sections: Iterable[str] = SECTIONS) -> tuple[str, ...]:
    """The one command."""
    return ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", script(machine, asked, sections))


def answers(machine: Machine, asked: Asked, sections: Iterable[str] = SECTIONS) -> dict[str, str]:
    """What was answered, by name."""
    ran = machine.run(*command(machine, asked, sections))
    return read(ran.out if ran is not None else "")


def read(out: str) -> dict[str, str]:
    """Names and values; a line that was cut off by the time limit has no end and does not count."""
    pairs = [line.rstrip("\r").partition("\t") for line in out.split("\n")[:-1]]
    return {name.lstrip("\ufeff"): value.strip() for name, tab, value in pairs if tab}


def number(told: dict[str, str], name: str) -> int | None:
    """An answer that is a number."""
    text = told.get(name, "")
    return int(text) if text.lstrip("-").isdigit() else None
