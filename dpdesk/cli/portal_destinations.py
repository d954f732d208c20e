"""`dpdesk portal list|add|remove|test`: destinations; a password or key is read from a descriptor, the environment or the terminal."""

from __future__ import annotations

import getpass
import os
import sys

from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import from_descriptor
from dpdesk.domain.secret import Secret
from dpdesk.domain.transfers import DestinationKind
from dpdesk.services.transfers_words import destination_kind_name
from dpdesk.services.words import moment, tr


def declare(grammar, verbs) -> None:
    """The verbs about destinations."""
    grammar.verb(verbs, "list", _list, tr("destinations"))
    add = grammar.verb(verbs, "add", _add, tr("set up a destination, or change the one of that name"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--kind", choices=[each.value for each in DestinationKind], required=True)
    add.add_argument("--address", required=True, metavar="ADDRESS",
                     help=tr("https://… (a Nextcloud link too), HOST:PORT for sftp, or a folder"))
    add.add_argument("--place", default="", metavar="TEXT", help=tr("the bucket (and folder in it), or the folder on the server"))
    add.add_argument("--user", default="", metavar="NAME", help=tr("the user name, or for s3 the access key"))
    add.add_argument("--region", default="", metavar="TEXT")
    add.add_argument("--secret-fd", type=int, metavar="N",
                     help=tr("read the password, secret key or private key from open file N (or DPDESK_PORTAL_SECRET)"))
    remove = grammar.verb(verbs, "remove", _remove, tr("forget a destination and its password"))
    test = grammar.verb(verbs, "test", _test, tr("sign in, leave an object, read it, take it away; remembers the server’s key"))
    test.add_argument("--accept", default="", metavar="FINGERPRINT", help=tr("the key that you compared"))
    for parser in (remove, test):
        parser.add_argument("destination", metavar="NAME|ID")


def _secret(args) -> Secret | None:
    if args.secret_fd is not None:
        return Secret(from_descriptor(args.secret_fd))
    if text := os.environ.get("DPDESK_PORTAL_SECRET"):
        return Secret(text)
    if args.kind != DestinationKind.FOLDER.value and sys.stdin.isatty():
        return Secret(getpass.getpass(tr("Password or secret key of the destination (empty for none): ")))
    return None


def _data(each) -> dict:
    return {"id": each.id, "name": each.name, "kind": each.kind.value, "address": each.address, "place": each.place, "user": each.user,
            "fingerprint": each.pin, "reads": each.reads, "tested_at": each.tested_at}


def _list(call: Call) -> int:
    from dpdesk.services import destinations
    with call.session() as session:
        found = destinations.listing(session)
    call.out.result([_data(each) for each in found], table(
        (tr("ID"), tr("Name"), tr("Kind"), tr("Address"), tr("Tested")),
        [(each.id[-8:], each.name, destination_kind_name(each.kind.value), each.address, moment(each.tested_at)) for each in found]))
    return 0


def _add(call: Call) -> int:
    from dpdesk.services import destinations
    args = call.args
    with call.session() as session:
        same = next((each.id for each in destinations.listing(session) if each.name == args.name), "")
        wish = destinations.Wish(args.name, args.kind, args.address, args.place, args.user, args.region)
        made = destinations.save(session, wish, _secret(args), same)
    call.out.result(_data(made), tr("{name} is set up. Test it next: dpdesk portal test", name=made.name))
    return 0


def _remove(call: Call) -> int:
    from dpdesk.services import destinations
    with call.session() as session:
        found = destinations.get(session, call.args.destination)
        destinations.remove(session, found.id)
    call.out.result({"id": found.id}, tr("{name} is forgotten, and its password with it.", name=found.name))
    return 0


def _test(call: Call) -> int:
    from dpdesk.services import destinations
    with call.session() as session:
        found = destinations.test(session, call.args.destination, call.args.accept)
    said = [tr("{name} takes packages.", name=found.destination.name)]
    if not found.reads:
        said.append(tr("It lets nobody read back: what is sent cannot be checked there, and receipts do not come this way."))
    elif not found.deletes:
        said.append(tr("It lets nothing be taken away: what was collected stays there, sealed."))
    if found.destination.pin:
        said.append(tr("Its key is remembered: {fingerprint}", fingerprint=found.destination.pin))
    call.out.result(_data(found.destination) | {"lists": found.lists, "deletes": found.deletes}, "\n".join(said))
    return 0
