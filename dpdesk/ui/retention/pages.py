"""The pages of retention and of people's rights as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("retention")


def specs() -> list[PageSpec]:
    """Retention and what is held on a person by name; the yearly audit and the policy are reached from there."""
    duties, see = _("Duties"), Right.RETENTION_SEE
    return [
        PageSpec("subject", duties, _("One person’s data"), "search", Right.SUBJECT_SEARCH, _lazy("subject", "SubjectPage")),
        PageSpec("retention", duties, _("Retention"), "clock", see, _lazy("page", "RetentionPage")),
        PageSpec("data_audit", duties, _("Yearly audit"), "badge-check", Right.DATA_AUDIT, _lazy("data_audit", "DataAuditPage"), True,
                 "retention"),
        PageSpec("policy", duties, _("Data policy"), "file-text", None, _lazy("policy", "PolicyPage"), True, "retention"),
    ]
