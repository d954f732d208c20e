"""Puts one set of tokens in force on the application, and keeps following the system where asked to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from dpdesk import RESOURCES
from dpdesk.ui.theme import tokens as t
from dpdesk.ui.theme.style import stylesheet

ARGUMENTS = ("-style", "fusion")
"""What QApplication is made with: the same style everywhere. Setting it afterwards costs the first window 6 ms."""

_state: dict[str, object] = {"tokens": t.LIGHT, "scale": 100, "choice": "system", "family": "", "following": False}
_listeners: list[Callable[[], None]] = []
_NAMED = {each.name: each for each in (t.LIGHT, t.DARK, t.STRONG_LIGHT, t.STRONG_DARK)}


def active() -> t.Tokens:
    """The tokens in force."""
    return _state["tokens"]  # type: ignore[return-value]


def scale() -> float:
    """How much larger than 100 % text is, 1.0 to 2.0."""
    return float(_state["scale"]) / 100  # type: ignore[arg-type]


def points(size: float) -> float:
    """`size` points at the text scale in force."""
    return round(size * scale(), 1)


def on_change(listener: Callable[[], None]) -> None:
    """Call `listener` after each change of look (icons are tinted anew so)."""
    if listener not in _listeners:
        _listeners.append(listener)


def _strong() -> bool:
    """Whether the system asks for high contrast."""
    from PySide6.QtCore import Qt
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is None:
        return False
    return accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _chosen(theme: str) -> t.Tokens:
    if theme != "system":
        return t.DARK if theme == "dark" else t.LIGHT
    return _of_system()


def _of_system() -> t.Tokens:
    from PySide6.QtCore import Qt
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    if _strong():
        return t.STRONG_DARK if dark else t.STRONG_LIGHT
    return t.DARK if dark else t.LIGHT


def _family() -> str:
    """The family of the fonts that come with dpdesk; "" leaves the system's font."""
    if not _state["family"]:
        found = [family
                 for path in sorted((RESOURCES / "fonts").glob("*.ttf"))
                 for family in QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))]
        _state["family"] = found[0] if found else " "
    return str(_state["family"]).strip()


def _font() -> QFont:
    font = QFont(_family()) if _family() else QFont(QApplication.font())
    font.setPointSizeF(points(t.BODY_POINTS))
    return font


def _palette(look: t.Tokens) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
            (roles.Window, look.window), (roles.WindowText, look.text), (roles.Base, look.surface),
            (roles.AlternateBase, look.side), (roles.Text, look.text), (roles.Button, look.surface),
            (roles.ButtonText, look.text), (roles.BrightText, look.danger), (roles.ToolTipBase, look.surface),
            (roles.ToolTipText, look.text), (roles.Highlight, look.tint), (roles.HighlightedText, look.text),
            (roles.Link, look.accent), (roles.LinkVisited, look.accent), (roles.PlaceholderText, look.quiet),
            (roles.Accent, look.accent), (roles.Mid, look.edge), (roles.Midlight, look.line), (roles.Dark, look.edge),
            (roles.Light, look.surface), (roles.Shadow, look.line)):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.quiet))
    return palette


def apply(app: QApplication, theme: str = "system", text_scale: int = 100, last: str = "") -> None:
    """Put `theme` (system, light or dark) at `text_scale` per cent (100 to 200) in force.

    `last` is the name of the tokens in force last time: with "system" the first window is painted in them, and `settle` asks.
    """
    _state["choice"], _state["scale"] = theme, max(100, min(200, text_scale))
    look = _state["tokens"] = (theme == "system" and _NAMED.get(last)) or _chosen(theme)
    app.setFont(_font())
    app.setPalette(_palette(look))
    app.setStyleSheet(stylesheet(look, points))
    for listener in _listeners:
        listener()


def settle(app: QApplication) -> str:
    """Once the window stands: follow the system from now on, where asked to; returns the name of the tokens in force."""
    if not _state["following"]:
        _state["following"] = True
        app.styleHints().colorSchemeChanged.connect(_follow)
    if _state["choice"] == "system" and _of_system() is not active():
        _follow()
    return active().name


def _follow() -> None:
    """The system changed between light and dark."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and _state["choice"] == "system":
        apply(app, "system", int(_state["scale"]))  # type: ignore[call-overload]
