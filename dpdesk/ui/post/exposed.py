"""The panic button: "I exposed addresses" says what it records, records it, and shows the clocks and what to do now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dpdesk.domain.deadlines import PARTY_HOURS, REGULATOR_HOURS
from dpdesk.domain.post_states import REACHED, Mailing
from dpdesk.services.post_desk import Exposure
from dpdesk.services.words import span
from dpdesk.ui import failures, theme
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.parts import text
from dpdesk.ui.words import _, moment, trn

if TYPE_CHECKING:
    from dpdesk.ui.post.mailing import MailingPage


def question(page: MailingPage, mailing: Mailing) -> Entry:
    """The card behind the panic button."""
    n = sum(mailing.counts.get(each.value, 0) for each in REACHED)
    context = page.context

    def send(values: dict[str, str]) -> None:
        from dpdesk.services import incidents
        context.jobs.run("write", lambda: incidents.exposed(context.session, mailing.id, values["how"]), owner=page, done=noted,
                         failed=lambda error: failures.show(context, error))

    def noted(begun) -> None:
        incident, found = begun
        made.close_up()
        context.changed("post")
        context.changed("audit")
        context.say("warning", _("Noted at {moment} as entry {seq} of the log. The clocks run: see below what to do now.",
                                 moment=moment(found.aware_at), seq=f"{found.seq:,}"),
                                 (_("Open {ref}", ref=incident.ref), lambda: context.go("duty", {"id": incident.duty.id})))
        context.changed("duties")
    made = Entry(
        _("I exposed addresses"),
        _("It happens, and quick is what counts. This records now, under your name, that you know of it: this mailing, {people} whose "
          "address "
          "may have been seen, and the time, from which the law’s 72 hours run. It tells nobody by itself and sends nothing.",
          people=trn("{n} person", "{n} people", n)),
        [FieldSpec("how", _("What happened"), "long", help=_("Such as: the addresses stood in To instead of Bcc. Nobody’s name is needed."),
                   longest=600)], _("Record it now"), send, role="danger")
    return made


def clocks(exposure: Exposure, policy, now: datetime | None = None) -> QFrame:
    """What was noted, how long there is left, and what to do now."""
    at = now or datetime.now(UTC)
    frame = QFrame()
    frame.setProperty("role", "message_failed")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * theme.SPACE, theme.SPACE * 3 // 2, 2 * theme.SPACE, theme.SPACE * 3 // 2)
    column.setSpacing(theme.SPACE // 2)
    column.addWidget(text(_("Addresses were exposed: noted {moment} by {officer}, {people}, entry {seq} of the log.",
                            moment=moment(exposure.at), officer=exposure.officer or _("somebody"), seq=f"{exposure.seq:,}",
                            people=trn("{n} person", "{n} people", exposure.people)), "label"))
    if exposure.how:
        column.addWidget(text(f"“{exposure.how}”"))
    for hours, what in ((PARTY_HOURS, _("{whom} knows of it", whom=policy.report_incidents_to)),
                        (REGULATOR_HOURS, _("{whom} knows of it, unless harm is unlikely", whom=policy.regulator.name))):
        column.addWidget(_clock(exposure, hours, what, at))
    column.addWidget(text(_("What to do now"), "label"))
    for number, words in enumerate(_steps(policy), 1):
        column.addWidget(text(_("{number}. {words}", number=number, words=words)))
    return frame


def _clock(exposure: Exposure, hours: int, what: str, now: datetime) -> QWidget:
    end = exposure.until(hours)
    left = (end - now).total_seconds()
    until = moment(end.isoformat())
    if left > 0:
        words = _("Within {hours} hours {what}: {span} left, until {until}.", hours=hours, what=what, span=span(left), until=until)
        return text(words, "label")
    words = _("Within {hours} hours {what}: over since {until}. Tell them now, and say why it is late.", hours=hours, what=what,
              until=until)
    return text(words, "error")


def _steps(policy) -> list[str]:
    return [
        _("Send nothing else to these people now: a second e-mail in haste makes it worse."),
        _("Tell {whom} at once. Whether it is a breach is theirs to decide, not yours.", whom=policy.report_incidents_to),
        _("Where your mail program can call a message back, try; ask those you can reach by phone to delete it."),
        _("Unless harm to people is unlikely, {regulator} has to hear of it within 72 hours, weekends counted: {url}.",
          regulator=policy.regulator.name, url=policy.regulator.url),
        _("Keep the sent message as it is. It shows what was seen, and by whom.")]
