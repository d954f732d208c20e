"""The words by which a reply is understood, in English and, where they are simple, in Welsh; everything else is left to a reader."""

from __future__ import annotations

import re

from dpdesk.domain.folding import fold

_POLITE = (r"(?:(?:hi|hello|dear|helo|annwyl|sir|madam|all|there|plis|please|kindly|thanks|thank you|diolch|pls|can you|could you|"
           r"would you) ?)*")
_MAIL = (r"(?:e ?mails?|mails?|messages?|newsletters?|bulletins?|updates?|mailings?|e ?byst|e ?bost|negeseuon|"
         r"cylchlythyrau)")
_LIST = (r"(?:(?:your|this|the|these|any|all|all your|all of your) )?"
         r"(?:e ?mail |mailing |e ?mailing |distribution |contact )*lists?")
_ANY = r"(?:(?:any|all|more|further|these|the|your|me|us|of|with) )*"  # single words: no two ways to read one text
_WHO = r"(?:me|us|my (?:name|e ?mail|address|e ?mail address))"
_WANT_NOT = r"(?:i|we) (?:do not|dont|no longer) (?:want|wish)"

# Whole wishes, on folded words (lower case, no accents, no marks). Each is matched from the beginning of a short reply.
_STOP_ALL = tuple(map(re.compile, (
    r"(?:stop|cease) contacting (?:me|us)\b",
    r"(?:do not|dont|never) (?:ever )?contact (?:me|us)\b",
    r"no (?:more|further) contact\b",
    r"(?:remove|take) (?:me|us) (?:from|off) (?:all|every one of) (?:of )?your (?:\w+ )?(?:lists?|records|systems?)\b",
    r"stop all (?:contact|communications?|messages|calls)\b",
    r"(?:stop|end) (?:all )?(?:calls|calling|texting) (?:and|or) (?:e ?mail\w*)",
    rf"{_WANT_NOT} (?:you )?to (?:be contacted|contact (?:me|us))\b",
    r"leave (?:me|us) alone\b",
    r"unsubscribe (?:me |us )?from (?:everything|all)\b",
    r"peidiwch a chysylltu\b",
    r"dim mwy o gysylltiad\b")))
_STOP_MAIL = tuple(map(re.compile, (
    r"stop$",
    rf"stop (?:sending |the )?{_ANY}{_MAIL}\b",
    r"stop e ?mailing\b",
    r"(?:un ?subscribe|unsub)\b",
    r"(?:un ?subscribed|removed) please\b",
    rf"(?:remove|delete|take) {_WHO}$",
    rf"(?:remove|delete|take) {_WHO} (?:from|off|out of) {_LIST}\b",
    rf"(?:remove|take) (?:me|us) (?:from|off) (?:your |the |these |this )?{_MAIL}\b",
    r"(?:remove|take me off)$",
    rf"no (?:more|further) {_MAIL}\b",
    rf"(?:do not|dont) (?:send|e ?mail|mail) (?:me|us|{_ANY}{_MAIL})",
    rf"{_WANT_NOT} (?:to (?:receive|get|have) |to be sent |to be )?(?:{_ANY}{_MAIL}\b|on {_LIST}\b|subscribed)",
    r"opt(?:ing)? ?(?:me )?out\b",
    r"(?:id like|i (?:wish|want|would like|am writing)) to "
    r"(?:un ?subscribe|opt out|be (?:removed|taken off|unsubscribed))\b",
    r"dad ?danysgrifi\w*",
    r"tynnwch fi\b",
    rf"dim mwy o {_MAIL}\b",
    rf"stopiwch(?: (?:anfon|yr|y|eich))* ?(?:{_MAIL})?\b",
    rf"peidiwch ag? anfon\b(?: \w+)? ?(?:{_MAIL})?")))
_DOUBT = re.compile(
    r"\b(?:(?:dont|do not) (?:un ?subscribe|remove|take|stop)|never (?:asked|wanted) to (?:un ?subscribe|stop)|unless|if you|"
    r"but (?:please )?(?:keep|do|still|not)|except|instead|resubscribe|how (?:do|can) i|why|wondering|did i|have i|"
    r"(?:cannot|cant) stop|not sure|other than|apart from|only (?:send|want|e ?mail)|just (?:the|one)|too many|fewer|less often|"
    r"peidiwch a (?:nhynnu|dad)|oni bai|ond)\b")
_RIGHTS = re.compile(
    r"\b(?:delete|erase|destroy) (?:all |any )?(?:of )?(?:my|our) (?:data|details|information|records?)\b|"
    r"\b(?:data|information|details|what|everything) (?:do )?(?:you|which you|that you) (?:hold|have|keep|store)\b|"
    r"\bcopy of my\b|\bsubject access\b|\bgdpr\b|\bcomplain\w*\b|\bsolicitor\b|\bico\b|\bright to be forgotten\b")
_NEW = re.compile(
    r"\b(?:my|our|fy) new e ?(?:mail)?\b|\b(?:my|our) new (?:e ?mail |mail )?address\b|\bnew (?:e ?mail |mail )address\b|"
    r"\b(?:my|our) (?:e ?mail |mail )?address (?:has (?:now )?changed|is (?:now|changing)|will change|changed)\b|"
    r"\b(?:i|we) (?:have |ve )?(?:changed|updated) (?:my|our) (?:e ?mail|mail|address|e ?mail address)\b|"
    r"\bcyfeiriad (?:e ?bost )?newydd\b|\bfy nghyfeiriad\b")
_INSTEAD = re.compile(
    r"\bno longer (?:use|using|check|checking) this\b|"
    r"\bthis (?:e ?mail |mail )?(?:address|account) (?:is|will be) (?:clos|being closed)|"
    r"\b(?:in future|from now on|instead) (?:please )?(?:use|write to|send (?:mail |e ?mails? )?to)\b|"
    r"\bplease (?:use|write to) .{0,200}\b(?:in future|from now on|instead)\b")
_AWAY = re.compile(
    r"\b(?:out of (?:the )?office|away|annual leave|on leave|holiday|vacation|maternity|paternity|returning|return on|back on|"
    r"urgent|no longer works?|left the (?:company|organi[sz]ation)|has left|colleague|allan o r swyddfa|ar wyliau)\b")
_HINTS = re.compile(
    r"\b(?:stop\w*|un ?subscri\w*|remov\w*|opt\w* out|lists?|consent\w*|withdraw\w*|no longer|address\w*|moved?|died|dead|"
    r"deceased|passed away|bereave\w*|spam|junk|harass\w*|data|gdpr|delete|erase|forget|complain\w*|leave me|resign\w*|cancel\w*|"
    r"tynnwch|stopiwch|peidiwch|cyfeiriad|bu farw)\b")
_SHORT = 240


def stop_wish(own: str, subject: str = "") -> str:
    """`mail`, `all`, or "" where the words do not plainly ask to stop: doubt, a condition, a question or a long letter."""
    words = fold(own[:4_000])
    if _DOUBT.search(words) or _RIGHTS.search(words) or "?" in own[:4_000] or _RIGHTS.search(fold(subject)):
        return ""
    if not words:
        return _by_subject(subject)
    if len(words) > _SHORT:
        return ""
    for line in (part for each in re.split(r"[\n.!;,]+", own) if (part := fold(each))):
        if wish := _wish_of(line):
            return wish
    return _wish_of(words) or _by_subject(subject)


def _by_subject(subject: str) -> str:
    """The wish in a subject that is the writer's own: what stands behind Re: is ours."""
    ours = re.match(r"\s*(?:re|ateb|aw|sv|fw|fwd)\s*:", subject, re.IGNORECASE)
    return "" if ours or len(subject) > _SHORT else _wish_of(fold(subject))


def _wish_of(words: str) -> str:
    plain = re.sub(rf"^{_POLITE}", "", words).strip()
    plain = re.sub(r"^(?:and|i said|just) ", "", plain)
    plain = re.sub(r"(?: (?:please|thanks|thank you|now|pls|plis|diolch|immediately|at once))+$", "", plain)
    if any(pattern.match(plain) for pattern in _STOP_ALL):
        return "all"
    if any(pattern.match(plain) for pattern in _STOP_MAIL):
        return "mail"
    return ""


def asks_for_rights(text: str) -> bool:
    """Whether the words may be a complaint, or ask for the data held or its erasure: rights that have deadlines."""
    return bool(_RIGHTS.search(fold(text[:4_000])))


def says_new_address(own: str, automatic: bool = False) -> bool:
    """Whether the words speak of an address that takes the place of another. An automatic answer has to say whose it is: who
    is only away names a colleague's."""
    beginning = own[:2_000]
    words = fold(beginning)
    if "?" in beginning.partition("@")[0]:
        return False
    if automatic:
        return bool(_NEW.search(words)) and not _AWAY.search(words)
    return bool(_NEW.search(words) or _INSTEAD.search(words))


def speaks_of(text: str) -> bool:
    """Whether some word may stand for a wish about mail, data or the person: then a person reads it."""
    return bool(_HINTS.search(fold(text[:4_000])))
