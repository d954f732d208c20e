"""What follows from a move beyond its own entry: lessons become training, a published notice is kept, an agreement ends in Post too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dpdesk.domain.errors import NotFound
from dpdesk.domain.roles import Right
from dpdesk.services import duties, duties_files
from dpdesk.services.duties import Shown
from dpdesk.services.session import Session
from dpdesk.services.translation import tr


def move(session: Session, identity: str, code: str, values: Mapping[str, str] | None = None, on: str = "", note: str = "") -> Shown:
    """As `duties.move`, with what follows from it."""
    shown = duties.move(session, identity, code, values, on, note)
    follow = _FOLLOWS.get((shown.register.code, code))
    if follow is not None:
        follow(session, shown)
        return duties.get(session, shown.duty.id)
    return shown


def _lessons(session: Session, shown: Shown) -> None:
    """S1 29.15: who is to be trained after an incident is a training to do, with its clock."""
    whom = shown.duty.values.get("training_for", "")
    if whom and session.may(Right.DUTIES_KEEP):
        made = duties.add(session, "training", {"who": whom, "course": "breach", "incident": shown.duty.id,
                                                "about": shown.duty.values.get("lessons", "")})
        duties.note(session, shown.duty.id, tr("Training to do: {ref}", ref=made.ref))


def _keep_version(session: Session, shown: Shown) -> None:
    """S1 33: the text as it was published stays with the notice, whatever becomes of its field."""
    values = shown.duty.values
    duties_files.attach_content(session, shown.duty.id, f"{values['version']}.txt", "text/plain", values["text"].encode())


def _end_in_post(session: Session, shown: Shown) -> None:
    """An agreement that was recorded under Post ends there too: no list is handed over any more."""
    from dpdesk.services import post_lists
    identity = shown.duty.values.get("post", "")
    if identity and session.may(Right.POST_SETTINGS):
        try:
            post_lists.end_processor(session, identity)
        except NotFound:
            return


def from_post(session: Session) -> int:
    """Bring the agreements recorded under Post into the register, each once; returns how many came."""
    from dpdesk.services import post_lists
    session.require(Right.DUTIES_KEEP)
    known = {each.duty.values.get("post", "") for each in duties.listing(session, "agreements")}
    new = [each for each in post_lists.processors(session) if each.id not in known and not each.ended_on]
    for each in new:
        values = {"partner": each.name, "kind": "processor", "service": each.service, "agreed_on": each.agreed_on, "ends_on": each.ends_on,
                  "kept_at": each.evidence, "post": each.id, "data": "name contact"}
        duties.add(session, "agreements", values)
    return len(new)


def waiting_in_post(session: Session) -> int:
    """How many agreements under Post are not in the register yet."""
    from dpdesk.services import post_lists
    if not (session.may(Right.DUTIES_SEE) and session.may(Right.POST_SEE)):
        return 0
    known = {each.duty.values.get("post", "") for each in duties.listing(session, "agreements")}
    return sum(each.id not in known and not each.ended_on for each in post_lists.processors(session))


_FOLLOWS: dict[tuple[str, str], Callable[[Session, Shown], None]] = {
    ("incidents", "close"): _lessons, ("notices", "publish"): _keep_version, ("agreements", "end"): _end_in_post}
