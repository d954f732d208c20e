"""Consents, permissions to share and stops on a person's page: record, withdraw, and lift with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.domain.contacting import ALL_CHANNELS, Channel, Consent, Method, Stop, StopReason, check_lifts
from dpdesk.domain.errors import StopHolds
from dpdesk.domain.roles import Right
from dpdesk.ui.members import sentences
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, channel_name, day, field_name, match_name, method_name, reason_name

if TYPE_CHECKING:
    from dpdesk.services.contacting import Given


def _channels() -> list[tuple[str, str]]:
    return [(channel.value, channel_name(channel.value)) for channel in Channel]


def _spec(code: str, kind: str = "text", words: str = "", choices: list[tuple[str, str]] | None = None) -> FieldSpec:
    return FieldSpec(code, field_name(code), kind, words, tuple(choices or ()), 500)


def _given_on() -> FieldSpec:
    return _spec("given_on", "date", _("The day the person said yes."))


def _wording() -> FieldSpec:
    return _spec("wording", "long", _("What the person was shown or told when they agreed."))


def _now() -> dict[str, str]:
    from dpdesk.services.session import today
    return {"given_on": today().isoformat()}


def consent_specs(channels: list[tuple[str, str]]) -> list[FieldSpec]:
    """What a consent has to hold (S1 16.1-16.8)."""
    methods = [(m.value, method_name(m.value)) for m in Method if m is not Method.IMPORTED]
    return [_spec("channel", "choice", "", channels), _given_on(), _spec("method", "choice", "", methods), _wording(),
            _spec("evidence", "text", _("Where the proof is kept: a form in the folder, a mail of that day."))]


class Consents(Block):
    """Consent per channel: day, wording, how it reached us, who recorded it."""

    def draw(self, record: Record) -> None:
        """One entry for each consent, withdrawn ones quieter."""
        standing = [c for c in record.consents if not c.withdrawn_on]
        self.set_heading(_("Consents ({n})").format(n=len(standing)))
        if not record.consents:
            self.say(_("No consent is on record, so no channel may be used for campaigning."))
        for consent in record.consents:
            self._line(consent)
        if self.page.may(Right.MEMBERS_EDIT):
            self.act(_("Record a consent…"), self.open_entry, icon="plus")

    def open_entry(self) -> None:
        """Ask for a new consent."""
        self.ask(Entry(_("Record a consent"), _("Consent holds only where the person gave it freely and knew for what."),
                       consent_specs(_channels()), _("Record consent"), self._give, values=_now()))

    def _line(self, consent: Consent) -> None:
        name = channel_name(consent.channel.value)
        details = [f"{method_name(consent.method.value)}. {_('Recorded by {officer}.').format(officer=consent.recorded_by)}"
                   if consent.recorded_by else method_name(consent.method.value),
                   _("Wording: “{wording}”").format(wording=consent.wording) if consent.wording else "",
                   _("Evidence: {evidence}").format(evidence=consent.evidence) if consent.evidence else ""]
        if consent.withdrawn_on:
            head = _("{channel}: withdrawn on {day}, given on {given}").format(
                channel=name, day=day(consent.withdrawn_on), given=day(consent.given_on))
            self.item(head, details, role="quiet")
            return
        head = _("{channel}: given on {day}").format(channel=name, day=day(consent.given_on))
        actions = []
        if self.page.may(Right.STOPS_ADD):
            actions.append(button(_("Withdraw"), lambda: self._withdraw(consent), role="quiet",
                                  name=_("Withdraw the consent for {channel}").format(channel=name)))
        self.item(head, details, *actions)

    def _give(self, values: dict[str, str]) -> None:
        from dpdesk.services import contacting
        self.page.write(lambda session, person: contacting.give_consent(session, person, _given(values)),
                        _("Consent for {channel} is recorded.").format(channel=channel_name(values["channel"])), self)

    def _withdraw(self, consent: Consent) -> None:
        from dpdesk.services import contacting
        from dpdesk.ui.widgets import ask
        name = channel_name(consent.channel.value)
        ask.confirm(
            self, _("Withdraw the consent for {channel}?").format(channel=name),
            _("From now on this channel may not be used for campaigning. A new consent can be recorded at any time."),
            _("Withdraw consent"),
            lambda: self.page.write(lambda session, _person: contacting.withdraw_consent(session, consent.id),
                                    _("Consent for {channel} is withdrawn.").format(channel=name)))


class Stops(Block):
    """Stops on contact: why, since when, from where, and what it takes to lift one."""

    def draw(self, record: Record) -> None:
        """One entry for each stop."""
        self.set_heading(_("Stops on contact ({n})").format(n=len(record.stops)))
        if record.stops:
            self.say(_("A stop stays through every edit and import. Only a fresh consent with evidence lifts it."))
        else:
            self.say(_("Nobody has stopped contact with this person."))
        for stop in record.stops:
            self._line(stop, record)
        if self.page.may(Right.STOPS_ADD):
            self.act(_("Stop contact…"), self.open_entry, icon="ban")

    def open_entry(self) -> None:
        """Ask for a new stop."""
        channels = [(ALL_CHANNELS, channel_name(ALL_CHANNELS)), *_channels()]
        reasons = [(reason.value, reason_name(reason.value)) for reason in StopReason]
        self.ask(Entry(
            _("Stop contact"),
            _("Takes effect at once. It cannot be undone with a click: only a fresh consent with evidence lifts it."),
            [_spec("channel", "choice", "", channels), _spec("reason", "choice", "", reasons),
             _spec("source", "text", _("How we know: a reply to the newsletter, a call on Monday."))],
            _("Stop contact"), self._stop, role="danger"))

    def _line(self, stop: Stop, record: Record) -> None:
        head = _("{stop}, since {day}").format(stop=sentences.stop_words(stop.channel), day=day(stop.since))
        details = [_("{reason}. Source: {source}").format(reason=reason_name(stop.reason.value), source=stop.source)
                   if stop.source else reason_name(stop.reason.value),
                   _("Recognised by {what}.").format(what=match_name(stop.matched))]
        actions = []
        if self.page.may(Right.STOPS_LIFT):
            actions.append(button(
                _("Lift…"), lambda: self.open_lift(stop, record), role="quiet",
                name=_("Lift the stop: {stop}").format(stop=sentences.stop_words(stop.channel))))
        self.item(head, details, *actions)

    def open_lift(self, stop: Stop, record: Record) -> None:
        """Ask for the consent that lifts `stop`: one on record that suffices, or a new one."""
        fits = [consent for consent in record.consents if _lifts(consent, stop)]
        channels = [c for c in _channels() if stop.channel in (ALL_CHANNELS, c[0])]
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
        self.ask(Entry(_("Lift this stop with a fresh consent"), why, consent_specs(channels),
                       _("Record consent and lift"), lambda values: self._consent_and_lift(stop, values), values=_now()))

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
        self.page.write(lambda session, person: contacting.lift_with(session, person, stop.id, _given(values)),
                        _("Consent is recorded and the stop is lifted."), self)


def _given(values: dict[str, str]) -> Given:
    """The consent that a filled-in entry describes."""
    from dpdesk.services.contacting import Given
    return Given(Channel(values["channel"]), values["given_on"], Method(values["method"]), values["wording"], values["evidence"])


def _lifts(consent: Consent, stop: Stop) -> bool:
    from dpdesk.services.session import today
    try:
        check_lifts(consent, stop, today().isoformat())
    except StopHolds:
        return False
    return True


class Sharings(Block):
    """Permission to share, body by body: not permitted unless it is on record."""

    def draw(self, record: Record) -> None:
        """One entry for each body of the policy."""
        bodies = self.page.context.session.policy.recipient_bodies
        standing = {s.body: s for s in record.sharings if not s.withdrawn_on}
        self.set_heading(_("Permission to share ({n} of {all})").format(n=len(standing), all=len(bodies)))
        for body in bodies:
            given = standing.get(body.code)
            if given is None:
                past = next((s for s in record.sharings if s.body == body.code), None)
                self._refused(body, past.withdrawn_on if past else "")
            else:
                self._permitted(body, given)

    def _permitted(self, body, given) -> None:
        details = [_("Permitted since {day}, recorded by {officer}.").format(day=day(given.given_on),
                                                                             officer=given.recorded_by),
                   _("Wording: “{wording}”").format(wording=given.wording)]
        actions = []
        if self.page.may(Right.STOPS_ADD):
            actions.append(button(_("Withdraw"), lambda: self._withdraw(body, given), role="quiet",
                                  name=_("Withdraw the permission for {body}").format(body=body.name)))
        self.item(body.name, details, *actions)

    def _refused(self, body, withdrawn_on: str) -> None:
        detail = _("Not permitted: withdrawn on {day}.").format(day=day(withdrawn_on)) if withdrawn_on else \
            _("Not permitted.")
        actions = []
        if self.page.may(Right.MEMBERS_EDIT):
            actions.append(button(_("Permit…"), lambda: self._ask_permission(body), role="quiet",
                                  name=_("Record permission to share with {body}").format(body=body.name)))
        self.item(body.name, [detail], *actions, role="")

    def _ask_permission(self, body) -> None:
        self.ask(Entry(
            _("Record permission to share with {body}").format(body=body.name),
            _("Only what the person agreed to, in their own words or ours."),
            [_given_on(), _wording()], _("Record permission"), lambda values: self._permit(body, values), values=_now()))

    def _permit(self, body, values: dict[str, str]) -> None:
        from dpdesk.services import contacting
        self.page.write(
            lambda session, person: contacting.permit(session, person, body.code, values["given_on"], values["wording"]),
            _("Permission to share with {body} is recorded.").format(body=body.name), self)

    def _withdraw(self, body, given) -> None:
        from dpdesk.services import contacting
        from dpdesk.ui.widgets import ask
        ask.confirm(
            self, _("Withdraw the permission for {body}?").format(body=body.name),
            _("From now on nothing about this person may go to {body}.").format(body=body.name), _("Withdraw permission"),
            lambda: self.page.write(lambda session, _person: contacting.withdraw_sharing(session, given.id),
                                    _("Permission for {body} is withdrawn.").format(body=body.name)))
