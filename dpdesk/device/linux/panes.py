"""Where each point is set on this desktop: a program and its page."""

from __future__ import annotations

_GNOME = {"27.2": "users", "27.3a": "privacy", "27.3b": "power", "27.13": "wifi", "27.14": "bluetooth", "27.7": "users",
          "27.12": "privacy", "27.1": "info-overview"}
_KDE = {"27.2": "kcm_users", "27.3a": "kcm_screenlocker", "27.3b": "kcm_powerdevilprofilesconfig", "27.13": "kcm_networkmanagement",
        "27.14": "kcm_bluetooth", "27.7": "kcm_users", "27.4": "kcm_updates", "27.12": "kcm_firewall"}
_OTHERS = {
    "cinnamon": {"27.2": ("cinnamon-settings", "user"), "27.3a": ("cinnamon-settings", "screensaver"),
                 "27.3b": ("cinnamon-settings", "power"), "27.13": ("cinnamon-settings", "network"),
                 "27.7": ("cinnamon-settings", "users"), "27.14": ("blueman-manager",), "27.4": ("mintupdate",)},
    "mate": {"27.3a": ("mate-screensaver-preferences",), "27.3b": ("mate-power-preferences",), "27.2": ("mate-about-me",)},
    "xfce": {"27.3a": ("xfce4-screensaver-preferences",), "27.3b": ("xfce4-power-manager-settings",)},
}


def pane(point: str, desktop: str) -> tuple[str, ...]:
    """The program to start with its words; empty where this desktop has no such page."""
    if desktop == "gnome":
        if point == "27.4":
            return ("gnome-software", "--mode=updates")
        return ("gnome-control-center", _GNOME[point]) if point in _GNOME else ()
    if desktop == "kde":
        return ("systemsettings", _KDE[point]) if point in _KDE else ()
    return _OTHERS.get(desktop, {}).get(point, ())
