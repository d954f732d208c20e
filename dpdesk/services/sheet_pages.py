"""What is printed on the pages of a sheet: the lines of its walk with no more columns than its campaign asks for, and the words around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dpdesk.domain.campaigns import Column
from dpdesk.domain.custody import Piece
from dpdesk.domain.electors import Elector
from dpdesk.domain.properties import Places, Property
from dpdesk.domain.sessions import CanvassSession, Sheet, SheetKind
from dpdesk.domain.sheet_codes import PageCode, payloads
from dpdesk.domain.sheets import LAYOUTS, SheetLabels, SheetLine, SheetPage, Sort
from dpdesk.services import sheets
from dpdesk.services.dates import day
from dpdesk.services.session import Session
from dpdesk.services.translation import tr, trn
from dpdesk.services.walks_words import sides

RETURN_TO = "sheets_return_to"


def return_to(session: Session) -> str:
    """Whom a found sheet is returned to: what the desk says, else the branch's name."""
    return session.desk.setting(RETURN_TO) or session.branch


def set_return_to(session: Session, where: str) -> None:
    """Say whom a found sheet is returned to: an address or a telephone number of the branch."""
    from dpdesk.domain.errors import Invalid
    from dpdesk.domain.roles import Right
    from dpdesk.services.settings import _set
    session.require(Right.CAMPAIGNS_EDIT)
    plain = " ".join(where.split())
    if len(plain) > 120:
        raise Invalid({"return_to": "too_long"})
    _set(session, RETURN_TO, plain)


class Drawing:
    """Makes pages of the sheets of one session; what they share is asked for once."""

    def __init__(self, session: Session, parent: CanvassSession) -> None:
        from dpdesk.services import campaigns
        self._session, self._parent = session, parent
        self._campaign = campaigns.get(session, parent.campaign)
        self._key, self._places = sheets.key(session), Places()
        self._return_to = return_to(session)
        self._secret = session.policy.class_for("confidential").name.upper()

    def pages(self, sheet: Sheet, copies: Mapping[int, int], holder: str = "") -> list[SheetPage]:
        """The pages of a sheet, `copies` saying which print of each page it is."""
        rows: dict[int, list[sheets.Line]] = {}
        for line in sheets.rows_of(self._session, sheet.id):
            rows.setdefault(line.row.page, []).append(line)
        columns = Columns(self._session, sheet, [line.elector for some in rows.values() for line in some if line.elector])
        doors = {line.elector.id: self._places.of(line.elector.address, line.elector.postcode) for some in rows.values() for line in some
                 if line.elector}
        streets = {there.street for there in doors.values() if there}
        made = []
        for page, copy in sorted(copies.items()):
            lines = tuple(self._line(line, doors, columns, apart=len(streets) > 1) for line in rows[page])
            code = PageCode(sheet.layout, len(sheet.boxes), len(lines), *Piece(sheet.id, page, copy))
            made.append(SheetPage(
                LAYOUTS[sheet.layout], payloads(code, self._key), code.label, page, sheet.pages, copy, sheet.boxes, lines, labels(sheet),
                self._session.branch, self._campaign.name, sheet.title, self._summary(sheet, doors), self._line_of_session(holder),
                self._secret, self._return_to))
        return made

    def _line(self, line: sheets.Line, doors: Mapping, columns: Columns, *, apart: bool) -> SheetLine:
        if line.blank:
            return SheetLine(blank=True)
        elector = line.elector
        if elector is None:  # left the register since the sheet was made: the line stays, and names nobody
            return SheetLine(blank=True)
        there = doors.get(elector.id)
        return SheetLine(str(elector.key), there.label if there else "", elector.name or tr("(no name on the register)"),
                         there.street if there and apart else "", columns.of(elector))

    def _summary(self, sheet: Sheet, doors: Mapping) -> str:
        """How many doors and electors, and from which number to which on either side of the street."""
        there = {(each.street_key, each.key): each for each in doors.values() if each}
        said = [tr("Polling day")] if sheet.kind is SheetKind.KNOCKING_UP else []
        said += [trn("{n} door", "{n} doors", len(there)), trn("{n} elector", "{n} electors", sheet.people)]
        by_street: dict[str, list[Property]] = {}
        for each in there.values():
            by_street.setdefault(each.street_key, []).append(each)
        return " · ".join([*said, "; ".join(sides(some, named=len(by_street) > 1) for some in by_street.values())]).removesuffix(" · ")

    def _line_of_session(self, holder: str) -> str:
        said = tr("{day}, {time}, {place}", day=day(self._parent.on_day), time=self._parent.starts, place=self._parent.place)
        return f"{said} · {holder}" if holder else said


class Columns:
    """The optional columns of a sheet, read once for all who are on it; each costs privacy where the sheet is lost (S1 §3.2, §8.5.a)."""

    def __init__(self, session: Session, sheet: Sheet, people: Sequence[Elector]) -> None:
        from dpdesk.services import campaigns
        from dpdesk.services.register import polling_day
        from dpdesk.services.results_ages import oldest_day
        from dpdesk.store import members, register_files, register_links, results
        self._wanted = {Column(each) for each in sheet.columns}
        self._polling_day = polling_day(session)
        self._codes = campaigns.codes(session, sheet.codes)
        ids = [each.id for each in people]
        with session.desk.read() as connection:
            self._absent = register_files.absent_of(connection, ids) if Column.ABSENT in self._wanted else {}
            self._said = results.last_intentions(connection, ids, oldest_day(session)) if Column.INTENTION in self._wanted else {}
            self._linked = {}
            if self._wanted & {Column.PHONE, Column.MEMBER}:
                pairs = {person: elector for elector, person in register_links.pairs(connection) if elector in set(ids)}
                self._linked = {pairs[each.id]: each for each in members.by_ids(connection, list(pairs))}

    def of(self, elector: Elector) -> tuple[str, ...]:
        """What is printed of an elector beside name, number and door."""
        from dpdesk.services.register_words import absent_name
        person = self._linked.get(elector.id)
        found = [absent_name(code) for code in self._absent.get(elector.id, ())]
        if Column.ATTAINER in self._wanted and elector.attains_after(self._polling_day):
            found.append(tr("18 on {day}", day=day(elector.attains_on)))
        if Column.BORN in self._wanted and elector.born_on:
            found.append(day(elector.born_on))
        found += self._intention(elector.id)
        if person is not None and Column.PHONE in self._wanted:
            found += filter(None, (_at_home(person.mobile or person.landline),))
        if person is not None and Column.MEMBER in self._wanted and person.kind.value == "member":
            found.append(tr("member"))
        return tuple(found)

    def _intention(self, elector: str) -> list[str]:
        """The code of the last intention, in the letters of the sheet's own set: a code, and no words (DOMAIN.md C9)."""
        party, strength, _day = self._said.get(elector, ("", "", ""))
        if not party and not strength:
            return []
        return [code.letter for code in self._codes.codes if (code.party, code.strength.value) == (party, strength)][:1]


def labels(sheet: Sheet) -> SheetLabels:
    """The words printed on every page."""
    none = next((box.letters for box in sheet.boxes if box.sort is Sort.NO_ANSWER), "")
    return SheetLabels(
        sheet=tr("Sheet"), page_of=tr("Page {page} of {pages}", page="{page}", pages="{pages}"), copy=tr("copy {copy}", copy="{copy}"),
        notes=tr("Notes"), blank=tr("Nobody to call on here. Leave this line empty."),
        how_to_mark=tr("X one box, black or blue pen. Mistake: black the box out completely, X another. No answer? X “{letter}”.",
                       letter=none),
        do_not_photograph=tr("Do not photograph or copy. Hand back at the end of the session to whoever leads it."),
        return_to=tr("If found, return to:"))


def _at_home(phone: str) -> str:
    """A number as it is dialled in Britain."""
    return f"0{phone[3:]}" if phone.startswith("+44") else phone
