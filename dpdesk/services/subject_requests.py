"""The entry of the register that a search or a pack answers: whom it is about, and its timeline, which says what was done."""

from __future__ import annotations

import re

from dpdesk.domain.errors import Declined, NotFound
from dpdesk.domain.subjects import Found, Subject
from dpdesk.services import duties, subject_search
from dpdesk.services.session import Session
from dpdesk.services.subject_pack import Written, search_lines
from dpdesk.services.translation import tr, trn

_REFERENCE = re.compile(r"[A-Z]{2}-[0-9]+")


def is_reference(text: str) -> bool:
    """Whether a text is the reference of an entry, such as RQ-7."""
    return _REFERENCE.fullmatch(text.upper()) is not None


def subject_of(session: Session, entry: str) -> Subject:
    """Whom an entry is about; raises `Declined` where nobody, or nobody who is still there, is linked to it."""
    for each in duties.people(session, entry):
        for how in ({"person": each}, {"elector": each}):
            try:
                return subject_search.subject(session, **how)
            except NotFound:
                continue
    raise Declined("duties.nobody_linked")


def searched(session: Session, entry: str, found: Found, why: str) -> None:
    """Write into the entry what was searched, by whom, and why that is enough (UK GDPR Art 15(1A); S1 §32)."""
    lines = "; ".join(search_lines(found))
    duties.change(session, entry, {"search_log": f"{why.strip()}. {lines} ({found.by})"})


def packed(session: Session, entry: str, done: Written) -> None:
    """Note in the timeline that the pack was built."""
    words = trn("The pack was built: {n} record.", "The pack was built: {n} records.", done.records)
    left = tr("Left out: {n}.", n=done.left_out) if done.left_out else ""
    duties.note(session, entry, " ".join(part for part in (words, left) if part))
