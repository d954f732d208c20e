"""What stands before the first paint is small, and looks as the system looked last time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dpdesk.services.machine import Machine
from dpdesk.ui import theme
from dpdesk.ui.shell.sheet import Sheet
from dpdesk.ui.widgets.parts import Choice, badge, text

_START = """
import sys
from pathlib import Path
from PySide6 import QtCore
from PySide6.QtWidgets import QApplication
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.ui import theme
from dpdesk.ui.shell import window as shell
shell.WARM_AFTER = 60_000
app = QApplication([sys.argv[0], *theme.ARGUMENTS])
machine = Machine(look="dark")
theme.apply(app, machine.theme, machine.text_scale, machine.look)
window = shell.Window(Desks(machine), machine)
window.start(Path(sys.argv[1]))
window.show()
window.grab()
print(theme.active().name, "Qt" in vars(QtCore), "dpdesk.ui.widgets.ask" in sys.modules, "dpdesk.domain.errors" in sys.modules)
"""


def test_the_first_window_makes_no_more_than_it_shows(tmp_path):
    said = subprocess.run([sys.executable, "-c", _START, str(tmp_path / "desk")], check=True, text=True, capture_output=True).stdout
    assert said.split() == ["dark", "False", "False", "False"]


def test_numbers_given_as_properties_are_the_values_meant(qapp):
    label, small, choice, sheet = text("<b>x</b>", selectable=True), badge("<i>y</i>"), Choice(), Sheet("z")
    assert label.textFormat() == small.textFormat() == Qt.TextFormat.PlainText
    assert label.textInteractionFlags() == Qt.TextInteractionFlag.TextSelectableByMouse
    assert choice.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert sheet.focusPolicy() == Qt.FocusPolicy.NoFocus
    for each in (label, small, choice, sheet):
        each.deleteLater()


def test_a_system_that_changed_its_look_meanwhile_is_followed_once_the_window_stands(qapp):
    try:
        theme.apply(qapp, "system", 100, "strong_dark")
        assert theme.active().name == "strong_dark"
        now = theme.settle(qapp)
        assert now == theme.active().name
        theme.apply(qapp, "system", 100)
        assert theme.active().name == now
        theme.apply(qapp, "dark", 100, "light")
        assert theme.settle(qapp) == "dark"
    finally:
        theme.apply(QApplication.instance(), "light", 100)


def test_the_machine_remembers_how_the_system_looked(tmp_path):
    kept = tmp_path / "machine.json"
    Machine(look="strong_light", path=kept).save()
    assert Machine.load(kept).look == "strong_light"
    kept.write_text('{"look": 7}', encoding="utf-8")
    assert Machine.load(kept).look == ""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_the_system_that_ends_the_program_is_heeded_like_the_close_button(tmp_path):
    program = subprocess.Popen([sys.executable, "-c", "import sys; from dpdesk import app; sys.exit(app.run())"],
                               env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)})
    kept, deadline = tmp_path / "dpdesk" / "machine.json", time.monotonic() + 60
    while not kept.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert Machine.load(kept).window == ""
    program.send_signal(signal.SIGTERM)
    assert program.wait(60) == 0
    assert Machine.load(kept).window  # its place is remembered: it closed, it was not cut off
