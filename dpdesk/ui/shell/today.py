"""Today: what needs this officer, most urgent first; calm when nothing does, with a few quiet facts below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.services.session import today as this_day
from dpdesk.ui import assets, failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.parts import button, card, empty_out, figures_font, line, row, text
from dpdesk.ui.words import _, day, moment, place_warning, today_item, trn

_ROOM = 64  # letters: where the page is narrower, a card's button stands under its words
_ICONS = {0: ("triangle-alert", "danger"), 1: ("clock", "warning"), 2: ("info", "accent")}
_GO: dict[str, tuple[Callable[[], str], Callable[[], str], dict[str, Any]]] = {  # verb, why, place on the item's page
    "policy_to_read": (lambda: _("Read it"), lambda: _("Until then you cannot change anything."), {"section": "policy"}),
    "place_unsafe": (lambda: _("Look"), lambda: "", {"section": "desk"}),
    "backup_never": (lambda: _("Back up"), lambda: _("If this machine is lost, so is the desk."), {}),
    "backup_due": (lambda: _("Back up"), lambda: _("What was done since is on this machine alone."), {}),
    "audit_never_verified": (lambda: _("Check the log"), lambda: _("It takes a moment and shows that nobody tampered with it."), {}),
    "audit_long_ago": (lambda: _("Check the log"), lambda: _("It takes a moment and shows that nobody tampered with it."), {}),
    "cards_unverified": (lambda: _("See cards"), lambda: _("Nothing can be sealed to them until you have telephoned."), {}),
    "outbox_waiting": (lambda: _("Send"), lambda: "", {}),
    "outbox_stuck": (lambda: _("Look"), lambda: _("They stay in the outbox until they have arrived."), {}),
    "receipts_awaited": (lambda: _("See the outbox"), lambda: _("The paper is kept until a receipt has come."), {}),
    "packages_arrived": (lambda: _("Open"), lambda: "", {}),
    "access_ended": (lambda: _("See officers"), lambda: _("They cannot come in, but their key still lies in the desk."), {}),
    "access_ends_soon": (lambda: _("See officers"), lambda: _("After that day they cannot come in."), {}),
    "no_recovery_key": (lambda: _("Make a kit"), lambda: _("If every passphrase is lost, nobody can open the desk."),
                        {"section": "recovery"}),
    "enquiries_expired": (lambda: _("See them"), lambda: _("They are shown first, and go in one step."), {}),
    "holds_due": (lambda: _("Review"), lambda: _("A hold is renewed with its reason, or ended."), {}),
    "consents_ending": (lambda: _("See who"), lambda: _("What has ended no longer counts: silence is no."), {"ground": "expired"}),
    "registers_due": (lambda: _("Look"), lambda: _("A newer register is in, or the day has come by which they were to go."), {}),
    "electors_uncertain": (lambda: _("Look"), lambda: _("Their history follows if you say that they are one."), {}),
    "no_members_yet": (lambda: _("Import a list"), lambda: _("A CSV or XLSX file from your membership system."), {}),
    "post_approval": (lambda: _("Look"), lambda: _("They go out only once a second officer agrees."), {}),
    "post_unknown": (lambda: _("Settle"), lambda: _("Sending was cut off. Nobody is sent anything twice without your word."), {}),
    "post_paused": (lambda: _("Go on"), lambda: _("Who has had it does not get it again."), {}),
    "post_drafts": (lambda: _("Go on"), lambda: _("They are kept inside the encrypted desk."), {}),
    "sheets_overdue": (lambda: _("See the board"), lambda: _("Somebody still has them. Hand them in, or report them as lost."), {}),
    "sheets_lost": (lambda: _("See them"), lambda: _("Whose data was on each page is listed."), {}),
    "sheets_drawn": (lambda: _("Say so"), lambda: _("Paper nobody knows of is the most dangerous."), {}),
    "sheets_to_destroy": (lambda: _("Record it"), lambda: _("Every page is accounted for, entered and checked."), {}),
    "sessions_open": (lambda: _("See the board"), lambda: _("Close a session once every page is back."), {}),
    "device_never": (lambda: _("Check it"), lambda: _("It takes a moment, and nothing leaves this desk."), {}),
    "device_worse": (lambda: _("Look"), lambda: _("Something changed since the check before."), {}),
    "device_fails": (lambda: _("Look"), lambda: _("Each says how it is put right here."), {}),
    "device_words": (lambda: _("Look"), lambda: _("What nobody can see rests on your word, for a while."), {}),
    "device_due": (lambda: _("Check it"), lambda: _("It is checked once a week while the desk is open."), {}),
    "devices_late": (lambda: _("See which"), lambda: _("Ask the officers for a report."), {}),
    "exceptions_ending": (lambda: _("See which"), lambda: _("A permission is given anew, or the data goes."), {}),
    "disposals_open": (lambda: _("Look"), lambda: _("You answer for what is disposed of."), {}),
    "handover_open": (lambda: _("Go on"), lambda: _("Until it is signed you answer for the device."), {}),
    "handover_to_sign": (lambda: _("Look"), lambda: _("Somebody hands the desk over to you."), {}),
    "policy_update": (lambda: _("Look"), lambda: _("Your branch’s own edition stays until you take the changes over."), {}),
    "retention_due": (lambda: _("Look"), lambda: _("Shown first; nothing goes before it is approved."), {}),
    "retention_reviews": (lambda: _("Look"), lambda: _("Nobody was in touch for a long time, or the note is old."), {}),
    "retention_to_approve": (lambda: _("Look"), lambda: _("Nothing is erased before you approve it."), {}),
    "retention_to_apply": (lambda: _("Carry it out"), lambda: _("It is approved, and waits to be done."), {}),
    "retention_unfinished": (lambda: _("Go on"), lambda: _("What is gone is gone; the rest waits."), {}),
    "retention_holds": (lambda: _("Review"), lambda: _("A hold is renewed with its reason, or ended."), {}),
    "data_audit_due": (lambda: _("Begin"), lambda: _("Once a year: a sample, what is not needed, and the forms."), {}),
    "data_audit_open": (lambda: _("Go on"), lambda: _("What you answered is kept."), {}),
    "duty_overdue": (lambda: _("Open"), lambda: _("Say what was late, and why, in its timeline."), {}),
    "duty_hand_on": (lambda: _("Open"), lambda: _("Your party handles these itself; record here that it was handed on."), {}),
    "duty_due": (lambda: _("Open"), lambda: "", {}),
    "training_due": (lambda: _("See trainings"), lambda: _("The branch asks for it before anybody sees people’s data."),
                     {"register": "training"}),
    "holidays_end": (lambda: _("Look"), lambda: _("Deadlines are counted with them."), {}),
    "scans_review": (lambda: _("Check them"), lambda: _("A second or two each: the picture above, the reading below."), {"kind": "row"}),
    "scans_line_up": (lambda: _("Line up"), lambda: _("The machine will not guess where a box lies."), {"kind": "line_up"}),
    "scans_differ": (lambda: _("Look"), lambda: _("Neither has been counted over the other."), {"kind": "differ"}),
    "scans_unchecked": (lambda: _("Look through"), lambda: _("Then the paper may go to the shredder."), {"kind": "page"}),
    "scans_sample": (lambda: _("Read them"), lambda: _("Without seeing the machine’s answer: so we know how good it is."),
                     {"kind": "blind"}),
    "scans_stopped": (lambda: _("Go on"), lambda: _("Pages that are in are not counted twice."), {}),
    "scans_images_due": (lambda: _("Look"), lambda: _("Their answers stay by their own rule."), {}),
    "results_to_enter": (lambda: _("Enter them"), lambda: _("One key a row; each is saved as you type."), {}),
    "results_to_check": (lambda: _("Check them"), lambda: _("Then the paper may go to the shredder."), {}),
    "results_differ": (lambda: _("Settle"), lambda: _("Two people read them differently: look at the paper."), {}),
    "draft_kept": (lambda: _("Go on"), lambda: _("They are kept inside the encrypted desk."), {}),
}


class TodayPage(Page):
    """Items in three groups, each with one verb; then numbers."""

    code, icon, chapter = "today", "calendar-check", "start"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Today"))
        self._items = QVBoxLayout()
        self._items.setSpacing(theme.SPACE)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(theme.SPACE)
        self.body.setSpacing(3 * theme.SPACE)
        self.body.addLayout(self._items)
        self.body.addLayout(self._facts)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Ask again what needs doing."""
        self.context.jobs.run("read", self._read, owner=self, done=self._show,
                              failed=lambda error: failures.show(self.context, error))

    def _read(self) -> dict[str, Any]:
        from dpdesk.services import audit, backups, members, today
        session = self.context.session
        found: dict[str, Any] = {"items": today.items(session), "counts": None, "imported": "", "verified": "", "backed_up": ""}
        if session.acknowledged and session.may(Right.MEMBERS_SEE):
            found["counts"] = members.counts(session)
        if session.acknowledged and session.may(Right.AUDIT_SEE):
            last = audit.listing(session, audit.Filter(action="members.imported"), 1)
            found["backed_up"] = backups.last(session)
            found |= {"imported": last[0].at if last else "", "verified": audit.last_verified(session)}
        return found

    def _show(self, found: dict[str, Any]) -> None:
        empty_out(self._items)
        empty_out(self._facts)
        items = found["items"]
        needs = (trn("One thing needs you.", "{n} things need you.", len(items)) if items else _("Nothing needs you today."))
        self.header.set_state(_("{day}. {needs}").format(day=day(this_day()), needs=needs))
        first = True
        for urgency, heading in ((0, _("Do first")), (1, _("Soon")), (2, _("When there is time"))):
            group = [item for item in items if item.urgency == urgency]
            if group:
                self._items.addSpacing(0 if first else theme.SPACE)
                self._items.addWidget(text(heading, "small"))
                self._items.addWidget(self._group(group, first))
                first = False
        if not items:
            self._items.addWidget(self._calm())
        self._add_facts(found)

    def _calm(self) -> QWidget:
        picture = QLabel()
        assets.dress(picture, "check", "done", 22)
        words = text(_("Nothing needs you today"), "heading")
        inside = row(picture, words, spacing=2 * theme.SPACE)
        inside.setStretch(1, 1)
        return card(inside, 3 * theme.SPACE)

    def _group(self, items: list[Any], first: bool) -> QWidget:
        """One quiet surface with a line for each item; the most urgent of all holds the page's main action."""
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE * 3 // 2)
        for at, item in enumerate(items):
            if at:
                column.addWidget(line())
            column.addLayout(self._line(item, main=first and at == 0))
        made = card(column)
        column.setContentsMargins(2 * theme.SPACE, theme.SPACE * 3 // 2, 2 * theme.SPACE, theme.SPACE * 3 // 2)
        return made

    def _line(self, item: Any, *, main: bool) -> QHBoxLayout:
        icon, tint = _ICONS[item.urgency]
        picture = QLabel()
        assets.dress(picture, icon, tint)
        picture.setFixedWidth(round(22 * theme.scale()))
        said = today_item(item.code, item.facts)
        verb, why, _place = _GO.get(item.code, (lambda: _("Look"), lambda: "", {}))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text(said, "label"))
        reason = place_warning(str(item.facts["place"])) if "place" in item.facts else why()
        if reason:
            words.addWidget(text(reason, "quiet"))
        inside = QHBoxLayout()
        inside.setSpacing(2 * theme.SPACE)
        inside.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop if reason else Qt.AlignmentFlag.AlignVCenter)
        inside.addLayout(words, 1)
        act = button(verb(), partial(self._go, item), role="primary" if main else "", name=f"{verb()}: {said}")
        if self.width() < self.fontMetrics().averageCharWidth() * _ROOM:
            words.addSpacing(theme.SPACE // 2)
            words.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            inside.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        return inside

    def _add_facts(self, found: dict[str, Any]) -> None:
        counts = found["counts"]
        if counts is None and not found["verified"]:
            return
        self._facts.addWidget(line())
        if counts is not None:
            figures = QHBoxLayout()
            figures.setSpacing(5 * theme.SPACE)
            for number, words in (
                    (counts.members, trn("member", "members", counts.members)),
                    (counts.contacts, trn("contact", "contacts", counts.contacts)),
                    (counts.email_consents, trn("consent for e-mail", "consents for e-mail", counts.email_consents))):
                figures.addLayout(_figure(number, words))
            figures.addStretch(1)
            self._facts.addLayout(figures)
        sentences = []
        if found["imported"]:
            sentences.append(_("Last list imported on {moment}.").format(moment=moment(found["imported"])))
        if found["verified"]:
            sentences.append(_("Log last found whole on {moment}.").format(moment=moment(found["verified"])))
        if found["backed_up"]:
            sentences.append(_("Last backed up on {moment}.").format(moment=moment(found["backed_up"])))
        if sentences:
            self._facts.addWidget(text(" ".join(sentences), "quiet"))

    def _go(self, item: Any) -> None:
        if item.code == "no_members_yet":
            self.context.go("import", {})
        elif item.code == "consents_ending":
            self.context.go(item.page, {**_GO[item.code][2], **{code: str(item.facts[code]) for code in ("purpose", "kind")}})
        elif item.page == "duty":
            self.context.go(item.page, {"id": str(item.facts["id"])})
        elif item.code == "draft_kept":
            self._to_draft(item.facts.get("keys", ()))
        else:
            place = dict(_GO[item.code][2]) if item.code in _GO else {}
            self.context.go(item.page, place | ({"id": item.facts["id"]} if "id" in item.facts else {}))

    def _to_draft(self, keys: Any) -> None:
        """The form that the first draft belongs to: its key is `draft:<kind>:<person, or "new">`."""
        parts = (str(keys[0]) if keys else "").split(":")
        if len(parts) < 3:
            self.context.go("members")
        else:
            self.context.go(f"{parts[1]}_form", {} if parts[2] == "new" else {"id": parts[2]})


def _figure(number: int, words: str) -> QVBoxLayout:
    """A number and under it what it counts."""
    large = text(f"{number:,}", "figure")
    large.setWordWrap(False)
    font = figures_font()
    font.setPointSizeF(theme.points(20.0))
    large.setFont(font)
    small = text(words, "quiet")
    small.setWordWrap(False)
    layout = QVBoxLayout()
    layout.setSpacing(0)
    layout.addWidget(large)
    layout.addWidget(small)
    return layout
