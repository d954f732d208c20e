"""What one register's entries can do beside the rest: an incident's pages, an assessment's matrix, a notice's text, what the desk holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.duties import blocks
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, text
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.services.incident_steps import Step
    from dpdesk.ui.duties.entry import DutyPage


def block(page: DutyPage) -> QWidget | None:
    """The block for the entry in front, None where its register has none."""
    assert page.record is not None
    made = _BLOCKS.get(page.record.shown.register.code)
    return made(page) if made else None


def _incident(page: DutyPage) -> QWidget:
    """What is to be done at once, and the pages for headquarters and the regulator."""
    from dpdesk.services import incident_packs, incident_steps
    assert page.record is not None
    identity, ref = page.record.shown.duty.id, page.record.shown.ref

    def ask(whom: str, heading: str) -> None:
        page.ask_why(heading, f"{ref}-{whom}.pdf", _("PDF documents (*.pdf)"),
                     lambda session, path, why, accepted: incident_packs.save(session, identity, whom, path, why, accepted=accepted))
    holder, column = blocks.column()
    steps = incident_steps.of(page.record.shown)
    if steps:
        column.addWidget(text(_("Do this at once"), "heading"))
    for each in steps:
        column.addWidget(_step(page, each))
    column.addWidget(flow(button(_("Page for headquarters…"), lambda: ask("headquarters", _("Page for headquarters")), icon="file-text"),
                button(_("Page for the regulator…"), lambda: ask("regulator", _("Page for the regulator")), icon="file-text")))
    return holder


def _step(page: DutyPage, step: Step) -> QWidget:
    """What is to be done at once: its words, where the desk does it, and that it is done."""
    from dpdesk.services import incident_steps
    assert page.record is not None
    if step.done:
        return flag(step.words, "check", "done")
    identity, acts = page.record.shown.duty.id, []
    if step.page in page.context.extras.get("pages", ()):
        acts.append(button(_("Go there"), lambda: page.context.go(step.page, None), role="link",
                           name=_("Go there: {step}", step=step.words)))
    if page.may_keep():
        acts.append(button(_("It is done"), lambda: page.write(lambda session: incident_steps.did(session, identity, step.code),
                                                               _("Noted in the timeline.")), role="link",
                           name=_("It is done: {step}", step=step.words)))
    holder, column = blocks.column()
    column.setSpacing(0)
    column.addWidget(text(step.words))
    if acts:
        column.addWidget(flow(*acts))
    return holder


def _request(page: DutyPage) -> QWidget | None:
    """From the request to all that is held on its people, and what was searched back into it."""
    from dpdesk.services import request_searches
    assert page.record is not None
    shown, context = page.record.shown, page.context
    if "subject" not in context.extras.get("pages", ()) or shown.duty.ended_at:
        return None
    if not page.record.people:
        return flow(button(_("Whose data is it? Link them…"), lambda: blocks.ask_person(page), icon="user")) if page.may_keep() else None
    places = [(name, {"elector" if kind == "elector" else "id": identity, "request": shown.duty.id})
              for identity, name, kind in page.record.people[:5]]
    acts = [button(_("All that is held on {name}…", name=name), lambda place=place: context.go("subject", place), icon="search")
            for name, place in places]
    if page.may_keep():
        acts.append(button(_("Take over what was searched"), lambda: page.write(
            lambda session: request_searches.take_over(session, shown.duty.id), _("What was searched stands in the request."))))
    return flow(*acts)


def _assessment(page: DutyPage) -> QWidget | None:
    from dpdesk.services import risk_grid
    from dpdesk.ui.duties.matrix import Matrix
    assert page.record is not None
    risks = risk_grid.placed(page.record.shown)
    if not risks:
        return None
    holder = QWidget()
    holder.setProperty("role", "plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE)
    column.addWidget(Matrix(risks))
    for each in risks:
        column.addWidget(text(risk_grid.words(each), "small"))
    return holder


def _notice(page: DutyPage) -> QWidget | None:
    from dpdesk.services import notices
    assert page.record is not None
    shown = page.record.shown
    if not page.may_keep() or shown.duty.state != "draft":
        return None
    return flow(button(_("Write it from the activities"), lambda: page.write(
        lambda session: notices.write(session, shown.duty.id), _("The text is written. Read it, and make it yours.")), icon="pencil"))


def _activity(page: DutyPage) -> QWidget | None:
    assert page.record is not None
    return text(_("In this desk now: {held}", held=page.record.live), "label") if page.record.live else None


_BLOCKS: dict[str, Callable[[DutyPage], QWidget | None]] = {
    "requests": _request, "incidents": _incident, "dpias": _assessment, "notices": _notice, "processing": _activity}
