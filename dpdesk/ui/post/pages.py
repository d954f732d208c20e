"""The pages of post as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("post")


def specs() -> list[PageSpec]:
    """Writing and the outbox in the navigation; one mailing and the accounts are reached from them."""
    post = _("Post")
    see = Right.POST_SEE
    return [
        PageSpec("post_write", post, _("Write"), "pencil", Right.POST_SEND, _lazy("write", "WritePage")),
        PageSpec("post_outbox", post, _("Outbox and sent"), "mail", see, _lazy("outbox", "OutboxPage")),
        PageSpec("replies", post, _("Replies"), "undo-2", Right.STOPS_ADD, _lazy("replies", "RepliesPage")),
        PageSpec("post_mailing", post, _("Mailing"), "mail", see, _lazy("mailing", "MailingPage"), True, "post_outbox"),
        PageSpec("post_accounts", post, _("Mail accounts"), "key-round", see, _lazy("accounts", "AccountsPage"), True, "post_outbox"),
    ]
