"""Where each point is set: the page of Windows' own Settings."""

from __future__ import annotations

_PAGES = {"27.1": "windowsdefender", "27.2": "ms-settings:signinoptions", "27.3a": "ms-settings:lockscreen",
          "27.3b": "ms-settings:powersleep", "27.4": "ms-settings:windowsupdate", "27.7": "ms-settings:otherusers",
          "27.10": "ms-settings:deviceencryption", "27.12": "windowsdefender", "27.13": "ms-settings:network-wifi",
          "27.14": "ms-settings:bluetooth", "27.15": "ms-settings:deviceencryption"}


def pane(point: str) -> str:
    """The address of the page; "" where there is none."""
    found = _PAGES.get(point, "")
    return f"{found}:" if found == "windowsdefender" else found
