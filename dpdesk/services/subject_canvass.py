"""What the campaign and the registers hold on a person: answers at the door, requests to be left alone, sheets, pictures, duties.

A picture of a sheet goes out with everybody else's rows blacked out in the pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dpdesk.domain.subjects import Record, Subject
from dpdesk.services.dates import moment
from dpdesk.services.session import Session
from dpdesk.services.subject_source import Source, record
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.domain.scans import Page


def _canvass(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.services.session_words import outcome_name
    from dpdesk.store import campaigns, results
    names = {each.id: each.name for each in campaigns.listing(connection)} if subject.electors else {}
    for elector in subject.electors:
        for fact in results.of_elector(connection, elector):
            yield record(fact.id, fact.taken_on, (tr("Taken on"), fact.taken_on), (tr("Campaign"), names.get(fact.campaign, "")),
                         (tr("What came of it"), outcome_name(fact.outcome.value)), (tr("Written as"), fact.raw),
                         (tr("Voting intention"), fact.intention), (tr("Likelihood"), fact.scale or ""),
                         (tr("Would not vote for"), ", ".join(fact.wont)), (tr("Had voted"), tr("yes") if fact.voted else ""),
                         (tr("Answers"), ", ".join(fact.answers)), (tr("Note"), fact.note), (tr("Source"), fact.source.value),
                         (tr("Replaced since"), tr("yes") if fact.ended else ""), shared=bool(fact.note))


def _left_alone(session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.services import leaving_alone
    from dpdesk.store import electors
    asked = leaving_alone.store_of(session, connection)
    for elector in electors.by_ids(connection, list(subject.electors), gone=True):
        for each in asked.ever_of(elector):
            yield record(each.id, each.noted_on, (tr("To be left alone by"), each.channel), (tr("Noted on"), each.noted_on),
                         (tr("Until"), each.until or tr("for ever")), (tr("Whole household"), tr("yes") if each.household else ""),
                         (tr("Why"), each.why), (tr("Lifted, because"), each.lifted_why), shared=bool(each.why))


def _sheets(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.services.session_words import state_name
    from dpdesk.store import sheets
    for elector in subject.electors:
        for line in sheets.of_elector(connection, elector):
            sheet = sheets.get(connection, line.sheet)
            if sheet is None:
                continue
            said = [state_name(each.state.value) for each in sheets.copies(connection, [sheet.id]) if each.piece.page == line.page]
            yield record(f"{sheet.id}-{line.page}-{line.line}", sheet.made_at, (tr("Printed sheet"), sheet.title),
                         (tr("Made"), moment(sheet.made_at)), (tr("Page"), line.page), (tr("Line"), line.line),
                         (tr("Printed"), tr("a blank line, without a name") if line.blank else ", ".join(map(str, sheet.columns))),
                         (tr("The paper"), ", ".join(dict.fromkeys(said))))


def _sessions(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    """Sessions the person took part in, and what sheets they held."""
    from dpdesk.services.session_words import part_name
    from dpdesk.store import custody, sessions
    for found, who in sessions.of_person(connection, subject.person) if subject.person else ():
        took = len({event.piece for event in custody.taken_by(connection, who.id)})
        signed = len(custody.acknowledgements(connection, [who.id]))
        yield record(who.id, found.on_day, (tr("Session on"), found.on_day), (tr("Place"), found.place),
                     (tr("Took part as"), part_name(who.part.value)), (tr("Pages they held"), took or ""),
                     (tr("Briefings acknowledged"), signed or ""))


def _scans(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import scans, sheets
    for elector in subject.electors:
        for line in sheets.of_elector(connection, elector):
            for page in scans.of_sheet(connection, line.sheet):
                if page.page == line.page:
                    yield _picture(connection, page, line.line)


def _picture(connection, page: Page, line: int) -> Record:
    """A page's picture with all others blacked out; what the boxes of the person's row say."""
    from dpdesk.domain.sheets import LAYOUTS
    from dpdesk.paper.blackout import others_out
    from dpdesk.store import scan_images, sheets
    places = [each.line for each in sheets.lines(connection, page.sheet, page.page)]
    row = next((each for each in page.rows if each.line == line), None)
    values = ((tr("Scanned"), moment(page.at)), (tr("Page"), str(page.page)), (tr("Boxes as read"), row.read if row else ""),
              (tr("Boxes as decided"), row.answer if row else ""), (tr("Note"), row.note if row else ""))
    found = scan_images.get(connection, page.id)
    file, said = None, tr("The picture has been erased.")
    if found is not None and found[0] == "straight" and line in places:
        try:
            file = (f"{page.id[-6:]}-{page.page}.jpg", others_out(found[2], LAYOUTS[page.layout], [places.index(line)]))
            said = tr("In it, everybody else is blacked out.")
        except (ValueError, KeyError):
            said = tr("The picture cannot be blacked out, and is not given.")
    elif found is not None:
        said = tr("The picture is not lined up, so that it cannot be blacked out, and is not given.")
    return Record(f"{page.id}-{line}", tuple((name, value) for name, value in (*values, (tr("Picture"), said)) if value), page.at[:10],
                  file is not None or bool(row and row.note), file)


def _duties(session: Session, connection, subject: Subject) -> Iterable[Record]:
    """Entries of the registers that are linked to the person, by the labels of each register."""
    from dpdesk.domain.registers.declaring import Kind
    from dpdesk.services.duties import register_of
    from dpdesk.services.duty_words import value_words
    from dpdesk.store import duties
    linked = dict.fromkeys(each for who in (subject.person, *subject.electors) if who for each in duties.of_person(connection, who))
    for identity in linked:
        found = duties.get(connection, identity)
        if found is None:
            continue
        register = register_of(found.register)
        fields = {field.code: field for field in register.fields}
        values = [(tr(fields[code].label), value_words(fields[code], value)) for code, value in found.values.items()
                  if code in fields and value and fields[code].kind is not Kind.ENTRY]
        yield record(identity, found.opened_at, (tr("Register"), tr(register.title)), (tr("Opened"), moment(found.opened_at)),
                     (tr("Closed"), moment(found.ended_at) if found.ended_at else ""), *values, shared=True)


SOURCES = (Source("canvass", _canvass), Source("left_alone", _left_alone), Source("sheets", _sheets), Source("sessions", _sessions),
           Source("scans", _scans),
           Source("duties", _duties))
