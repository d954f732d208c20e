"""Packages: those sealed here and those that came in; one from a file is looked into first and opened into a new folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.packages import PackageKind, PackageState
from dpdesk.domain.roles import Right
from dpdesk.services.transfers_words import holder, package_kind_name, package_state_name, size
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, confidentiality_name, day, moment, trn

if TYPE_CHECKING:
    from dpdesk.domain.transfers import Destination
    from dpdesk.services.packages import Package, Seen

_SHOWN = 30


class PackagesPage(Page):
    """What waits to be opened on top, then everything else, the newest first."""

    code, title, icon, right, chapter = "packages", marked("Packages"), "lock", Right.TRANSFERS_SEE, "transfers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Packages"))
        session = context.session
        self._sends = session.may_change(Right.TRANSFERS_SEND)
        self._receives = session.may_change(Right.TRANSFERS_RECEIVE)
        self.header.add_quiet(_("Officer cards…"), lambda: context.go("cards", None), icon="contact")
        self.header.add_quiet(_("Canvass packs…"), lambda: context.go("packs", None), icon="map-pin")
        if self._receives:
            self.header.add_quiet(_("Open a file…"), self._choose, icon="folder-open")
        if self._sends:
            self.header.set_main(_("Seal files…"), lambda: context.go("package_seal", {}), icon="lock")
        self._slot, self._above, self._list = EntrySlot(), QVBoxLayout(), QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        self.body.addLayout(self._slot)
        self.body.addLayout(self._above)
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self._all = False

    def refresh(self) -> None:
        """Read the packages."""
        from dpdesk.services import cards, packages
        session = self.context.session
        self.context.jobs.run("read", lambda: (packages.listing(session), {each.id: each.card.name for each in cards.listing(session)}),
                              owner=self, done=lambda found: self._show(*found), failed=self._failed)

    def _show(self, found: list[Package], names: dict[str, str]) -> None:
        empty_out(self._list)
        waiting = [each for each in found if each.state is PackageState.ARRIVED]
        self.header.set_state(trn("{n} package waits to be opened.", "{n} packages wait to be opened.", len(waiting)) if waiting else "")
        if not found:
            acts = [(_("Seal files…"), lambda: self.context.go("package_seal", {}))] if self._sends else []
            self._list.addWidget(EmptyState("lock", _("No package yet"), _(
                "A package is sealed to the keys of those it is for: nobody else can open it, whoever carries it. Take in the cards of "
                "those you send to, and verify them by telephone."), *acts, (_("Officer cards…"), lambda: self.context.go("cards", None))))
        rest = [each for each in found if each.state is not PackageState.ARRIVED]
        for each in [*waiting, *(rest if self._all else rest[:_SHOWN])]:
            self._list.addWidget(self._card(each, names))
        if len(rest) > _SHOWN and not self._all:
            self._list.addWidget(button(_("Show all"), self._show_all, role="quiet"))

    def _show_all(self) -> None:
        self._all = True
        self.refresh()

    def _card(self, each: Package, names: dict[str, str]) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        state = badge(package_state_name(each.state.value), "warning" if each.state is PackageState.ARRIVED else "")
        inside.addLayout(row(text(each.purpose, "label"), state))
        who = (_("To {names}", names=", ".join(names.get(card, "?") for card in each.recipients)) if each.way == "out"
               else _("From {name}", name=names.get(each.sender) or _("yourself")))
        files = trn("{n} file, {size}", "{n} files, {size}", len(each.items), size=size(each.size))
        inside.addWidget(text(_("{who}. {kind}: {files}.", who=who, kind=package_kind_name(each.kind.value), files=files), "quiet"))
        inside.addWidget(text(_("{moment}. It can be opened until {day}.", moment=moment(each.at), day=day(each.expires_on)), "small"))
        acts, opened, pack = [], each.state is PackageState.OPENED, each.kind in (PackageKind.PACK, PackageKind.RETURN)
        if each.way == "in" and each.file and self._receives and not (opened and pack):
            go = (lambda: self.context.go("packs", {"package": each.id})) if pack else lambda: self._open_kept(each, opened)
            acts.append(button(_("Open again…") if opened else _("Take in…") if pack else _("Open…"), go, icon="folder-open",
                               role="" if opened else "primary", name=_("Open “{purpose}”", purpose=each.purpose)))
        if each.way == "out" and each.file and self._sends:
            acts.append(button(_("Put into the outbox…"), lambda: self._send(each), icon="file-up",
                               name=_("Put “{purpose}” into the outbox", purpose=each.purpose)))
            acts.append(button(_("Save to a file…"), lambda: self._save(each), icon="download",
                               name=_("Save “{purpose}” to a file", purpose=each.purpose)))
        if acts:
            inside.addSpacing(theme.SPACE)
            inside.addWidget(flow(*acts))
        return card(inside)

    def _send(self, each: Package) -> None:
        from dpdesk.services import destinations
        session = self.context.session
        self.context.jobs.run("read", lambda: [place for place in destinations.listing(session) if place.pinned_at], owner=self,
                              done=lambda places: self._send_to(each, places), failed=self._failed)

    def _send_to(self, each: Package, places: list[Destination]) -> None:
        from dpdesk.services import outbox
        session = self.context.session
        if not places:
            self.context.say("info", _("No destination is set up yet."),
                             (_("Destinations…"), lambda: self.context.go("destinations", None)))
            return

        def queue(values: dict[str, str]) -> None:
            self.context.jobs.run("write", lambda: outbox.queue(session, each.id, [values["place"]]), owner=self, failed=self._failed,
                                  done=lambda _queued: self.context.go("outbox", None))
        empty_out(self._above)
        self._slot.ask(Entry(_("Put “{purpose}” into the outbox", purpose=each.purpose), "", [
            FieldSpec("place", _("Destination"), "choice", choices=tuple((place.id, place.name) for place in places))],
            _("Put it there"), queue))

    def _save(self, each: Package) -> None:
        from dpdesk.services import packages
        session = self.context.session

        def write(path: Path, accepted: str) -> None:
            self._work(_("Writing the package"), lambda _token: packages.save(session, each.id, path, accepted),
                       lambda _done: _("It is written to {path}. Only its recipients can open it.", path=path))
        leaving.choose(self, self.context.jobs, CopyKind.SEALED, leaving.Chooser(
            _("Save the package"), f"package-{each.id[-8:]}{packages.ENDING}", _("Packages (*.age)")), write, self._failed)

    def _choose(self) -> None:
        ask.choose_open(self, _("Choose a package"), _("Packages (*.age)"), self.look)

    def look(self, path: Path) -> None:
        """Check all of a package and show what is in it; nothing is written."""
        from dpdesk.services import packages
        session = self.context.session

        def work(token: Any) -> Seen:
            return packages.inspect(session, path, packages.Hands(token.progress, token.cancelled))
        self._work(_("Checking the package"), work, lambda seen: self._seen(path, seen))

    def _seen(self, path: Path, seen: Seen) -> str:
        self._slot.close_up()
        empty_out(self._above)
        found, sender = seen.manifest, seen.sender.card if seen.sender else seen.manifest.sender
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(found.purpose, "heading"))
        facts = [(_("From"), f"{sender.name}, {holder(sender)}"), (_("Kind"), package_kind_name(found.kind.value)),
                 (_("Class"), confidentiality_name(found.classification)), (_("Sealed"), moment(found.made_at)),
                 (_("Can be opened until"), day(found.expires_on))]
        if seen.opened_at:
            facts.append((_("Opened here"), moment(seen.opened_at)))
        column.addWidget(fact_list(facts))
        for item in found.items[:20]:
            column.addWidget(text(f"{item.name}, {size(item.size)}", "small"))
        if len(found.items) > 20:
            column.addWidget(text(trn("… and {n} more file", "… and {n} more files", len(found.items) - 20), "small"))
        column.addWidget(flow(button(_("Open into a folder…"), lambda: self._open(path, bool(seen.opened_at)), role="primary",
                                     icon="folder-open"), button(_("Put away"), lambda: empty_out(self._above))))
        self._above.addWidget(card(column))
        return _("All of it has verified: the signature, the recipients, every file.")

    def _open_kept(self, each: Package, again: bool) -> None:
        from dpdesk.services import packages
        session = self.context.session
        self.context.jobs.run("read", lambda: packages.path_of(session, each), owner=self, done=lambda path: self._open(path, again),
                              failed=self._failed)

    def _open(self, path: Path, again: bool) -> None:
        ask.choose_folder(self, _("In which folder?"), lambda folder: self.open_in(path, Path(folder), again))

    def open_in(self, path: Path, folder: Path, again: bool) -> None:
        """Open into a new folder within `folder`, once the guard lets it."""
        from dpdesk.services import packages
        session, target = self.context.session, folder / f"package-{path.name[:32][-8:]}"

        def write(place: Path, accepted: str) -> None:
            def work(token: Any) -> Package:
                hands = packages.Hands(token.progress, token.cancelled)
                return packages.open_to(session, path, place, hands, again=again, accepted=accepted)
            self._work(_("Opening the package"), work, lambda _taken: _(
                "Its files lie in {folder}. They are a copy: delete them when you are done.", folder=place))
        leaving.check(self, self.context.jobs, CopyKind.RECEIVED, target, write, self._failed)

    def _work(self, title: str, work: Any, told: Any) -> None:
        def done(answer: Any) -> None:
            self.context.say("done", told(answer), None)
            for noun in ("packages", "copies"):
                self.context.changed(noun)
            self.refresh()
        self.context.work("write", title, work, owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
