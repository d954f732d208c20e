"""`dpdesk contacts enquiry|enquiries|contacted|answered|hold|expired`: the log of enquiries from the command line."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.enquiry_lines import data_of, lines_of
from dpdesk.cli.leaving import accepted
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import add_set, find, record_shown
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.enquiries import Way
from dpdesk.services.words import tr, trn


def declare(grammar, verbs) -> None:
    """The verbs about enquiries, among those of `contacts`."""
    ask = grammar.verb(verbs, "enquiry", _enquiry, tr("record an enquiry: of somebody on the desk, or with --set of somebody new"))
    ask.add_argument("who", nargs="?", metavar="ID|NUMBER")
    ask.add_argument("--query", required=True, metavar="TEXT", help=tr("what they ask"))
    ask.add_argument("--way", choices=[w.value for w in Way], required=True, help=tr("how they asked"))
    ask.add_argument("--asked-on", default="", metavar="DAY", help=tr("without it: today"))
    ask.add_argument("--handle", default="", metavar="NAME", help=tr("their name on social media"))
    ask.add_argument("--place", default="", metavar="TEXT")
    add_set(ask, required=False)
    grammar.verb(verbs, "enquiries", _enquiries, tr("enquiries of a person, or all that stand")).add_argument(
        "who", nargs="?", metavar="ID|NUMBER")
    again = grammar.verb(verbs, "contacted", _contacted, tr("record a further contact: the time an enquiry is kept runs anew"))
    again.add_argument("--on", default="", metavar="DAY")
    closed = grammar.verb(verbs, "answered", _answered, tr("an enquiry is answered"))
    hold = grammar.verb(verbs, "hold", _hold, tr("keep an enquiry beyond its time, for a regulated reason, until a review"))
    hold.add_argument("--reason", default="", metavar="TEXT")
    hold.add_argument("--review", default="", metavar="DAY")
    hold.add_argument("--release", action="store_true", help=tr("end the hold"))
    gone = grammar.verb(verbs, "erase-enquiry", _erase_one, tr("erase one enquiry before its time; the person stays"))
    for parser in (again, closed, hold, gone):
        parser.add_argument("enquiry", metavar="ID")
    expired = grammar.verb(verbs, "expired", _expired, tr("enquiries whose time is up and holds to review; with --erase, erase them"))
    expired.add_argument("--erase", action="store_true")
    expired.add_argument("--why", default="", metavar="TEXT")
    expired.add_argument("--certificate", type=Path, metavar="FILE.pdf", help=tr("write the certificate for people who go too"))


def _day(typed: str, code: str) -> str:
    """A day as typed, as ISO; raises `Invalid` under the field's code."""
    from dpdesk.domain.errors import Invalid
    from dpdesk.services.details_dates import read_day
    from dpdesk.services.session import today
    found, wrong = read_day(typed, today()) if typed else ("", "")
    if wrong:
        raise Invalid({code: wrong})
    return found


def _enquiry(call: Call) -> int:
    from dpdesk.services import enquiries
    args = call.args
    asked = enquiries.Asked(args.way, args.query, args.asked_on, args.handle, args.place)
    if bool(args.who) == bool(args.values):
        raise Usage(tr("Name somebody on the desk, or give the details of somebody new with --set."))
    with call.session() as session:
        if args.who:
            person = find(session, args.who)
            enquiries.log(session, person.id, asked)
        else:
            for row in enquiries.likely(session, dict(args.values)):
                call.out.note(tr("Somebody like that is on the desk already: {name}, {id}", name=row.member.name, id=row.member.id))
            person, _new = enquiries.log_new(session, dict(args.values), asked)
        return record_shown(call, session, person)


def _enquiries(call: Call) -> int:
    from dpdesk.services import enquiries, enquiries_due
    with call.session() as session:
        if call.args.who:
            found = enquiries.of(session, find(session, call.args.who).id)
        else:
            due = enquiries_due.due(session)
            found = [*due.expired, *due.reviews, *due.held, *due.open]
    call.out.result([data_of(each) for each in found], lines_of(found, names=not call.args.who))
    return 0


def _told(call: Call, session, enquiry) -> int:
    from dpdesk.services import enquiries
    found = [each for each in enquiries.of(session, enquiry.person) if each.enquiry.id == enquiry.id]
    call.out.result(data_of(found[0]), lines_of(found))
    return 0


def _contacted(call: Call) -> int:
    from dpdesk.services import enquiries
    with call.session() as session:
        return _told(call, session, enquiries.contacted(session, call.args.enquiry, _day(call.args.on, "last_contact_on")))


def _answered(call: Call) -> int:
    from dpdesk.services import enquiries
    with call.session() as session:
        return _told(call, session, enquiries.close(session, call.args.enquiry))


def _hold(call: Call) -> int:
    from dpdesk.services import enquiries
    args = call.args
    with call.session() as session:
        if args.release:
            return _told(call, session, enquiries.release(session, args.enquiry))
        return _told(call, session, enquiries.hold(session, args.enquiry, args.reason, _day(args.review, "hold_review_on")))


def _erase_one(call: Call) -> int:
    from dpdesk.services import enquiries_due
    with call.session() as session:
        if not call.confirmed(tr("This cannot be undone. Go on?")):
            return 1
        cleared = enquiries_due.erase_one(session, call.args.enquiry)
    call.out.result({"erased": call.args.enquiry, "cleared": cleared}, tr("The enquiry is erased."))
    return 0


def _expired(call: Call) -> int:
    from dpdesk.services import enquiries_due, erasing
    args = call.args
    with call.session() as session:
        due = enquiries_due.due(session)
        data = {"expired": [data_of(each) for each in due.expired], "reviews": [data_of(each) for each in due.reviews],
                "leaving": sorted(due.leaving)}
        words = lines_of([*due.expired, *due.reviews], names=True)
        if not args.erase or not due.expired:
            call.out.result(data | {"erased": None}, words)
            return 0
        call.out.note(words)
        call.out.note(trn("{n} person is known through these alone and goes too.", "{n} people are known through these alone and "
                          "go too.", len(due.leaving)))
        path = args.certificate.expanduser().absolute() if args.certificate else None
        place = accepted(call, path, CopyKind.CERTIFICATE) if path and due.leaving else ""
        if not call.confirmed(tr("This cannot be undone. Go on?")):
            return 1
        done = enquiries_due.erase(session, [each.enquiry.id for each in due.expired], args.why)
        if path and done.certificate:
            erasing.certificate(session, done.certificate, path, accepted=place)
        call.out.result(data | {"erased": done.__dict__}, " ".join(filter(None, (
            trn("{n} enquiry is erased.", "{n} enquiries are erased.", done.enquiries),
            trn("{n} person is erased.", "{n} people are erased.", done.people) if done.people else "",
            tr("Certificate {number}.", number=done.certificate) if done.certificate else ""))))
    return 0
