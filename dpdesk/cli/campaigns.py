"""`dpdesk campaigns`: campaigns with their codes, questions and lawful basis, and the briefing for holders of sheets."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.campaigns import PRESETS, Basis, Campaign, CodeSet, Column, Condition, Question, read
from dpdesk.services.session_words import basis_name, column_name, cost_sentence, outcome_name
from dpdesk.services.words import day, problem, tr


def declare(grammar) -> None:
    """The noun `campaigns`."""
    verbs = grammar.noun("campaigns", tr("campaigns: codes, polling day, questions, lawful basis, and the briefing"))
    grammar.verb(verbs, "list", _list, tr("every campaign"))
    new = grammar.verb(verbs, "add", _add, tr("a new campaign"))
    new.add_argument("name")
    new.add_argument("--polling-day", default="", type=typed_day, metavar="DAY")
    new.add_argument("--basis", default=Basis.LEGITIMATE.value, choices=[each.value for each in Basis])
    new.add_argument("--condition", default=Condition.POLITICAL_PARTIES.value, choices=[each.value for each in Condition])
    new.add_argument("--why", required=True, metavar="TEXT", help=tr("why that basis holds"))
    new.add_argument("--codes", default="", metavar="PRESET", help=tr("without it, those of the desk’s party"))
    new.add_argument("--columns", default="doorstep", choices=list(PRESETS))
    new.add_argument("--column", action="append", default=[], choices=[each.value for each in Column], help=tr("print one more column"))
    new.add_argument("--question", action="append", default=[], metavar="[LETTER=]TEXT")
    codes = grammar.verb(verbs, "codes", _codes, tr("the codes of a campaign, or the presets; with --read, what a raw code means"))
    codes.add_argument("campaign", nargs="?", metavar="NAME|ID")
    codes.add_argument("--read", default="", metavar="CODE")
    grammar.verb(verbs, "close", _close, tr("make no more sessions for a campaign")).add_argument("campaign", metavar="NAME|ID")
    told = grammar.verb(verbs, "briefing", _briefing, tr("what holders of sheets are told; with --set, a new version"))
    told.add_argument("--set", type=Path, dest="text", metavar="FILE.txt")


def _data(each: Campaign) -> dict:
    return asdict(each) | {"closed": each.closed}


def _list(call: Call) -> int:
    from dpdesk.services import campaigns
    with call.session() as session:
        found = campaigns.listing(session)
    call.out.result([_data(each) for each in found], table(
        (tr("Campaign"), tr("Polling day"), tr("Lawful basis"), tr("Columns"), tr("Identity")),
        [(each.name, day(each.polling_day), basis_name(each.basis.value), ", ".join(map(column_name, each.columns)), each.id)
         for each in found]))
    return 0


def _add(call: Call) -> int:
    from dpdesk.services import campaigns
    args = call.args
    asked = []
    for typed in args.question:
        letter, equals, text = typed.partition("=")
        asked.append(Question("", text, letter) if equals and len(letter) <= 3 else Question("", typed))
    with call.session() as session:
        made = campaigns.add(session, {"name": args.name, "polling_day": args.polling_day, "basis": args.basis, "condition": args.condition,
                                       "basis_why": args.why}, args.codes, questions=asked, columns=[*PRESETS[args.columns], *args.column])
    call.out.result(_data(made), tr("The campaign is there: {id}", id=made.id) + "\n" + cost_sentence(made.columns))
    return 0


def _codes(call: Call) -> int:
    from dpdesk.services import campaigns
    args = call.args
    if not args.campaign:
        found = campaigns.presets()
        call.out.result([asdict(each) for each in found], table((tr("Preset"), tr("Name"), tr("Codes")), [
            (each.preset, each.name, " ".join(code.letter for code in each.codes)) for each in found]))
        return 0
    with call.session() as session:
        found = campaigns.codes(session, campaigns.get(session, args.campaign).codes)
    if args.read:
        return _read(call, found, args.read)
    call.out.result(asdict(found), table((tr("Code"), tr("Meaning"), tr("Outcome"), tr("Box")), [
        (code.letter, code.words, outcome_name(code.outcome.value), tr("yes") if code.box else "") for code in found.codes]))
    return 0


def _read(call: Call, codes: CodeSet, raw: str) -> int:
    found = read(raw, codes)
    words = ", ".join([*(code.words for code in found.codes), *([tr("{n} of 10", n=found.scale)] if found.scale else []),
                       *(tr("not {party}", party=party) for party in found.wont)])
    call.out.result({"raw": raw, "codes": [code.letter for code in found.codes], "outcome": found.outcome.value, "party": found.party,
                     "strength": found.strength.value, "scale": found.scale, "wont": found.wont, "voted": found.voted,
                     "problem": found.problem, "version": codes.version}, problem(f"code_{found.problem}") if found.problem else words)
    return 1 if found.problem else 0


def _close(call: Call) -> int:
    from dpdesk.services import campaigns
    with call.session() as session:
        found = campaigns.get(session, call.args.campaign)
        campaigns.close(session, found.id)
    call.out.result({"closed": found.id}, tr("The campaign is closed."))
    return 0


def _briefing(call: Call) -> int:
    from dpdesk.services import issuing
    with call.session() as session:
        if call.args.text:
            try:
                text = call.args.text.read_text("utf-8")
            except (OSError, UnicodeDecodeError):
                raise Usage(tr("That text file cannot be read.")) from None
            issuing.write_briefing(session, text)
        found = issuing.briefings(session)
    call.out.result([asdict(each) for each in found], tr("Version {version}", version=found[0].version) + "\n\n" + found[0].text)
    return 0
