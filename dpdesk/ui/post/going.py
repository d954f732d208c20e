"""How a mailing goes out from its page: sent by the courier, written as drafts to a place the guard lets through, or copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.post_states import OPEN, Mailing, Route
from dpdesk.ui import failures, leaving
from dpdesk.ui.post import copying
from dpdesk.ui.post.asking import confirm_count, with_secret
from dpdesk.ui.post.sending import courier
from dpdesk.ui.words import _, day, trn

if TYPE_CHECKING:
    from dpdesk.domain.secret import Secret
    from dpdesk.ui.post.mailing import MailingPage


def still(mailing: Mailing) -> int:
    """How many are still to get it."""
    return sum(mailing.counts.get(each.value, 0) for each in OPEN)


def verb(mailing: Mailing) -> str:
    """The words of the button by which a mailing goes on."""
    n = still(mailing)
    if mailing.route == Route.SMTP.value:
        return (trn("Go on: {n} person left…", "Go on: {n} people left…", n) if mailing.started_at
                else trn("Send to {n} person…", "Send to {n} people…", n))
    return {Route.LIST.value: _("Copy addresses…"), Route.PROCESSOR.value: _("Write the list…")}.get(mailing.route, _("Write the drafts…"))


def go(page: MailingPage, mailing: Mailing, *, agreed: bool = False) -> None:
    """Let a mailing go out by its way; the officer is asked, unless they `agreed` just now."""
    acts: dict[str, Callable[[], object]] = {
        Route.SMTP.value: lambda: _send(page, mailing), Route.LIST.value: lambda: copying.addresses(page, mailing),
        Route.PROCESSOR.value: lambda: copying.ask_mailer(page, mailing)}
    act = acts.get(mailing.route, lambda: _drafts(page, mailing))
    if agreed or mailing.route != Route.SMTP.value:
        act()
        return
    n = still(mailing)
    confirm_count(page, n, page.context.session.policy.post_approve_over, (
        trn("To {n} person?", "To {n} people?", n), _("One message each. Once sent, an e-mail cannot be called back."),
        trn("Send to {n} person", "Send to {n} people", n)), act)


def _send(page: MailingPage, mailing: Mailing) -> None:
    from dpdesk.services import post_accounts
    session = page.context.session

    def kept() -> bool:
        account = post_accounts.get(session, mailing.account)
        return not account.username or post_accounts.has_secret(session, account.id)

    def start(secret: Secret | None) -> None:
        courier(page.context).start(mailing.id, secret)
    page.context.jobs.run("read", kept, owner=page, done=lambda is_kept: with_secret(page.slot, is_kept, _("Send"), start),
                          failed=lambda error: failures.show(page.context, error))


def _drafts(page: MailingPage, mailing: Mailing) -> None:
    chooser = leaving.Chooser(_("A new folder for the drafts"), _("drafts"), _("Folders (*)"))
    leaving.choose(page, page.context.jobs, CopyKind.DRAFTS, chooser, lambda path, accepted: write_drafts(page, mailing, path, accepted),
                   lambda error: failures.show(page.context, error))


def write_drafts(page: MailingPage, mailing: Mailing, path: Path, accepted: str = "") -> None:
    """Write the drafts into the new folder `path`, behind a line at the foot."""
    from dpdesk.services import post_drafts
    context = page.context

    def done(written: post_drafts.Written) -> None:
        words = _("{drafts} for {people} in “{folder}”. Send them and delete them, by {day} at the latest.",
                  drafts=trn("{n} draft", "{n} drafts", written.files), people=trn("{n} person", "{n} people", written.people),
                  folder=path.name, day=day(written.copy.delete_by))
        if written.dropped:
            words += " " + trn("{n} person was stopped meanwhile.", "{n} people were stopped meanwhile.", written.dropped)
        for noun in ("post", "copies"):
            context.changed(noun)
        context.say("done", words, (_("Show the copies"), lambda: context.go("copies", {})))
    context.work("other", _("Writing drafts"), lambda token: post_drafts.write(
        context.session, mailing.id, path, accepted=accepted, progress=token.progress, cancelled=token.cancelled),
        owner=page, done=done, failed=lambda error: failures.show(context, error))
