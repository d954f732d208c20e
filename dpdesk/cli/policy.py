"""`dpdesk policy`: the party's policy as the branch keeps it: shown, edited with its difference first, its editions compared."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.services.policy_words import path_name, rule_sentence, value_name
from dpdesk.services.words import day, moment, tr, trn

_LONGEST = 100


def declare(grammar) -> None:
    """The noun `policy`."""
    verbs = grammar.noun("policy", tr("the party’s data policy as your branch keeps it"))
    show = grammar.verb(verbs, "show", _show, tr("the policy in force"))
    show.add_argument("--all", action="store_true", help=tr("every value with its path"))
    edit = grammar.verb(verbs, "edit", _edit, tr("change the policy; without --apply only the difference"))
    edit.add_argument("--set", dest="changes", action="append", default=[], metavar="PATH=VALUE",
                      help=tr("one value, by the path that “show --all” names"))
    edit.add_argument("--file", type=Path, metavar="FILE.toml", help=tr("a whole policy instead"))
    edit.add_argument("--back-to-pack", action="store_true", help=tr("the party’s own pack again, with its updates"))
    edit.add_argument("--take-update", action="store_true", help=tr("what the party’s pack changed since; your other values stay"))
    edit.add_argument("--why", default="", metavar="TEXT")
    edit.add_argument("--apply", action="store_true", help=tr("adopt it"))
    diff = grammar.verb(verbs, "diff", _diff, tr("what an edition changed; without a number, what the party’s pack changed since yours"))
    diff.add_argument("edition", nargs="?", type=int, metavar="N")
    grammar.verb(verbs, "editions", _editions, tr("every edition your branch adopted"))


def _show(call: Call) -> int:
    from dpdesk.services import policies
    with call.session() as session:
        values, policy = policies.shown(session), session.policy
        rules = [(rule, policy.months_of(rule)) for rule in policy.retention]
    data = {"code": policy.code, "version": policy.version, "edition": policy.edition, "values": values}
    head = pairs([(tr("Party"), policy.name), (tr("Version"), day(policy.version)), (tr("Edition of the branch"), policy.edition or ""),
                  (tr("Regulator"), policy.regulator.name)])
    if call.args.all:
        text = "\n".join((head, "", *(f"{path} = {value[:_LONGEST].splitlines()[0] if value else ''}" for path, value in values.items())))
    else:
        text = "\n".join((head, "", *(f"{rule_sentence(rule, months)} ({rule.clause})" for rule, months in rules)))
    call.out.result(data, text)
    return 0


def _edit(call: Call) -> int:
    from dpdesk.services import policies
    args = call.args
    if sum(map(bool, (args.changes, args.file, args.back_to_pack, args.take_update))) != 1:
        raise Usage(tr("Say one of --set, --file, --take-update and --back-to-pack."))
    with call.session() as session:
        if args.file:
            draft = policies.draft_from(session, args.file.expanduser().absolute())
        elif args.back_to_pack:
            draft = policies.draft_pack(session)
        elif args.take_update:
            draft = policies.draft_update(session)
        else:
            draft = policies.draft(session, dict(_change(each) for each in args.changes))
        data = {"differences": [_data(each) for each in draft.differences], "read_anew": draft.anew, "applied": False}
        said = [_differences(draft.differences)]
        if draft.anew:
            said.append(tr("Officers act on this: everybody reads the policy anew."))
        if not args.apply:
            call.out.result(data, "\n\n".join((*said, tr("Nothing was changed. Add --apply, with --why, to adopt it."))))
            return 0
        policy = policies.adopt(session, draft, args.why)
    said.append(tr("Adopted as edition {n}.", n=policy.edition))
    call.out.result(data | {"applied": True, "edition": policy.edition}, "\n\n".join(said))
    return 0


def _change(text: str) -> tuple[str, str]:
    path, equals, value = text.partition("=")
    if not equals:
        raise Usage(tr("“{text}” is not PATH=VALUE.", text=text))
    return path.strip(), value


def _data(each) -> dict[str, object]:
    return {"path": each.path, "before": each.before, "after": each.after, "read_anew": each.anew}


def _differences(found) -> str:
    if not found:
        return tr("Nothing differs.")
    return table((tr("Value"), tr("Before"), tr("After")), [
        (path_name(each.path), value_name(each.path, each.before)[:60], value_name(each.path, each.after)[:60]) for each in found])


def _diff(call: Call) -> int:
    from dpdesk.services import policies
    with call.session() as session:
        if call.args.edition is not None:
            found = policies.changes_in(session, call.args.edition)
        else:
            update = policies.update_waiting(session)
            found = list(update.differences) if update else []
    call.out.result({"differences": [_data(each) for each in found]}, _differences(found))
    return 0


def _editions(call: Call) -> int:
    from dpdesk.services import policies
    with call.session() as session:
        found = policies.editions(session)
    rows = [(each.edition, moment(each.at), each.officer, tr("the party’s pack") if not each.data else day(each.version), each.why)
            for each in found]
    call.out.result([{"edition": each.edition, "at": each.at, "officer": each.officer, "version": each.version,
                      "pack_version": each.pack_version, "own": bool(each.data), "why": each.why} for each in found],
                    table((tr("Edition"), tr("Adopted"), tr("By"), tr("Version"), tr("Why")), rows) if rows
                    else trn("Your branch keeps to the party’s pack.", "Your branch keeps to the party’s pack.", 1))
    return 0
