"""All registers in one list: what each is for, how many entries are open, how many there are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dpdesk.domain.registers.declaring import Register
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import assets, failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.duties.listing import page_of
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, card, empty_out, text
from dpdesk.ui.words import _, trn


class RegistersPage(Page):
    """A card for each register, in the order of the duties."""

    code = "registers"
    title = marked("Registers")
    icon = "list"
    right = Right.DUTIES_SEE
    chapter = "registers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Registers"))
        self.header.add_quiet(_("Activity and accountability pack"), lambda: context.go("activity", None), icon="history")
        self._list = self.add_list()

    def refresh(self) -> None:
        """Count again."""
        from dpdesk.services import duties
        session = self.context.session
        self.context.jobs.run("read", lambda: duties.counts(session), owner=self, done=self._show,
                              failed=lambda error: failures.show(self.context, error))

    def _show(self, found: list[tuple[Register, tuple[int, int]]]) -> None:
        empty_out(self._list)
        open_ones = sum(n[0] for _register, n in found)
        self.header.set_state(_("{registers}, {entries}.", registers=trn("{n} register", "{n} registers", len(found)),
                                entries=trn("{n} entry open", "{n} entries open", open_ones)))
        for register, (going, whole) in found:
            self._list.addWidget(self._card(register, going, whole))
        self._list.addWidget(self._elsewhere())

    def _elsewhere(self) -> QWidget:
        """What else is kept as a register, where it belongs."""
        head = text(_("Kept elsewhere:"), "quiet")
        head.setWordWrap(False)
        head.setMinimumHeight(theme.TARGET)
        return flow(head, *(
            button(words, lambda code=code: self.context.go(code, None), role="link") for code, words in (
                ("enquiries", _("Enquiries")), ("sharing", _("Consents of each person")), ("copies", _("Copies outside the desk")),
                ("devices", _("Devices")), ("disposals", _("Disposals")), ("retention", _("Retention"))) if self._reachable(code)))

    def _reachable(self, code: str) -> bool:
        return code in self.context.extras.get("pages", ())

    def _card(self, register: Register, going: int, whole: int) -> QWidget:
        picture = QLabel()
        assets.dress(picture, register.icon, "accent")
        picture.setFixedWidth(round(22 * theme.scale()))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text(_(register.title), "label"))
        words.addWidget(text(_(register.about), "quiet"))
        said = [trn("{n} open", "{n} open", going)] if going else []
        said.append(trn("{n} entry", "{n} entries", whole) if whole else _("nothing yet"))
        if register.clause:
            said.append(_(register.clause))
        words.addWidget(text(" · ".join(said), "small"))
        act = button(_("Open"), lambda: self.context.go(*page_of(register)), name=_("Open {register}", register=_(register.title)))
        inside = QHBoxLayout()
        inside.setSpacing(2 * theme.SPACE)
        inside.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(words, 1)
        inside.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        return card(inside)

    def heard(self, noun: str) -> None:
        """Entries changed elsewhere."""
        if noun == "duties" and self.isVisible():
            self.refresh()


