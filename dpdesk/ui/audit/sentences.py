"""Entries of the audit log and findings of its check, said as sentences an officer would say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dpdesk.services.words import channel_name
from dpdesk.ui.words import _, action_name, trn


def told(line: Any, whom: str = "") -> str:
    """One entry as a sentence: "Jane Example changed 2 fields of a member". `whom` is the subject's name, where shown."""
    who = line.officer or _("An unknown officer")
    make = _SAYS.get(line.action)
    if make is None:
        return _("{who}: {action}").format(who=who, action=action_name(line.action))
    return make(line, who, whom)


def _plain(sentence: Callable[[], str]) -> Callable[[Any, str, str], str]:
    return lambda line, who, whom: sentence().format(who=who)


def _of(sentence: Callable[[], str], stranger: Callable[[], str] | None = None) -> Callable[[Any, str, str], str]:
    """A sentence about somebody: by name where it is known and may be shown, else by kind."""
    return lambda line, who, whom: sentence().format(
        who=who, whom=whom or (stranger() if stranger else _somebody(line)))


def _somebody(line: Any) -> str:
    return {"member": _("a member"), "contact": _("a contact"), "officer": _("an officer")}.get(
        line.subject_kind, _("a record"))


def _edited(line: Any, who: str, whom: str) -> str:
    return trn("{who} changed {n} field of {whom}", "{who} changed {n} fields of {whom}", len(line.fields)).format(
        who=who, whom=whom or _somebody(line))


def _imported(line: Any, who: str, whom: str) -> str:
    parts = [
        trn("{n} added", "{n} added", _count(line.facts, "new")),
        trn("{n} changed", "{n} changed", _count(line.facts, "changed")),
        trn("{n} refused", "{n} refused", _count(line.facts, "refused")),
    ]
    return _("{who} imported a list: {counts}").format(who=who, counts=", ".join(parts))


def _counted(fact: str, sentence: Callable[[int], str], without: Callable[[], str] | None = None) -> Callable[[Any, str, str], str]:
    """A sentence with the number that the entry has under `fact`; `without` is said where that is none."""
    def make(line: Any, who: str, _whom: str) -> str:
        n = _count(line.facts, fact)
        return (sentence(n) if n or without is None else without()).format(who=who)
    return make


def _stopped(line: Any, who: str, whom: str) -> str:
    channel = str(line.facts.get("channel", ""))
    if not channel or channel == "all":
        return _("{who} recorded that {whom} is not to be contacted").format(who=who, whom=whom or _somebody(line))
    return _("{who} recorded a stop for {whom}: {channel}").format(
        who=who, whom=whom or _somebody(line), channel=channel_name(channel))


def _count(facts: Mapping[str, object], name: str) -> int:
    value = facts.get(name, 0)
    return value if isinstance(value, int) else 0


_SAYS: dict[str, Callable[[Any, str, str], str]] = {
    "desk.created": _plain(lambda: _("{who} created the desk")),
    "desk.rekeyed": _plain(lambda: _("{who} re-keyed the desk")),
    "desk.backed_up": _plain(lambda: _("{who} backed the desk up")),
    "desk.backup_checked": _plain(lambda: _("{who} checked a backup and found it whole")),
    "desk.restored": _plain(lambda: _("{who} restored the desk from a backup")),
    "desk.recovered": _plain(lambda: _("{who} came in with the recovery key and set a new passphrase")),
    "desk.loss_accepted": _plain(lambda: _("{who} opened an older copy of the desk and accepted the loss")),
    "desk.attempts": _counted("wrong_passphrases", lambda n: trn("{n} wrong passphrase was tried before {who} came in",
                                                                 "{n} wrong passphrases were tried before {who} came in", n)),
    "desk.settings": _plain(lambda: _("{who} changed the desk’s settings")),
    "officer.added": _of(lambda: _("{who} added {whom} as an officer"), lambda: _("somebody")),
    "officer.suspended": _of(lambda: _("{who} suspended {whom}")),
    "officer.reinstated": _of(lambda: _("{who} reinstated {whom}")),
    "officer.end_set": _of(lambda: _("{who} set the last day of access of {whom}")),
    "officer.removed": _of(lambda: _("{who} removed {whom} from the officers")),
    "officer.passphrase_changed": _plain(lambda: _("{who} changed their passphrase")),
    "officer.recovery_renewed": _plain(lambda: _("{who} made a new recovery key")),
    "officer.acknowledged": _plain(lambda: _("{who} read and acknowledged the data policy")),
    "member.added": _of(lambda: _("{who} added {whom}")),
    "member.edited": _edited,
    "member.undone": _of(lambda: _("{who} undid a change to {whom}")),
    "members.edited": _counted("people", lambda n: trn("{who} changed a field of {n} person", "{who} changed fields of {n} people", n)),
    "members.undone": _counted("people", lambda n: trn("{who} undid a change to {n} person", "{who} undid a change to {n} people", n)),
    "members.imported": _imported,
    "members.exported": _counted("rows", lambda n: trn("{who} exported {n} person", "{who} exported {n} people", n),
                                 lambda: _("{who} exported members")),
    "stop.set": _stopped,
    "stop.lifted": _of(lambda: _("{who} lifted a stop of {whom} on fresh consent")),
    "consent.given": _of(lambda: _("{who} recorded a consent of {whom}")),
    "consent.withdrawn": _of(lambda: _("{who} recorded that {whom} withdrew a consent")),
    "sharing.permitted": _of(lambda: _("{who} recorded that {whom} permits sharing")),
    "sharing.withdrawn": _of(lambda: _("{who} recorded that {whom} no longer permits sharing")),
    "consent.asked": _of(lambda: _("{who} recorded that {whom} was asked for a consent")),
    "consent.answered": _of(lambda: _("{who} recorded the answer of {whom}")),
    "consent.confirmed": _of(lambda: _("{who} recorded that a consent of {whom} was confirmed in writing")),
    "wording.changed": _plain(lambda: _("{who} changed the words people are asked with")),
    "evidence.attached": _of(lambda: _("{who} attached evidence for {whom}")),
    "evidence.saved": _plain(lambda: _("{who} saved evidence of a consent to a file")),
    "evidence.removed": _of(lambda: _("{who} removed evidence for {whom}")),
    "note.added": _of(lambda: _("{who} added a note on {whom}")),
    "note.removed": _of(lambda: _("{who} removed a note on {whom}")),
    "audit.verified": _counted("entries", lambda n: trn("{who} checked the log: {n} entry, whole",
                                                        "{who} checked the log: {n} entries, whole", n)),
    "audit.exported": _plain(lambda: _("{who} exported the audit log")),
}
ACTIONS = tuple(_SAYS)


def remedy(kind: str) -> str:
    """What to do about a finding of that kind, in one sentence."""
    if kind in ("cut", "forked"):
        return _("Did somebody put back a backup? If not, look for the newer copy of the folder before you go on.")
    if kind in ("signature", "officer"):
        return _("Tell your data protection officer today, and ask the officer named.")
    if kind == "values":
        return _("Do not use Undo on that record. Compare it with a backup.")
    return _("Close dpdesk, copy the whole folder, and tell your data protection officer today.")


# The heading in the chapter "trouble" of the guide that explains each kind (its words are the guide's, not the window's).
EXPLAINED = {
    "edited": "An entry was edited", "deleted": "Entries are missing", "inserted": "An entry was put in",
    "reordered": "Entries were moved", "cut": "The end is cut off", "forked": "The log took another path",
    "signature": "A signature does not fit", "officer": "An unknown officer", "values": "Values do not match",
}
