"""The end of a person's page: who changed what and when, with Undo where that is possible and why where it is not."""

from __future__ import annotations

from dpdesk.domain.asking import SHARE
from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.roles import Right
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.facts import value_words
from dpdesk.ui.members.record import Record
from dpdesk.ui.veil import Veil
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import (
    _,
    action_name,
    answer_name,
    channel_name,
    day,
    field_name,
    method_name,
    moment,
    reason_name,
)

_DAYS = ("withdrawn_on", "given_on", "expires_on", "asked_on", "answered_on", "sent_on")
FIRST = 10  # lines shown before "Show all"


class History(Block):
    """Each change with day, officer, field, before and after."""

    beside = True

    def __init__(self, page, heading: str) -> None:
        super().__init__(page, heading)
        self.all = False

    def draw(self, record: Record) -> None:
        """The newest changes first."""
        shown = record.history if self.all else record.history[:FIRST]
        for change in shown:
            self._line(change)
        if len(shown) < len(record.history):
            self.act(_("Show all {n} changes").format(n=len(record.history)), self._show_all)

    def _show_all(self) -> None:
        self.all = True
        self.page.redraw()

    def _line(self, change) -> None:
        head = _("{action} · {officer}, {at}").format(action=action_name(change.action), officer=change.officer
                                                      or _("somebody no longer listed"), at=moment(change.at))
        details = [change_words(code, before, after, self.page.context.veil) for code, before, after in change.fields]
        if change.erased:
            details.append(_("The values have been erased; that there was a change stays in the log."))
        actions = []
        if change.undoable and self.page.may(Right.MEMBERS_EDIT):
            actions.append(button(_("Undo"), lambda: self.page.undo(change.seq), role="quiet", icon="undo-2",
                                  name=_("Undo the change of {at}").format(at=moment(change.at))))
        elif change.why_not == "bulk" and self.page.may(Right.MEMBERS_EDIT):
            actions.append(button(_("Undo for all…"), lambda: self.page.context.go("bulk", {"undo": change.seq}), role="quiet",
                                  icon="undo-2", name=_("Undo the change to several people of {at}").format(at=moment(change.at))))
        elif why := why_not(change.why_not):
            details.append(why)
        self.item(head, details, *actions)


def why_not(code: str) -> str:
    """Why there is no Undo; nothing is said where nobody would look for one."""
    return {
        "changed_since": _("Cannot be undone: this was changed again since."),
        "already_undone": _("Undone since."),
        "erased": _("Cannot be undone: the earlier values are gone."),
    }.get(code, "")


def change_words(code: str, before: object, after: object, veil: Veil | None = None) -> str:
    """One field of a change: "E-mail: a@example.org → b@example.org"; masked where `veil` holds it back."""
    old, new = _shown(code, before, veil), _shown(code, after, veil)
    name = _name(code)
    if not old:
        return _("{field}: {after}").format(field=name, after=new)
    return _("{field}: {before} → {after}").format(field=name, before=old, after=new or _("empty"))


def _name(code: str) -> str:
    return {"stop": _("Stop"), "stop_reason": _("Reason"), "consent": _("Consent for"), "sharing": _("Shared with"),
            "how": _("How")}.get(code) or field_name(code)


def _shown(code: str, value: object, veil: Veil | None) -> str:
    said = str(value or "")
    if not said:
        return ""
    if code in ("stop", "consent"):
        return channel_name(said)
    if code == "stop_reason" and said in set(StopReason):
        return reason_name(said)
    if code == "method" and said in set(Method):
        return method_name(said)
    if code == "purpose":
        return channel_name(said) if said in set(Channel) else said.removeprefix(SHARE)
    if code == "answer":
        return answer_name(said)
    return day(said) if code in _DAYS else value_words(code, said, veil)
