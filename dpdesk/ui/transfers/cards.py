"""Officer cards: one's own to hand out, as words, code and file; those of others, verified by telephone before anything is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.cards import CardState
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.roles import Right
from dpdesk.services.transfers_words import card_state_name, holder, spoken
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.transfers.qr import Beside, QrPicture
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, field_name, moment, trn

if TYPE_CHECKING:
    from dpdesk.services.cards import Kept, Own

_TINT = {CardState.UNVERIFIED: "warning", CardState.REVOKED: "danger"}


@dataclass(frozen=True)
class _Found:
    mine: Own
    code: tuple[tuple[bool, ...], ...]
    others: list[Kept]


class CardsPage(Page):
    """One's own card on top, then those that wait to be verified, then the rest."""

    code, title, icon, right, chapter = "cards", marked("Officer cards"), "contact", Right.TRANSFERS_SEE, "transfers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Officer cards"))
        self.add_back(_("Packages"), lambda: context.go("packages", None))
        if self._may():
            self.header.add_quiet(_("Paste a card…"), self._paste, icon="copy")
            self.header.add_quiet(_("Somebody without dpdesk…"), self._add_outside, icon="user-plus")
            self.header.set_main(_("Take a card in…"), self._choose, icon="file-up")
        self._slot = EntrySlot()
        self.body.addLayout(self._slot)
        self._list = self.add_list()

    def _may(self) -> bool:
        return self.context.session.may_change(Right.CARDS_MANAGE)

    def refresh(self) -> None:
        """Read the cards."""
        self.context.jobs.run("read", self._read, owner=self, done=self._show, failed=self._failed)

    def _read(self) -> _Found:
        from dpdesk.services import cards
        session = self.context.session
        mine = cards.own(session)
        return _Found(mine, cards.qr(mine), cards.listing(session))

    def _show(self, found: _Found) -> None:
        empty_out(self._list)
        waiting = sum(each.state is CardState.UNVERIFIED for each in found.others)
        standing = sum(each.state is CardState.VERIFIED for each in found.others)
        said = trn("Packages can be sealed to {n} card.", "Packages can be sealed to {n} cards.", standing)
        if waiting:
            said += " " + trn("{n} card waits to be verified.", "{n} cards wait to be verified.", waiting)
        self.header.set_state(said)
        self._list.addWidget(self._own(found))
        order = (CardState.UNVERIFIED, CardState.VERIFIED, CardState.REPLACED, CardState.REVOKED)
        for each in sorted(found.others, key=lambda each: order.index(each.state)):
            self._list.addWidget(self._card(each))
        if not found.others:
            self._list.addWidget(text(_("No other card was taken in yet. Ask the officers you send to for theirs, and give them yours."),
                                      "quiet"))

    def _own(self, found: _Found) -> QWidget:
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE)
        words.addWidget(text(_("Your card"), "heading"))
        words.addWidget(text(f"{found.mine.card.name}\n{holder(found.mine.card)}"))
        words.addWidget(text(_("Read these ten words to whoever telephones you to verify it:"), "quiet"))
        words.addWidget(text(spoken(found.mine.card), "label", selectable=True))
        words.addWidget(text(_("It holds your name, office and public keys: nothing secret. Send it as you like; what counts is the call."),
                             "small"))
        words.addWidget(flow(button(_("Save to a file…"), self._save, icon="download"), button(_("Copy as text"), self._copy, icon="copy")))
        words.addStretch(1)
        self._text = found.mine.text
        inside = QVBoxLayout()
        inside.addWidget(Beside(words, QrPicture(found.code, _("Your card as a QR code"))))
        return card(inside)

    def _card(self, kept: Kept) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        inside.addLayout(row(text(kept.card.name, "label"), badge(card_state_name(kept.state.value), _TINT.get(kept.state, ""))))
        if whose := holder(kept.card):
            inside.addWidget(text(whose, "quiet"))
        if not kept.card.signing:
            inside.addWidget(text(_("Without dpdesk: they open packages with the age tool, and give no receipts."), "small"))
        if kept.state is CardState.VERIFIED:
            inside.addWidget(text(_("Verified on {moment}.", moment=moment(kept.verified_at)), "small"))
        acts = []
        if self._may() and kept.state is CardState.UNVERIFIED:
            acts.append(button(_("Verify by telephone…"), lambda: self._verify(kept), role="primary", icon="phone",
                               name=_("Verify the card of {name}", name=kept.card.name)))
        if self._may() and kept.state in (CardState.UNVERIFIED, CardState.VERIFIED):
            acts.append(button(_("Revoke…"), lambda: self._revoke(kept), role="danger",
                               name=_("Revoke the card of {name}", name=kept.card.name)))
        if acts:
            inside.addSpacing(theme.SPACE)
            inside.addWidget(flow(*acts))
        return card(inside)

    def _choose(self) -> None:
        ask.choose_open(self, _("Choose an officer card"), _("Officer cards (*.dpcard *.json *.txt)"), self.take)

    def _paste(self) -> None:
        from dpdesk.services import cards
        session = self.context.session
        self._slot.ask(Entry(_("Paste a card"), _(
            "The text of a card, as a telephone reads it from the code on another officer’s screen."), [
            FieldSpec("text", _("Text of the card"), "long")], _("Take it in"),
            lambda values: self._write(lambda: cards.add(session, values["text"]), self._taken)))

    def take(self, path: Path) -> None:
        """Take a card in from a file."""
        from dpdesk.services import cards
        session = self.context.session
        self._write(lambda: cards.add(session, cards.read_file(path)), lambda kept: self._taken(kept))

    def _taken(self, kept: Kept) -> None:
        if kept.state is CardState.UNVERIFIED:
            self.context.say("info", _("The card of {name} came in. Telephone them to verify it.", name=kept.card.name), None)
        else:
            self.context.say("info", _("The card of {name} was here already.", name=kept.card.name), None)

    def _add_outside(self) -> None:
        from dpdesk.services import cards
        session = self.context.session
        self._slot.ask(Entry(_("Somebody without dpdesk"), _(
            "They make a key with the age tool (age-keygen), keep it, and tell you the public one, which begins with age1."), [
            FieldSpec("name", field_name("name"), "name"), FieldSpec("age", field_name("age")),
            FieldSpec("role", field_name("role")), FieldSpec("branch", field_name("branch"))], _("Keep the card"),
            lambda values: self._write(lambda: cards.add_outside(session, values["name"], values["role"], values["branch"], values["age"]),
                                       self._taken)))

    def _verify(self, kept: Kept) -> None:
        from dpdesk.services import cards
        session = self.context.session
        about, label = (_(
            "Telephone them on a number you know already, not one that came with the card. Let them read the ten words of “Your card”, "
            "and type what you hear. The desk compares."), _("The ten words"))
        if not kept.card.signing:
            about, label = (_(
                "Telephone them on a number you know already, not one that came with the key. Let them read, from where they keep it, the "
                "sixteen letters and digits that follow “age1”, and type what you hear. The desk compares."),
                _("The sixteen letters and digits"))
        self._slot.ask(Entry(_("Verify the card of {name}", name=kept.card.name), about, [
            FieldSpec("words", label, "text", longest=200)], _("Compare"), lambda values: self._write(
                lambda: cards.verify(session, kept.id, values["words"]), lambda done: self.context.say("done", _(
                    "The card of {name} is verified. Packages can be sealed to it.", name=done.card.name), None))))

    def _revoke(self, kept: Kept) -> None:
        from dpdesk.services import cards
        session = self.context.session
        self._slot.ask(Entry(_("Revoke the card of {name}", name=kept.card.name), _(
            "Nothing is sealed to it any more, and nothing signed with it is believed. It cannot be taken back."),
            [FieldSpec("why", field_name("why"), help=_("Such as: laptop lost."))], _("Revoke it"),
            lambda values: self._write(lambda: cards.revoke(session, kept.id, values["why"]), lambda done: self.context.say(
                "done", _("The card of {name} is revoked.", name=done.card.name), None)), role="danger"))

    def _write(self, work: Any, told: Any) -> None:
        def done(answer: Any) -> None:
            self._slot.close_up()
            told(answer)
            self.context.changed("cards")
            self.refresh()
        self.context.jobs.run("write", work, owner=self, done=done, failed=self._failed)

    def _save(self) -> None:
        from dpdesk.services import cards
        session = self.context.session

        def write(path: Path, accepted: str) -> None:
            self.context.jobs.run(
                "write", lambda: cards.save(session, path, accepted), owner=self, failed=self._failed,
                done=lambda _saved: self.context.say("done", _("Your card is written to {path}.", path=path), None))
        leaving.choose(self, self.context.jobs, CopyKind.CARD, leaving.Chooser(
            _("Save your card"), "officer.dpcard", _("Officer cards (*.dpcard)")), write, self._failed)

    def _copy(self) -> None:
        from PySide6.QtWidgets import QApplication
        QApplication.clipboard().setText(self._text)
        self.context.say("done", _("Your card is copied. Paste it into a message."), None)

    def _failed(self, error: Exception) -> None:
        if not self._slot.show_problems(error):
            failures.show(self.context, error)
