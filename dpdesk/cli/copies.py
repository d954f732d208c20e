"""`dpdesk copies …`: what left the desk, looked for, closed, deleted, or kept a while longer."""

from __future__ import annotations

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.services.words import (
    confidentiality_name,
    copy_kind_name,
    copy_state_name,
    day,
    field_name,
    look_name,
    moment,
    tr,
    verdict_name,
)


def declare(grammar) -> None:
    """The verbs of `copies`."""
    verbs = grammar.noun("copies", tr("what left the desk, and when it is to be deleted"))
    listing = grammar.verb(verbs, "list", _list, tr("copies that are still there, those due first; each is looked for"))
    listing.add_argument("--all", action="store_true", help=tr("those that are gone too"))
    show = grammar.verb(verbs, "show", _show, tr("one copy: what, for whom, why, where"))
    close = grammar.verb(verbs, "close", _close, tr("take a copy off the list as deleted; it is looked for first"))
    close.add_argument("--how", default="", metavar="TEXT", help=tr("how it was destroyed, where dpdesk cannot look"))
    close.add_argument("--delete", action="store_true", help=tr("delete the file now"))
    keep = grammar.verb(verbs, "keep", _keep, tr("let a copy stay until another day"))
    keep.add_argument("--until", required=True, type=typed_day, metavar="DAY")
    keep.add_argument("--why", required=True, metavar="TEXT")
    for parser in (show, close, keep):
        parser.add_argument("copy", metavar="ID", help=tr("its identity, or the last characters of it as `list` shows them"))


def _short(identity: str) -> str:
    return identity[-8:]


def _data(seen) -> dict:
    copy = seen.copy
    return {"id": copy.id, "kind": copy.kind.value, "title": copy.title, "path": copy.path, "whom": copy.whom, "why": copy.why,
            "classification": copy.classification.value, "columns": list(copy.columns), "people": copy.people,
            "owner": seen.owner, "made": copy.made_at, "delete_by": copy.delete_by, "place": copy.place, "sha256": copy.digest,
            "state": copy.state.value, "look": seen.look.value if seen.look else None, "closed": copy.closed_at,
            "closed_by": seen.closed_by, "closed_how": copy.closed_how}


def _stands(seen) -> str:
    return look_name(seen.look.value) if seen.look else copy_state_name(seen.copy.state.value)


def _list(call: Call) -> int:
    from dpdesk.services import copies
    with call.session() as session:
        found = copies.listing(session, closed=call.args.all, look=True)
    call.out.result([_data(seen) for seen in found], table(
        (tr("ID"), tr("What"), tr("People"), tr("Owner"), tr("Delete by"), tr("Now")),
        [(_short(seen.copy.id), seen.copy.title, f"{seen.copy.people:,}", seen.owner, day(seen.copy.delete_by), _stands(seen))
         for seen in found]))
    return 0


def _found(session, wanted: str):
    """The copy of that identity, or of the one identity that ends so."""
    from dpdesk.services import copies
    fitting = [seen.copy.id for seen in copies.listing(session, closed=True) if seen.copy.id.endswith(wanted)]
    if len(fitting) > 1:
        raise Usage(tr("More than one copy ends in “{text}”: give more of it.", text=wanted))
    return copies.get(session, fitting[0] if fitting else wanted)


def _shown(call: Call, seen) -> int:
    copy = seen.copy
    call.out.result(_data(seen), pairs([
        (tr("ID"), copy.id), (tr("What"), f"{copy_kind_name(copy.kind.value)}: {copy.title}"),
        (tr("Confidentiality"), confidentiality_name(copy.classification.value)), (tr("For whom"), copy.whom),
        (tr("What for"), copy.why), (tr("Columns"), ", ".join(map(field_name, copy.columns))), (tr("People"), f"{copy.people:,}"),
        (tr("Where"), f"{copy.path} ({verdict_name(copy.place)})" if copy.place else copy.path), (tr("Owner"), seen.owner),
        (tr("Made"), moment(copy.made_at)), (tr("Delete by"), day(copy.delete_by)), (tr("Now"), _stands(seen)),
        (tr("Closed"), moment(copy.closed_at)), (tr("Closed by"), seen.closed_by), (tr("How"), copy.closed_how)]))
    return 0


def _show(call: Call) -> int:
    with call.session() as session:
        return _shown(call, _found(session, call.args.copy))


def _close(call: Call) -> int:
    from dpdesk.services import copies
    with call.session() as session:
        identity = _found(session, call.args.copy).copy.id
        if call.args.delete:
            if not call.confirmed(tr("The file is deleted from this machine. Go on?")):
                return 1
            copies.delete(session, identity)
        else:
            copies.close(session, identity, call.args.how)
        return _shown(call, copies.get(session, identity))


def _keep(call: Call) -> int:
    from dpdesk.services import copies
    with call.session() as session:
        identity = _found(session, call.args.copy).copy.id
        copies.keep_until(session, identity, call.args.until, call.args.why)
        return _shown(call, copies.get(session, identity))
