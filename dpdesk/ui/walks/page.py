"""Walks: those of a polling district in their order, how many doors each has, and what no walk has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.services.walks import Overview, Street
from dpdesk.services.walks_words import summary
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.ordered import Ordered
from dpdesk.ui.widgets.parts import Choice, button, empty_out, text
from dpdesk.ui.words import _, trn


@dataclass(frozen=True)
class Seen:
    """What the page shows of a district: every district with its electors, the walks, and what is left over."""

    districts: dict[str, int]
    district: str
    walks: list[Overview]
    left: list[Street]
    homeless: int


class WalksPage(Page):
    """The district and the walk marked are its place."""

    code = "walks"
    title = marked("Walks")
    icon = "map-pin"
    right = Right.REGISTER_SEE
    wide = True
    chapter = "walks"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Walks"))
        self.where = ""
        self._actions: list[QWidget] = []
        if self.may():
            self._actions.append(self.header.set_main(_("Propose walks…"), self._propose, icon="map-pin"))
            self._actions.append(self.header.add_quiet(_("New walk…"), self._new, icon="plus"))
        self.district = Choice(name=_("Polling district"))
        self.district.activated.connect(lambda _at: self._choose(self.district.code()))
        self.table = Ordered((_("No."), _("Walk"), _("Doors"), _("Electors"), _("What it has")), _("Walks of the district"), wide=4,
                             movable=self.may())
        self.table.opened.connect(lambda code: context.go("walk", {"id": code}))
        self.table.moved.connect(self._moved)
        self.left = QVBoxLayout()
        self._listing = QWidget()
        column = QVBoxLayout(self._listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.up = button(_("Move up"), lambda: self.table.shift(-1), tip=_("Alt+Up"), name=_("Move the walk up"))
        self.down = button(_("Move down"), lambda: self.table.shift(1), tip=_("Alt+Down"), name=_("Move the walk down"))
        self.open = button(_("Open"), lambda: context.go("walk", {"id": self.table.current()}), name=_("Open the walk"))
        column.addWidget(flow(self.district, self.open, self.up, self.down))
        column.addWidget(self.table, 1)
        column.addLayout(self.left)
        self.body.addWidget(self._listing, 1)
        acts = [(_("Propose walks…"), self._propose), (_("New walk…"), self._new)] if self.may() else []
        self.empty = EmptyState("map-pin", _("No walks yet"), _(
            "A walk is what one team calls at in an evening: some sixty doors, side by side. dpdesk proposes them from the register, and "
            "new houses fall into the right walk by themselves."), *acts)
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        for each in (self.up, self.down):
            each.setVisible(self.may())

    def may(self, right: Right = Right.WALKS_EDIT) -> bool:
        """Whether the officer may make walks."""
        return super().may(right)

    def place(self) -> dict[str, Any]:
        """The district, and the walk marked."""
        return {"district": self.where, "walk": self.table.current()}

    def return_to(self, place: dict[str, Any]) -> None:
        """Another district."""
        self.where = str(place.get("district", self.where))
        if place.get("walk"):
            self.table.mark(str(place["walk"]))
        self.refresh()

    def refresh(self) -> None:
        """Read the walks of the district."""
        session, where = self.context.session, self.where
        self.context.jobs.run("read", lambda: _seen(session, where), owner=self, done=self._show, failed=self._failed)

    def _propose(self) -> None:
        self.context.go("walks_propose", {"district": self.where})

    def _new(self) -> None:
        self.context.go("walk", {"district": self.where})

    def _choose(self, district: str) -> None:
        self.where = district
        self.refresh()

    def _show(self, seen: Seen) -> None:
        self.where = seen.district
        self.district.offer([(name, _("{name} · {n}", name=name, n=f"{n:,}")) for name, n in seen.districts.items()])
        self.district.choose(seen.district)
        doors = sum(each.doors for each in seen.walks)
        self.header.set_state(_("{walks} with {doors} in {district}.", walks=trn("{n} walk", "{n} walks", len(seen.walks)),
                                doors=trn("{n} door", "{n} doors", doors), district=seen.district) if seen.walks else "")
        self.table.show_rows([(each.id, (str(each.walk.number), each.walk.name, f"{each.doors:,}", f"{each.electors:,}", summary(each)))
                              for each in seen.walks])
        self._show_left(seen)
        anybody = bool(seen.districts)
        self._listing.setVisible(bool(seen.walks) or len(seen.districts) > 1)
        self.table.setVisible(bool(seen.walks))
        for each in (self.open, self.up, self.down):
            each.setEnabled(bool(seen.walks))
        self.empty.setVisible(not seen.walks)
        for action in self._actions:
            action.setVisible(bool(seen.walks))
        for act in self.empty.buttons:
            act.setVisible(anybody)

    def _show_left(self, seen: Seen) -> None:
        empty_out(self.left)
        joined = sum(len(each.joined) for each in seen.walks)
        if joined:
            self.left.addWidget(text(trn("{n} door of a new street went to the walk of its postcode.",
                                         "{n} doors of new streets went to the walks of their postcodes.", joined), "quiet"))
        if seen.walks and seen.left:
            named = ", ".join(each.street or _("no street") for each in seen.left[:6]) + ("…" if len(seen.left) > 6 else "")
            self.left.addWidget(flag(trn("{n} door is in no walk: {streets}.", "{n} doors are in no walk: {streets}.",
                                         sum(each.doors for each in seen.left), streets=named), "triangle-alert", "warning"))
        if seen.homeless:
            self.left.addWidget(text(trn("{n} elector has no address and is on no walk.",
                                         "{n} electors have no address and are on no walk.", seen.homeless), "quiet"))

    def _moved(self, codes: list[str]) -> None:
        from dpdesk.services import walks_make
        session, where = self.context.session, self.where
        self.context.jobs.run("write", lambda: walks_make.reorder(session, where, codes), owner=self, done=lambda _none: self.refresh(),
                              failed=lambda error: (self._failed(error), self.refresh()))

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)


def _seen(session, where: str) -> Seen:
    from dpdesk.services import electors, walks
    districts = dict(electors.counts(session).districts)
    where = where if where in districts else next(iter(districts), "")
    if not where:
        return Seen({}, "", [], [], 0)
    return Seen(districts, where, walks.walks(session, where), walks.unwalked(session, where), walks.without_home(session, where))
