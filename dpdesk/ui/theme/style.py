"""The one stylesheet: a few rules keyed by the dynamic property `role`, made from tokens and the text scale."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from dpdesk import RESOURCES
from dpdesk.ui.theme import tokens as t

_SHEET = Template("""
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="subtitle"], QLabel[role="quiet"] { color: ${quiet}; }
QLabel[role="small"] { color: ${quiet}; font-size: ${small}pt; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="error"] { color: ${danger}; }
QLabel[role="warning"] { color: ${warning}; }
QLabel[role="done"] { color: ${done}; }
QLabel[role="badge"] { background: ${tint}; color: ${accent}; border-radius: 4px; padding: 1px 6px; font-size: ${small}pt; }
QLabel[role="badge_warning"] { background: ${warning_tint}; color: ${warning}; border-radius: 4px; padding: 1px 6px;
  font-size: ${small}pt; }
QLabel[role="badge_danger"] { background: ${danger_tint}; color: ${danger}; border-radius: 4px; padding: 1px 6px; font-size: ${small}pt; }
QLabel[role="secret"] { font-family: "DejaVu Sans Mono", "Menlo", "Consolas", monospace; font-size: ${heading}pt; letter-spacing: 1px; }
QLabel[role="figure"] { font-size: ${title}pt; font-weight: 600; }

QPushButton, QToolButton { background: ${surface}; color: ${text}; border: 1px solid ${edge}; border-radius: ${radius}px;
  padding: 5px 14px; min-height: 20px; }
QPushButton:hover, QToolButton:hover { background: ${hover}; }
QPushButton:focus, QToolButton:focus { border: 2px solid ${focus}; padding: 4px 13px; }
QPushButton:disabled, QToolButton:disabled { color: ${quiet}; border-color: ${line}; background: transparent; }
QPushButton[role="primary"] { background: ${accent}; color: ${on_accent}; border-color: ${accent}; font-weight: 600; }
QPushButton[role="primary"]:hover { background: ${accent_hover}; border-color: ${accent_hover}; }
QPushButton[role="primary"]:focus { border: 2px solid ${text}; }
QPushButton[role="primary"]:disabled { background: ${line}; color: ${quiet}; border-color: ${line}; }
QPushButton[role="danger"] { color: ${danger}; border-color: ${danger}; font-weight: 600; }
QPushButton[role="danger"]:hover { background: ${danger_tint}; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border-color: transparent; color: ${accent}; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: ${hover}; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border-color: ${focus}; }
QPushButton[role="link"] { background: transparent; border-color: transparent; color: ${accent}; text-align: left;
  padding: 5px 5px; text-decoration: underline; }
QPushButton[role="link"]:focus { border: 2px solid ${focus}; padding: 4px 4px; }
QPushButton[role="back"] { background: transparent; border: 2px solid transparent; color: ${accent}; padding: 2px 6px 2px 0px;
  min-height: 20px; text-align: left; }
QPushButton[role="back"]:hover { text-decoration: underline; }
QPushButton[role="back"]:focus { border-color: ${focus}; }
QPushButton[role="chip"] { border-color: ${line}; border-radius: 14px; padding: 3px 12px; }
QPushButton[role="chip"]:checked { background: ${tint}; border-color: ${accent}; color: ${accent}; }
QPushButton[role="chip"]:focus { border: 2px solid ${focus}; padding: 2px 11px; }
QPushButton[role="nav"] { background: transparent; border: none; border-left: 3px solid transparent; border-radius: 0px;
  padding: 6px 12px 6px 17px; text-align: left; }
QPushButton[role="nav"]:hover { background: ${hover}; }
QPushButton[role="nav"]:checked { background: ${tint}; border-left-color: ${accent}; color: ${accent}; font-weight: 600; }
QPushButton[role="nav"]:focus { border: 2px solid ${focus}; border-left: 3px solid ${focus}; padding: 4px 10px 4px 17px; }
QPushButton[role="nav_group"] { background: transparent; border: none; border-radius: 0px; color: ${quiet};
  font-size: ${small}pt; font-weight: 600; padding: 7px 12px 1px 20px; text-align: left; }
QPushButton[role="nav_group"]:focus { border: 2px solid ${focus}; padding: 5px 10px 0px 18px; }
QPushButton[role="section"] { background: transparent; border: none; border-radius: 0px; text-align: left; font-weight: 600;
  font-size: ${heading}pt; padding: 6px 2px; }
QPushButton[role="section"]:focus { border: 2px solid ${focus}; padding: 4px 0px; }
QPushButton[role="choice_card"] { background: ${surface}; border: 1px solid ${line}; text-align: left; padding: 15px 20px; }
QPushButton[role="tile"] { background: ${surface}; border: 1px solid ${line}; text-align: left; padding: 11px 14px; }
QPushButton[role="tile"]:hover { background: ${hover}; border-color: ${edge}; }
QPushButton[role="tile"]:focus { border: 2px solid ${focus}; padding: 10px 13px; }
QPushButton[role="choice_card"]:hover { background: ${hover}; border-color: ${edge}; }
QPushButton[role="choice_card"]:focus { border: 2px solid ${focus}; padding: 14px 19px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox { background: ${surface}; color: ${text}; border: 1px solid ${edge};
  border-radius: ${radius}px; padding: 5px 9px; selection-background-color: ${accent}; selection-color: ${on_accent}; }
QLineEdit, QSpinBox { min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus { border: 2px solid ${focus}; padding: 4px 8px; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: transparent; border-color: ${line}; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], Choice[problem="true"] { border: 2px solid ${danger}; padding: 4px 8px; }
QTextBrowser { background: ${surface}; border: 1px solid ${line}; border-radius: ${radius}px; padding: 12px 16px; }
QTextBrowser:focus { border: 2px solid ${focus}; padding: 11px 15px; }
Choice { background: ${surface}; color: ${text}; border: 1px solid ${edge}; border-radius: ${radius}px;
  padding: 5px 4px 5px 9px; min-height: 20px; }
Choice:focus { border: 2px solid ${focus}; padding: 4px 3px 4px 8px; }
Choice:disabled { color: ${quiet}; border-color: ${line}; background: transparent; }
Choice::drop-down { border: none; width: 28px; }
Choice::down-arrow { image: none; }
QComboBox QAbstractItemView { background: ${surface}; border: 1px solid ${edge}; selection-background-color: ${tint};
  selection-color: ${text}; outline: none; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0px 6px; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; padding: 2px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: ${focus}; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator { width: ${box}px; height: ${box}px; border: 1px solid ${edge};
  background: ${surface}; border-radius: 3px; }
QRadioButton::indicator { border-radius: ${half}px; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: ${accent}; border-color: ${accent}; image: url("${tick}"); }
QRadioButton::indicator:checked { width: ${core}px; height: ${core}px; border: ${ring}px solid ${accent}; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: ${line}; }
QSlider { border: 2px solid transparent; border-radius: 4px; }
QSlider:focus { border-color: ${focus}; }
QSlider::groove:horizontal { height: 4px; background: ${line}; border-radius: 2px; margin: 0px 4px; }
QSlider::sub-page:horizontal { background: ${accent}; border-radius: 2px; margin: 0px 4px; }
QSlider::handle:horizontal { width: 18px; margin: -7px 0px; border-radius: 9px; background: ${accent}; }

QFrame[role="card"] { background: ${surface}; border: 1px solid ${line}; border-radius: ${radius}px; }
QFrame[measure="sheet"] { max-width: ${sheet}px; }
QFrame[role="side"] { background: ${side}; border: none; border-right: 1px solid ${line}; }
QFrame[role="line"] { background: ${line}; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="message_done"] { background: ${done_tint}; border: none; border-left: 3px solid ${done}; border-radius: 4px; }
QFrame[role="message_info"] { background: ${tint}; border: none; border-left: 3px solid ${accent}; border-radius: 4px; }
QFrame[role="message_warning"] { background: ${warning_tint}; border: none; border-left: 3px solid ${warning}; border-radius: 4px; }
QFrame[role="message_failed"] { background: ${danger_tint}; border: none; border-left: 3px solid ${danger}; border-radius: 4px; }
QScrollArea, QScrollArea > QWidget > QWidget[role="plain"] { background: transparent; border: none; }
QDialog, QWidget[role="ask"] { background: ${window}; }
QFrame[role="popup"] { background: ${surface}; border: 1px solid ${edge}; border-radius: 8px; }

QTableView, QListView, QTreeView { background: ${surface}; color: ${text}; border: 1px solid ${line}; border-radius: ${radius}px;
  gridline-color: ${line}; selection-background-color: ${tint}; selection-color: ${text}; outline: none; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid ${focus}; }
QTableView::item { padding: 0px 8px; border: none; border-bottom: 1px solid ${line}; }
QTableView::item:selected, QListView::item:selected { background: ${tint}; color: ${text}; }
QListView::item { min-height: 30px; padding: 2px 8px; border: none; }
QListView::item:hover { background: ${hover}; }
QTreeView::item { padding: 2px 8px; border: none; border-bottom: 1px solid ${line}; }
QTreeView::item:selected { background: ${tint}; color: ${text}; }
QHeaderView { background: ${surface}; border: none; }
QHeaderView::section { background: ${surface}; color: ${quiet}; border: none; border-bottom: 1px solid ${edge}; padding: 6px 11px;
  font-weight: 600; }
QHeaderView::section:hover { background: ${hover}; }
QTableCornerButton::section { background: ${surface}; border: none; }
QProgressBar { background: ${line}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: ${accent}; border-radius: 3px; }
QProgressBar[role="weak"]::chunk { background: ${danger}; }
QProgressBar[role="fair"]::chunk { background: ${warning}; }
QProgressBar[role="strong"]::chunk { background: ${done}; }
QToolTip { background: ${surface}; color: ${text}; border: 1px solid ${edge}; padding: 4px 8px; }
QMenu { background: ${surface}; color: ${text}; border: 1px solid ${edge}; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; min-height: 20px; border-radius: 4px; }
QMenu::item:selected { background: ${tint}; }
QMenu::item:disabled { color: ${quiet}; }
QMenu::separator { height: 1px; background: ${line}; margin: 4px 8px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0px; }
QScrollBar::handle { background: ${edge}; border-radius: 3px; min-height: 32px; min-width: 32px; margin: 3px; }
QScrollBar::handle:hover { background: ${quiet}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: ${line}; }
""")


def stylesheet(look: t.Tokens, points: Callable[[float], float]) -> str:
    """The rules for `look`; `points` scales a size of text."""
    values = {name: str(value) for name, value in look._asdict().items()}
    return _SHEET.substitute(values, radius=t.RADIUS, title=points(t.TITLE_POINTS), heading=points(t.HEADING_POINTS),
                             small=points(t.SMALL_POINTS), sheet=round(points(t.SHEET_MEASURE)), **_boxes(look, round(points(16.0))))


def _boxes(look: t.Tokens, side: int) -> dict[str, object]:
    """Measures of tick boxes and radio buttons `side` pixels wide, and the tick that shows on their accent."""
    tick = RESOURCES / "icons" / ("tick-dark.svg" if look.dark else "tick-light.svg")
    ring = max(4, round(side * 0.3))
    return {"box": side, "half": side // 2 + 1, "ring": ring, "core": side + 2 - 2 * ring, "tick": tick.as_posix()}
