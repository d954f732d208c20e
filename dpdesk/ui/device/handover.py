"""“I am leaving office, or replacing this device”: one step after the other, each seen to be done, until somebody else signs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dpdesk.domain.errors import Invalid
from dpdesk.domain.handovers import STEPS, WIPES, HandoverKind, Step
from dpdesk.domain.roles import Right
from dpdesk.services import device_words as words
from dpdesk.services.handovers import Seen
from dpdesk.services.translation import marked, tr
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.device.erasing import EraseSection
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.widgets.steps import Steps
from dpdesk.ui.words import _, day, field_name, moment, trn


class HandoverPage(Page):
    """Shows where the handover is; only what dpdesk can see to be done goes on by itself."""

    code, title, icon, right, chapter = "handover", marked("Leaving a device"), "user", Right.DEVICE_CHECK, "device"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Leaving a device"))
        self.add_back(_("This device"), lambda: context.go("device", {}))
        self.seen: Seen | None = None
        self._device = ""
        self._slot = self.add_list(2 * theme.SPACE)

    def return_to(self, place: dict[str, Any]) -> None:
        """For which device."""
        self._device = place.get("device", "")

    def refresh(self) -> None:
        """Read how far it is."""
        from dpdesk.services import device, handovers
        session, wanted = self.context.session, self._device

        def read() -> tuple[Any, ...]:
            seen = handovers.open_one(session, wanted) or (handovers.open_one(session) if wanted else None)
            return seen, device.this(session), handovers.candidates(session)
        self.context.jobs.run("read", read, owner=self, done=lambda found: self._show(*found), failed=self._failed)

    def _show(self, seen: Seen | None, here: Any, people: list[tuple[str, str]]) -> None:
        empty_out(self._slot)
        self.seen = seen
        if seen is None:
            self._begin(here)
            return
        self.header.set_state(_("“{name}”, since {day}.", name=seen.device.name, day=day(seen.handover.begun_at)))
        bar = Steps([words.step_name(step.value) for step in STEPS])
        bar.go(STEPS.index(seen.step) if seen.step else len(STEPS) - 1)
        self._slot.addWidget(bar)
        if seen.step is None:
            self._slot.addWidget(text(_("Everything is done and signed."), "done"))
            return
        mine = seen.handover.officer == self.context.session.officer.id
        if self.context.session.read_only:
            self._slot.addWidget(text(_("The desk is open for reading only."), "quiet"))
        elif mine and seen.step is not Step.SIGN:
            {Step.SUCCESSOR: self._successor, Step.SHEETS: self._sheets, Step.COPIES: self._copies, Step.DESK: self._desk,
             Step.WIPE: self._wipe}[seen.step](seen, people)
        elif seen.step is Step.SIGN:
            self._sign(seen, mine)
            if mine and here is not None and here.id == seen.device.id:
                self._slot.addWidget(EraseSection(self.context, seen))
        else:
            self._slot.addWidget(text(_("{name} is still at it.", name=seen.names.get(seen.handover.officer, "")), "quiet"))
        if mine:
            self._slot.addWidget(flow(button(_("Give up: I keep this device"), self._ask_give_up, role="quiet")))

    def _begin(self, here: Any) -> None:
        self.header.set_state(_("Nothing is handed over at present."))
        if here is None:
            self._slot.addWidget(EmptyState("shield-check", _("This device is not in the inventory yet"), _(
                "Before a laptop is sold, given back or handed on, and when you leave office, dpdesk leads you through it here. Enter the "
                "device first."), (_("Enter this device"), lambda: self.context.go("device", None))))
            return
        self._slot.addWidget(text(_(
            "Before a laptop is sold, given back or handed on, and when you leave office: sheets and copies come in, the desk goes to your "
            "successor, is erased here, and somebody else signs for it (S1 §27.9)."), "quiet"))
        acts = [button(tr(words.HANDOVER_KINDS[kind.value]), lambda kind=kind: self._do(self._begun(kind.value)),
                       role="primary" if kind is HandoverKind.LEAVING else "") for kind in HandoverKind]
        self._slot.addWidget(flow(*acts))

    def _begun(self, kind: str) -> Callable[[Any], object]:
        from dpdesk.services import device, handovers
        wanted = self._device

        def work(session: Any) -> object:
            found = wanted or device.this(session).id
            return handovers.begin(session, found, kind)
        return work

    def _successor(self, seen: Seen, people: list[tuple[str, str]]) -> None:
        from dpdesk.services import handovers
        if not people:
            self._tell(_("Who takes over has to be an officer of this desk. Nobody else is one yet: the accountable person adds them."),
                       (_("Go to officers"), lambda: self.context.go("officers", {})))
            return
        self._ask(Entry(_("Who takes over?"), _("They get the desk, and sign in the end."), [
            FieldSpec("successor", field_name("successor"), "choice", choices=tuple(people))], _("Go on"),
            lambda values: self._do(lambda session: handovers.name_successor(session, seen.handover.id, values["successor"]))))

    def _sheets(self, seen: Seen, _people: Any) -> None:
        said = trn("{n} sheet is still out with you. Hand it in.", "{n} sheets are still out with you. Hand them in.", seen.sheets) \
            if seen.sheets else _("No sheet is out with you, as far as dpdesk knows. Look in your bag and at home too.")
        self._step(seen, said, Step.SHEETS, _("I have none left"))

    def _copies(self, seen: Seen, _people: Any) -> None:
        said = trn("{n} copy that you made is still there. Delete it, and take it off the list.",
                   "{n} copies that you made are still there. Delete each, and take it off the list.", seen.copies) \
            if seen.copies else _("No copy that you made is open. Look through your folders, mail and phone for others too.")
        self._step(seen, said, Step.COPIES, _("There are none left"), (_("Go to copies"), lambda: self.context.go("copies", {})))

    def _desk(self, seen: Seen, _people: Any) -> None:
        name = seen.names.get(seen.handover.successor, "")
        said = _("Make a backup now, and give it to {name}: they restore it on their own device, open it with their own passphrase, and "
                 "see there that nothing is missing.", name=name)
        other = (_("Go to backups"), lambda: self.context.go("backups", {}))
        if not self.context.session.may(Right.DESK_BACKUP):
            said, other = _("The accountable person, or whoever else may, makes a backup now and gives it to {name}.", name=name), None
        self._step(seen, said, Step.DESK, _("{name} has it", name=name), other)

    def _step(self, seen: Seen, said: str, step: Step, verb: str, other: tuple[str, Callable[[], object]] | None = None) -> None:
        from dpdesk.services import handovers
        self._slot.addWidget(text(words.step_name(step.value), "heading"))
        self._slot.addWidget(text(said))
        acts = [button(verb, lambda: self._do(lambda session: handovers.done(session, seen.handover.id, step)),
                       role="" if seen.blocked else "primary")]
        if other is not None:
            acts.append(button(other[0], other[1], role="primary" if seen.blocked else ""))
        self._slot.addWidget(flow(*acts))

    def _wipe(self, seen: Seen, _people: Any) -> None:
        from dpdesk.services import handovers
        self._ask(Entry(_("How will this device be wiped?"), _(
            "Say it now: the backup of the next step takes it to {name}. In the end dpdesk erases this desk here for you. On an encrypted "
            "disk that is enough to go on using the device; before it is sold or given away, reset it too, or erase the whole disk.",
            name=seen.names.get(seen.handover.successor, "")), [
            FieldSpec("wipe", field_name("wipe"), "choice", choices=tuple((code, words.wipe_name(code)) for code in WIPES)),
            FieldSpec("tool", field_name("tool"), help=_("Such as: dpdesk; or “Reset this PC”, with “Clean the drive”.")),
            FieldSpec("verified", field_name("verified"), help=_("Such as: dpdesk’s certificate; or started it anew, nothing was left."))],
            _("That is how"),
            lambda values: self._do(lambda session: handovers.wiped(session, seen.handover.id, values["wipe"], values["tool"],
                                                                    values["verified"]))))

    def _sign(self, seen: Seen, mine: bool) -> None:
        from dpdesk.services import handovers
        self._slot.addWidget(text(words.step_name(Step.SIGN.value), "heading"))
        for step in STEPS[:-1]:
            at = str(seen.handover.steps.get(step.value, {}).get("at", ""))
            self._slot.addWidget(text(_("{step}: done, {moment}", step=words.step_name(step.value), moment=moment(at)) if at else
                                      _("{step}: done, for the desk is open here", step=words.step_name(step.value)), "quiet"))
        if mine:
            self._slot.addWidget(text(_("Now {name}, or the accountable person, signs. It is on their page Today.",
                                        name=seen.names.get(seen.handover.successor, ""))))
        else:
            self._ask(Entry(_("Sign for it"), _(
                "By signing you say that you have the desk, and that {name} keeps nothing. How the device was wiped goes into the disposal "
                "log.", name=seen.names.get(seen.handover.officer, "")), [
                FieldSpec("certificate", field_name("certificate"), help=_("The number on {name}’s certificate of erasing, if there is "
                                                                           "one.", name=seen.names.get(seen.handover.officer, "")))],
                _("I sign"), lambda values: self._do(lambda session: handovers.sign(session, seen.handover.id, values["certificate"]),
                                                     _("It is signed."))))

    def _ask_give_up(self) -> None:
        from dpdesk.services import handovers
        identity = self.seen.handover.id if self.seen else ""
        ask.confirm(self, _("Keep this device after all?"), _("What was done stays done; the handover ends here."), _("Keep it"),
                    lambda: self._do(lambda session: handovers.give_up(session, identity)))

    def _tell(self, said: str, act: tuple[str, Callable[[], object]]) -> None:
        self._slot.addWidget(text(said))
        self._slot.addWidget(flow(button(act[0], act[1])))

    def _ask(self, entry: Entry) -> None:
        entry.cancel.hide()
        self._slot.addWidget(entry)

    def _do(self, work: Callable[[Any], object], said: str = "") -> None:
        session = self.context.session

        def done(_made: object) -> None:
            self.context.changed("device")
            if said:
                self.context.say("done", said, None)

        def failed(error: Exception) -> None:
            entry = next((item.widget() for at in range(self._slot.count())
                          if (item := self._slot.itemAt(at)) is not None and isinstance(item.widget(), Entry)), None)
            if isinstance(error, Invalid) and entry is not None:
                entry.show_problems(dict(error.problems))
            else:
                failures.show(self.context, error)
        self.context.jobs.run("write", lambda: work(session), owner=self, done=done, failed=failed)

    def heard(self, noun: str) -> None:
        """Copies, backups and officers count here."""
        if self.isVisible() and noun in ("device", "copies", "officers"):
            self.refresh()

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
