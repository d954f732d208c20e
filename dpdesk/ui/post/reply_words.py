"""The sentences of the replies page: what confirming a suggestion does, and what taking mail in found."""

from __future__ import annotations

from dpdesk.domain.folding import plain_email
from dpdesk.domain.replies import STOPS, Kind, addresses_in
from dpdesk.domain.replies_words import asks_for_rights
from dpdesk.services.replies import Report, Shown
from dpdesk.ui.context import Context
from dpdesk.ui.words import _, mail_reason, reply_name, trn

ORDER = (Kind.STOP_ALL, Kind.STOP_MAIL, Kind.NEW_ADDRESS, Kind.DEAD, Kind.FAILING, Kind.UNCLEAR, Kind.REFUSED)


def heading(kind: Kind, count: int) -> str:
    """"No more e-mail (2)"."""
    return f"{reply_name(kind.value)} ({count:,})"


def verb(kind: Kind) -> str:
    """The words on the button that confirms."""
    return {Kind.STOP_MAIL: _("Stop e-mail"), Kind.STOP_ALL: _("Stop all contact"), Kind.NEW_ADDRESS: _("Change the address"),
            Kind.DEAD: _("Note that it does not work"), Kind.FAILING: _("Note the failure")}.get(kind, "")


def title(context: Context, shown: Shown) -> str:
    """Whom it concerns: the name, else the address."""
    if shown.name:
        return shown.name
    return context.words("email", shown.suggestion.address) or _("Nobody on the desk")


def proposal(context: Context, shown: Shown) -> str:
    """What confirming does."""
    kind, each = shown.suggestion.kind, shown.suggestion
    if kind in STOPS and not shown.name:
        if shown.sharing > 1:
            return trn("", "{n} people have this address. E-mail to it stops for all of them.", shown.sharing)
        return _("Nobody on the desk has this address. It is stopped all the same: whoever comes in with it gets no e-mail.")
    if kind is Kind.STOP_MAIL:
        return _("No more e-mail to {name}. Consent for e-mail is withdrawn with it, and no list that is imported brings it back.",
                 name=shown.name)
    if kind is Kind.STOP_ALL:
        return _("No contact with {name} at all, by any channel. Every consent is withdrawn with it.", name=shown.name)
    if kind is Kind.NEW_ADDRESS:
        if not shown.name:
            return _("Somebody gives a new address, and nobody on the desk has the old one. Say who it is.")
        return _("The e-mail address becomes {new}; it was {old}. Stops go along to it.", new=context.words("email", each.value),
                 old=context.words("email", shown.on_record) or "–")
    if kind is Kind.DEAD:
        return _("Mail to {address} comes back for good. Mailings leave it out until it changes.",
                 address=context.words("email", each.address))
    if kind is Kind.FAILING:
        return _("Mail to {address} did not arrive this time. The third such note leaves it out.",
                 address=context.words("email", each.address))
    if kind is Kind.REFUSED:
        return _("Mail to {address} was refused, and the reason need not be the address.",
                 address=context.words("email", each.address) or _("somebody"))
    return _("Read it, and say what it asks, or that nothing is to be done.")


def excerpt(context: Context, shown: Shown) -> str:
    """The mail's own words, addresses in them held back like all others."""
    words = shown.suggestion.excerpt
    for address in addresses_in(words):
        words = words.replace(address, context.words("email", address))
    return words


def warning(shown: Shown) -> str:
    """What to mind before confirming; "" where there is nothing."""
    each = shown.suggestion
    if each.kind is Kind.UNCLEAR and asks_for_rights(each.excerpt):
        return _("This may be a complaint, or a request for their data or for erasing it, which has a deadline. Do not just put it away.")
    if shown.elsewhere and each.kind is not Kind.NEW_ADDRESS:
        return _("It came from another address than the one on record: somebody may have passed the mail on.")
    if each.kind is Kind.NEW_ADDRESS and shown.on_record and plain_email(each.address) != plain_email(shown.on_record):
        return _("It came from another address than the one on record. Ask first whether it is really theirs.")
    return _("It names somebody who is not on the desk.") if each.person and not shown.name else ""


def ended(report: Report) -> str:
    """What taking in found, in a sentence or more."""
    if not report.read and not report.refused:
        return _("Nothing new came in.")
    said = [trn("{n} mail read.", "{n} mails read.", report.read),
            trn("{n} suggestion is new.", "{n} suggestions are new.", report.new) if report.new else
            _("Nothing in them asks for anything new.")]
    if report.known:
        said.append(trn("{n} was taken in before.", "{n} were taken in before.", report.known))
    if report.automatic:
        said.append(trn("{n} was an automatic answer that asks nothing.", "{n} were automatic answers that ask nothing.", report.automatic))
    if report.other:
        said.append(trn("{n} is from or about nobody on the desk.", "{n} are from or about nobody on the desk.", report.other))
    for name, place, reason in report.refused[:5]:
        said.append(_("{name}, message {place}: {reason}.", name=name, place=place, reason=mail_reason(reason)) if place else
                    _("{name}: {reason}.", name=name, reason=mail_reason(reason)))
    if len(report.refused) > 5:
        said.append(trn("And {n} more could not be read.", "And {n} more could not be read.", len(report.refused) - 5))
    if report.more:
        said.append(_("There is more in the mailbox: fetch again."))
    return " ".join(said)
