"""What the registers ask of this officer today: clocks at 50, 80 and 100 % of their time, the most urgent first."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.services import duties, duties_forwarded, settings, working_days
from dpdesk.services.duties import Shown
from dpdesk.services.duty_words import due_words
from dpdesk.services.session import Session
from dpdesk.services.today_item import Item
from dpdesk.services.translation import tr

_OFF = "notifications_off"


def items(session: Session) -> list[Item]:
    """Each clock of each open entry that has come to its first reminder or is over; and bank holidays that run out."""
    if not session.acknowledged:
        return []
    now = duties.utc_now()
    found = []
    for shown in duties.listing(session, ended=False):
        if shown.register.code != "incidents" and duties_forwarded.waits(session, shown) and duties.may_keep(session, shown):
            found.append(Item("duty_hand_on", 0, "duty", {"ref": shown.ref, "register": tr(shown.register.one), "id": shown.duty.id,
                                                          "whom": duties_forwarded.whom(session, shown.register.code)}))
        for running in shown.running:
            urgency = running.urgency(now)
            if urgency is not None:
                over = running.run.overdue(now)
                found.append(Item("duty_overdue" if over else "duty_due", urgency, "duty", {
                    "ref": shown.ref, "register": tr(shown.register.one), "clock": tr(running.clock.label),
                    "due": due_words(running.run, now), "id": shown.duty.id, "at": running.run.due}))
    if session.training_due:
        found.append(Item("training_due", 0, "duties", {}))
    until = working_days.running_out(session)
    if until and session.may(Right.DESK_SETTINGS):
        found.append(Item("holidays_end", 2, "bank_holidays", {"year": until}))
    return found


def dated(session: Session) -> list[tuple[Shown, str, str, str]]:
    """Every clock still to be met: (entry, the clock's words, ISO day or moment, the clock's code), the earliest first; for calendars."""
    found = [(shown, tr(running.clock.label), running.run.due, running.clock.code) for shown in duties.listing(session, ended=False)
             for running in shown.running if running.run.due and not running.run.met]
    return sorted(found, key=lambda each: each[2])


def reminders(session: Session) -> tuple[int, int]:
    """How many things are to be done now, and how many soon: what a notification of the desktop may tell, and nothing more."""
    from dpdesk.services import today
    found = [each.urgency for each in today.items(session)]
    return found.count(0), found.count(1)


def notified(session: Session) -> bool:
    """Whether this officer wants notifications of the desktop: yes, until they say no."""
    return not settings.jotting(session, _OFF)


def set_notified(session: Session, on: bool) -> None:
    """Want notifications of the desktop, or not."""
    settings.jot(session, _OFF, None if on else {"off": True})
