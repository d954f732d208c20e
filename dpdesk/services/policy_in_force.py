"""The policy in force on a desk: the party's pack as it comes, or the branch's own edition of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.domain import policy_editing as editing
from dpdesk.domain.policies import Adopted, Policy, parse

if TYPE_CHECKING:
    from dpdesk.store.desk import Desk
    from dpdesk.store.policy_editions import Edition


def load(desk: Desk) -> Policy:
    """The policy in force."""
    from dpdesk.files import policies as files
    code = desk.setting("policy")
    found = newest(desk, code)
    if found is None:
        return files.load(code)
    if not found.data:
        return Adopted.of(files.load(code), found.edition, found.reading)
    data = editing.filled(files.data_of(code), found.data) | {"version": found.version}
    return Adopted.of(parse(data), found.edition, found.reading)


def newest(desk: Desk, code: str) -> Edition | None:
    """The branch's newest edition of a party's policy, if any."""
    from dpdesk.store import policy_editions
    with desk.read() as connection:
        return policy_editions.newest(connection, code)
