"""`dpdesk disposals …`: the log of what was sanitised or destroyed, its certificates, and approved repairers."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs, table
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.disposals import FIELDS, Fate, Item, Method
from dpdesk.domain.members import Confidentiality
from dpdesk.services.words import day, field_name, tr

_CHOICES = {"item": Item, "means": Method, "data_class": Confidentiality, "fate": Fate}


def declare(grammar) -> None:
    """The verbs of `disposals`."""
    verbs = grammar.noun("disposals", tr("devices, media and paper that were sanitised or destroyed"))
    grammar.verb(verbs, "list", _list, tr("the log, newest first"))
    record = grammar.verb(verbs, "record", _record, tr("note a disposal"))
    for code in FIELDS:
        choices = [each.value for each in _CHOICES[code]] if code in _CHOICES else None
        record.add_argument(f"--{code.replace('_', '-')}", default="", choices=choices, help=field_name(code))
    show = grammar.verb(verbs, "show", _show, tr("one entry"))
    agree = grammar.verb(verbs, "authorise", _authorise, tr("stand for an entry somebody else noted (the accountable person)"))
    certify = grammar.verb(verbs, "certificate", _certificate, tr("write the certificate of an entry as PDF"))
    certify.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    for parser in (show, agree, certify):
        parser.add_argument("number", metavar="NUMBER")
    grammar.verb(verbs, "repairers", _repairers, tr("who may repair media with confidential data"))
    approve = grammar.verb(verbs, "approve-repairer", _approve, tr("approve a repairer (the accountable person)"))
    approve.add_argument("name")
    approve.add_argument("--agreement", required=True, metavar="TEXT")
    approve.add_argument("--until", default="", type=typed_day, metavar="DAY")


def _data(entry) -> dict:
    made = entry.disposal
    return {"id": made.id, "number": made.number, **{code: str(getattr(made, code)) for code in FIELDS}, "noted_by": entry.officer,
            "authorised_by": entry.authorised, "device": made.device, "at": made.at}


def _list(call: Call) -> int:
    from dpdesk.services import device_words as words
    from dpdesk.services import disposals
    with call.session() as session:
        found = disposals.listing(session)
    call.out.result([_data(each) for each in found], table(
        (tr("Number"), tr("Item"), tr("Method"), tr("When"), tr("Authorised by")),
        [(each.disposal.number, f"{words.item_name(each.disposal.item.value)}: {each.disposal.description}",
          words.method_name(each.disposal.means.value), day(each.disposal.done_on), each.authorised or tr("not yet")) for each in found]))
    return 0


def _shown(call: Call, entry) -> int:
    from dpdesk.services.device_words import disposal_facts
    call.out.result(_data(entry), pairs(disposal_facts(entry)))
    return 0


def _record(call: Call) -> int:
    from dpdesk.services import disposals
    with call.session() as session:
        made = disposals.record(session, {code: getattr(call.args, code) for code in FIELDS})
        return _shown(call, disposals.get(session, made.id))


def _show(call: Call) -> int:
    from dpdesk.services import disposals
    with call.session() as session:
        return _shown(call, disposals.get(session, call.args.number))


def _authorise(call: Call) -> int:
    from dpdesk.services import disposals
    with call.session() as session:
        disposals.authorise(session, call.args.number)
        return _shown(call, disposals.get(session, call.args.number))


def _certificate(call: Call) -> int:
    from dpdesk.services import disposals
    path = call.args.out.absolute()
    with call.session() as session:
        disposals.certificate(session, call.args.number, path, accepted=accepted(call, path, CopyKind.CERTIFICATE))
        call.out.result({"file": str(path)}, tr("The certificate is in {file}.", file=path))
    return 0


def _repairers(call: Call) -> int:
    from dpdesk.services import disposals
    from dpdesk.services.session import today
    with call.session() as session:
        found = disposals.repairers(session)
    call.out.result([{**each.__dict__, "stands": each.stands(today())} for each in found], table(
        (tr("Provider"), tr("Agreement"), tr("Until"), tr("Approved")),
        [(each.name, each.agreement, day(each.approved_until), tr("yes") if each.stands(today()) else tr("no")) for each in found]))
    return 0


def _approve(call: Call) -> int:
    from dpdesk.services import disposals
    with call.session() as session:
        made = disposals.approve_repairer(session, call.args.name, call.args.agreement, call.args.until)
        call.out.result({"id": made.id, "name": made.name}, tr("{name} is approved.", name=made.name))
    return 0
