"""The gate for what is attached to a letter: no list of people, nothing that is on the register of copies, told before it goes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import MailingRefused
from dpdesk.domain.folding import plain_email
from dpdesk.domain.post import Attachment
from dpdesk.services.session import Session

FEW = 3
"""Addresses of people on the desk that a file may hold, such as those of officers; more is a list."""
_BARRED = frozenset({CopyKind.MEMBERS, CopyKind.SOURCE, CopyKind.LOG, CopyKind.BACKUP, CopyKind.KIT, CopyKind.DRAFTS, CopyKind.EVIDENCE})


def check(session: Session, files: Sequence[Attachment]) -> list[str]:
    """Raise `MailingRefused` where a file is a list of people or a copy that left the desk; names of files nobody can look into."""
    from dpdesk.files import attachments
    from dpdesk.store import copies, post
    unread = []
    with session.desk.read() as connection:
        listed = {each.digest: each for each in copies.listing(connection, closed=True) if each.digest and each.kind in _BARRED}
        for each in files:
            if hashlib.sha256(each.content).hexdigest() in listed:
                raise MailingRefused("attachment_is_copy", (each.name,))
            looked = attachments.look(each)
            ours = post.known_addresses(connection, {plain_email(address) for address in looked.addresses})
            if len(ours) > FEW:
                raise MailingRefused("attachment_is_list", (each.name,), len(ours))
            if not looked.whole:
                unread.append(each.name)
    return unread
