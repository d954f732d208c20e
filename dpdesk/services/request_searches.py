"""A rights request takes over what was searched for its people: where, for what, by whom, and why that is enough (UK GDPR Art 15(1A))."""

from __future__ import annotations

from dpdesk.domain.errors import Declined
from dpdesk.domain.roles import Right
from dpdesk.services import duties, subject_search
from dpdesk.services.dates import moment
from dpdesk.services.duties import Shown
from dpdesk.services.session import Session
from dpdesk.services.subject_words import section_name
from dpdesk.services.translation import tr


def waiting(session: Session, identity: str) -> int:
    """How many searches were made for the people of a request."""
    if not session.may(Right.SUBJECT_SEARCH):
        return 0
    return sum(len(subject_search.searches(session, person)) for person in duties.people(session, identity))


def take_over(session: Session, identity: str) -> Shown:
    """Write the searches into the request, the newest first; raises `Declined` where none was made."""
    shown = duties.get(session, identity)
    names = duties.officers(session)
    found = sorted((each for person in duties.people(session, shown.duty.id) for each in subject_search.searches(session, person)),
                   key=lambda each: each.at, reverse=True)
    if not found:
        raise Declined("duties.no_search_yet")
    lines = []
    for each in found:
        where = ", ".join(f"{section_name(code)} ({n:,})" for code, n in each.found.items() if n) or tr("nothing was found")
        lines.append(" ".join(filter(None, (
            tr("{moment}, by {officer}: every place of the desk.", moment=moment(each.at), officer=names.get(each.by, each.by)),
            tr("For: {words}.", words=each.words) if each.words else "", tr("Found: {where}.", where=where), each.why))))
    return duties.change(session, shown.duty.id, {"search_log": "\n".join(lines)})
