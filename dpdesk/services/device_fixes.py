"""How each point is put right, on this very system: `<point>.<desktop or system>`, else `<point>.*`. One step a line."""

from __future__ import annotations

from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

FIXES = {
    "27.1.*": _m("Look at what was seen below, and put that right first.\nThen give your word that the device is protected."),
    "27.1.windows": _m("Open Windows Security.\nEvery section should show a green tick: virus protection, firewall, device security."),
    "27.1.macos": _m("Open System Settings, Network, Firewall, and switch it on."),
    "27.1.linux": _m("Install a firewall and switch it on, such as: sudo apt install ufw, then sudo ufw enable (Fedora brings "
                     "firewalld)."),
    "27.2.*": _m("Choose a passcode of at least 8 characters that you use nowhere else.\nSwitch automatic login off.\nTell nobody."),
    "27.2.windows": _m("Open Settings, Accounts, Sign-in options, and set a password or PIN.\nUnder “If you’ve been away”, choose that "
                       "Windows asks again.\nIn netplwiz, users must enter a password."),
    "27.2.macos": _m("Open System Settings, Users & Groups.\nSet “Automatically log in as” to Off, and change a weak password."),
    "27.2.gnome": _m("Open Settings, Users.\nSwitch Automatic Login off, and set a password."),
    "27.2.kde": _m("Open System Settings, Colours & Themes, Login Screen, Behaviour, and untick “Automatically log in”.\nUnder Users, "
                   "set a password."),
    "27.3a.*": _m("Set the screen to lock by itself after a few minutes, with a password."),
    "27.3a.windows": _m("Open Settings, Accounts, Sign-in options: Windows asks again “when PC wakes up from sleep”.\nUnder Power, let "
                        "the device sleep after 5 minutes, plugged in and on battery.\nOr set a screen saver with “On resume, display "
                        "logon screen”."),
    "27.3a.macos": _m("Open System Settings, Lock Screen.\nLet the display go off after 5 minutes at most, on battery and plugged "
                      "in.\nRequire the password immediately."),
    "27.3a.gnome": _m("Open Settings, Privacy & Security, Screen Lock.\nSwitch Automatic Screen Lock on, with a delay of “Screen turns "
                      "off”, and blank the screen after 5 minutes."),
    "27.3a.kde": _m("Open System Settings, Screen Locking.\nTick “Lock screen automatically”, choose 5 minutes, and press Apply, also "
                    "where it shows that already: only then is it written down where dpdesk can see it."),
    "27.3a.sway": _m("Start swayidle with your session, such as: swayidle -w timeout 300 'swaylock -f' before-sleep 'swaylock -f'."),
    "27.3a.hyprland": _m("In hypridle.conf set lock_cmd and a listener with timeout = 300 that runs loginctl lock-session; start "
                         "hypridle."),
    "27.3b.*": _m("Close the lid or lock the screen whenever you leave the device.\nTake it with you, or lock it away.\nGive your word "
                  "then."),
    "27.3b.windows": _m("Open Settings, System, Power, Lid: closing the lid lets the device sleep.\nWindows key + L locks at once."),
    "27.3b.macos": _m("Control + Command + Q locks at once."),
    "27.3b.gnome": _m("Super + L locks at once."),
    "27.3b.kde": _m("Meta + L locks at once."),
    "27.4.*": _m("Install all updates, let them go in by themselves, and restart."),
    "27.4.windows": _m("Open Settings, Windows Update.\nInstall what is there, resume paused updates, and restart.\nWhere Windows 10 "
                       "gets no more updates, move to Windows 11 or a newer device."),
    "27.4.macos": _m("Open System Settings, General, Software Update.\nInstall what is there, and switch every automatic update on."),
    "27.4.linux": _m("On Debian and Ubuntu: sudo apt install unattended-upgrades, then sudo dpkg-reconfigure unattended-upgrades.\nOn "
                     "Fedora: sudo dnf install dnf-automatic, set apply_updates = yes, and enable its timer.\nRestart when asked."),
    "27.5.*": _m("Make a backup on the page Backups, on another drive.\nTry it out there: “Check a backup”."),
    "27.6.*": _m("Ask the accountable person to permit it: they say why, by which controls, and until when.\nWhere the branch has a "
                 "server or a device of its own, keep the desk there instead."),
    "27.7.*": _m("Give each person at home an account of their own.\nLet nobody use yours.\nMove the desk into your own home folder if "
                 "others can reach it."),
    "27.7.windows": _m("Open Settings, Accounts, Other users, and give each person an account.\nKeep the desk in your own profile folder."),
    "27.7.macos": _m("Open System Settings, Users & Groups.\nGive each person an account, and switch Guest User off."),
    "27.7.linux": _m("Open the settings for users, and give each person an account.\nClose the desk’s folder: chmod 700."),
    "27.8.*": _m("Open the page Copies, and delete what is due."),
    "27.9.*": _m("Go through “I am leaving office or replacing this device”, until it is signed."),
    "27.10.*": _m("Encrypt the whole device, and keep the recovery key on paper, not on the device."),
    "27.10.windows": _m("Open Settings, Privacy & security, Device encryption, and switch it on; on Pro, BitLocker.\nResume it where it "
                        "is suspended.\nPrint the recovery key and lock it away."),
    "27.10.macos": _m("Open System Settings, Privacy & Security, FileVault, and turn it on.\nWrite the recovery key down and lock it "
                      "away."),
    "27.10.linux": _m("A disk that is in use cannot be encrypted afterwards without risk.\nMake a backup, install the system anew with "
                      "“Encrypt the disk” ticked (LUKS), and restore.\nUntil then, keep the desk on an encrypted drive."),
    "27.11.*": _m("Note whom you tell of a breach, and how, where you find it without this device.\nGive your word then."),
    "27.12.*": _m("Go through the security settings once, and switch on what you do not need to do without.\nGive your word then."),
    "27.12.windows": _m("Open Windows Security, Device security.\nSwitch Remote Desktop off in Settings, System.\nSecure Boot is set in "
                        "the firmware."),
    "27.12.macos": _m("Open System Settings, General, Sharing, and switch off what you do not use.\nLeave System Integrity Protection "
                      "and Gatekeeper on."),
    "27.12.linux": _m("Switch off what listens: sudo systemctl disable --now ssh.\nDo not work as root.\nSwitch the firewall on."),
    "27.13.*": _m("Forget the open networks this device knows, or take “connect automatically” away from them.\nGive your word then."),
    "27.13.windows": _m("Open Settings, Network & internet, Wi-Fi, Manage known networks.\nForget those without a lock, or untick "
                        "“Connect automatically”."),
    "27.13.macos": _m("Open System Settings, Wi-Fi, and set “Ask to join networks”.\nUnder Advanced, remove open networks or untick "
                      "Auto-join."),
    "27.14.*": _m("Switch Bluetooth off, or at least make the device invisible.\nGive your word on switching off what you do not use."),
    "27.15.*": _m("Encrypt each drive before data goes on it.\nGive your word then."),
    "27.15.windows": _m("Right-click the drive in File Explorer, and choose “Turn on BitLocker”."),
    "27.15.macos": _m("Right-click the drive in Finder, and choose “Encrypt”."),
    "27.15.linux": _m("Format the drive in Disks with “Password protect volume (LUKS)”."),
}


def steps(point: str, system: str, desktop: str = "") -> list[str]:
    """The steps for a point on that system and desktop."""
    found = next((FIXES[key] for key in (f"{point}.{desktop}", f"{point}.{system}", f"{point}.*") if key in FIXES), "")
    return [line for line in tr(found).split("\n") if line] if found else []
