"""`dpdesk post record|settle|cancel|exposed`: what was sent, when, why and to whom; people asked about; addresses exposed."""

from __future__ import annotations

from dpdesk.cli.call import Call
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import find
from dpdesk.services.post_names import (
    basis_name,
    left_out_name,
    mailing_state_name,
    outcome_name,
    pause_name,
    purpose_name,
    route_name,
)
from dpdesk.services.words import moment, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs of the record."""
    record = grammar.verb(verbs, "record", _record, tr("what was sent, when, why and to whom"))
    record.add_argument("mailing", nargs="?", default="", metavar="MAILING")
    record.add_argument("--person", default="", metavar="ID|NUMBER", help=tr("every mailing meant for this person"))
    settle = grammar.verb(verbs, "settle", _settle, tr("say of somebody unknown whether they got it, or try somebody refused again"))
    settle.add_argument("who", metavar="ID|NUMBER")
    settle.add_argument("--as", dest="outcome", choices=("sent", "again"), required=True)
    cancel = grammar.verb(verbs, "cancel", _cancel, tr("let nobody else get a mailing"))
    exposed = grammar.verb(verbs, "exposed", _exposed, tr("“I exposed addresses”: note it now, and see who is concerned"))
    exposed.add_argument("--how", default="", metavar="TEXT", help=tr("what happened"))
    for parser in (settle, cancel, exposed):
        parser.add_argument("mailing", metavar="MAILING", help=tr("its identity, or the last characters of it as `record` shows them"))


def find_mailing(session, wanted: str) -> str:
    """The identity of the mailing that is, or ends in, `wanted`."""
    from dpdesk.services import post_mailings
    fitting = [each.id for each in post_mailings.listing(session) if each.id.endswith(wanted)]
    if len(fitting) > 1:
        raise Usage(tr("More than one mailing ends in “{text}”: give more of it.", text=wanted))
    return post_mailings.get(session, fitting[0] if fitting else wanted).id


def mailing_data(found) -> dict:
    """A mailing for machines."""
    return {"id": found.id, "purpose": found.purpose, "basis": found.basis, "subject": found.subject, "route": found.route,
            "state": found.state.value, "template": found.template, "made": found.made_at, "started": found.started_at,
            "ended": found.ended_at, "approved": bool(found.approved_by), "sender": found.sender_address, "people": found.people,
            "counts": dict(found.counts), "pause": found.pause}


def mailing_words(session, found) -> str:
    """A mailing for people."""
    from dpdesk.services import post_mailings
    counts = ", ".join(f"{n:,} {outcome_name(code)}" for code, n in found.counts.items())
    out = [(tr("Left out"), f"{n:,}: {left_out_name(reason)}") for reason, n in post_mailings.left_out(session, found.id).items()]
    return pairs([
        (tr("ID"), found.id), (tr("Subject"), found.subject), (tr("Purpose"), purpose_name(found.purpose)),
        (tr("Lawful basis"), basis_name(found.basis)), (tr("Way"), route_name(found.route)),
        (tr("Now"), mailing_state_name(found.state.value)),
        (tr("Paused"), pause_name(found.pause) if found.pause else ""), (tr("From"), found.sender_address),
        (tr("Prepared"), moment(found.made_at)), (tr("Begun"), moment(found.started_at)), (tr("Ended"), moment(found.ended_at)),
        (tr("People"), counts), *out, (tr("Template"), found.template[:16])])


def _record(call: Call) -> int:
    from dpdesk.services import post_mailings
    args = call.args
    with call.session() as session:
        if args.person:
            person = find(session, args.person)
            found = post_mailings.of_person(session, person.id)
            call.out.result(
                [mailing_data(each) | {"outcome": outcome.value, "at": at} for each, outcome, at in found],
                table((tr("ID"), tr("Subject"), tr("Purpose"), tr("When"), tr("What became of it")),
                      [(each.id[-8:], each.subject, purpose_name(each.purpose), moment(at or each.made_at), outcome_name(outcome.value))
                       for each, outcome, at in found]))
        elif args.mailing:
            found = post_mailings.get(session, find_mailing(session, args.mailing))
            people = post_mailings.recipients(session, found.id)
            call.out.result(mailing_data(found) | {
                "recipients": [{"id": each.person, "outcome": each.outcome.value, "code": each.code, "at": each.at, "tries": each.tries}
                               for each in people]},
                "\n\n".join((mailing_words(session, found), table(
                    (tr("Who"), tr("What became of it"), tr("Answer"), tr("When")),
                    [(each.name or tr("(erased)"), outcome_name(each.outcome.value), each.code, moment(each.at)) for each in people]))))
        else:
            listed = post_mailings.listing(session)
            call.out.result([mailing_data(each) for each in listed], table(
                (tr("ID"), tr("Subject"), tr("Purpose"), tr("People"), tr("Now"), tr("When")),
                [(each.id[-8:], each.subject, purpose_name(each.purpose), f"{each.people:,}", mailing_state_name(each.state.value),
                  moment(each.ended_at or each.made_at)) for each in listed]))
    return 0


def _settle(call: Call) -> int:
    from dpdesk.domain.errors import NotFound
    from dpdesk.services import post_mailings, post_settle
    with call.session() as session:
        identity, person = find_mailing(session, call.args.mailing), find(session, call.args.who)
        again = call.args.outcome == "again"
        try:
            post_settle.decide(session, identity, person.id, again=again)
        except NotFound:
            if not again:
                raise
            post_settle.try_again(session, identity, person.id)
        found = post_mailings.get(session, identity)
        call.out.result(mailing_data(found), mailing_words(session, found))
    return 0


def _cancel(call: Call) -> int:
    from dpdesk.services import post_mailings
    with call.session() as session:
        found = post_mailings.cancel(session, find_mailing(session, call.args.mailing))
        call.out.result(mailing_data(found), mailing_words(session, found))
    return 0


def _exposed(call: Call) -> int:
    from dpdesk.services import incidents
    with call.session() as session:
        incident, found = incidents.exposed(session, find_mailing(session, call.args.mailing), call.args.how)
        report = session.policy.report_incidents_to
    call.out.result(
        {"mailing": found.mailing, "people": list(found.people), "aware_at": found.aware_at, "entry": found.seq, "incident": incident.ref,
         "report_to": report},
        tr("Noted at {moment} as entry {seq}, incident {ref}: {people} exposed. Tell {whom} now; the regulator must hear of a breach "
           "within 72 hours unless harm is unlikely. Do not write to the people yet.",
           moment=moment(found.aware_at), seq=found.seq, ref=incident.ref,
           people=trn("{n} person", "{n} people", len(found.people)), whom=report))
    return 0
