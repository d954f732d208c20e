"""Where each point is set: the page of System Settings."""

from __future__ import annotations

_PAGES = {"27.1": "com.apple.Network-Settings.extension?Firewall", "27.2": "com.apple.Users-Groups-Settings.extension",
          "27.3a": "com.apple.Lock-Screen-Settings.extension", "27.3b": "com.apple.Battery-Settings.extension",
          "27.4": "com.apple.Software-Update-Settings.extension", "27.7": "com.apple.Users-Groups-Settings.extension",
          "27.10": "com.apple.settings.PrivacySecurity.extension?FileVault",
          "27.12": "com.apple.settings.PrivacySecurity.extension", "27.13": "com.apple.wifi-settings-extension",
          "27.14": "com.apple.BluetoothSettings"}


def pane(point: str) -> str:
    """The address of the page; "" where there is none."""
    return f"x-apple.systempreferences:{_PAGES[point]}" if point in _PAGES else ""
