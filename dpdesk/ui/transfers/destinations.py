"""Destinations: where sealed packages are left; set up, tested in words, their keys accepted by an officer, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.errors import Declined, Hindered, Invalid
from dpdesk.domain.roles import Right
from dpdesk.domain.transfers import Destination, DestinationKind
from dpdesk.services.transfers_words import DESTINATION_KINDS, destination_kind_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.secret import SecretField
from dpdesk.ui.words import _, moment, problem, sentence

if TYPE_CHECKING:
    from dpdesk.services.destinations import Tested

_TO_COMPARE = tuple(f"transfers.{code}" for code in (
    "host_key_new", "host_key_changed", "certificate_new", "certificate_changed", "folder_unknown"))


def _breakable(code: str) -> str:
    """A fingerprint that a line may break after every twelve characters, which is after four bytes of a certificate's."""
    return "\u200b".join(code[at:at + 12] for at in range(0, len(code), 12))


class DestinationForm(QWidget):
    """`save(values, secret)` with what was entered; `closed()` where the officer turned away."""

    def __init__(self, found: Destination | None, save: Any, closed: Any) -> None:
        super().__init__()
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE * 3 // 2)
        column.addWidget(text(_("Change the destination") if found else _("A new destination"), "heading"))
        kinds = tuple((code, destination_kind_name(code)) for code in DESTINATION_KINDS)
        self.form = Form([
            FieldSpec("destination_kind", _("Kind"), "choice", choices=kinds),
            FieldSpec("destination_name", _("Name"), help=_("Such as: Party portal.")),
            FieldSpec("address", _("Address"), longest=500,
                      help=_("https://…, a Nextcloud link too; for SFTP such as files.example.org:22; for a folder its whole path.")),
            FieldSpec("place", _("Folder or bucket there"), help=_("May be empty, but for S3.")),
            FieldSpec("username", _("User name or access key")),
            FieldSpec("region", _("Region"), help=_("S3 alone; may be empty."))])
        column.addWidget(self.form)
        self.secret = SecretField(_("Password or secret key"))
        self.secret.setMaximumWidth(round(560 * theme.scale()))
        column.addWidget(text(_("Password or secret key"), "label"))
        column.addWidget(text(_("Kept in the encrypted desk alone. Empty: what is kept stays."), "small"))
        column.addWidget(self.secret)
        keep = button(_("Keep and test"), lambda: save(self.form.values(), self.secret.secret()), role="primary")
        column.addLayout(row(keep, button(_("Cancel"), closed), None))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card(column, 3 * theme.SPACE))
        if found is not None:
            self.form.show({"destination_kind": found.kind.value, "destination_name": found.name,
                            "address": found.address, "place": found.place,
                            "username": found.user, "region": found.region})

    def start(self) -> None:
        """Put the caret into the first field."""
        self.form.field("destination_kind").control.setFocus()


class DestinationsPage(Page):
    """A card for each, and a form that opens above them."""

    code, title, icon, right, chapter = "destinations", marked("Destinations"), "map-pin", Right.TRANSFERS_SEE, "transfers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Destinations"))
        self.add_back(_("Outbox and receipts"), lambda: context.go("outbox", None))
        if self._may():
            self.header.set_main(_("Set one up…"), lambda: self.open_form(None), icon="plus")
        self.form: DestinationForm | None = None
        self._above, self._list = QVBoxLayout(), QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        self.body.addLayout(self._above)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def _may(self) -> bool:
        return self.context.session.may_change(Right.DESTINATIONS_MANAGE)

    def refresh(self) -> None:
        """Read the destinations."""
        from dpdesk.services import destinations
        session = self.context.session
        self.context.jobs.run("read", lambda: destinations.listing(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: list[Destination]) -> None:
        empty_out(self._list)
        if not found:
            acts = [(_("Set one up…"), lambda: self.open_form(None))] if self._may() else []
            self._list.addWidget(EmptyState("map-pin", _("Nothing is set up yet"), _(
                "Sealed packages are left at a party portal, a Nextcloud or WebDAV folder, S3-compatible storage, an SFTP server, or an "
                "encrypted drive. Nobody there can read them."), *acts))
        for each in found:
            self._list.addWidget(self._card(each))

    def _card(self, each: Destination) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        state = badge(_("Tested") if each.pinned_at else _("Not tested yet"), "" if each.pinned_at else "warning")
        inside.addLayout(row(text(each.name, "label"), state))
        inside.addWidget(text(f"{destination_kind_name(each.kind.value)}: {each.address} {each.place}".strip(), "quiet"))
        if each.pinned_at:
            inside.addWidget(text(_("Last tested on {moment}.", moment=moment(each.tested_at)), "small"))
        if each.pin and each.kind is not DestinationKind.FOLDER:
            inside.addWidget(text(_("Its key: {fingerprint}", fingerprint=each.pin), "small", selectable=True))
        if each.pinned_at and not each.reads:
            inside.addWidget(text(_("Nothing can be read back there: headquarters’ confirmation is recorded by hand."), "small"))
        if self._may():
            inside.addSpacing(theme.SPACE)
            inside.addWidget(flow(
                button(_("Test"), lambda: self.test(each.id), icon="check", name=_("Test {name}", name=each.name)),
                button(_("Change…"), lambda: self.open_form(each), icon="pencil", name=_("Change {name}", name=each.name)),
                button(_("Forget…"), lambda: self._forget(each), role="danger", name=_("Forget {name}", name=each.name))))
        return card(inside)

    def open_form(self, found: Destination | None) -> None:
        """Open the form for a new destination, or one that is there."""
        empty_out(self._above)
        self.form = DestinationForm(found, lambda values, secret: self._save(found, values, secret), lambda: empty_out(self._above))
        self._above.addWidget(self.form)
        self.form.start()

    def _save(self, found: Destination | None, values: dict[str, str], secret: Any) -> None:
        from dpdesk.services import destinations
        session = self.context.session
        wish = destinations.Wish(values["destination_name"], values["destination_kind"],
                                 values["address"], values["place"], values["username"],
                                 values["region"])

        def done(saved: Destination) -> None:
            empty_out(self._above)
            self.form = None
            self.refresh()
            self.test(saved.id)
        self.context.jobs.run("write", lambda: destinations.save(session, wish, secret, found.id if found else ""), owner=self, done=done,
                              failed=self._failed)

    def test(self, identity: str, accept: str = "") -> None:
        """Sign in and try, in the lane of what waits for servers; a key that nobody compared yet is asked about."""
        from dpdesk.services import destinations
        session = self.context.session
        self.context.say("info", _("Testing…"), None)

        def failed(error: Exception) -> None:
            if isinstance(error, Declined | Hindered) and error.reason in _TO_COMPARE:
                seen = str(error.facts["fingerprint"])
                said = sentence(type(error)(error.reason, {**error.facts, **{
                    name: _breakable(str(error.facts[name])) for name in ("fingerprint", "certificate") if name in error.facts}}))
                ask.confirm(self, said.what, said.do, _("I compared it: accept"), lambda: self.test(identity, seen), danger=True)
            else:
                self._failed(error)
        self.context.jobs.run("post", lambda: destinations.test(session, identity, accept), owner=self, done=self._tested, failed=failed)

    def _tested(self, found: Tested) -> None:
        self.refresh()
        said = _("{name} takes packages.", name=found.destination.name)
        if not found.reads:
            said += " " + _("It lets nobody read back: what is sent cannot be checked there, and receipts do not come this way.")
        self.context.say("done", said, None)

    def _forget(self, each: Destination) -> None:
        from dpdesk.services import destinations
        session = self.context.session
        ask.confirm(self, _("Forget {name}?", name=each.name), _("Its password and its key are forgotten too. What lies there stays."),
                    _("Forget it"), lambda: self.context.jobs.run("write", lambda: destinations.remove(session, each.id), owner=self,
                                                                  done=lambda _gone: self.refresh(), failed=self._failed), danger=True)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Invalid) and self.form is not None:
            self.form.form.show_problems({code: problem(why) for code, why in error.problems.items()})
        else:
            failures.show(self.context, error)
