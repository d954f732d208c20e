"""The entries of one register, what is due first: found by words, open or all, added, exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Invalid
from dpdesk.domain.registers.declaring import Register
from dpdesk.domain.roles import Right
from dpdesk.services.duties import Shown
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.duties import beginnings
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, trn

OWN_PAGES = ("requests", "complaints", "incidents")
_SHOWN = 60


def page_of(register: Register) -> tuple[str, dict[str, Any]]:
    """Where a register's list is: the page's code, and its place."""
    return (register.code, {}) if register.code in OWN_PAGES else ("duties", {"register": register.code})


class EntriesPage(Page):
    """One register; which one is said at the start, or by the place."""

    code = "duties"
    title = marked("Register")
    icon = "list"
    right = Right.DUTIES_SEE
    chapter = "registers"
    wide = False

    def __init__(self, context: Context, register: str = "") -> None:
        super().__init__(context)
        self._register = register or "requests"
        self._found: list[Shown] = []
        self._more = _SHOWN
        self._all = False
        self.find = QLineEdit()
        self.find.setMinimumHeight(theme.TARGET)
        self.find.setAccessibleName(_("Find in this register"))
        self.find.setPlaceholderText(_("Find"))
        self.find.textChanged.connect(lambda _typed: self._draw())
        self._about = text("", "quiet")
        self._chips, self._above = QVBoxLayout(), QVBoxLayout()
        self.slot, self._list = EntrySlot(), QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        self.body.addWidget(self._about)
        self.body.addLayout(self._above)
        self.body.addLayout(self.slot)
        self.body.addWidget(self.find)
        for layout in (self._chips, self._list):
            self.body.addLayout(layout)
        self.body.addStretch(1)
        self.add_back(_("Registers"), lambda: context.go("registers", None))
        self.header.add_quiet(_("Export…"), self._ask_export, icon="download")

    @property
    def register(self) -> Register:
        """The register shown."""
        from dpdesk.services import duties
        return duties.register_of(self._register)

    def place(self) -> dict[str, Any]:
        """The register, and what is looked for."""
        return {"register": self._register, "all": self._all}

    def return_to(self, place: dict[str, Any]) -> None:
        """Show another register."""
        code = place.get("register", self._register)
        if code != self._register:
            self._register, self._more = code, _SHOWN
            self.find.clear()
        self._all = bool(place.get("all", self._all))

    def refresh(self) -> None:
        """Read the entries."""
        from dpdesk.services import duties
        session, code = self.context.session, self._register
        register = self.register
        self.header.set_title(_(register.title))
        self._about.setText(_(register.about))
        self.show_back(session.may(Right.DUTIES_SEE) and code not in OWN_PAGES)
        self.header.clear_main()
        if session.may_change(register.add):
            self.header.set_main(_(register.adds) + "…",
                                 lambda: self.context.go("duty_form", {"register": code}), icon="plus")
        self.context.jobs.run("read", lambda: (duties.listing(session, code), _waiting(session, code)), owner=self, done=self._show,
                              failed=self.failed)

    def _show(self, read: tuple[list[Shown], Any]) -> None:
        self._found, waiting = read
        found = self._found
        empty_out(self._above)
        begin = (beginnings.block(self, waiting) if self._register == "incidents" else beginnings.gate(self)
                 if self._register == "training" else self._from_post(waiting))
        if begin is not None:
            self._above.addWidget(begin)
        going = sum(not each.duty.ended_at for each in found)
        self.header.set_state(_("{open}, {all}.", open=trn("{n} open", "{n} open", going), all=trn("{n} entry", "{n} entries", len(found))))
        self._draw()

    def _draw(self) -> None:
        from dpdesk.services import duties
        now = duties.utc_now()
        empty_out(self._list)
        empty_out(self._chips)
        ended = sum(bool(each.duty.ended_at) for each in self._found)
        self.find.setVisible(bool(self._found))
        if ended:
            chip = button(_("Also those that have ended ({n})", n=f"{ended:,}"), self._turn, role="chip")
            chip.setCheckable(True)
            chip.setChecked(self._all)
            self._chips.addWidget(flow(chip))
        wanted = [each for each in self._found if (self._all or not each.duty.ended_at) and self._fits(each)]
        if not self._found:
            self._list.addWidget(self._nothing())
        elif not wanted:
            self._list.addWidget(text(_("Nothing here fits."), "quiet"))
        for each in wanted[:self._more]:
            self._list.addWidget(self._card(each, now))
        if len(wanted) > self._more:
            self._list.addWidget(flow(button(_("Show more ({n})", n=f"{len(wanted) - self._more:,}"), self._show_more)))

    def _fits(self, shown: Shown) -> bool:
        typed = self.find.text().casefold().split()
        said = " ".join((shown.ref, *shown.duty.values.values())).casefold()
        return all(word in said for word in typed)

    def _turn(self) -> None:
        self._all = not self._all
        self._draw()

    def _show_more(self) -> None:
        self._more += _SHOWN
        self._draw()

    def _nothing(self) -> QWidget:
        register = self.register
        acts = []
        if self.context.session.may_change(register.add):
            acts.append((_(register.adds) + "…", lambda: self.context.go("duty_form", {"register": register.code})))
            if register.starters:
                acts.append((trn("Begin with {n} entry", "Begin with {n} entries", len(register.starters)), self._start))
        words = _(register.guidance) if register.guidance else _("What is kept here is asked for by {clause}.", clause=_(register.clause))
        return EmptyState(register.icon, _("Nothing here yet"), words, *acts)

    def _card(self, shown: Shown, now: Any) -> QWidget:
        from dpdesk.services import duty_words
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text(f"{shown.ref}  {shown.heading}", "label"))
        more = [said for code in shown.register.columns[1:]
                if (said := duty_words.value_words(shown.register.field(code), shown.duty.values.get(code, "")))]
        if more:
            words.addWidget(text(" · ".join(more), "quiet"))
        for running in shown.running:
            if not running.run.met and not shown.duty.ended_at:
                over = running.run.overdue(now)
                words.addWidget(text(duty_words.clock_words(running, now), "error" if over else "warning"
                                     if running.urgency(now) in (0, 1) else "small"))
        inside = QHBoxLayout()
        inside.setSpacing(2 * theme.SPACE)
        inside.addLayout(words, 1)
        inside.addWidget(badge(duty_words.state_words(shown.register, shown.duty.state)), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(button(_("Open"), lambda: self.context.go("duty", {"id": shown.duty.id}), name=_("Open {ref}", ref=shown.ref)), 0,
                         Qt.AlignmentFlag.AlignTop)
        return card(inside)

    def _start(self) -> None:
        from dpdesk.services import duties_start
        session, code = self.context.session, self._register
        self.context.jobs.run("write", lambda: duties_start.start(session, code), owner=self, done=self._started, failed=self.failed)

    def _started(self, n: int) -> None:
        self.context.changed("duties")
        self.context.say("done", trn("{n} entry to begin with. Look at it, and make it yours.",
                                     "{n} entries to begin with. Look at each, and make it yours.", n), None)

    def _from_post(self, waiting: int) -> QWidget | None:
        """Agreements recorded under Post are brought in once, not typed twice."""
        if self._register != "agreements" or not waiting or not self.context.session.may(Right.DUTIES_KEEP):
            return None
        from dpdesk.services import duties_follow
        session = self.context.session
        return flow(button(trn("Bring in {n} agreement recorded under Post", "Bring in {n} agreements recorded under Post", waiting),
                           lambda: self.context.jobs.run("write", lambda: duties_follow.from_post(session), owner=self,
                                                         done=self._started, failed=self.failed)))

    def _ask_export(self) -> None:
        self.slot.ask(Entry(_("Export: {register}", register=_(self.register.title)), _(
            "The file will not be encrypted. It goes on the list of copies, with the day by which it is to be deleted."), [
            FieldSpec("why", _("Why"), help=_("Such as: the yearly audit."), longest=300),
            FieldSpec("format", _("Format"), "choice", choices=(("csv", _("CSV, for people")), ("json", _("JSON, for machines"))))],
            _("Choose where…"), self._choose))

    def _choose(self, values: dict[str, str]) -> None:
        if not values["why"]:
            self.slot.show_problems(Invalid({"why": "missing"}))
            return
        ending = values["format"]
        leaving.choose(self, self.context.jobs, CopyKind.DUTIES, leaving.Chooser(
            _("Export the register"), f"{self._register}.{ending}", f"{ending.upper()} (*.{ending})"),
            lambda path, accepted: self.write(path, values["why"], accepted), self.failed)

    def write(self, path: Path, why: str, accepted: str = "") -> None:
        """Write the register out."""
        from dpdesk.services import duties_export
        session, code = self.context.session, self._register

        def done(_copy: object) -> None:
            self.slot.close_up()
            self.context.changed("copies")
            self.context.say("done", _("Saved as “{file}”. It is on the list of copies until it is gone.", file=path.name), None)
        self.context.jobs.run("write", lambda: duties_export.export(session, code, path, why, accepted=accepted), owner=self, done=done,
                              failed=self.failed)

    def heard(self, noun: str) -> None:
        """Entries changed elsewhere."""
        if noun == "duties" and self.isVisible():
            self.refresh()

    def failed(self, error: Exception) -> None:
        """Say what went wrong: in the card where it speaks of its fields."""
        if not self.slot.show_problems(error):
            failures.show(self.context, error)


def _waiting(session: Any, code: str) -> Any:
    """What else waits: lost pages that are no incident yet, agreements under Post that are not in the register."""
    from dpdesk.services import duties_follow, incidents
    if code == "incidents":
        return incidents.losses_waiting(session)
    return duties_follow.waiting_in_post(session) if code == "agreements" else None
