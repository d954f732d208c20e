"""Officer cards: one's own to hand out, those of others to seal to once they are verified by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain import cards as rules
from dpdesk.domain.cards import BadCard, Card, CardState
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Declined, Invalid, NotFound, Unreadable
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.store.cards import Kept

SIGNED_AS = b"dpdesk card 1\n"


@dataclass(frozen=True)
class Own:
    """One's own card, as text to hand out."""

    card: Card
    text: str


def secret_key(session: Session) -> str:
    """What opens packages sealed to this officer: derived from their exchange key, so that it is not the key of the desk itself."""
    from dpdesk.sealed import ages
    return ages.secret_key(_raw(session))


def _raw(session: Session) -> bytes:
    from dpdesk.store.keys import subkey
    return subkey(session.desk.identity.exchange, "age")


def own(session: Session) -> Own:
    """This officer's card: made from their keys each time, so it is never out of date."""
    from dpdesk.sealed import ages
    session.require(Right.TRANSFERS_SEE)
    officer = session.officer
    card = Card(officer.id, session.desk_id, officer.name, officer.role.value, session.branch, ages.public_key(_raw(session)),
                officer.signing_key.hex(), "")
    return Own(card, rules.written(card, session.desk.identity.sign(SIGNED_AS + card.canonical()).hex()))


def save(session: Session, path: Path, accepted: str = "") -> None:
    """Write one's own card to a file; it holds the officer's name and public keys."""
    from dpdesk.services import copies
    leaving = copies.Leaving(CopyKind.CARD, path, tr("Officer card"), tr("For others to seal packages to"), accepted=accepted)
    with copies.door(session, leaving) as out:
        out.write(own(session).text.encode())
        out.note("card.saved")


def read_file(path: Path) -> str:
    """The text of a card's file; raises `Unreadable`."""
    try:
        with path.open("rb") as file:
            return file.read(rules.LONGEST + 1).decode()
    except (OSError, UnicodeDecodeError) as problem:
        raise Unreadable(path.name, "unreadable") from problem


def look(session: Session, text: str) -> Kept:
    """What a card's text says, before it is kept: `state` unverified. Raises `Declined` where it is no card or not signed by itself."""
    from dpdesk.sealed import ages
    from dpdesk.sealed.signing import verified
    from dpdesk.store.cards import Kept
    session.require(Right.TRANSFERS_SEE)
    try:
        card, signature = rules.read(text)
    except BadCard as problem:
        raise Declined(f"transfers.card_{problem.code}") from problem
    if not ages.is_key(card.age):
        raise Declined("transfers.card_no_key")
    if card.signing and not verified(card.signing, bytes.fromhex(signature), SIGNED_AS + card.canonical()):
        raise Declined("transfers.card_forged")
    return Kept("", card, CardState.UNVERIFIED, signature)


def add(session: Session, text: str) -> Kept:
    """Keep a card that was handed over, unverified; one that is known already is returned as it stands."""
    return _keep(session, look(session, text))


def add_outside(session: Session, name: str, role: str, branch: str, age: str) -> Kept:
    """Keep somebody without dpdesk: a name and the public key their own age tool shows ("age1…")."""
    from dpdesk.sealed import ages
    from dpdesk.store.cards import Kept
    problems = {}
    if not name.strip():
        problems["name"] = "missing"
    if not ages.is_key(age.strip()):
        problems["age"] = "age_key_bad"
    if problems:
        raise Invalid(problems)
    card = Card(new_id(), "", name.strip(), role.strip(), branch.strip(), age.strip())
    try:
        rules.check(card)
    except BadCard as problem:
        raise Declined(f"transfers.card_{problem.code}") from problem
    return _keep(session, Kept("", card, CardState.UNVERIFIED))


def _keep(session: Session, new: Kept) -> Kept:
    from dpdesk.store import cards as store
    session.require(Right.CARDS_MANAGE)
    mine = own(session).card
    if new.card.age == mine.age:
        raise Declined("transfers.card_own")
    for each in listing(session):
        if each.card.fingerprint() == new.card.fingerprint():
            if each.state in (CardState.REVOKED, CardState.REPLACED):
                raise Declined("transfers.card_revoked", {"name": each.card.name})
            return each
    kept = replace(new, id=new_id())
    with session.change("card.added") as unit:
        store.put(unit.connection, kept, unit.seq)
        unit.about("card", kept.id)
        unit.facts(fingerprint=kept.card.fingerprint()[:16], dpdesk=bool(kept.card.signing))
        unit.record("card", kept.id, {}, {"name": kept.card.name})
    return kept


def listing(session: Session) -> list[Kept]:
    """Every card that was handed over, by name."""
    from dpdesk.store import cards as store
    session.require(Right.TRANSFERS_SEE)
    with session.desk.read() as connection:
        return store.listing(connection)


def get(session: Session, identity: str) -> Kept:
    """One card, by its identity or the end of it, or its holder's name; raises `NotFound`."""
    found = [each for each in listing(session) if identity and (each.id.endswith(identity) or each.card.name == identity)]
    standing = [each for each in found if each.state in (CardState.VERIFIED, CardState.UNVERIFIED)] or found
    if len(standing) != 1:
        raise NotFound("card", identity)
    return standing[0]


def earlier(session: Session, kept: Kept) -> list[Kept]:
    """The cards of the same holder that verifying `kept` would replace."""
    return [each for each in listing(session) if each.id != kept.id and each.card.same_holder(kept.card)
            and each.state in (CardState.VERIFIED, CardState.UNVERIFIED)]


def verify(session: Session, identity: str, words: str) -> Kept:
    """Note that the holder read the card's words over the telephone; an older card of theirs is replaced by it.

    `words` are those the officer heard and typed (letters and digits, from somebody without dpdesk); raises `Declined` where they are
    not the card's.
    """
    from dpdesk.store import cards as store
    session.require(Right.CARDS_MANAGE)
    kept = get(session, identity)
    if kept.state in (CardState.REVOKED, CardState.REPLACED):
        raise Declined("transfers.card_revoked", {"name": kept.card.name})
    if not kept.card.answers(words):
        raise Declined("transfers.card_words" if kept.card.signing else "transfers.card_letters")
    older = earlier(session, kept)
    with session.change("card.verified") as unit:
        store.change(unit.connection, kept.id, state=CardState.VERIFIED.value, verified_at=unit.at, verified_by=session.officer.id)
        for each in older:
            store.change(unit.connection, each.id, state=CardState.REPLACED.value, replaced_by=kept.id)
        unit.about("card", kept.id)
        unit.facts(fingerprint=kept.card.fingerprint()[:16], replaced=len(older))
        at = unit.at
    return replace(kept, state=CardState.VERIFIED, verified_at=at, verified_by=session.officer.id)


def revoke(session: Session, identity: str, why: str) -> Kept:
    """Never seal to a card again, and believe nothing it signs: a laptop was lost, an office ended."""
    from dpdesk.store import cards as store
    session.require(Right.CARDS_MANAGE)
    kept = get(session, identity)
    if not why.strip():
        raise Invalid({"why": "missing"})
    if kept.state in (CardState.REVOKED, CardState.REPLACED):
        raise Declined("transfers.card_revoked", {"name": kept.card.name})
    with session.change("card.revoked") as unit:
        store.change(unit.connection, kept.id, state=CardState.REVOKED.value)
        unit.about("card", kept.id)
        unit.record("card", kept.id, {}, {"why": why.strip()})
    return replace(kept, state=CardState.REVOKED)


def to_seal_to(session: Session, wanted: Sequence[str]) -> list[Kept]:
    """The cards a package may be sealed to; raises `Declined` for one that is not verified, or where nobody is named."""
    found = list({each.id: each for each in (get(session, identity) for identity in wanted)}.values())
    if not found:
        raise Declined("transfers.nobody")
    for each in found:
        if each.state is not CardState.VERIFIED:
            raise Declined("transfers.card_not_verified" if each.state is CardState.UNVERIFIED else "transfers.card_revoked",
                           {"name": each.card.name})
    return found


def by_signing(session: Session, signing: str) -> Kept | None:
    """The card whose holder signs with `signing`, the standing one first; None for an unknown sender."""
    found = [each for each in listing(session) if each.card.signing and each.card.signing == signing]
    return min(found, key=lambda each: each.state is not CardState.VERIFIED, default=None)


def qr(mine: Own) -> tuple[tuple[bool, ...], ...]:
    """One's own card as a QR code, row by row, True where dark."""
    from dpdesk.files import qr as codes
    return codes.rows(mine.text)
