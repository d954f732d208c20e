"""Canvass packs: sent to a lead, taken in at the lead's, given back, taken in with every conflict shown, erased by acknowledgement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.cards import CardState
from dpdesk.domain.packages import Step
from dpdesk.domain.roles import Right
from dpdesk.services.transfers_words import conflict_name, pack_step_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, day, moment, trn

if TYPE_CHECKING:
    from dpdesk.services.packs import Pack, Seen
    from dpdesk.services.packs_back import Preview

_SHOWN = 12  # conflicts of a kind


class PacksPage(Page):
    """A card for each pack; what comes in is looked at above them."""

    code, title, icon, right, chapter = "packs", marked("Canvass packs"), "map-pin", Right.TRANSFERS_SEE, "transfers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Canvass packs"))
        self.add_back(_("Packages"), lambda: context.go("packages", None))
        self._runs = context.session.may_change(Right.SHEETS_RUN)
        if self._runs:
            self.header.add_quiet(_("Take one in…"), self._choose, icon="folder-open")
            self.header.set_main(_("Send a pack…"), self.ask_which, icon="lock")
        self._slot, self._above, self._list = EntrySlot(), QVBoxLayout(), QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        self.body.addLayout(self._slot)
        self.body.addLayout(self._above)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def return_to(self, place: dict[str, Any]) -> None:
        """`package`: look at one that came in."""
        if place.get("package"):
            self._look_at(str(place["package"]))

    def refresh(self) -> None:
        """Read the packs."""
        from dpdesk.services import cards, packs
        session = self.context.session
        self.context.jobs.run("read", lambda: (packs.listing(session), {each.id: each.card.name for each in cards.listing(session)}),
                              owner=self, done=lambda found: self._show(*found), failed=self._failed)

    def _show(self, found: list[Pack], names: dict[str, str]) -> None:
        empty_out(self._list)
        if not found:
            self._list.addWidget(EmptyState("map-pin", _("No pack yet"), _(
                "A pack takes a session’s sheets, and the least of their electors, sealed to a lead’s own desk. The lead prints, walks, "
                "scans and enters without the branch’s desk, and sends the results back; then the lead’s copy is erased."),
                *([(_("Send a pack…"), self.ask_which)] if self._runs else [])))
        for each in found:
            self._list.addWidget(self._card(each, names.get(each.card, "?")))

    def _card(self, each: Pack, name: str) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        state = badge(pack_step_name(each.step.value), "" if each.step is Step.ERASED else "warning")
        inside.addLayout(row(text(each.title or _("Canvass pack"), "label"), state))
        said = _("To {name}, {moment}.", name=name, moment=moment(each.out_at)) if each.way == "out" else _(
            "From {name}, {moment}.", name=name, moment=moment(each.out_at))
        inside.addWidget(text(said, "quiet"))
        if each.taken_at:
            inside.addWidget(text(_("Return taken in on {moment}.", moment=moment(each.taken_at)), "small"))
        if each.erased_at:
            inside.addWidget(text(_("Erased at the lead’s on {moment}.", moment=moment(each.erased_at)), "small"))
        if self._runs and each.way == "in" and each.step in (Step.OUT, Step.RETURNED):
            inside.addSpacing(theme.SPACE)
            inside.addWidget(flow(button(_("Give back…"), lambda: self._give_back(each), role="primary", icon="lock",
                                         name=_("Give back {title}", title=each.title))))
        return card(inside)

    def ask_which(self) -> None:
        """Which session, to whom."""
        from dpdesk.services import cards, sessions
        session = self.context.session
        self.context.jobs.run("read", lambda: (sessions.listing(session), [each for each in cards.listing(session)
                                                                          if each.state is CardState.VERIFIED and each.card.signing]),
                              owner=self, done=lambda found: self._ask(*found), failed=self._failed)

    def _ask(self, found: list[Any], cards: list[Any]) -> None:
        from dpdesk.services import packs
        session = self.context.session
        if not found or not cards:
            self.context.say("info", _("A pack needs a session with sheets, and a lead whose card is verified."), None)
            return
        empty_out(self._above)
        self._slot.ask(Entry(_("Send a pack"), _("The sheets of the session must be made. The pack is sealed to the lead alone."), [
            FieldSpec("session", _("Session"), "choice", choices=tuple((each.id, f"{day(each.on_day)}, {each.place}") for each in found)),
            FieldSpec("to", _("Lead"), "choice", choices=tuple((each.id, each.card.name) for each in cards))], _("Seal it"),
            lambda values: self._work(_("Sealing the pack"), lambda: packs.out(session, values["session"], values["to"]), self._sealed)))

    def _sealed(self, _package: Any) -> None:
        self.context.say("done", _("It is sealed. Send it from Packages: save it to a file, or put it into the outbox."),
                         (_("Packages"), lambda: self.context.go("packages", None)))

    def _give_back(self, each: Pack) -> None:
        from dpdesk.services import packs
        session = self.context.session
        ask.confirm(self, _("Give {title} back?", title=each.title), _(
            "Results, the custody of the paper and pictures are sealed to the branch. Your copy stays until the branch has taken them in."),
            _("Seal the return"), lambda: self._work(_("Sealing the return"), lambda: packs.give_back(session, each.id), self._sealed))

    def _choose(self) -> None:
        ask.choose_open(self, _("Choose a package"), _("Packages (*.age)"), self.look)

    def _look_at(self, identity: str) -> None:
        from dpdesk.services import packages
        session = self.context.session
        self.context.jobs.run("read", lambda: packages.path_of(session, packages.get(session, identity)), owner=self, done=self.look,
                              failed=self._failed)

    def look(self, path: Path) -> None:
        """Check a package of a pack, and show what taking it in will do."""
        from dpdesk.services import packs, packs_back
        session = self.context.session

        def work() -> tuple[Seen, Preview | None]:
            seen = packs.look(session, path)
            return seen, packs_back.preview(session, seen) if seen.step is Step.RETURNED else None
        self._work(_("Checking the package"), work, lambda found: self._seen(*found))

    def _seen(self, seen: Seen, found: Preview | None) -> None:
        from dpdesk.services import packs, packs_back
        session = self.context.session
        if found is not None:
            self._show_return(seen, found, lambda: packs_back.take_back(session, seen)[1])
            return
        words = {Step.OUT: (_("A canvass pack"), _("Its sheets and electors come to this desk, to be worked with and given back."),
                            _("Take it in"), lambda: packs.take(session, seen)),
                 Step.TAKEN: (_("The branch has all of it"), _(
                "What the pack brought and what came of it is erased here for good. Paper that is still with you goes back to the branch, "
                "which keeps its record."),
                              _("Erase it here"), lambda: packs.erase(session, seen)),
                 Step.ERASED: (_("A lead’s copy is erased"), _("It is noted with the pack."), _("Note it"),
                               lambda: packs.erased(session, seen))}
        self._offer(*words[seen.step], danger=seen.step is Step.TAKEN)

    def _show_return(self, seen: Seen, found: Preview, work: Callable[[], Any]) -> None:
        said = [trn("{n} new answer.", "{n} new answers.", found.answers),
                trn("{n} movement of paper.", "{n} movements of paper.", found.movements),
                trn("{n} picture.", "{n} pictures.", found.pictures)]
        self._offer(_("A return of {title}", title=found.pack.title), " ".join(said), _("Take it in"), work, found.conflicts)

    def _offer(self, heading: str, why: str, verb: str, work: Callable[[], Any], conflicts: tuple = (), *, danger: bool = False) -> None:
        self._slot.close_up()
        empty_out(self._above)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(heading, "heading"))
        column.addWidget(text(why))
        for kind in dict.fromkeys(each.kind for each in conflicts):
            some = [each.where for each in conflicts if each.kind == kind]
            column.addWidget(text(conflict_name(kind), "warning"))
            more = trn(" and {n} more", " and {n} more", len(some) - _SHOWN) if len(some) > _SHOWN else ""
            column.addWidget(text(", ".join(some[:_SHOWN]) + more, "small"))
        go = button(verb, lambda: self._work(verb, work, self._taken), role="danger" if danger else "primary")
        column.addWidget(flow(go, button(_("Put away"), lambda: empty_out(self._above))))
        self._above.addWidget(card(column))
        go.setFocus()

    def _taken(self, answer: Any) -> None:
        empty_out(self._above)
        if hasattr(answer, "recipients"):  # a package that answers: it is to be sent
            self.context.say("done", _("Done. An answer is sealed: send it from Packages."),
                             (_("Packages"), lambda: self.context.go("packages", None)))
        else:
            self.context.say("done", _("Done."), None)

    def _work(self, title: str, work: Callable[[], Any], told: Callable[[Any], None]) -> None:
        shown = self.context.progress(title, None)

        def done(answer: Any) -> None:
            shown.finish()
            self._slot.close_up()
            told(answer)
            for noun in ("packages", "sheets", "sessions", "results", "scans"):
                self.context.changed(noun)
            self.refresh()

        def failed(error: Exception) -> None:
            shown.finish()
            self._failed(error)
        self.context.jobs.run("write", work, owner=self, done=done, failed=failed)

    def _failed(self, error: Exception) -> None:
        if not self._slot.show_problems(error):
            failures.show(self.context, error)
