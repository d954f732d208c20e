"""Consents and permissions to share on a person's page: given, ended, withdrawn, with their words, their proof and their end."""

from __future__ import annotations

from dpdesk.domain.asking import to_confirm
from dpdesk.domain.contacting import Consent, Method, Sharing
from dpdesk.domain.roles import Right
from dpdesk.ui.members import evidence
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.given_entry import (
    channels,
    consent_specs,
    expires_on,
    follow_wording,
    given_of,
    given_on,
    methods,
    now,
    spec,
    wording,
)
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, channel_name, day, method_name


class GivenBlock(Block):
    """What both have in common: the line that tells how it stands, the files that prove it, and its written confirmation."""

    today = ""

    def draw(self, record: Record) -> None:
        """Note what day it is and what has to be confirmed."""
        from dpdesk.services.session import today
        self.today = today().isoformat()
        self._confirm = to_confirm([*record.consents, *record.sharings], record.askings, self.today)

    def line(self, given: Consent | Sharing, head: str, record: Record, *actions) -> None:
        """One entry, quiet where it does not count any more."""
        stands = given.stands(self.today)
        open_confirm = given.id in self._confirm
        self.item(head, self._details(given), *actions, role="label" if stands else "quiet",
                  warning=_("Given by word of mouth: confirm it to them in writing.") if open_confirm else "",
                  below=evidence.files(self, given, record.files, self._confirmer(given) if open_confirm else None))

    def _details(self, given: Consent | Sharing) -> list[str]:
        first = [f"{method_name(given.method.value)}."] if isinstance(given, Consent) else []
        if given.recorded_by:
            first.append(_("Recorded by {officer}.").format(officer=given.recorded_by))
        if given.expires_on and given.stands(self.today):
            first.append(_("Counts until {day}.", day=day(given.expires_on)))
        words = ""
        if given.wording:
            words = (_("Wording, version {n}: “{wording}”", n=given.version, wording=given.wording) if given.version
                     else _("Wording: “{wording}”").format(wording=given.wording))
        proof = given.evidence if isinstance(given, Consent) else ""
        return [" ".join(first), words, _("Evidence: {evidence}").format(evidence=proof) if proof else ""]

    def _confirmer(self, given: Consent | Sharing):
        def ask() -> None:
            from dpdesk.services import asking
            from dpdesk.services.session import today
            self.ask(Entry(_("Confirmed in writing"), _("A letter or an e-mail that says what they agreed to (policy 16.8)."),
                           [spec("sent_on", "date", _("The day it was sent."))], _("Record that it was sent"),
                           lambda values: self.page.write(
                               lambda session, _person: asking.confirm(session, given.id, values["sent_on"]),
                               _("It is recorded that you confirmed it in writing."), self),
                           values={"sent_on": today().isoformat()}))
        if not self.page.may(Right.MEMBERS_EDIT):
            return None
        return button(_("Confirmation sent…"), ask, role="link", icon="mail")


class Consents(GivenBlock):
    """Consent per channel: day, wording, how it reached us, who recorded it, until when it counts."""

    def draw(self, record: Record) -> None:
        """One entry for each consent, those that do not count any more quieter."""
        super().draw(record)
        self._record = record
        standing = [c for c in record.consents if c.stands(self.today)]
        self.set_heading(_("Consents ({n})").format(n=len(standing)))
        if not record.consents:
            self.say(_("No consent is on record, so no channel may be used for campaigning."))
        for consent in record.consents:
            self._line(consent, record)
        if self.page.may(Right.MEMBERS_EDIT):
            self.act(_("Record a consent…"), self.open_entry, icon="plus")

    def open_entry(self) -> None:
        """Ask for a new consent."""
        entry = Entry(_("Record a consent"), _("Consent holds only where the person gave it freely and knew for what."),
                      consent_specs(channels(), self.page), _("Record consent"), self._give,
                      values=now(self._record, channels()[0][0]))
        follow_wording(entry, self._record)
        self.ask(entry)

    def _line(self, consent: Consent, record: Record) -> None:
        name = channel_name(consent.channel.value)
        if consent.withdrawn_on:
            self.line(consent, _("{channel}: withdrawn on {day}, given on {given}").format(
                channel=name, day=day(consent.withdrawn_on), given=day(consent.given_on)), record)
            return
        head = (_("{channel}: given on {day}").format(channel=name, day=day(consent.given_on)) if consent.stands(self.today)
                else _("{channel}: ended on {day}, ask again", channel=name, day=day(consent.expires_on)))
        actions = []
        if self.page.may(Right.STOPS_ADD):
            actions.append(button(_("Withdraw"), lambda: self._withdraw(consent), role="quiet",
                                  name=_("Withdraw the consent for {channel}").format(channel=name)))
        self.line(consent, head, record, *actions)

    def _give(self, values: dict[str, str]) -> None:
        from dpdesk.services import contacting
        self.page.write(lambda session, person: contacting.give_consent(session, person, given_of(values)),
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


class Sharings(GivenBlock):
    """Permission to share, body by body: not permitted unless it is on record."""

    def draw(self, record: Record) -> None:
        """One entry for each body of the policy."""
        super().draw(record)
        self._record = record
        bodies = self.page.context.session.policy.recipient_bodies
        mine = {body.code: [s for s in record.sharings if s.body == body.code] for body in bodies}
        standing = {code: s for code, found in mine.items() for s in reversed(found) if s.stands(self.today)}
        self.set_heading(_("Permission to share ({n} of {all})").format(n=len(standing), all=len(bodies)))
        for body in bodies:
            given = standing.get(body.code)
            if given is not None:
                self._permitted(body, given, record)
            else:
                self._refused(body, mine[body.code], record)

    def _permitted(self, body, given: Sharing, record: Record) -> None:
        actions = []
        if self.page.may(Right.STOPS_ADD):
            actions.append(button(_("Withdraw"), lambda: self._withdraw(body, given), role="quiet",
                                  name=_("Withdraw the permission for {body}").format(body=body.name)))
        self.line(given, _("{body}: permitted since {day}", body=body.name, day=day(given.given_on)), record, *actions)

    def _refused(self, body, past: list[Sharing], record: Record) -> None:
        actions = []
        if self.page.may(Right.MEMBERS_EDIT):
            actions.append(button(_("Permit…"), lambda: self._ask_permission(body), role="quiet",
                                  name=_("Record permission to share with {body}").format(body=body.name)))
        if not past:
            self.item(body.name, [_("Not permitted.")], *actions, role="")
            return
        last = past[0]
        head = (_("{body}: withdrawn on {day}, not permitted", body=body.name, day=day(last.withdrawn_on)) if last.withdrawn_on
                else _("{body}: ended on {day}, ask again", body=body.name, day=day(last.expires_on)))
        self.line(last, head, record, *actions)

    def _ask_permission(self, body) -> None:
        from dpdesk.domain.asking import share_with
        self.ask(Entry(
            _("Record permission to share with {body}").format(body=body.name),
            _("Only what the person agreed to, in their own words or ours."),
            [given_on(), spec("method", "choice", "", methods()), wording(), expires_on(self.page)], _("Record permission"),
            lambda values: self._permit(body, values), values=now(self._record, share_with(body.code))))

    def _permit(self, body, values: dict[str, str]) -> None:
        from dpdesk.services import contacting
        self.page.write(
            lambda session, person: contacting.permit(session, person, body.code, values["given_on"], values["wording"],
                                                      values["expires_on"], Method(values["method"])),
            _("Permission to share with {body} is recorded.").format(body=body.name), self)

    def _withdraw(self, body, given: Sharing) -> None:
        from dpdesk.services import contacting
        from dpdesk.ui.widgets import ask
        ask.confirm(
            self, _("Withdraw the permission for {body}?").format(body=body.name),
            _("From now on nothing about this person may go to {body}.").format(body=body.name), _("Withdraw permission"),
            lambda: self.page.write(lambda session, _person: contacting.withdraw_sharing(session, given.id),
                                    _("Permission for {body} is withdrawn.").format(body=body.name)))
