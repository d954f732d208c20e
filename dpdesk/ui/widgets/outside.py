"""The only place that reaches outside the window: an address of a known kind, a page of the system's settings, a call to the desktop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

SCHEMES = ("mailto", "ms-settings", "windowsdefender", "x-apple.systempreferences")


def open_address(address: str) -> bool:
    """Open an address that begins with one of `SCHEMES`; nothing from a file or a list ever gets here with another."""
    return QUrl(address).scheme() in SCHEMES and QDesktopServices.openUrl(QUrl(address))


def open_pane(pane: Sequence[str]) -> bool:
    """Open a page of the settings, as `services.device.pane` names it."""
    if len(pane) < 2:
        return False
    if pane[0] == "url":
        return open_address(pane[1])
    return run(pane[1:])


def run(words: Sequence[str]) -> bool:
    """Start a program of the system with its words, and let it be; whether it started."""
    return bool(QProcess.startDetached(words[0], list(words[1:]))[0])
