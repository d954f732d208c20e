"""Addresses for the Bcc field, on the clipboard for a minute, batch by batch; and the list for a bulk mailer with an agreement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.post_states import Mailing
from dpdesk.services.session import today
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.widgets.entry import Card
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.outside import open_address
from dpdesk.ui.widgets.parts import Choice, button, text
from dpdesk.ui.widgets.secret import copy_for_a_minute
from dpdesk.ui.words import _, day, trn

if TYPE_CHECKING:
    from dpdesk.services.post_lists import Bcc, Handed, Processor
    from dpdesk.ui.context import Context
    from dpdesk.ui.post.mailing import MailingPage


class BccCard(Card):
    """The batches, each copied by its button; gone once the page is left for another mailing."""

    def __init__(self, found: Bcc) -> None:
        super().__init__()
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(trn("{n} address for the Bcc field", "{n} addresses for the Bcc field", found.people), "heading"))
        column.addWidget(text(_("Paste into Bcc, never into To or Cc; To is {address}. What is copied leaves the clipboard after a "
                                "minute, or "
                                "when you lock. Programs that keep a history of the clipboard may keep it.", address=found.to)))
        n = len(found.batches)
        acts = [button(_("Copy batch {at} of {all}", at=at, all=n), lambda words=words, at=at: self._copy(words, at), icon="copy")
                for at, words in enumerate(found.batches, 1)]
        if found.link:
            acts.append(button(_("Open a new letter in my mail program"), lambda: open_address(found.link), icon="mail"))
        column.addWidget(flow(*acts))
        self.said = text("", "done")
        column.addWidget(self.said)
        self._frame(column, 0)

    def _copy(self, words: str, at: int) -> None:
        copy_for_a_minute(words)
        self.said.setText(_("Batch {at} is on the clipboard for a minute.", at=at))


def addresses(page: MailingPage, mailing: Mailing) -> None:
    """Hand out the addresses of a mailing, which is noted, and show them to be copied."""
    from dpdesk.services import post_lists
    context = page.context

    def done(found: Bcc) -> None:
        page.slot.ask(BccCard(found))
        context.changed("post")
    context.jobs.run("write", lambda: post_lists.bcc(context.session, mailing.id), owner=page, done=done,
                     failed=lambda error: failures.show(context, error))


class MailerCard(Card):
    """Which bulk mailer, among those with an agreement in force."""

    def __init__(self, page: MailingPage, mailing: Mailing, found: list[Processor]) -> None:
        super().__init__()
        self._page, self._mailing = page, mailing
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(_("Which bulk mailer?"), "heading"))
        self.mailer = Choice([(each.id, each.name) for each in found], name=_("Bulk mailer"))
        if found:
            column.addWidget(text(_("The file holds e-mail address, forename and surname, nothing else. It is not encrypted, and is to be "
                                    "deleted once the mailer has it."), "quiet"))
            column.addWidget(flow(self.mailer, button(_("Write the file…"), self._choose, role="primary")))
        else:
            column.addWidget(text(_("There is no agreement in force. Without one nobody outside may be given the list."), "warning"))
            column.addWidget(flow(button(_("Record an agreement…"), lambda: page.context.go("post_accounts", {}))))
        self._frame(column, 0)

    def _choose(self) -> None:
        chosen = self.mailer.code()
        leaving.choose(self, self._page.context.jobs, CopyKind.MEMBERS, leaving.Chooser(
            _("Write the list to"), "mailing.csv", _("Lists (*.csv)")),
            lambda path, accepted: hand_over(self._page, self._mailing, chosen, path, accepted),
            lambda error: failures.show(self._page.context, error))


def ask_mailer(page: MailingPage, mailing: Mailing) -> None:
    """Ask for whom the list is."""
    from dpdesk.services import post_lists
    context = page.context

    def done(found: list[Processor]) -> None:
        page.slot.ask(MailerCard(page, mailing, [each for each in found if each.stands(today().isoformat())]))
    context.jobs.run("read", lambda: post_lists.processors(context.session), owner=page, done=done,
                     failed=lambda error: failures.show(context, error))


def hand_over(page: MailingPage, mailing: Mailing, processor: str, path: Path, accepted: str = "") -> None:
    """Write the list for a bulk mailer, behind a line at the foot."""
    from dpdesk.services import post_lists
    context = page.context

    def done(written: Handed) -> None:
        page.slot.close_up()
        told(context, written, path)
    context.work("other", _("Writing the list"), lambda token: post_lists.hand_over(
        context.session, mailing.id, processor, path, accepted=accepted, progress=token.progress, cancelled=token.cancelled),
        owner=page, done=done, failed=lambda error: failures.show(context, error))


def told(context: Context, written: Handed, path: Path) -> None:
    """Say how it went, and until when the file may stay."""
    words = trn("{n} person is written to “{file}”.", "{n} people are written to “{file}”.", written.people, file=path.name)
    if written.dropped:
        words += " " + trn("{n} person was stopped meanwhile.", "{n} people were stopped meanwhile.", written.dropped)
    for noun in ("post", "copies"):
        context.changed(noun)
    context.say("done", f"{words} " + _("Delete it by {day}: it is on the list of copies.", day=day(written.copy.delete_by)),
                (_("Show the copies"), lambda: context.go("copies", {})))
