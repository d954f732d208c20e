"""Scanners: found on the network or by cable, chosen, and asked for pages; and the door for those that have only a cable."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.domain.scanners import SOURCES, Device, Wish
from dpdesk.services.scans_words import line_name, source_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.scans.intake import intake
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, trn


class ScannersPage(Page):
    """A card for each scanner, with what it can scan from."""

    code = "scans_scanners"
    title = marked("Scanners")
    icon = "printer"
    right = Right.SCANS_TAKE
    chapter = "scans"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Scanners"))
        self.add_back(_("Scans"), lambda: context.go("scans", None))
        self.look = self.header.set_main(_("Look for scanners"), self.find, icon="search")
        self.found: list[Device] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.SPACE)
        self.body.addLayout(self._cards)
        self.address = QLineEdit()
        self.address.setMinimumHeight(theme.TARGET)
        self.address.setAccessibleName(_("The scanner’s address"))
        self.address.setPlaceholderText(_("192.168.1.20 or scanner.local"))
        self.address.returnPressed.connect(self.add)
        self.body.addWidget(text(_("A scanner that is not found can be named by its address, as its display tells it:"), "quiet"))
        self.body.addLayout(row(self.address, button(_("Ask it"), self.add)))
        self.body.addWidget(self._doors())
        self.body.addStretch(1)

    def _doors(self) -> QWidget:
        section = Section(_("A scanner on a USB cable"), open=False)
        for words in (
                _("dpdesk speaks to scanners on the network by eSCL, which most made since 2015 know as AirScan, AirPrint scanning or "
                  "“driverless”. One that has only a cable gets such a door from a small program on the machine it is plugged into:"),
                _("Windows, macOS, Linux: install NAPS2 (free), add a profile for the scanner, then Settings, Scanner Sharing, Share "
                  "even when NAPS2 is closed. It then shows up here."),
                _("Linux: AirSane does the same for every scanner that SANE knows. Without either, dpdesk uses SANE’s scanimage itself."),
                _("Or let any scanning program write PDF files into a folder, and have dpdesk watch that folder on the page Scans."),
                _("On a plain line pages cross the network unencrypted: anybody on it could read them. Use a cable, your own network, or "
                  "a scanner that offers an encrypted line, whose certificate is remembered.")):
            section.body.addWidget(text(words))
        return section

    def refresh(self) -> None:
        """Scanners used before."""
        from dpdesk.services import scanners
        session = self.context.session
        self.context.jobs.run("read", lambda: scanners.known(session), owner=self, done=self._merge,
                              failed=lambda error: failures.show(self.context, error))

    def find(self) -> None:
        """Look on the network and at the cables."""
        from dpdesk.services import scanners
        session = self.context.session
        self.look.setEnabled(False)
        self.header.set_state(_("Looking on this network and at the cables …"))
        token = self.context.jobs.token()

        def done(found: list[Device]) -> None:
            self.look.setEnabled(True)
            self._merge(found)
            if not found:
                self.header.set_state(_("No scanner answered. Is it switched on, and on the same network?"))

        def failed(error: Exception) -> None:
            self.look.setEnabled(True)
            failures.show(self.context, error)
        self.context.jobs.run("other", lambda: scanners.find(session, cancelled=token.cancelled), owner=self, done=done, failed=failed,
                              token=token)

    def add(self) -> None:
        """A scanner by its address."""
        from dpdesk.services import scanners
        session, typed = self.context.session, self.address.text()
        self.context.jobs.run("other", lambda: scanners.at_address(session, typed), owner=self, done=lambda device: self._merge([device]),
                              failed=lambda error: failures.show(self.context, error))

    def _merge(self, more: list[Device]) -> None:
        """Those found now first, then those known from before."""
        ids = {each.id for each in more}
        self.found = [*more, *(each for each in self.found if each.id not in ids)]
        self.header.set_state(trn("{n} scanner.", "{n} scanners.", len(self.found)) if self.found
                              else _("Look for scanners, or name one by its address."))
        empty_out(self._cards)
        for device in self.found:
            self._cards.addWidget(self._card(device))

    def _card(self, device: Device) -> QWidget:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(device.name, "label"))
        column.addWidget(text(line_name(device.line), "warning" if device.line == "plain" else "small"))
        sources = [source for source in SOURCES if not device.sources or source in device.sources]
        ordered = [each for each in ("feeder", "duplex", "flatbed") if each in sources]
        acts = [button(_("Scan: {source}", source=source_name(source)), lambda source=source: self.scan(device, source),
                       role="primary" if number == 0 else "", name=_("{name}: {source}", name=device.name, source=source_name(source)))
                for number, source in enumerate(ordered)]
        acts.append(button(_("Forget"), lambda: self.forget(device), role="quiet", name=_("Forget {name}", name=device.name)))
        column.addWidget(flow(*acts))
        return card(column)

    def scan(self, device: Device, source: str) -> None:
        """Start, and go to where the pages come in."""
        intake(self.context).scanner(device, Wish(source))
        self.context.go("scans", {})

    def forget(self, device: Device) -> None:
        """Take a scanner off the list, its certificate too."""
        from dpdesk.services import scanners
        session = self.context.session

        def work() -> None:
            if any(each.id == device.id for each in scanners.known(session)):
                scanners.forget(session, device.id)

        def done(_none: object) -> None:
            self.found = [each for each in self.found if each.id != device.id]
            self._merge([])
        self.context.jobs.run("write", work, owner=self, done=done, failed=lambda error: failures.show(self.context, error))
