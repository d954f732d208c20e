"""One walk: its streets in walking order, and who goes on its sheets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dpdesk.domain.roles import Right
from dpdesk.domain.walks import Door, Walk
from dpdesk.services.translation import marked
from dpdesk.services.walks import Overview
from dpdesk.services.walks_words import side_of, stretch, way_name
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.walks import cards
from dpdesk.ui.walks.lines import Lines
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.ordered import Ordered
from dpdesk.ui.widgets.parts import button, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, trn


@dataclass(frozen=True)
class Seen:
    """What the page shows: the walk, and the streets of its district with their doors."""

    overview: Overview
    streets: dict[str, tuple[Door, ...]]


class WalkPage(Page):
    """`place` is the walk's identity, or the district of a new one."""

    code = "walk"
    title = marked("Walk")
    icon = "map-pin"
    right = Right.REGISTER_SEE
    wide = True
    chapter = "walks"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Walk"))
        self.identity, self.district = "", ""
        self.seen: Seen | None = None
        self._mark = ""
        self.add_back(_("Walks"), lambda: context.go("walks", None))
        self._slot = EntrySlot()
        self.body.addLayout(self._slot)
        self.table = Ordered((_("Streets"), _("Doors"), _("Which doors"), _("Order")), _("Streets of the walk"), movable=self.may())
        self.table.moved.connect(self._moved)
        self._parts = text(_("Its streets, in the order they are walked"), "heading")
        acts = [button(_("Add a street…"), self.add, icon="plus"),
                button(_("Change…"), self.change, icon="pencil", name=_("Change how the street is walked")),
                button(_("Remove"), self.take_out, name=_("Take the street out of the walk")),
                button(_("Move up"), lambda: self.table.shift(-1), tip=_("Alt+Up"), name=_("Walk the street earlier")),
                button(_("Move down"), lambda: self.table.shift(1), tip=_("Alt+Down"), name=_("Walk the street later")),
                button(_("Divide the walk…"), self.divide, name=_("Divide the walk at a door"))]
        self.body.addWidget(self._parts)
        if self.may():
            rename = self.header.add_quiet(_("Rename…"), self.rename, icon="pencil")
            rename.setAccessibleName(_("Rename the walk"))
            acts += [rename, self.header.add_quiet(_("Delete the walk…"), self.remove, icon="x")]
            self.body.addWidget(flow(*acts[:-2]))
        self._acts = acts
        self.hint = text(_("A new walk has no street yet. Add its first one."), "quiet")
        self.body.addWidget(self.hint)
        self.body.addWidget(self.table)
        self.lines = Lines(context, self.place_house if self.may() else None)
        self.body.addWidget(self.lines, 1)

    def may(self, right: Right = Right.WALKS_EDIT) -> bool:
        """Whether the officer may change walks."""
        return super().may(right)

    def place(self) -> dict[str, Any]:
        """The walk, or the district of a new one."""
        return {"id": self.identity, "district": self.district}

    def return_to(self, place: dict[str, Any]) -> None:
        """Another walk; without an identity a new one."""
        self.identity, self.district = str(place.get("id", "")), str(place.get("district", ""))
        self.seen = None
        self._slot.close_up()
        self.refresh()

    def refresh(self) -> None:
        """Read the walk again."""
        session, identity, district = self.context.session, self.identity, self.district
        if identity or district:
            self.context.jobs.run("read", lambda: _seen(session, identity, district), owner=self, done=self._show, failed=self._failed)

    def _show(self, seen: Seen) -> None:
        self.seen, walk = seen, seen.overview.walk
        self.district = walk.district
        self.header.set_title(walk.title if walk.id else _("New walk in {district}", district=walk.district))
        self.header.set_state(_("{doors}, {electors}.", doors=trn("{n} door", "{n} doors", seen.overview.doors),
                                electors=trn("{n} elector", "{n} electors", seen.overview.electors)) if walk.id else "")
        rows = [(str(at), (stretch(part, there), f"{len(there):,}", side_of(part), way_name(part.way.value)))
                for at, (part, there) in enumerate(zip(walk.parts, seen.overview.stretches, strict=False))]
        self.table.show_rows(rows, self._mark)
        self._mark = ""
        self.table.fit_rows(7)
        self.table.setVisible(bool(rows))
        self.hint.setVisible(not rows)
        for act in self._acts[1:]:
            act.setEnabled(bool(rows))
        self.lines.show_walk(seen.overview)

    def _current(self) -> int:
        return int(self.table.current() or 0)

    def add(self) -> None:
        """Ask for a street and its doors."""
        if self.seen is not None:
            self._slot.ask(cards.street(self.seen.streets, self._add))

    def _add(self, values: dict[str, str]) -> None:
        if self.seen is not None:
            self._try(lambda: (*self.seen.overview.walk.parts, *cards.parts(self.seen.streets, values)))

    def change(self) -> None:
        """Ask how the street marked is walked."""
        if self.seen is not None and self.seen.overview.walk.parts:
            self._slot.ask(cards.way(self.seen.overview.walk.parts[self._current()], self._change))

    def _change(self, values: dict[str, str]) -> None:
        from dpdesk.domain.walks import Way
        if self.seen is not None:
            at, kept = self._current(), list(self.seen.overview.walk.parts)
            kept[at] = replace(kept[at], way=Way(values["way"]))
            self._try(lambda: tuple(kept))

    def take_out(self) -> None:
        """The street marked is in no walk then."""
        if self.seen is not None and len(self.seen.overview.walk.parts) > 1:
            at = self._current()
            self._try(lambda: tuple(part for place, part in enumerate(self.seen.overview.walk.parts) if place != at))
        else:
            self.remove()

    def _moved(self, codes: list[str]) -> None:
        if self.seen is not None:
            self._mark = str(codes.index(self.table.current()))
            self._try(lambda: tuple(self.seen.overview.walk.parts[int(code)] for code in codes))

    def divide(self) -> None:
        """Ask at which door of the street marked the walk is divided."""
        at = self._current()
        there = sorted(self.seen.overview.stretches[at], key=lambda door: door.key) if self.seen is not None else []
        if there:
            self._slot.ask(cards.divide(there, lambda values: self._divide(at, next(each for each in there if each.key == values["door"]))))

    def _divide(self, at: int, door: Door) -> None:
        from dpdesk.services import walks_make
        session, identity = self.context.session, self.identity

        def done(new: Walk) -> None:
            self._slot.close_up()
            self.context.changed("walks")
            self.refresh()
            self.context.say("done", _("The rest is the walk {title} now.", title=new.title),
                             (_("Show it"), lambda: self.context.go("walk", {"id": new.id})))

        def failed(error: Exception) -> None:
            if not self._slot.show_problems(error):
                self._failed(error)
        self.context.jobs.run("write", lambda: walks_make.divide(session, identity, at, door), owner=self, done=done, failed=failed)

    def rename(self) -> None:
        """Ask for another name."""
        if self.seen is not None:
            self._slot.ask(cards.name(self.seen.overview.walk.name, lambda values: self._try(
                lambda: self.seen.overview.walk.parts, values["name"])))

    def _try(self, parts, name: str | None = None) -> None:
        """Keep the walk with other parts, or say beside the fields what is wrong."""
        from dpdesk.services import walks_make
        session, seen = self.context.session, self.seen

        def work() -> Walk:
            walk = seen.overview.walk
            return walks_make.save(session, replace(walk, parts=tuple(parts()), name=walk.name if name is None else name))

        def done(kept: Walk) -> None:
            self.identity = kept.id
            self._slot.close_up()
            self.context.changed("walks")
            self.refresh()

        def failed(error: Exception) -> None:
            if not self._slot.show_problems(error):
                self._failed(error)
                self.refresh()
        self.context.jobs.run("write", work, owner=self, done=done, failed=failed)

    def remove(self) -> None:
        """Ask, and delete the walk."""
        ask.confirm(self, _("Delete this walk?"), _("Its doors are in no walk then. Sheets that were printed stay as they are."),
                    _("Delete it"), self._remove, danger=True)

    def _remove(self) -> None:
        from dpdesk.services import walks_make
        session, identity, district = self.context.session, self.identity, self.district

        def done(_none: object) -> None:
            self.context.changed("walks")
            self.context.go("walks", {"district": district})
            self.context.say("done", _("The walk is deleted."), None)
        self.context.jobs.run("write", lambda: walks_make.remove(session, identity), owner=self, done=done, failed=self._failed)

    def place_house(self, label: str) -> None:
        """Ask after which door a house without a number is walked."""
        if self.seen is None:
            return
        door = next((door for there in self.seen.overview.stretches for door in there if door.label == label and _nameless(door)), None)
        if door is None:
            self.context.say("info", _("Houses with a number stand in the order of their numbers."), None)
            return
        others = [each for each in self.seen.streets[door.street_key] if not _nameless(each)]
        self._slot.ask(cards.house(door, others, lambda values: self._place(door, others, values["after"])))

    def _place(self, door: Door, others: list[Door], after: str) -> None:
        from dpdesk.services import walks_make
        session, district = self.context.session, self.district
        there = next((each for each in others if each.key == after), None)

        def done(_none: object) -> None:
            self._slot.close_up()
            self.refresh()
        self.context.jobs.run("write", lambda: walks_make.place(session, district, door, there), owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)


def _nameless(door: Door) -> bool:
    """Whether a door has no number of its own, wherever it was put."""
    return not door.number or "~" in door.key


def _seen(session, identity: str, district: str) -> Seen:
    from dpdesk.services import walks
    overview = walks.get(session, identity) if identity else Overview(Walk("", district, 0, "", ()), 0, 0, ())
    return Seen(overview, walks.streets(session, overview.walk.district))
