"""How a device stood over time: one line a check, and what changed against the one before."""

from __future__ import annotations

from typing import Any

from dpdesk.services import device_words as words
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, moment

_SHOWN = 30


class HistorySection(Section):
    """Read when it is unfolded."""

    def __init__(self, context: Context, device: str) -> None:
        super().__init__(_("History"), open=False)
        self._context, self._device = context, device
        self.unfolded.connect(self._read)

    def _read(self) -> None:
        from dpdesk.services import device
        session, identity = self._context.session, self._device
        self._context.jobs.run("read", lambda: device.history(session, identity, _SHOWN + 1), owner=self, done=self._show,
                               failed=lambda error: failures.show(self._context, error))

    def _show(self, found: list[tuple[Any, Any]]) -> None:
        empty_out(self.body)
        if not found:
            self.body.addWidget(text(_("It was never checked."), "quiet"))
        for (check, standings), (_before, earlier) in zip(found[:_SHOWN], [*found[1:], (None, ())], strict=False):
            self.body.addWidget(text(_("{moment}, {how}", moment=moment(check.at), how=words.how_name(check.how)), "label"))
            self.body.addWidget(text(f"{words.summary(standings)} {_changes(earlier, standings)}", "quiet"))


def _changes(before: Any, after: Any) -> str:
    ranks = {each.point.code: each.rank for each in before}
    known = [each for each in after if each.point.code in ranks]
    worse = ", ".join(each.point.code for each in known if each.rank > ranks[each.point.code])
    better = ", ".join(each.point.code for each in known if each.rank < ranks[each.point.code])
    said = [_("Worse: {points}.", points=worse)] if worse else []
    return " ".join([*said, *([_("Better: {points}.", points=better)] if better else [])])
