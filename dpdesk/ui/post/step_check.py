"""Step 3 of a letter: who gets it and who not, each with the reason and by name, what to look at, and a test to oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.post_states import Outcome
from dpdesk.ui import failures, theme
from dpdesk.ui.post.asking import with_secret
from dpdesk.ui.post.rows import Rows, figures
from dpdesk.ui.widgets.parts import Choice, button, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, trn

if TYPE_CHECKING:
    from dpdesk.services.post_desk import Going
    from dpdesk.services.post_plan import Plan
    from dpdesk.ui.post.write import WritePage

_ATTACHED_MB = 1024 * 1024


class CheckStep(QWidget):
    """Shows a plan."""

    def __init__(self, page: WritePage) -> None:
        super().__init__()
        self._page = page
        self._accounts: dict[str, bool] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.SPACE * 2)
        self._top = QVBoxLayout()
        self._top.setSpacing(theme.SPACE)
        outer.addLayout(self._top)
        self.left_out = Section(_("Left out"), open=True)
        self.table = Rows(_("Left out"), [_("Who"), _("Why")])
        self.left_out.body.addWidget(self.table)
        outer.addWidget(self.left_out)
        self.getting = Section(_("Who gets it"), open=False)
        self.people = Rows(_("Who gets it"), [_("Who"), _("Address")])
        self.getting.body.addWidget(self.people)
        outer.addWidget(self.getting)
        self._test = Section(_("A test to yourself"), open=True)
        self.account = Choice(name=_("Account"))
        self.test_button = button(_("Send a test to myself"), self._try, icon="mail")
        self.set_up = button(_("Set up a mail account…"), lambda: page.context.go("post_accounts", {"add": True}))
        self._test.body.addWidget(text(_("It goes to the account’s own mailbox, filled in for somebody invented."), "quiet"))
        self._test.body.addLayout(row(self.account, self.test_button, self.set_up, None))
        self._slot = EntrySlot()
        self._test.body.addLayout(self._slot)
        outer.addWidget(self._test)

    def show_plan(self, plan: Plan, going: Going) -> None:
        """Draw a plan, and by which accounts a test could go."""
        from dpdesk.services.post_names import basis_name, left_out_name, purpose_name, remark_sentence
        letter, words = plan.letter, self._page.context.words
        empty_out(self._top)
        self._top.addWidget(figures([(len(plan.people), trn("gets it", "get it", len(plan.people))),
                                     (len(plan.left_out), trn("is left out", "are left out", len(plan.left_out)))]))
        self._top.addWidget(text(_("{purpose}. {basis}.", purpose=purpose_name(letter.purpose.value),
                                   basis=basis_name(self._page.ground.art6)), "quiet"))
        for remark in plan.warnings:
            self._top.addWidget(text(remark_sentence(remark), "warning"))
        if plan.approval:
            self._top.addWidget(text(_("To more than {n} people: a second officer has to approve it before it goes.",
                                       n=f"{self._page.context.session.policy.post_approve_over:,}"), "warning"))
        if not plan.warnings:
            self._top.addWidget(text(_("Nothing stands out in the letter itself."), "done"))
        self.left_out.set_heading(_("Left out ({n})", n=f"{len(plan.left_out):,}"))
        self.left_out.setVisible(bool(plan.left_out))
        self.table.show_rows([(each.name or _("not on the desk any more"), left_out_name(each.reason.value))
                              for each in sorted(plan.left_out, key=lambda each: each.reason.value)])
        self.getting.set_heading(_("Who gets it ({n})", n=f"{len(plan.people):,}"))
        self.people.show_rows([(each.name, words("email", each.email)) for each in plan.people])
        self._accounts = {each.id: kept for each, kept in going.accounts}
        self.account.offer((each.id, each.name) for each, _kept in going.accounts)
        self.account.setVisible(len(self._accounts) > 1)
        self.test_button.setVisible(bool(self._accounts))
        self.set_up.setVisible(not self._accounts)

    def _try(self) -> None:
        chosen = self.account.code()
        with_secret(self._slot, self._accounts.get(chosen, False), _("Send the test"), lambda secret: self._send(chosen, secret))

    def _send(self, account: str, secret) -> None:
        from dpdesk.services import post_preview
        context, letter = self._page.context, self._page.letter()
        self.test_button.setEnabled(False)

        def settle() -> None:
            self.test_button.setEnabled(True)

        def done(answer) -> None:
            settle()
            if answer.outcome is Outcome.SENT:
                context.say("done", _("The test is on its way: look into the mailbox before you go on."), None)
            else:
                context.say("failed", _("The server did not take the test (answer {code}).", code=answer.code or "-"), None)

        def failed(error: Exception) -> None:
            settle()
            failures.show(context, error)
        context.jobs.run("post", lambda: post_preview.to_oneself(context.session, letter, account, secret), owner=self, done=done,
                         failed=failed)
