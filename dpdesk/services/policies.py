"""The party's policy as the branch keeps it: shown, edited with a previewed difference, versioned, never overwritten by an update.

Only the accountable person adopts an edition; where officers act on what changed, everybody reads it anew (S1 §9.c, §23, §33).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.domain import policy_editing as editing
from dpdesk.domain.errors import Declined, Invalid
from dpdesk.domain.policies import Policy, parse
from dpdesk.domain.policy_editing import Difference
from dpdesk.domain.policy_readers import PolicyProblem
from dpdesk.domain.roles import Right
from dpdesk.services.policy_in_force import newest
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.policy_editions import Edition


@dataclass(frozen=True)
class Draft:
    """An edition about to be adopted: its data, what differs from what is in force, and whether everybody reads it anew."""

    data: Mapping[str, Any]
    differences: tuple[Difference, ...]
    base: int
    back_to_pack: bool = False

    @property
    def anew(self) -> bool:
        """Whether officers act on something that differs."""
        return any(each.anew for each in self.differences)


@dataclass(frozen=True)
class Update:
    """What the party's pack says now and said when the branch adopted its own edition."""

    pack_version: str
    differences: tuple[Difference, ...]


def data(session: Session) -> dict[str, Any]:
    """The policy in force as plain data, as a file of it would hold."""
    from dpdesk.files import policies as files
    code = session.policy.code
    pack, found = files.data_of(code), newest(session.desk, code)
    return editing.filled(pack, found.data) | {"version": session.policy.version} if found is not None and found.data else pack


def shown(session: Session) -> dict[str, str]:
    """Every value of the policy in force by its path, as text."""
    return editing.flat(data(session))


def draft(session: Session, changes: Mapping[str, str]) -> Draft:
    """What adopting some changes (by path, as typed) would do; raises `Invalid` with the path of what does not hold."""
    session.require(Right.POLICY_EDIT)
    try:
        return _drafted(session, editing.changed(data(session), changes))
    except PolicyProblem as problem:
        raise Invalid({problem.where: problem.problem}) from None


def draft_from(session: Session, path: Path) -> Draft:
    """What adopting a policy file would do; raises `Invalid`, or `Declined` where it is another party's."""
    from dpdesk.files import policies as files
    session.require(Right.POLICY_EDIT)
    try:
        return _drafted(session, files.read(path))
    except PolicyProblem as problem:
        raise Invalid({problem.where or "file": problem.problem}) from None
    except OSError:
        raise Invalid({"file": "unreadable"}) from None


def draft_pack(session: Session) -> Draft:
    """What going back to the party's own pack would do: from then on updates of the pack count again."""
    from dpdesk.files import policies as files
    session.require(Right.POLICY_EDIT)
    return _drafted(session, files.data_of(session.policy.code), back=True)


def _drafted(session: Session, new: dict[str, Any], *, back: bool = False) -> Draft:
    parse(new)
    if new["code"] != session.policy.code:
        raise Declined("retention.other_party")
    return Draft(new, tuple(editing.differences(data(session), new)), session.policy.edition, back)


def adopt(session: Session, drafted: Draft, why: str) -> Policy:
    """Adopt a draft; raises `Invalid` without a reason, and `Declined` where nothing differs or somebody adopted another meanwhile."""
    from dpdesk.files import policies as files
    from dpdesk.store import policy_editions
    from dpdesk.store.policy_editions import Edition
    session.require(Right.POLICY_EDIT)
    if not why.strip():
        raise Invalid({"why": "missing"})
    if not drafted.differences and not (drafted.back_to_pack and session.policy.edition):
        raise Declined("retention.policy_same")
    if drafted.base != session.policy.edition:
        raise Declined("retention.policy_meanwhile")
    code = session.policy.code
    pack = files.data_of(code)
    reading = session.policy.reading + drafted.anew
    version = pack["version"] if drafted.back_to_pack else today().isoformat() if drafted.anew else session.policy.version
    with session.change("policy.adopted") as unit:
        policy_editions.add(unit.connection, Edition(
            code, session.policy.edition + 1, reading, version, pack["version"], pack, {} if drafted.back_to_pack else drafted.data,
            why.strip(), unit.at), unit.seq)
        unit.about("policy", code)
        unit.facts(edition=session.policy.edition + 1, read_anew=drafted.anew, paths=[each.path for each in drafted.differences],
                   back_to_pack=drafted.back_to_pack)
        unit.record("policy", code, {each.path: each.before for each in drafted.differences},
                    {**{each.path: each.after for each in drafted.differences}, "why": why.strip()})
    session.refresh()
    return session.policy


def editions(session: Session) -> list[Edition]:
    """Every edition of this party's policy that the branch adopted, newest first."""
    from dpdesk.store import policy_editions
    session.require_acknowledged()
    with session.desk.read() as connection:
        return policy_editions.listing(connection, session.policy.code)


def changes_in(session: Session, edition: int) -> list[Difference]:
    """What an edition changed against the one before it, or against the pack."""
    from dpdesk.domain.errors import NotFound
    found = {each.edition: each for each in editions(session)}
    if edition not in found:
        raise NotFound("policy", str(edition))
    this, before = found[edition], found.get(edition - 1)
    earlier = before.data if before is not None and before.data else this.pack
    return editing.differences(earlier, this.data or this.pack)


def update_waiting(session: Session) -> Update | None:
    """What the party's pack changed since the branch adopted its own edition; None where there is nothing to look at."""
    from dpdesk.files import policies as files
    found = newest(session.desk, session.policy.code)
    if found is None or not found.data:
        return None
    pack = files.data_of(session.policy.code)
    changed = editing.differences(found.pack, pack)
    return Update(pack["version"], tuple(changed)) if changed else None


def draft_update(session: Session) -> Draft:
    """What taking the pack's newer values over would do: only what the pack changed, the branch's other values stay."""
    from dpdesk.files import policies as files
    session.require(Right.POLICY_EDIT)
    update = update_waiting(session)
    if update is None:
        raise Declined("retention.policy_same")
    mine, known = data(session), editing.flat(data(session))
    taken = {each.path: each.after for each in update.differences if each.after and each.path in known}
    return _drafted(session, editing.filled(files.data_of(session.policy.code), editing.changed(mine, taken)))
