"""Retention: what is due by the policy's rules and why, the run that waits, what is held, and what was done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Cancelled
from dpdesk.domain.retention import Action, Run, RunState
from dpdesk.domain.roles import Right
from dpdesk.services.policy_words import category_name, rule_sentence, run_state_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.retention import holding, sentences
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.facts import fact_list, flag
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.widgets.tick import Tick
from dpdesk.ui.words import _, day, trn

LISTED = 40


class RetentionPage(Page):
    """The run that waits first, then what is to go, what is to be looked at, holds, rules with nothing due, and past runs."""

    code, title, icon, chapter = "retention", marked("Retention"), "clock", "retention"
    right = Right.RETENTION_SEE

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Retention"))
        self.header.add_quiet(_("Yearly audit"), lambda: context.go("data_audit", None), icon="badge-check")
        self.header.add_quiet(_("Data policy"), lambda: context.go("policy", None), icon="file-text")
        self.ticks: dict[tuple[str, str], Tick] = {}
        self.slot = EntrySlot()
        self.body.addLayout(self.slot)
        self._list = self.add_list(2 * theme.SPACE)

    def refresh(self) -> None:
        """Work out what is due."""
        session = self.context.session

        def read() -> dict[str, Any]:
            from dpdesk.services import data_audits, holds, retention
            return {"lines": retention.overview(session), "runs": retention.runs(session), "holds": holds.listing(session),
                    "longer": holds.longer(session), "audit": data_audits.due(session)}
        self.context.jobs.run("read", read, owner=self, done=self._show, failed=self.failed)

    def _show(self, found: dict[str, Any]) -> None:
        empty_out(self._list)
        self.ticks = {}
        lines, runs = found["lines"], found["runs"]
        going = [line for line in lines if line.erases and line.due]
        looked = [line for line in lines if not line.erases and not line.by_hand and line.due]
        by_hand = [line for line in lines if line.by_hand and line.due]
        waiting = next((run for run in runs if run.state in (RunState.PROPOSED, RunState.APPROVED, RunState.UNDER_WAY)), None)
        erase, look = sum(len(line.due) for line in going), sum(len(line.due) for line in looked)
        said = [trn("{n} thing is to go.", "{n} things are to go.", erase)] if erase else [_("Nothing is to go.")]
        said += [trn("{n} is to be looked at.", "{n} are to be looked at.", look)] if look else []
        self.header.set_state(" ".join([*said, _("Next audit: {day}.", day=day(found["audit"]))]))
        if waiting is not None:
            self._list.addWidget(self._run_card(waiting))
        elif not (going or looked or by_hand):
            self._list.addWidget(EmptyState("badge-check", _("Nothing is due"), _(
                "Each category is kept as long as the policy says. What its time is up for is listed here; it goes only after the "
                "accountable person approved it.")))
        self._due(going, looked, waiting is None)
        if by_hand:
            section = Section(_("To be destroyed by hand"))
            for line in by_hand:
                section.body.addWidget(self._hand_card(line))
            self._list.addWidget(section)
        self._list.addWidget(holding.section(self, found["holds"], found["longer"]))
        self._rules([line for line in lines if not line.due])
        self._past([run for run in runs if run.state in (RunState.DONE, RunState.WITHDRAWN)])

    def _due(self, going: list[Any], looked: list[Any], plan: bool) -> None:
        for words, lines, build in ((_("To go"), going, self._line_card),
                                    (_("To be looked at: kept on or erased"), looked, self._look_card)):
            if lines:
                section = Section(words)
                for line in lines:
                    section.body.addWidget(build(line))
                self._list.addWidget(section)
        if plan and (going or looked) and self.may(Right.RETENTION_PLAN):
            self._list.addWidget(flow(button(_("Work out a run"), self.plan, role="primary")))

    def _line_card(self, line: Any) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        inside.addLayout(row(text(rule_sentence(line.rule, line.months), "label"), badge(f"{len(line.due):,}", "warning")))
        inside.addWidget(text(_("{why} ({clause})", why=line.rule.why, clause=line.rule.clause), "small"))
        inside.addWidget(text(sentences.some(line.due)))
        for words in sentences.kept(line):
            inside.addWidget(text(words, "quiet"))
        if self.may(Right.RETENTION_APPROVE):
            inside.addWidget(flow(button(_("Keep longer…"), lambda: holding.ask_longer(self, line), role="quiet",
                                         name=_("Keep longer: {what}", what=category_name(line.rule.category)))))
        return card(inside)

    def _hand_card(self, line: Any) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        inside.addLayout(row(text(rule_sentence(line.rule, line.months), "label"), badge(f"{len(line.due):,}", "warning")))
        inside.addWidget(text(_("{why} ({clause})", why=line.rule.why, clause=line.rule.clause), "small"))
        inside.addWidget(text(sentences.some(line.due)))
        inside.addWidget(text(_("Paper is shredded by people. Record it with the session the sheets are from: it gives the certificate."),
                              "quiet"))
        return card(inside)

    def _look_card(self, line: Any) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        inside.addLayout(row(text(rule_sentence(line.rule, line.months), "label"), badge(f"{len(line.due):,}")))
        inside.addWidget(text(_("{why} ({clause})", why=line.rule.why, clause=line.rule.clause), "small"))
        inside.addWidget(text(_("Tick what is not needed any more. What you leave is asked about again, or kept on with approval."),
                              "quiet"))
        for each in line.due[:LISTED]:
            words = _("{name}, since {day}", name=each.name or _("no name"), day=day(each.since)) if each.since else each.name
            tick = Tick(words)
            tick.setMinimumHeight(theme.TARGET)
            self.ticks[line.rule.category, each.id] = tick
            inside.addWidget(tick)
        if len(line.due) > LISTED:
            more = len(line.due) - LISTED
            inside.addWidget(text(trn("{n} more follows once these are settled.", "{n} more follow once these are settled.", more),
                                  "quiet"))
        if self.may(Right.RETENTION_APPROVE):
            inside.addWidget(flow(button(_("Keep those not ticked…"), lambda: holding.ask_longer(self, line, unticked=True), role="quiet",
                                         name=_("Keep on: {what}", what=category_name(line.rule.category)))))
        return card(inside)

    def _run_card(self, run: Run) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE)
        inside.addLayout(row(text(trn("A run of {n} thing", "A run of {n} things", run.due), "heading"),
                             badge(run_state_name(run.state.value), "warning")))
        inside.addWidget(text(sentences.who(run), "quiet"))
        inside.addWidget(fact_list(sentences.parts(run)))
        inside.addWidget(text(_("The log and the opt-outs stay. What is held or kept longer stays. It cannot be undone.")))
        acts = []
        if run.state is RunState.PROPOSED and self.may(Right.RETENTION_APPROVE):
            acts.append(button(_("Approve…"), lambda: self.approve(run), role="primary"))
        if run.state in (RunState.APPROVED, RunState.UNDER_WAY) and self.may(Right.RETENTION_PLAN):
            acts.append(button(_("Carry it out…") if run.state is RunState.APPROVED else _("Go on with it…"), lambda: self.carry_out(run),
                               role="danger"))
        if run.state is not RunState.UNDER_WAY and self.may(Right.RETENTION_PLAN):
            acts.append(button(_("Withdraw it"), lambda: self.withdraw(run), role="quiet"))
        if acts:
            inside.addWidget(flow(*acts))
        elif run.state is RunState.PROPOSED:
            inside.addWidget(flag(_("The accountable person approves it."), "info", "done"))
        return card(inside, 3 * theme.SPACE)

    def _rules(self, lines: list[Any]) -> None:
        if lines:
            section = Section(_("Rules with nothing due ({n})", n=len(lines)), open=False)
            for line in lines:
                section.body.addWidget(text(_("{rule} ({clause})", rule=rule_sentence(line.rule, line.months), clause=line.rule.clause)))
                for words in sentences.kept(line):
                    section.body.addWidget(text(words, "quiet"))
            self._list.addWidget(section)

    def _past(self, runs: list[Run]) -> None:
        if not runs:
            return
        section = Section(_("Runs so far ({n})", n=len(runs)), open=runs[0].state is RunState.DONE)
        for run in runs[:12]:
            inside = QVBoxLayout()
            inside.setSpacing(4)
            inside.addLayout(row(text(sentences.who(run), "label"), badge(run_state_name(run.state.value))))
            inside.addWidget(fact_list(sentences.parts(run)))
            if run.state is RunState.DONE and not self.context.session.read_only:
                inside.addWidget(flow(button(_("Save the certificate…"), lambda run=run: self._ask_certificate(run), icon="download",
                                             name=_("Save certificate {number}", number=run.certificate))))
            section.body.addWidget(card(inside))
        self._list.addWidget(section)

    def plan(self) -> None:
        """The dry run: with what was ticked of what is to be looked at."""
        from dpdesk.services import retention
        chosen: dict[str, list[str]] = {}
        for (category, identity), tick in self.ticks.items():
            if tick.isChecked():
                chosen.setdefault(category, []).append(identity)
        self.write(lambda session: retention.propose(session, chosen), _("Worked out. Nothing is erased before it is approved."))

    def approve(self, run: Run) -> None:
        """The accountable person's yes."""
        from dpdesk.services import retention
        ask.confirm(self, trn("Let {n} thing be erased?", "Let {n} things be erased?", run.due),
                    _("You answer for it. It is carried out by a second step."), _("Approve"),
                    lambda: self.write(lambda session: retention.approve(session, run.id), _("Approved. It can be carried out now.")))

    def withdraw(self, run: Run) -> None:
        """Let the run go."""
        from dpdesk.services import retention
        self.write(lambda session: retention.withdraw(session, run.id), _("Withdrawn. Nothing was erased."))

    def carry_out(self, run: Run) -> None:
        """Ask a last time, for a file where headquarters is to be handed something first, and erase."""
        def go(path: Path | None = None, accepted: str = "") -> None:
            ask.confirm(self, trn("Erase {n} thing?", "Erase {n} things?", run.due), _("This cannot be undone."), _("Erase"),
                        lambda: self._carry(run, path, accepted), danger=True, type_word=str(run.due) if run.due > 1 else "")
        if any(part.action is Action.TRANSFER_TO_HQ for part in run.parts):
            leaving.choose(self, self.context.jobs, CopyKind.MEMBERS, leaving.Chooser(
                _("The file for headquarters"), "headquarters.csv", _("Lists (*.csv)")), go, self.failed)
        else:
            go()

    def _carry(self, run: Run, path: Path | None, accepted: str) -> None:
        from dpdesk.services import retention
        session = self.context.session

        def done(ended: Run) -> None:
            gone, stayed = sum(part.done for part in ended.parts), sum(part.stayed for part in ended.parts)
            words = trn("{n} thing is gone.", "{n} things are gone.", gone)
            self.context.say("done", words + (" " + trn("{n} stayed.", "{n} stayed.", stayed) if stayed else ""),
                             (_("Save the certificate…"), lambda: self._ask_certificate(ended)))
            self.context.changed("members")
            self.refresh()

        def failed(error: Exception) -> None:
            self.failed(error)
            self.refresh()
        self.context.work("write", _("Erasing by the retention rules"), lambda token: retention.apply(
            session, run.id, token.progress, token.cancelled, path, accepted), owner=self, done=done, failed=failed)

    def _ask_certificate(self, run: Run) -> None:
        leaving.choose(self, self.context.jobs, CopyKind.CERTIFICATE, leaving.Chooser(
            _("Save the certificate"), f"retention-{run.certificate}.pdf", _("PDF documents (*.pdf)")),
            lambda path, accepted: self.save_certificate(run, path, accepted), self.failed)

    def save_certificate(self, run: Run, path: Path, accepted: str = "") -> None:
        """Write the certificate of a run."""
        from dpdesk.services import retention_certificate
        self.write(lambda session: retention_certificate.certificate(session, path, run.id, accepted=accepted),
                   _("The certificate is saved as “{file}”.", file=path.name))

    def write(self, work: Callable[[Any], Any], said: str) -> None:
        """Do something in the write lane, say so, and read again."""
        session = self.context.session

        def done(_answer: Any) -> None:
            self.slot.close_up()
            self.context.say("done", said, None)
            self.context.changed("members")
            self.refresh()
        self.context.jobs.run("write", lambda: work(session), owner=self, done=done, failed=self.failed)

    def failed(self, error: Exception) -> None:
        """Say what went wrong: beside the fields where it is about them."""
        if isinstance(error, Cancelled):
            self.context.say("info", _("Stopped. What was erased is gone; the rest waits, and the run can go on."), None)
        elif not self.slot.show_problems(error):
            failures.show(self.context, error)
