"""Privacy notices made from the processing activities by 8.3's list: who, what for, by what right, what, to whom, how long, rights."""

from __future__ import annotations

from dpdesk.domain.errors import Declined
from dpdesk.domain.registers import processing
from dpdesk.services import duties
from dpdesk.services.dates import day
from dpdesk.services.duties import Shown
from dpdesk.services.duty_words import value_words
from dpdesk.services.policy_words import rule_sentence
from dpdesk.services.session import Session, today
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

_PIECES = {"members": {"member", "former_member", "volunteer"}, "electors": {"elector"},
           "contacts": {"supporter", "donor", "enquirer", "under_18", "candidate", "elected_rep", "supplier", "staff"}}
_RIGHTS = (  # 8.3.d, without a promise the law does not make
    _m("to see the data and get a copy of it (8.3.d.i)"), _m("to have it put right (8.3.d.ii)"), _m("to have it erased (8.3.d.iii)"),
    _m("to object; to marketing, always (8.3.d.iv)"), _m("to have its use restricted (8.3.d.v)"),
    _m("to know whether a machine decides (8.3.d.vi)"), _m("to be told what is done with it (8.3.d.vii)"),
    _m("to take it elsewhere (8.3.d.viii)"), _m("to withdraw consent at any time, as easily as it was given"))


def write(session: Session, identity: str) -> Shown:
    """Fill a notice with what its people are to be told; raises `Declined` where no approved activity is about them."""
    shown = duties.get(session, identity)
    return duties.change(session, shown.duty.id, {"text": text(session, set(shown.duty.values.get("people", "").split()))},
                         tr("Written from the processing activities"))


def text(session: Session, people: set[str]) -> str:
    """The text of a notice to these people; raises `Declined`."""
    activities = [each for each in duties.listing(session, "processing", ended=False)
                  if each.duty.state == "approved" and people & set(each.duty.values.get("people", "").split())]
    if not activities:
        raise Declined("duties.no_activities")
    controllers = duties.listing(session, "controller", ended=False)
    parts = [tr("How {branch} uses your data", branch=session.branch), tr("As of {day}.", day=day(today())), _who(controllers)]
    parts += [each.text.replace("{branch}", session.branch) for each in session.policy.notices if each.code in _pieces(people)]
    parts += [_activity(session, each) for each in sorted(activities, key=lambda each: each.heading.casefold())]
    abroad = any(each.duty.values.get("transfer") for each in activities)
    parts.append(tr("Abroad: some of this data leaves the United Kingdom; what protects it there is told on request (8.3.g).") if abroad
                 else tr("Abroad: none of this data leaves the United Kingdom (8.3.g)."))
    parts.append(tr("Your rights (8.3.d):") + "\n" + "\n".join(f"- {tr(each)}" for each in _RIGHTS))
    parts.append(_complain(session, controllers))
    return "\n\n".join(parts)


def _pieces(people: set[str]) -> set[str]:
    """The codes of the party's own pieces that fit these people; contacts where none does."""
    found = {code for code, kinds in _PIECES.items() if people & kinds}
    return found or {"contacts"}


def _who(controllers: list[Shown]) -> str:
    if not controllers:
        return tr("Who is responsible (8.3a): [write down the controller under Registers, Controller]")
    values = controllers[0].duty.values
    lines = [tr("Who is responsible (8.3a): {name}, {address}", name=values["name"], address=", ".join(values["address"].splitlines()))]
    if values.get("email"):
        lines.append(tr("E-mail: {email}", email=values["email"]))
    if values.get("dpo"):
        lines.append(tr("Data protection officer: {dpo}", dpo=values["dpo"]))
    if values.get("joint"):
        lines.append(tr("Together with: {joint}", joint=values["joint"]))
    return "\n".join(lines)


def _activity(session: Session, shown: Shown) -> str:
    register = processing.REGISTER

    def said(code: str) -> str:
        return value_words(register.field(code), shown.duty.values.get(code, ""))
    right = " ".join(filter(None, (said("art6") + ".", said("art9") + "." if said("art9") and shown.duty.values["art9"] != "none" else "")))
    lines = [shown.heading, tr("What for: {purpose}", purpose=said("purpose")), tr("By what right: {right}", right=right),
             tr("Which data: {data}", data=", ".join(filter(None, (said("data"), said("special")))) or tr("none"))]
    if said("source"):
        lines.append(tr("From: {source}", source=said("source")))
    lines.append(tr("Who gets it: {recipients}", recipients=said("recipients") or tr("nobody outside the branch")))
    rule = session.policy.rule_for(shown.duty.values.get("rule", ""))
    lines.append(tr("How long: {kept}", kept=" ".join(filter(None, (
        said("kept"), rule_sentence(rule, session.policy.months_of(rule)) if rule is not None else "")))))
    lines.append(tr("A machine decides or sorts people: {machine}", machine=said("machine")) if said("machine")
                 else tr("No machine decides about you."))
    return "\n".join(lines)


def _complain(session: Session, controllers: list[Shown]) -> str:
    regulator = session.policy.regulator
    where = controllers[0].duty.values.get("email", "") if controllers else ""
    first = tr("If something is wrong, tell us, in any way you like: {where}. We acknowledge it within 30 days, look into it and tell you "
               "the outcome.", where=where) if where else tr("If something is wrong, tell us, in any way you like. We acknowledge it "
               "within "
                                                             "30 days, look into it and tell you the outcome.")
    return first + " " + tr("You can also turn to {regulator}: {url}.", regulator=regulator.name, url=regulator.url)
