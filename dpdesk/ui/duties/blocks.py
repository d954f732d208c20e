"""The parts of an entry's page: clocks, guidance, facts with their clauses, people, documents, the timeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.domain.duties import Event
from dpdesk.domain.evidence import MEDIA, Evidence
from dpdesk.domain.registers.declaring import Field
from dpdesk.domain.roles import Right
from dpdesk.services import duties, duty_words
from dpdesk.ui import theme
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, figures_font, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, media_name, moment

if TYPE_CHECKING:
    from dpdesk.ui.duties.entry import DutyPage, Record


def column() -> tuple[QWidget, QVBoxLayout]:
    """A holder with a plain column in it."""
    holder = QWidget()
    holder.setProperty("role", "plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE // 2)
    return holder, column


def clocks(record: Record) -> QWidget | None:
    """Each clock with how it runs: what is over or near stands on a tint."""
    shown, now = record.shown, duties.utc_now()
    if not shown.running:
        return None
    holder, inside = column()
    for running in shown.running:
        said = duty_words.clock_words(running, now) + (f"  ({_(running.clock.clause)})" if running.clock.clause else "")
        if running.run.met:
            inside.addWidget(text(said, "warning" if running.run.late else "done"))
        elif shown.duty.ended_at:
            continue
        elif running.run.overdue(now):
            inside.addWidget(flag(said, "triangle-alert", "danger"))
        elif running.urgency(now) in (0, 1):
            inside.addWidget(flag(said, "clock", "warning"))
        else:
            inside.addWidget(text(said, "label"))
    return holder


def guidance(record: Record) -> QWidget | None:
    """What the law asks, in plain words and with its date."""
    register = record.shown.register
    if not register.guidance or record.shown.duty.ended_at:
        return None
    said = _(register.guidance)
    return text(_("{guidance} (As of {day}.)", guidance=said, day=day(register.guidance_on)) if register.guidance_on else said, "quiet")


def forwarded(page: DutyPage) -> QWidget | None:
    """Who is told of such a case at once: the party, where it handles them itself, or who in the branch answers."""
    from dpdesk.services import duties_forwarded
    assert page.record is not None
    shown = page.record.shown
    said = duties_forwarded.words(page.context.session, shown.register.code)
    if not said or shown.duty.ended_at:
        return None
    return flag(said, "info", "warning") if duties_forwarded.waits(page.context.session, shown) else text(said, "quiet")


def facts(record: Record) -> list[QWidget]:
    """The fields that hold something, under their headings, each with its clause."""
    found: list[QWidget] = []
    for group, held in duty_words.facts_by_group(record.shown.duty, record.shown.register, record.names):
        if not group:
            found.append(_facts(held))
            continue
        section = Section(_(group))
        section.body.addWidget(_facts(held))
        found.append(section)
    return found


def _facts(held: list[tuple[Field, str]]) -> QWidget:
    """Labels, beside them what the fields hold, and small at the edge the clause that asks for each."""
    holder = QWidget()
    holder.setProperty("role", "plain")
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.SPACE * 3)
    grid.setVerticalSpacing(theme.SPACE)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 2)
    for at, (field, said) in enumerate(held):
        grid.addWidget(text(_(field.label), "quiet"), at, 0, Qt.AlignmentFlag.AlignTop)
        if field.clause:
            clause = text(_(field.clause), "small")
            clause.setWordWrap(False)
            grid.addWidget(clause, at, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        value = text(said, selectable=True)
        value.setFont(figures_font())
        grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
    return holder


def people(page: DutyPage) -> QWidget | None:
    """Whom the entry is about: links to their records, and a search to link somebody."""
    record = page.record
    assert record is not None
    if not page.context.session.may(Right.MEMBERS_SEE) or not (record.shown.register.persons or record.people):
        return None
    section = Section(_("People it is about ({n})").format(n=len(record.people)), open=bool(record.people))
    for identity, name, kind in record.people:
        section.body.addWidget(flow(button(name or _("No name on record"), lambda kind=kind, identity=identity: page.context.go(
            kind, {"id": identity}), role="link"), *([button(_("Take out"), lambda identity=identity: _unlink(page, identity), role="quiet",
                                                              name=_("Take out {name}", name=name))] if page.may_keep() else [])))
    if page.may_keep():
        section.body.addWidget(flow(button(_("Link somebody…"), lambda: ask_person(page), icon="plus")))
    return section


def _unlink(page: DutyPage, person: str) -> None:
    assert page.record is not None
    identity = page.record.shown.duty.id
    page.write(lambda session: duties.unlink(session, identity, person), _("The link is taken out."))


def ask_person(page: DutyPage) -> None:
    """Search for somebody by name and link them to the entry."""
    def look(values: dict[str, str]) -> None:
        from dpdesk.services import members
        session = page.context.session
        page.context.jobs.run("read", lambda: members.search(session, values["name"])[:8], owner=page, done=lambda rows: offer(rows),
                              failed=lambda error: page.context.say("failed", str(error), None))

    def offer(rows: list[Any]) -> None:
        if not rows:
            page.context.say("info", _("Nobody on the desk fits."), None)
            return
        choices = tuple((row.member.id, " · ".join(filter(None, (row.member.name, row.member.town, row.member.number)))) for row in rows)
        assert page.record is not None
        identity = page.record.shown.duty.id
        page.slot.ask(Entry(_("Link somebody"), "", [FieldSpec("person", _("Who"), "choice", choices=choices)], _("Link"),
                       lambda values: page.write(
            lambda session: duties.link(session, identity, [values["person"]]), _("Linked."))))
    page.slot.ask(Entry(_("Link somebody"), _("A member or contact of the desk."), [
        FieldSpec("name", _("Name, number, e-mail or phone"))], _("Find"), look))


def documents(page: DutyPage) -> QWidget:
    """Files kept with the entry."""
    record = page.record
    assert record is not None
    section = Section(_("Documents ({n})").format(n=len(record.documents)), open=bool(record.documents))
    for each in record.documents:
        label = text(_("{name} · {kind}", name=each.name, kind=media_name(each.media_type)), selectable=True)
        label.setWordWrap(False)
        label.setMinimumHeight(theme.TARGET)
        acts = [button(_("Save…"), lambda each=each: _save(page, each), role="link", name=_("Save {file}", file=each.name))]
        if page.may_keep():
            acts.append(button(_("Remove…"), lambda each=each: _ask_removal(page, each), role="link",
                               name=_("Remove {file}", file=each.name)))
        section.body.addWidget(flow(label, *acts))
    if page.may_keep():
        section.body.addWidget(flow(button(_("Keep a document…"), lambda: _choose(page), icon="plus")))
    return section


def _choose(page: DutyPage) -> None:
    endings = " ".join(f"*{ending}" for ending in (*MEDIA.values(), ".jpeg", ".tiff"))
    ask.choose_open(page, _("Keep a document"), _("Documents ({endings})", endings=endings), lambda path: attach(page, Path(path)))


def attach(page: DutyPage, path: Path) -> None:
    """Keep the file at `path` with the entry."""
    from dpdesk.services import duties_files
    assert page.record is not None
    identity = page.record.shown.duty.id
    page.write(lambda session: duties_files.attach(session, identity, path),
               _("“{file}” is kept, encrypted in the desk. The file itself still lies where it was, and is on the list of copies.",
                 file=path.name), lambda _kept: page.context.changed("copies"))


def _save(page: DutyPage, each: Evidence) -> None:
    from dpdesk.services import duties_files
    page.ask_why(_("Save {file}", file=each.name), f"document-{each.id[-6:]}{each.ending}",
                 f"{media_name(each.media_type)} (*{each.ending})",
                 lambda session, path, why, accepted: duties_files.save(session, each.id, path, why, accepted=accepted))


def _ask_removal(page: DutyPage, each: Evidence) -> None:
    from dpdesk.services import duties_files
    ask.confirm(page, _("Remove this document?"), _("It is gone from the desk for good. The timeline keeps that it was there."),
                _("Remove"),
                lambda: page.write(lambda session: duties_files.remove(session, each.id), _("The document is removed.")), danger=True)


def timeline(page: DutyPage) -> QWidget:
    """What happened, the newest first, and a note to add."""
    record = page.record
    assert record is not None
    section = Section(_("Timeline ({n})").format(n=len(record.shown.duty.events)))
    if page.may_keep():
        section.body.addWidget(flow(button(_("Write a note…"), lambda: _ask_note(page), icon="pencil")))
    for event in reversed(record.shown.duty.events):
        section.body.addWidget(_event(record, event))
    return section


def _event(record: Record, event: Event) -> QWidget:
    holder, inside = column()
    inside.setSpacing(0)
    inside.addWidget(text(duty_words.event_words(record.shown.register, event), "label"))
    if event.note:
        inside.addWidget(text(event.note, selectable=True))
    said = moment(event.at)
    if event.on and event.on != event.at[:10]:
        said = _("for {day}; written {moment}", day=day(event.on), moment=said)
    inside.addWidget(text(_("{when}, by {officer}", when=said, officer=record.officers.get(event.officer, _("somebody"))), "small"))
    return holder


def _ask_note(page: DutyPage) -> None:
    assert page.record is not None
    identity = page.record.shown.duty.id
    page.slot.ask(Entry(_("Write a note"), _("It stands in the timeline with the day and your name, and cannot be changed."), [
        FieldSpec("note", _("Note"), "long")], _("Keep the note"),
        lambda values: page.write(lambda session: duties.note(session, identity, values["note"]), _("The note is kept."))))
