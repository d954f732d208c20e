"""`dpdesk audit …`: read the log of every change, check it, export it signed."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import table
from dpdesk.domain.copies import CopyKind
from dpdesk.services.words import action_name, field_name, finding_sentence, moment, tr, trn


def declare(grammar) -> None:
    """The verbs of `audit`."""
    verbs = grammar.noun("audit", tr("the log of every change"))
    listing = grammar.verb(verbs, "list", _list, tr("the log, newest first"))
    _add_filter(listing)
    listing.add_argument("--limit", type=int, default=100, metavar="N")
    listing.add_argument("--before", type=int, metavar="SEQ", help=tr("only entries before number SEQ"))
    grammar.verb(verbs, "verify", _verify, tr("check that nothing was edited, removed, reordered or put in"))
    export = grammar.verb(verbs, "export", _export, tr("write the log to a PDF or CSV file, with a signature beside it"))
    export.add_argument("file", type=Path, metavar="FILE.pdf|FILE.csv")
    _add_filter(export)


def _add_filter(parser) -> None:
    parser.add_argument("--officer", default="", metavar="ID")
    parser.add_argument("--action", default="", metavar="CODE", help=tr("for example members.imported"))
    parser.add_argument("--subject", default="", metavar="ID")
    parser.add_argument("--since", default="", type=typed_day, metavar="DAY")
    parser.add_argument("--until", default="", type=typed_day, metavar="DAY")


def _filter(args):
    from dpdesk.services.audit import Filter
    return Filter(officer=args.officer, action=args.action, subject=args.subject, since=args.since, until=args.until)


def _list(call: Call) -> int:
    from dpdesk.services import audit
    with call.session() as session:
        lines = audit.listing(session, _filter(call.args), limit=call.args.limit, before=call.args.before)
        data = [{"seq": line.seq, "at": line.at, "officer_id": line.officer_id, "officer": line.officer,
                 "action": line.action, "subject_kind": line.subject_kind, "subject": line.subject,
                 "fields": list(line.fields), "facts": dict(line.facts)} for line in lines]
        call.out.result(data, table((tr("No."), tr("When"), tr("Officer"), tr("What"), tr("Fields")), [
            (line.seq, moment(line.at), line.officer, action_name(line.action),
             ", ".join(field_name(code) for code in line.fields[:4])) for line in lines]))
    return 0


def _verify(call: Call) -> int:
    from dpdesk.services import audit
    with call.session() as session:
        return verdict_shown(call, audit.verify(session, progress=call.out.progress(tr("Checking"))))


def verdict_shown(call: Call, verdict) -> int:
    """Show what a check found; 1 where something is wrong."""
    report = verdict.report
    whole = report.whole and not verdict.database
    data = {"whole": whole, "entries": report.entries, "head": verdict.head_code, "at": verdict.at,
            "findings": [{"seq": f.seq, "until": f.until, "kind": f.kind, "what": finding_sentence(f)}
                         for f in report.findings],
            "database": list(verdict.database)}
    lines = [trn("{n} entry checked.", "{n} entries checked.", report.entries)]
    lines += [f"{finding_sentence(f)}." for f in report.findings]
    lines += [tr("The database is damaged: {what}.", what=str(what)) for what in verdict.database]
    lines.append(tr("Nothing is wrong. Head code: {code}", code=verdict.head_code) if whole else
                 tr("Something is wrong. Tell the accountable person, and keep this folder as it is."))
    call.out.result(data, "\n".join(lines))
    return 0 if whole else 1


def _export(call: Call) -> int:
    from dpdesk.services import audit
    path = call.args.file.absolute()
    with call.session() as session:
        audit.export(session, path, _filter(call.args), accepted=accepted(call, path, CopyKind.LOG))
        call.out.result({"file": str(path), "signature": str(path) + ".sig"},
                        tr("The log is in {file}; its signature lies beside it.", file=path))
    return 0
