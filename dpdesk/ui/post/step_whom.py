"""Step 1 of a letter: what it is for, then for whom; how many fit and who is left out shows at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from dpdesk.domain.errors import DeskError, NotFound
from dpdesk.domain.members import Kind, Status
from dpdesk.domain.post import GROUNDS, Purpose
from dpdesk.domain.queries import NAMED, Query
from dpdesk.services.post import Audience
from dpdesk.ui import theme
from dpdesk.ui.post.rows import figures
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, capacity_name, field_name, sentence, trn

if TYPE_CHECKING:
    from dpdesk.services.post_plan import Plan
    from dpdesk.ui.post.write import WritePage

_NARROW = (*NAMED, "capacity")
_NAMES = 30  # people chosen by hand whose names are shown


def about(purpose: Purpose) -> str:
    """What a purpose is for, in one sentence."""
    return {
        Purpose.SERVICE: _("About what somebody already has to do with us: a changed room, an answer. It asks for no votes, money or "
                           "help."),
        Purpose.NOTICE: _("What the rules owe to members: general meetings, elections, renewal. To members only."),
        Purpose.NEWSLETTER: _("News of the branch, to those who agreed to get e-mail."),
        Purpose.EVENT: _("An invitation, to those who agreed to get e-mail."),
        Purpose.MARKETING: _("Asks for votes, support or help, of those who agreed to get e-mail."),
        Purpose.FUNDRAISING: _("Asks for money, of those who agreed to get e-mail."),
    }[purpose]


class WhomStep(QWidget):
    """Tells the page through `page.touched()` when purpose or audience change."""

    def __init__(self, page: WritePage) -> None:
        super().__init__()
        self._page = page
        self._query: Query | None = None
        self._people: tuple[str, ...] = ()
        self._by_hand = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE * 3 // 2)
        layout.addWidget(text(_("What is it for?"), "heading"))
        layout.addWidget(self._chips())
        self.ground, self.basis = text("", "quiet"), text("", "small")
        layout.addWidget(self.ground)
        layout.addWidget(self.basis)
        self._rest = QWidget()
        column = QVBoxLayout(self._rest)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.setSpacing(theme.SPACE * 3 // 2)
        column.addWidget(text(_("For whom?"), "heading"))
        self.form = Form([FieldSpec("whom", _("People"), "choice")])
        self.narrow = Form([FieldSpec(code, field_name(code), "choice") for code in _NARROW], columns=2)
        self.fold = Section(_("Only some of them"), open=False)
        self.fold.body.addWidget(self.narrow)
        for form in (self.form, self.narrow):
            form.edited.connect(self._edited)
        column.addWidget(self.form)
        column.addWidget(self.fold)
        self.sentence = text("", "label")
        column.addWidget(self.sentence)
        self._slot = QVBoxLayout()
        self._slot.setSpacing(theme.SPACE)
        column.addLayout(self._slot)
        layout.addWidget(self._rest)
        self._rest.hide()

    def _chips(self) -> QWidget:
        from dpdesk.services.post_names import purpose_name
        self._group = QButtonGroup(self)
        self.purposes = {}
        for purpose in Purpose:
            chip = button(purpose_name(purpose.value), lambda purpose=purpose: self._chose(purpose), role="chip")
            chip.setCheckable(True)
            self._group.addButton(chip)
            self.purposes[purpose] = chip
        return flow(*self.purposes.values())

    def begin(self) -> None:
        """The cursor on the first purpose."""
        next(iter(self.purposes.values())).setFocus()

    def _chose(self, purpose: Purpose) -> None:
        self._page.purpose = purpose
        self._draw_purpose()
        self._page.touched(people=True)

    def _draw_purpose(self) -> None:
        from dpdesk.services.post_names import basis_name
        purpose = self._page.purpose
        self._rest.setVisible(purpose is not None)
        if purpose is None:
            self._group.setExclusive(False)
            for chip in self.purposes.values():
                chip.setChecked(False)
            self._group.setExclusive(True)
            self.ground.setText(_("The purpose decides who may get it: choose it first."))
            self.basis.setText("")
            return
        self.purposes[purpose].setChecked(True)
        self.ground.setText(about(purpose))
        self.basis.setText(_("Lawful basis: {basis}.", basis=basis_name(GROUNDS[purpose].art6)))

    def forget_people(self) -> None:
        """Another letter begins: nobody is chosen by hand."""
        self._people = ()

    def show_audience(self, audience: Audience, offered: dict[Kind, dict[str, list[str]]], searches: list) -> None:
        """Show what is chosen, with the choices there are on this desk."""
        self._query, self._people = audience.query, audience.people or self._people
        self._by_hand = audience.query is None and bool(audience.people)
        self._offered, self._searches = offered, {one.name: one.query for one in searches}
        self.form.field("whom").control.offer(self._whom())
        self._show_query()
        self._draw_purpose()

    _offered: dict[Kind, dict[str, list[str]]] = {}
    _searches: dict[str, Query] = {}

    def _whom(self) -> list[tuple[str, str]]:
        from dpdesk.services.queries import PEOPLE
        found = [("", _("Choose…")), ("kind:member", _("All members")),
                 *((f"status:{status.value}", _(PEOPLE[status.value])) for status in Status if status is not Status.DECEASED),
                 ("kind:contact", _("All contacts")), *((f"saved:{name}", _("Search “{name}”", name=name)) for name in self._searches)]
        if self._query is not None and not self._code():
            found.append(("query", _("As in the list")))
        if self._people:
            found.append(("people", trn("{n} person chosen in the list", "{n} people chosen in the list", len(self._people))))
        return found

    def _code(self) -> str:
        """Which of the choices the query is; "" where it is none of them."""
        query = self._query
        if query is None:
            return "people" if self._by_hand else ""
        bare = replace(query, **dict.fromkeys(_NARROW, ""), sort="name", descending=False)
        for code, each in [(f"kind:{kind.value}", Query(kind=kind)) for kind in Kind] + [
                (f"status:{status.value}", Query(status=status.value)) for status in Status]:
            if bare == each:
                return code
        return next((f"saved:{name}" for name, each in self._searches.items() if each == query), "")

    def _show_query(self) -> None:
        code = self._code() or ("query" if self._query is not None else "")
        kind = self._query.kind if self._query is not None else Kind.MEMBER
        some = False
        for each in _NARROW:
            offered = self._offered.get(kind, {}).get(each, [])
            field = self.narrow.field(each)
            words = capacity_name if each == "capacity" else str
            field.control.offer([("", _("Any")), *((value, words(value)) for value in offered)])
            field.set_value(getattr(self._query, each) if self._query is not None else "")
            field.setVisible(bool(offered))
            some = some or bool(offered)
        self.fold.setVisible(some and code.partition(":")[0] in ("kind", "status"))
        if self._query is not None and any(getattr(self._query, each) for each in _NARROW):
            self.fold.set_open(True)
        self.form.field("whom").set_value(code)

    def _edited(self) -> None:
        values = self.form.values() | self.narrow.values()
        kind, _sep, value = values["whom"].partition(":")
        before = self._code() or "query"
        if kind == "kind":
            self._query = Query(kind=Kind(value))
        elif kind == "status":
            self._query = Query(status=value)
        elif kind == "saved":
            self._query = self._searches[value]
        elif kind != "query":
            self._query = None
        self._by_hand = kind == "people"
        if kind in ("kind", "status") and before == values["whom"]:
            self._query = replace(self._query, **{code: values[code] for code in _NARROW})
        self._show_query()
        self._page.audience = self.audience()
        self._page.touched(people=True)

    def audience(self) -> Audience:
        """Whom the letter is for; people chosen by hand count where they, and no query, are chosen."""
        return Audience(self._query) if self._query is not None else Audience(None, self._people if self._by_hand else ())

    def show_plan(self, plan: Plan) -> None:
        """How many fit, and how many are left out, by reason."""
        from dpdesk.services.post_names import left_out_name
        self._describe()
        empty_out(self._slot)
        self._slot.addWidget(figures([(len(plan.people), trn("gets it", "get it", len(plan.people))),
                                      (len(plan.left_out), trn("is left out", "are left out", len(plan.left_out)))]))
        if plan.reasons:
            self._slot.addWidget(text("; ".join(_("{n}: {why}", n=f"{n:,}", why=left_out_name(reason.value)) for reason, n in sorted(
                plan.reasons.items(), key=lambda each: -each[1])) + ".", "quiet"))
        if plan.approval:
            self._slot.addWidget(text(_("To more than {n} people: a second officer has to approve it before it goes.",
                                        n=f"{self._page.context.session.policy.post_approve_over:,}"), "warning"))

    def show_problem(self, error: DeskError) -> None:
        """Why it cannot be said who gets it."""
        empty_out(self._slot)
        self._describe()
        if not isinstance(error, NotFound) and (self._query is not None or self._by_hand):
            self._slot.addWidget(text(str(sentence(error)), "error"))

    def show_nobody(self) -> None:
        """Nobody is chosen yet."""
        empty_out(self._slot)
        self._describe()

    def _describe(self) -> None:
        from dpdesk.services import queries
        said = queries.describe(self._query, self._page.context.session.policy) + "." if self._query is not None else ""
        if not said and self._by_hand:
            names = [each.name for each in self._page.chosen[:_NAMES]]
            more = len(self._page.chosen) - len(names)
            said = ", ".join(names) + (" " + _("and {n} more", n=f"{more:,}") if more > 0 else "")
        self.sentence.setText(said)
        self.sentence.setVisible(bool(said))
