"""Holds on erasing and longer keeping on the retention page: listed, placed, renewed, ended, approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.retention import CATEGORIES, Hold, Longer
from dpdesk.domain.roles import Right
from dpdesk.services.policy_words import category_name
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, card, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day

if TYPE_CHECKING:
    from dpdesk.ui.retention.page import RetentionPage


def section(page: RetentionPage, holds: list[Hold], longer: list[Longer]) -> QWidget:
    """What stays for now: holds with their reviews, approvals with their ends."""
    made = Section(_("Held and kept longer ({n})", n=len(holds) + len(longer)), open=bool(holds or longer))
    for each in holds:
        made.body.addWidget(_hold_card(page, each))
    for each in longer:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        what = category_name(each.category)
        inside.addWidget(text(_("{what}: kept until {day}", what=what, day=day(each.until)), "label"))
        inside.addWidget(text(each.reason))
        inside.addWidget(text(_("Approved on {day}, by {name} (S1 §9.c).", day=day(each.approved_on), name=each.approved_by), "quiet"))
        made.body.addWidget(card(inside))
    if not holds and not longer:
        made.body.addWidget(text(_("Nothing is held. A hold keeps a person, or a whole category, from being erased, for as long as a "
                                   "dispute or a rule needs it."), "quiet"))
    if page.may(Right.RETENTION_PLAN):
        made.body.addWidget(flow(button(_("Hold a category…"), lambda: ask_hold(page), icon="lock")))
    return made


def _hold_card(page: RetentionPage, hold: Hold) -> QWidget:
    from dpdesk.services import holds
    inside = QVBoxLayout()
    inside.setSpacing(4)
    what = category_name(hold.category) if hold.category else _("One person")
    inside.addWidget(text(_("{what}: reviewed on {day}", what=what, day=day(hold.review_on)), "label"))
    inside.addWidget(text(hold.reason))
    inside.addWidget(text(_("Since {day}, by {name}.", day=day(hold.placed_on), name=hold.placed_by), "quiet"))
    acts = []
    if hold.subject and page.context.session.may(Right.MEMBERS_SEE):
        acts.append(button(_("Open the person"), lambda: page.context.go("member", {"id": hold.subject}), role="quiet"))
    if page.may(Right.RETENTION_PLAN):
        acts += [button(_("Renew…"), lambda: _ask_renew(page, hold), role="quiet", name=_("Renew the hold: {what}", what=what)),
                 button(_("End it"), lambda: page.write(lambda session: holds.release(session, hold.id), _("The hold is ended.")),
                        role="quiet", name=_("End the hold: {what}", what=what))]
    if acts:
        inside.addWidget(flow(*acts))
    return card(inside)


def _reason(words: str) -> list[FieldSpec]:
    return [FieldSpec("reason", _("Why"), "long", longest=500, help=words)]


def ask_hold(page: RetentionPage) -> None:
    """A hold on a whole category."""
    from dpdesk.services import holds
    choices = tuple((code, category_name(code)) for code in CATEGORIES)
    page.slot.ask(Entry(_("Hold a category"), _("Nothing of it is erased until the hold is ended."), [
        FieldSpec("category", _("What"), "choice", choices=choices), *_reason(_("The rule or dispute that asks for it.")),
        FieldSpec("review_on", _("Looked at again on"), "date")], _("Hold it"),
        lambda values: page.write(lambda session: holds.place(session, values["reason"], values["review_on"], category=values["category"]),
                                  _("It is on hold."))))


def _ask_renew(page: RetentionPage, hold: Hold) -> None:
    from dpdesk.services import holds
    page.slot.ask(Entry(_("Renew the hold"), "", [*_reason(""), FieldSpec("review_on", _("Looked at again on"), "date")], _("Renew"),
                          lambda values: page.write(lambda session: holds.renew(session, hold.id, values["reason"], values["review_on"]),
                                                    _("The hold goes on.")), values={"reason": hold.reason}))


def ask_longer(page: RetentionPage, line: Any, *, unticked: bool = False) -> None:
    """The accountable person's written approval to keep longer (S1 §9.c): what is due, or what of it was not ticked."""
    from dpdesk.services import holds
    code = line.rule.category
    ids = tuple(identity for (category, identity), tick in page.ticks.items() if category == code and not tick.isChecked()) \
        if unticked else tuple(each.id for each in line.due)
    page.slot.ask(Entry(_("Keep longer: {what} ({n})", what=category_name(code), n=len(ids)), _(
        "Keeping data beyond its period needs your written approval and a purpose (S1 §9.a, §9.c)."), [
        *_reason(_("The purpose that needs it. It stands in the record of processing.")), FieldSpec("until", _("Until"), "date")],
        _("Approve"), lambda values: page.write(lambda session: holds.keep_longer(session, code, values["until"], values["reason"], ids),
                                                _("Approved: it is kept until then."))))
