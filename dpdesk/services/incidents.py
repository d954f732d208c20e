"""How an incident begins: a mailing, a lost sheet or a lost machine fills the report with whose data it was, and the clocks start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dpdesk.domain.copies import ENCRYPTED, KEPT
from dpdesk.domain.custody import stretches
from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.services import duties
from dpdesk.services.duties import Shown
from dpdesk.services.session import Session
from dpdesk.services.session_words import category_name
from dpdesk.services.translation import tr, trn

if TYPE_CHECKING:
    from dpdesk.domain.sessions import Loss
    from dpdesk.services.post_mailings import Exposed


def report(session: Session, values: Mapping[str, str], people: tuple[str, ...] = ()) -> Shown:
    """Report an incident; known since now unless the values say otherwise."""
    return duties.add(session, "incidents", {"aware_at": duties.stored(duties.utc_now()), **values}, people)


def exposed(session: Session, mailing: str, how: str = "") -> tuple[Shown, Exposed]:
    """"I used To instead of Bcc": notes it with the mailing, and opens the incident with those who were exposed (S0 l.11, S3 l.23).

    Whoever may not see e-mails reports in words instead; both entries of the log are in the one officer's name.
    """
    from dpdesk.services import post_mailings
    found = post_mailings.exposed(session, mailing, how)
    made = report(session, {
        "what": tr("Addresses were exposed by an e-mail"), "type": "to_cc_not_bcc", "aware_at": found.aware_at, "mailing": found.mailing,
        "story": "\n".join(filter(None, (how.strip(), tr("Subject of the e-mail: {subject}. Entry {seq} of the log.", subject=found.subject,
                                                         seq=found.seq)))),
        "subjects": "member", "people_count": str(len(found.people)), "records_count": str(len(found.people)), "data": "contact membership",
        "special": "political_opinions", "encrypted": "no", "contained": "unknown",
        "harm": tr("That somebody is on the list shows a political opinion; the addresses can be used by whoever got the letter.")},
        found.people)
    return made, found


def lost_sheet(session: Session, loss: str) -> Shown:
    """"A sheet is lost": opens the incident with exactly whose data was on the pages, and keeps with the loss which it became."""
    from dpdesk.services import sheet_loss
    known = sheet_loss.get(session, loss)
    if known.incident:
        return duties.get(session, known.incident)
    found = sheet_loss.handover(session, loss)
    opinions = found.opinions or bool({"intention", "last_vi", "support"} & set(found.categories))
    data = ["name", "address"] + (["voting_intention"] if opinions else [])
    story = [found.loss.how, trn(
        "Page {pages} of sheet {sheet} ({title}). Printed on it: {columns}.",
        "Pages {pages} of sheet {sheet} ({title}). Printed on them: {columns}.", len(found.loss.pieces),
        pages=stretches(piece.page for piece in found.loss.pieces), sheet=found.sheet.spoken, title=found.sheet.title,
        columns=", ".join(map(category_name, found.categories))),
             tr("Last with {holder}, seen {place}.", holder=found.holder or tr("nobody on record"),
                place=found.place or tr("at an unknown place"))]
    shown = report(session, {
        "what": trn("A page of a canvass sheet is lost", "{n} pages of a canvass sheet are lost", len(found.loss.pieces)),
        "type": "lost_sheet", "aware_at": found.loss.missed_at, "story": "\n".join(filter(None, story)), "subjects": "elector",
        "people_count": str(len(found.people)), "records_count": str(len(found.people)), "data": " ".join(data),
        **({"special": "political_opinions"} if opinions else {}), "encrypted": "no", "contained": "no"},
        tuple(dict.fromkeys(person.elector for person in found.people)))
    sheet_loss.link(session, loss, shown.duty.id)
    return shown


def lost_device(session: Session, device: str, how: str, aware_at: str = "", *, this_desk: bool = True) -> Shown:
    """"My laptop is gone": whose data a desk on it held, that it was encrypted, and which copies outside the desk were not."""
    from dpdesk.store import copies, holdings
    if not device.strip():
        raise Invalid({"device": "missing"})
    with session.desk.read() as connection:
        counts = {code: holdings.held(connection, code).count for code in ("members", "contacts", "electors")}
        plain = [each for each in copies.listing(connection, closed=False, owner="") if each.kind not in ENCRYPTED | KEPT]
    people = sum(counts.values()) if this_desk else 0
    story = [how.strip(), tr("The desk on it held {members} members, {contacts} contacts and {electors} electors. It is encrypted whole; "
                             "without a passphrase or the recovery kit nobody reads it.", **{code: f"{n:,}" for code, n in counts.items()})
             if this_desk else "",
             trn("{n} copy outside the desk is on the list of copies: say for each whether it lay on this device.",
                 "{n} copies outside the desk are on the list of copies: say for each whether it lay on this device.", len(plain))
             if plain else tr("No copy outside the desk is on the list of copies.")]
    values = {"what": tr("A device is gone: {device}", device=" ".join(device.split())[:200]), "type": "lost_device",
              "story": "\n".join(filter(None, story)), "encrypted": ("part" if plain else "yes") if this_desk else "unknown",
              "contained": "no", **({"aware_at": aware_at} if aware_at else {})}
    if this_desk:
        kinds = [code for code, n in (("member", counts["members"]), ("enquirer", counts["contacts"]),
                                      ("elector", counts["electors"])) if n]
        values |= {"subjects": " ".join(kinds), "people_count": str(people), "data": "name address contact membership",
                   "special": "political_opinions"}
    return report(session, values)


def losses_waiting(session: Session) -> list[Loss]:
    """Lost pages that are not an incident yet, as far as this officer may see them."""
    from dpdesk.services import sheet_loss
    if not session.may(Right.SHEETS_SEE):
        return []
    return [each for each in sheet_loss.losses(session, open_only=True) if not each.incident]


def may_report(session: Session) -> bool:
    """Whether this officer may report an incident here and now."""
    return session.may(Right.INCIDENTS_REPORT) and session.acknowledged and not session.read_only
