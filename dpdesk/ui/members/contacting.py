"""Stops on contact on a person's page: why, since when, from where; set, and lifted by fresh consent with evidence alone."""

from __future__ import annotations

from dpdesk.domain.contacting import ALL_CHANNELS, Consent, Stop, StopReason, check_lifts
from dpdesk.domain.errors import StopHolds
from dpdesk.domain.roles import Right
from dpdesk.ui.members import sentences
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.given_entry import channels, consent_specs, follow_wording, given_of, now, spec
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, channel_name, day, listed, match_name, reason_name


class Stops(Block):
    """Stops on contact: why, since when, from where, and what it takes to lift one."""

    def draw(self, record: Record) -> None:
        """One entry for each stop."""
        self.set_heading(_("Stops on contact ({n})").format(n=len(record.stops)))
        if record.stops:
            self.say(_("A stop stays through every edit and import. Only a fresh consent with evidence lifts it."))
        else:
            self.say(_("No stop is on record: they have not asked to be left alone."))
        for stop in record.stops:
            self._line(stop, record)
        if self.page.may(Right.STOPS_ADD):
            self.act(_("Stop contact…"), self.open_entry, icon="ban")

    def open_entry(self) -> None:
        """Ask for a new stop."""
        every = [(ALL_CHANNELS, channel_name(ALL_CHANNELS)), *channels()]
        reasons = [(reason.value, reason_name(reason.value)) for reason in StopReason]
        self.ask(Entry(
            _("Stop contact"),
            _("Takes effect at once. It cannot be undone with a click: only a fresh consent with evidence lifts it."),
            [spec("channel", "choice", "", every), spec("reason", "choice", "", reasons),
             spec("source", "text", _("How we know: a reply to the newsletter, a call on Monday."))],
            _("Stop contact"), self._stop))

    def _line(self, stop: Stop, record: Record) -> None:
        head = _("{stop}, since {day}").format(stop=sentences.stop_words(stop.channel), day=day(stop.since))
        details = [_("{reason}. Source: {source}").format(reason=reason_name(stop.reason.value), source=stop.source)
                   if stop.source else reason_name(stop.reason.value),
                   _("Recognised by {what}.").format(what=listed(list(map(match_name, stop.bases))))]
        actions = []
        if self.page.may(Right.STOPS_LIFT):
            actions.append(button(
                _("Lift…"), lambda: self.open_lift(stop, record), role="quiet",
                name=_("Lift the stop: {stop}").format(stop=sentences.stop_words(stop.channel))))
        self.item(head, details, *actions)

    def open_lift(self, stop: Stop, record: Record) -> None:
        """Ask for the consent that lifts `stop`: one on record that suffices, or a new one."""
        fits = [consent for consent in record.consents if _lifts(consent, stop)]
        open_to = [c for c in channels() if stop.channel in (ALL_CHANNELS, c[0])]
        why = _("What lifts it: a consent given on or after {day}, with its wording and where the proof is kept.").format(
            day=day(stop.since))
        if stop.channel == ALL_CHANNELS:
            why += " " + _("The other channels stay stopped.")
        if fits:
            options = [(c.id, _("{channel}, given on {day}").format(channel=channel_name(c.channel.value),
                                                                    day=day(c.given_on))) for c in fits]
            self.ask(Entry(_("Lift this stop"), why,
                           [FieldSpec("consent", _("On the strength of"), "choice", choices=tuple(options))],
                           _("Lift the stop"),
                           lambda values: self._lift(stop, values["consent"])))
            return
        entry = Entry(_("Lift this stop with a fresh consent"), why, consent_specs(open_to, self.page),
                      _("Record consent and lift"), lambda values: self._consent_and_lift(stop, values),
                      values=now(record, open_to[0][0]))
        follow_wording(entry, record)
        self.ask(entry)

    def _stop(self, values: dict[str, str]) -> None:
        from dpdesk.services import contacting
        self.page.write(
            lambda session, person: contacting.stop(session, person, values["channel"], StopReason(values["reason"]),
                                                    values["source"]),
            _("Recorded: {stop}.").format(stop=sentences.stop_words(values["channel"])), self)

    def _lift(self, stop: Stop, consent: str) -> None:
        from dpdesk.services import contacting
        self.page.write(lambda session, person: contacting.lift(session, person, stop.id, consent),
                        _("The stop is lifted."), self)

    def _consent_and_lift(self, stop: Stop, values: dict[str, str]) -> None:
        from dpdesk.services import contacting
        self.page.write(lambda session, person: contacting.lift_with(session, person, stop.id, given_of(values)),
                        _("Consent is recorded and the stop is lifted."), self)


def _lifts(consent: Consent, stop: Stop) -> bool:
    from dpdesk.services.session import today
    try:
        check_lifts(consent, stop, today().isoformat())
    except StopHolds:
        return False
    return True
