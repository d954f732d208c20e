"""How the window looks on this machine: theme and size of text, changed as one chooses."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSlider

from dpdesk.services.machine import SCALES, THEMES
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _

STEP, SETTLE = 10, 150  # per cent; milliseconds until the slider has come to rest


class LookSection(Section):
    """Kept for this machine, not for the desk."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Look"))
        self._context = context
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SETTLE)
        self._wait.timeout.connect(self._apply)
        self.body.addWidget(text(_("Theme"), "label"))
        self.themes = QButtonGroup(self)
        words = (_("Same as the computer"), _("Light"), _("Dark"))
        for number, label in enumerate(words):
            choice = QRadioButton(label)
            choice.setMinimumHeight(theme.TARGET)
            choice.setChecked(context.machine.theme == THEMES[number])
            self.themes.addButton(choice, number)
            self.body.addWidget(choice)
        self.themes.idClicked.connect(lambda _number: self._apply())
        self.body.addSpacing(theme.SPACE)
        self._percent = text("", "label")
        self.body.addWidget(self._percent)
        self._add_size(context.machine.text_scale)
        self.body.addWidget(text(_("Both are kept for this computer, not for the desk."), "small"))

    def _add_size(self, now: int) -> None:
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(*SCALES)
        self.slider.setSingleStep(STEP)
        self.slider.setPageStep(2 * STEP)
        self.slider.setMinimumHeight(theme.TARGET)
        self.slider.setMaximumWidth(320)
        self.slider.setValue(now)
        self.slider.valueChanged.connect(self._moved)
        smaller = button("−", lambda: self.slider.setValue(self.slider.value() - STEP), name=_("Smaller text"))
        larger = button("+", lambda: self.slider.setValue(self.slider.value() + STEP), name=_("Larger text"))
        line = row(smaller, self.slider, larger, None)
        line.setStretch(1, 2)
        self.body.addLayout(line)
        self._tell()

    def _moved(self, value: int) -> None:
        stepped = round(value / STEP) * STEP
        if stepped != value:
            self.slider.setValue(stepped)
            return
        self._tell()
        self._wait.start()

    def _tell(self) -> None:
        words = _("Size of text: {n} %").format(n=self.slider.value())
        self._percent.setText(words)
        self.slider.setAccessibleName(words)

    def _apply(self) -> None:
        self._wait.stop()
        self._context.retheme(THEMES[self.themes.checkedId()], self.slider.value())
