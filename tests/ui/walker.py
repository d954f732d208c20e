"""The accessibility walker: finds what has no name, is clipped, too small to press, or traps the Tab key."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)

LEAST_TARGET = 24
BLANK = 32  # pixels at the right of a page that hold nothing


def faults(root: QWidget) -> list[str]:
    """Everything wrong among the visible widgets of `root`."""
    seen = _Seen(root)
    return [*unnamed(seen), *clipped(seen), *small(seen), *traps(seen)]


class _Seen:
    """The visible widgets of a root, looked for once."""

    def __init__(self, root: QWidget) -> None:
        self.widgets = list(_visible(root))


def sideways(root: QWidget) -> list[str]:
    """Pages that have to be scrolled to the side: their area's bar would hide what is at the right."""
    return [f"wider than its place by {area.horizontalScrollBar().maximum()}" for area in root.findChildren(QScrollArea)
            if area.isVisible() and area.widget() is not None and area.horizontalScrollBar().maximum() > BLANK]


def _visible(root: QWidget | _Seen) -> Iterator[QWidget]:
    if isinstance(root, _Seen):
        yield from root.widgets
        return
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def _tells(widget: QWidget) -> str:
    words = getattr(widget, "text", None)
    return f"{type(widget).__name__} {widget.accessibleName() or (words() if callable(words) else '')!r}"


def unnamed(root: QWidget | _Seen) -> list[str]:
    """Widgets that take the cursor but have no accessible name (buttons may use their words)."""
    found = []
    for widget in _visible(root):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar):
            continue
        if isinstance(widget.parent(), (QAbstractSpinBox, QComboBox)):
            continue
        words = widget.text() if isinstance(widget, QAbstractButton) else ""
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not (widget.accessibleName() or words):
            found.append(f"no accessible name: {_tells(widget)}")
    return found


def clipped(root: QWidget | _Seen) -> list[str]:
    """Labels and buttons whose words need more room than they have."""
    found = []
    for widget in _visible(root):
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                short = widget.height() + 1 < widget.heightForWidth(widget.width())
            else:
                short = widget.width() + 1 < widget.minimumSizeHint().width()
        elif isinstance(widget, QAbstractButton) and widget.text():
            lines = widget.text().replace("&", "").split("\n")
            need = max(widget.fontMetrics().boundingRect(each).width() for each in lines)
            short = widget.width() < need or widget.height() + 1 < widget.fontMetrics().height() * len(lines)
        else:
            continue
        if short:
            found.append(f"clipped at {widget.width()}x{widget.height()}: {_tells(widget)}")
    return found


def small(root: QWidget | _Seen) -> list[str]:
    """Controls under 24 pixels in either direction."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)
    return [f"only {w.width()}x{w.height()}: {_tells(w)}" for w in _visible(root)
            if isinstance(w, kinds) and w.focusPolicy() & Qt.FocusPolicy.TabFocus and min(w.width(), w.height()) < LEAST_TARGET
            and not isinstance(w.parent(), (QAbstractSpinBox, QComboBox))]


def traps(root: QWidget | _Seen) -> list[str]:
    """Text areas in which Tab would stay for ever (WCAG 2.1.2)."""
    return [f"traps Tab: {_tells(w)}" for w in _visible(root)
            if isinstance(w, (QPlainTextEdit, QTextEdit)) and not w.tabChangesFocus() and not w.isReadOnly()]


def reaches_all_by_tab(window: QWidget) -> list[str]:
    """Widgets of the Tab chain that `Tab` does not come to within one round."""
    wanted = {w for w in _visible(window) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isEnabled()
              and w.focusProxy() is None and not isinstance(w, QAbstractScrollArea)
              and not (isinstance(w, QAbstractButton) and w.isCheckable() and w.group() is not None)}
    seen: set[QWidget] = set()
    for _step in range(400):
        window.focusNextChild()
        here = QApplication.focusWidget()
        if here is None or here in seen:
            break
        seen.add(here)
    return [f"Tab does not reach {_tells(w)}" for w in wanted - seen
            if window.rect().contains(w.mapTo(window, QPoint(1, 1)))]
