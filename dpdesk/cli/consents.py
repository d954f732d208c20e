"""`dpdesk members consent|permit|withdraw|ask|answer|confirm`: consents and permissions to share, one person at a time."""

from __future__ import annotations

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import find
from dpdesk.domain.asking import ASKED_BY, CONFIRMATION, Answer, purpose_of, to_confirm
from dpdesk.domain.contacting import Channel, Consent, Method
from dpdesk.services.asking_words import purpose_words
from dpdesk.services.words import answer_name, channel_name, day, field_name, method_name, tr

_METHODS = [method.value for method in ASKED_BY]


def declare(grammar, verbs) -> None:
    """The verbs of consents, among those of `members`."""
    of_person(grammar, verbs, "consents", _show, tr("what a person said yes or no to, when it ends, and what is attached"))
    consent = of_person(grammar, verbs, "consent", _consent, tr("record a consent for a channel"))
    consent.add_argument("--channel", choices=[c.value for c in Channel], required=True)
    consent.add_argument("--evidence", required=True, metavar="TEXT", help=tr("where the proof is kept"))
    permit = of_person(grammar, verbs, "permit", _permit, tr("record a permission to share with a body"))
    permit.add_argument("--body", required=True, metavar="CODE", help=tr("the code of a body in the policy"))
    for parser in (consent, permit):
        parser.add_argument("--on", required=True, type=typed_day, metavar="DAY", help=tr("the day the person said yes"))
        parser.add_argument("--method", choices=_METHODS, default=Method.PAPER.value)
        parser.add_argument("--wording", default="", metavar="TEXT", help=tr("what they agreed to; without it the desk’s words for it"))
        parser.add_argument("--until", default="", type=typed_day, metavar="DAY",
                            help=tr("the day it ends, where earlier than the policy has it"))
    ask = of_person(grammar, verbs, "ask", _ask, tr("record that a person was asked, and what they said"))
    ask.add_argument("--for", dest="purpose", required=True, metavar="CHANNEL|share:BODY")
    ask.add_argument("--on", required=True, type=typed_day, metavar="DAY")
    ask.add_argument("--how", choices=_METHODS, default=Method.EMAIL.value)
    answer = of_person(grammar, verbs, "answer", _answer, tr("record the answer to a question asked before"))
    answer.add_argument("question", metavar="ID", help=tr("as `consents` shows it, or its last characters"))
    for parser in (ask, answer):
        parser.add_argument("--answer", choices=[Answer.YES.value, Answer.NO.value], required=parser is answer)
        parser.add_argument("--answered", default="", type=typed_day, metavar="DAY", help=tr("the day of the answer; without it, today"))
        parser.add_argument("--evidence", default="", metavar="TEXT", help=tr("for a yes by a channel: where the proof is kept"))
        parser.add_argument("--wording", default="", metavar="TEXT", help=tr("what they agreed to; without it the words they were "
                                                                             "asked with"))
    withdraw = of_person(grammar, verbs, "withdraw", _withdraw, tr("withdraw a consent or a permission"))
    confirm = of_person(grammar, verbs, "confirm", _confirm, tr("record that a yes by word of mouth was confirmed to them in writing"))
    confirm.add_argument("--on", required=True, type=typed_day, metavar="DAY")
    for parser in (withdraw, confirm):
        parser.add_argument("given", metavar="ID", help=tr("as `consents` shows it, or its last characters"))


def of_person(grammar, verbs, name: str, run, about: str):
    """A verb about one person, whom its first argument names."""
    parser = grammar.verb(verbs, name, run, about)
    parser.add_argument("who", metavar="ID|NUMBER")
    return parser


def known_purpose(session, purpose: str) -> str:
    """The purpose, where a person may be asked for it; else the choices are told."""
    from dpdesk.services import asking
    if purpose not in asking.purposes(session):
        raise Usage(tr("“{purpose}” is nothing a person can be asked for. Choose among: {purposes}.", purpose=purpose,
                       purposes=", ".join(asking.purposes(session))))
    return purpose


def _given(session, person: str) -> list:
    from dpdesk.services import contacting
    return [*contacting.consents(session, person), *contacting.sharings(session, person)]


def one(rows, wanted: str):
    """The row of that identity, or the one whose identity ends so."""
    fitting = [row for row in rows if row.id.endswith(wanted)]
    if len(fitting) != 1:
        raise Usage(tr("“{text}” names none of them, or more than one.", text=wanted))
    return fitting[0]


def _state(given, today: str) -> str:
    if given.withdrawn_on:
        return tr("withdrawn on {day}", day=day(given.withdrawn_on))
    if not given.stands(today):
        return tr("ended on {day}, ask again", day=day(given.expires_on))
    return tr("until {day}", day=day(given.expires_on)) if given.expires_on else tr("in force")


def _shown(call: Call, session, person) -> int:
    from dpdesk.services import asking, contacting, evidence
    from dpdesk.services.session import today
    now, given = today().isoformat(), _given(session, person.id)
    asked, files = asking.askings(session, person.id), evidence.listing(session, person.id)
    confirm = to_confirm(given, asked, now)
    data = {"id": person.id, "given": [{
        "id": each.id, "purpose": purpose_of(each), "given_on": each.given_on, "expires_on": each.expires_on,
        "withdrawn_on": each.withdrawn_on, "in_force": each.stands(now), "wording": each.wording, "version": each.version or None,
        "method": each.method.value if isinstance(each, Consent) else None, "to_confirm": each.id in confirm,
        "evidence": [{"id": file.id, "name": file.name, "media_type": file.media_type, "size": file.size, "sha256": file.digest}
                     for file in files if file.of == each.id]} for each in given],
        "asked": [{"id": each.id, "purpose": each.purpose, "asked_on": each.asked_on, "how": each.how, "answer": each.answer.value,
                   "answered_on": each.answered_on, "version": each.version or None} for each in asked]}
    parts = [table((tr("ID"), tr("For what"), field_name("given_on"), tr("Now"), tr("Version"), tr("Note")), [
        (each.id[-8:], purpose_words(session, purpose_of(each)), day(each.given_on), _state(each, now), each.version or tr("own words"),
         tr("confirm in writing") if each.id in confirm else ", ".join(file.name for file in files if file.of == each.id))
        for each in given])]
    if asked:
        parts.append(table((tr("Asked"), tr("For what"), tr("On"), tr("How"), tr("Answer")), [
            (each.id[-8:], purpose_words(session, each.purpose), day(each.asked_on), method_name(each.how),
             "" if each.how == CONFIRMATION else answer_name(each.answer.value)) for each in asked]))
    no = [r.channel.value for r in contacting.reaches(session, person.id) if not r.allowed]
    parts.append(pairs([(tr("Not by"), ", ".join(map(channel_name, no)))]))
    call.out.result(data, "\n\n".join(parts))
    return 0


def _show(call: Call) -> int:
    with call.session() as session:
        return _shown(call, session, find(session, call.args.who))


def _words(session, purpose: str, said: str) -> str:
    """The words given, or the desk's own for the purpose."""
    from dpdesk.services import asking
    known = asking.current(session).get(purpose)
    return said or (known.text if known else "")


def _consent(call: Call) -> int:
    from dpdesk.services import contacting
    args = call.args
    with call.session() as session:
        person = find(session, args.who)
        contacting.give_consent(session, person.id, contacting.Given(
            Channel(args.channel), args.on, Method(args.method), _words(session, args.channel, args.wording), args.evidence, args.until))
        return _shown(call, session, person)


def _permit(call: Call) -> int:
    from dpdesk.domain.asking import share_with
    from dpdesk.services import contacting
    args = call.args
    with call.session() as session:
        person = find(session, args.who)
        contacting.permit(session, person.id, args.body, args.on, _words(session, share_with(args.body), args.wording), args.until,
                          Method(args.method))
        return _shown(call, session, person)


def _reply(args):
    from dpdesk.services.asking import Reply
    from dpdesk.services.session import today
    return (Reply(Answer(args.answer), args.answered or today().isoformat(), args.wording, args.evidence) if args.answer
            else None)


def _ask(call: Call) -> int:
    from dpdesk.services import asking
    args = call.args
    with call.session() as session:
        person = find(session, args.who)
        asking.ask(session, person.id, asking.Question(known_purpose(session, args.purpose), args.on, Method(args.how)), _reply(args))
        return _shown(call, session, person)


def _answer(call: Call) -> int:
    from dpdesk.services import asking
    with call.session() as session:
        person = find(session, call.args.who)
        asking.answer(session, one(asking.askings(session, person.id), call.args.question).id, _reply(call.args))
        return _shown(call, session, person)


def _withdraw(call: Call) -> int:
    from dpdesk.services import contacting
    with call.session() as session:
        person = find(session, call.args.who)
        given = one(_given(session, person.id), call.args.given)
        end = contacting.withdraw_consent if isinstance(given, Consent) else contacting.withdraw_sharing
        end(session, given.id)
        return _shown(call, session, person)


def _confirm(call: Call) -> int:
    from dpdesk.services import asking
    with call.session() as session:
        person = find(session, call.args.who)
        asking.confirm(session, one(_given(session, person.id), call.args.given).id, call.args.on)
        return _shown(call, session, person)
