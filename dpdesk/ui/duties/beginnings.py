"""The three bad evenings as three buttons: addresses shown, a sheet lost, a device gone. Each starts a report that is filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.ui import theme
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, text
from dpdesk.ui.words import _, moment

if TYPE_CHECKING:
    from dpdesk.domain.sessions import Loss
    from dpdesk.ui.duties.listing import EntriesPage


def block(page: EntriesPage, losses: list[Loss]) -> QWidget | None:
    """The buttons above the list of incidents."""
    from dpdesk.services import incidents
    session = page.context.session
    if not incidents.may_report(session):
        return None
    holder = QWidget()
    holder.setProperty("role", "plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE)
    acts = []
    if session.may(Right.POST_SEE):
        acts.append(button(_("I used To instead of Bcc…"), lambda: page.context.go("post_outbox", {"exposed": True}), icon="mail"))
    acts.append(button(_("My laptop is gone…"), lambda: ask_device(page), icon="lock"))
    column.addWidget(flow(*acts))
    for loss in losses:
        said = _("A page of a sheet is lost since {moment}: {how}", moment=moment(loss.missed_at), how=loss.how)
        column.addWidget(text(said, "warning"))
        column.addWidget(flow(button(_("Open the incident"), lambda loss=loss: _run(page, lambda session: incidents.lost_sheet(
            session, loss.id)), name=_("Open the incident: {loss}", loss=said))))
    return holder


def ask_device(page: EntriesPage) -> None:
    """What is gone, and how."""
    from dpdesk.services import duties, duty_typed, incidents

    def report(values: dict[str, str]) -> None:
        known, wrong = duty_typed.read_moment(values["aware_at"] or "now")
        if wrong and page.slot.entry is not None:
            page.slot.entry.show_problems({"aware_at": wrong})
            return
        _run(page, lambda session: incidents.lost_device(session, values["device"], values["how"], known,
                                                         this_desk=values["desk"] == "yes"))
    page.slot.ask(Entry(_("A device is gone"), _(
        "Report it now; what is not known can follow. The report says whose data the desk on it held, "
        "and that it was encrypted. If somebody may know your passphrase, say so."), [
        FieldSpec("device", _("Which device"), help=_("Such as: the secretary’s laptop.")),
        FieldSpec("desk", _("Did it hold this desk"), "choice", choices=(("yes", _("Yes, this desk")), ("no", _("No")))),
        FieldSpec("aware_at", _("Known since"), help=_("When the branch learnt of it: the clocks run from here."), longest=20,
                  placeholder=_("DD/MM/YYYY HH:MM")),
        FieldSpec("how", _("What happened"), "long", _("Where, when it was seen last, what else was on it."))], _("Report it now"),
        report, role="danger", values={"desk": "yes", "aware_at": duty_typed.shown_moment(duties.utc_now().isoformat())}))


def gate(page: EntriesPage) -> QWidget | None:
    """Whether training in date opens access: a tick above the trainings, for who may change the desk."""
    from dpdesk.services import training_gate
    session = page.context.session
    if not session.may_change(Right.DESK_SETTINGS):
        return None

    def turned(on: bool) -> None:
        page.context.jobs.run("write", lambda: training_gate.set_on(session, on), owner=page, failed=page.failed,
                              done=lambda _answer: page.context.changed("settings"))
    tick = QCheckBox(_("Training opens access"))
    tick.setMinimumHeight(theme.TARGET)
    tick.setChecked(training_gate.is_on(session))
    tick.clicked.connect(turned)
    holder = QWidget()
    holder.setProperty("role", "plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(tick)
    column.addWidget(text(_("Then an officer sees members and electors only with a training in date, recorded here under their own name."),
                          "small"))
    return holder


def _run(page: EntriesPage, work: Callable[[Any], Any]) -> None:
    session = page.context.session

    def done(shown: Any) -> None:
        page.slot.close_up()
        page.context.changed("duties")
        page.context.go("duty", {"id": shown.duty.id})
        page.context.say("warning", _("{ref} is reported, and the clocks run. Fill in what you know, and tell headquarters.",
                                      ref=shown.ref), None)
    page.context.jobs.run("write", lambda: work(session), owner=page, done=done, failed=page.failed)
