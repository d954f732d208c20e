"""The question whether a server's key was compared shows the whole of it, and only what was accepted is pinned."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QLabel

from dpdesk.domain.secret import Secret
from dpdesk.services import destinations
from tests.portal.servers import PASSWORD, running
from tests.portal.test_pinned import pem
from tests.ui.conftest import settle
from tests.ui.test_transfers import go, press, says


def asked() -> QDialog:
    [found] = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    return found


def test_a_server_of_ones_own_is_compared_and_pinned(qtbot, window, desk, tmp_path):
    with running("dav", tmp_path / "dav", pem=pem(tmp_path)) as server:
        found = server.destination()
        made = destinations.save(desk.session, destinations.Wish("Branch cloud", "webdav", found.address, "", found.user), Secret(PASSWORD))
        page = go(qtbot, window, desk, "destinations")
        page.test(made.id)
        settle(qtbot, window)
        question = asked()
        for label in question.findChildren(QLabel):
            if label.text():
                assert label.heightForWidth(label.width()) <= label.height() + 1, f"clipped: {label.text()}"
        assert says(question).replace("\u200b", "").count(":") > 32, "the certificate as browsers show it"
        press(question, "I compared it: accept")
        settle(qtbot, window)
        kept = destinations.get(desk.session, made.id)
        assert kept.pin.startswith("SHA256:") and f"Its key: {kept.pin}" in says(page)
        assert "Branch cloud takes packages." in says(window)
