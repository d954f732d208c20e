"""`dpdesk cards …`: one's own officer card, and those of others: taken in, verified by telephone, revoked."""

from __future__ import annotations

import sys
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.output import pairs, table
from dpdesk.domain.errors import NotFound
from dpdesk.services.transfers_words import card_state_name, holder
from dpdesk.services.words import moment, tr


def declare(grammar) -> None:
    """The verbs of `cards`."""
    verbs = grammar.noun("cards", tr("officer cards: whom packages can be sealed to"))
    own = grammar.verb(verbs, "own", _own, tr("show your own card and its words, or write it to a file"))
    own.add_argument("--out", type=Path, metavar="FILE")
    grammar.verb(verbs, "list", _list, tr("every card that was taken in"))
    add = grammar.verb(verbs, "add", _add, tr("take a card in from a file (or - for its text from the terminal); it has to be verified"))
    add.add_argument("file", nargs="?", default="", metavar="FILE")
    add.add_argument("--name", default="", metavar="NAME", help=tr("somebody without dpdesk: their name, with --age-key"))
    add.add_argument("--age-key", default="", metavar="age1…", help=tr("the public key their own age tool shows"))
    add.add_argument("--role", default="", metavar="TEXT")
    add.add_argument("--branch", default="", metavar="TEXT")
    verify = grammar.verb(verbs, "verify", _verify, tr("note the ten words that the holder read to you over the telephone"))
    verify.add_argument("card", metavar="NAME|ID")
    verify.add_argument("words", nargs="+", metavar="WORD")
    revoke = grammar.verb(verbs, "revoke", _revoke, tr("never seal to a card again"))
    revoke.add_argument("card", metavar="NAME|ID")
    revoke.add_argument("--why", default="", metavar="TEXT")


def card_data(kept) -> dict:
    """A card for scripts."""
    card = kept.card
    return {"id": kept.id, "name": card.name, "role": card.role, "branch": card.branch, "state": kept.state.value, "age": card.age,
            "signing": card.signing, "fingerprint": card.fingerprint(), "words": list(card.spoken()), "verified_at": kept.verified_at}


def card_words(kept) -> str:
    """A card for people."""
    return pairs([(tr("Name"), kept.card.name), (tr("Office"), holder(kept.card)), (tr("State"), card_state_name(kept.state.value)),
                  (tr("Words"), " ".join(kept.card.spoken())), (tr("Verified"), moment(kept.verified_at)), (tr("ID"), kept.id[-8:])])


def _own(call: Call) -> int:
    from dpdesk.cli.leaving import accepted
    from dpdesk.domain.copies import CopyKind
    from dpdesk.services import cards
    with call.session() as session:
        mine = cards.own(session)
        if call.args.out:
            path = call.args.out.expanduser().absolute()
            cards.save(session, path, accepted(call, path, CopyKind.CARD))
    words = pairs([(tr("Name"), mine.card.name), (tr("Office"), holder(mine.card)), (tr("Words"), " ".join(mine.card.spoken()))])
    call.out.result({"card": mine.text, "words": list(mine.card.spoken()), "file": str(call.args.out or "")},
                    words if call.args.out else f"{words}\n\n{mine.text}")
    return 0


def _list(call: Call) -> int:
    from dpdesk.services import cards
    with call.session() as session:
        found = cards.listing(session)
    call.out.result([card_data(each) for each in found], table(
        (tr("ID"), tr("Name"), tr("Office"), tr("State")),
        [(each.id[-8:], each.card.name, holder(each.card), card_state_name(each.state.value)) for each in found]))
    return 0


def _add(call: Call) -> int:
    from dpdesk.cli.passphrases import Usage
    from dpdesk.services import cards
    args = call.args
    if bool(args.file) == bool(args.name or args.age_key):
        raise Usage(tr("Name a card’s file, or --name and --age-key for somebody without dpdesk."))
    with call.session() as session:
        if args.file:
            text = sys.stdin.read(8_192) if args.file == "-" else cards.read_file(Path(args.file))
            kept = cards.add(session, text)
        else:
            kept = cards.add_outside(session, args.name, args.role, args.branch, args.age_key)
    call.out.result(card_data(kept), card_words(kept) + "\n" + tr(
        "Telephone {name} on a number you know and let them read their ten words; then: dpdesk cards verify", name=kept.card.name))
    return 0


def _verify(call: Call) -> int:
    from dpdesk.services import cards
    with call.session() as session:
        kept = cards.verify(session, call.args.card, " ".join(call.args.words))
    call.out.result(card_data(kept), tr("The card of {name} is verified. Packages can be sealed to it.", name=kept.card.name))
    return 0


def _revoke(call: Call) -> int:
    from dpdesk.services import cards
    with call.session() as session:
        kept = cards.get(session, call.args.card)
        if not call.confirmed(tr("Never seal to this card of {name} again, and believe nothing it signed?", name=kept.card.name)):
            raise NotFound("card", call.args.card)
        kept = cards.revoke(session, kept.id, call.args.why)
    call.out.result(card_data(kept), tr("The card of {name} is revoked.", name=kept.card.name))
    return 0
