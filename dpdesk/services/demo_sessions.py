"""Sessions of the demo branch: one earlier today that is finished, down to the certificate, and one that is under way now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from dpdesk.domain.campaigns import Question
from dpdesk.domain.custody import How, Move, PageCopy, Piece
from dpdesk.domain.sessions import CanvassSession, Of, Part, Sheet
from dpdesk.services import (
    allotments,
    campaigns,
    custody,
    demo_results,
    demo_scans,
    destruction,
    hand_in,
    issuing,
    sessions,
    sheet_print,
    sheets,
    walks,
)
from dpdesk.services.dates import british
from dpdesk.services.session import Session, today

_VALUES = {"place": "Community hall, Mill Street", "storage": "Steel cabinet in the office",
           "storage_kind": "locked_cabinet", "protected": "yes"}
_FINISHED, _RUNNING = ("Marian Example", "Gwen Sample", "Ivor Test"), ("Marian Example", "Nia Trial", "Owain Model", "Tess Draft")


def add(session: Session) -> None:
    """Make the campaign and both sessions."""
    campaign = campaigns.add(session, {"name": "Anytown council election", "polling_day": _polling_day(today()).isoformat(),
                                       "basis_why": "Voters expect parties to ask; the assessment is with the accountable person."},
                             "generic", questions=[Question("", "What matters most to you here?")])
    found = walks.walks(session)
    _finished(session, campaign.id, found[:3])
    _running(session, campaign.id, found[3:9])
    demo_results.earlier(session, campaign.id)


def _polling_day(day: date) -> date:
    """The first Thursday of the next May that leaves a month to campaign in."""
    first = date(day.year + ((day + timedelta(days=31)) > date(day.year, 5, 1)), 5, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7)


def _times(begun: int, back: int) -> dict[str, str]:
    """When one meets and when sheets are back, in hours from now; quarters of an hour of today, so that a demo is right at any time."""
    now = british(datetime.now(UTC).isoformat())
    minutes = [(now.hour * 60 + now.minute + 60 * hours) // 15 * 15 for hours in (begun, back)]
    starts = min(max(0, minutes[0]), 23 * 60 + 30)
    ends = min(max(starts + 15, minutes[1]), 23 * 60 + 59)
    return {"starts": f"{starts // 60:02d}:{starts % 60:02d}", "back_time": f"{ends // 60:02d}:{ends % 60:02d}"}


def _planned(session: Session, campaign: str, names: tuple[str, ...], **values: str) -> CanvassSession:
    people = [(sessions.Named(Of.NAME, name=name), Part.RESPONSIBLE) for name in names[1:]]
    made = sessions.add(session, campaign, _VALUES | {"on_day": today().isoformat()} | values,
                        sessions.Named(Of.NAME, name=names[0]), people)
    sessions.authorise(session, made.id, where="Written in this desk")
    return sessions.get(session, made.id)


def _sheets(session: Session, parent: CanvassSession, found: list) -> list[Sheet]:
    holders = [each for each in parent.people if each.part is Part.RESPONSIBLE]
    return sheets.make(session, allotments.allot(session, parent.id, [
        allotments.Allotting(each.walk.title, each.walk.id, holder=holders[at % len(holders)].id) for at, each in enumerate(found)]))


def _printed(session: Session, made: list[Sheet]) -> None:
    """Print without drawing: nobody would see the demo's paper."""
    from dpdesk.store import sheets as store
    with session.change("sheets.printed") as unit:
        pages = [PageCopy(Piece(each.id, page, 1)) for each in made for page in range(1, each.pages + 1)]
        store.put_copies(unit.connection, pages)
        custody.apply(session, unit, pages, Move.PRINT)
        unit.about("canvass_session", made[0].session)
        unit.facts(pages=len(pages))


def _out(session: Session, parent: CanvassSession, made: list[Sheet]) -> None:
    holders = {each.id: each.holder for each in allotments.listing(session, parent.id)}
    for each in made:
        issuing.issue(session, [each.id], holders[each.allotment], issuing.Acknowledged(How.WORD, issuing.briefings(session)[0].version))


def _finished(session: Session, campaign: str, found: list) -> None:
    """Everything came back, was entered, checked and shredded."""
    parent = _planned(session, campaign, _FINISHED, **_times(-4, -2), place="Station forecourt")
    made = _sheets(session, parent, found)
    _printed(session, made)
    _out(session, parent, made)
    sessions.begin(session, parent.id)
    hand_in.tick(session, parent.id, [Piece(each.id, page, 1) for each in made for page in range(1, each.pages + 1)])
    sessions.close(session, parent.id)
    for each in made:
        demo_results.whole(session, each)
        custody.verified(session, each.id)
    destruction.destroy(session, [each.id for each in made], {
        "method": "shredded", "shred_class": "P-4", "place": "Office, Mill Street", "by": "Marian Example", "witness": "Gwen Sample"})


def _running(session: Session, campaign: str, found: list) -> None:
    """Some sheets are back, of one the first pages are scanned, some are out, one is still to be handed out, and one to be printed."""
    parent = _planned(session, campaign, _RUNNING, **_times(-1, 3))
    made = _sheets(session, parent, found)
    _printed(session, [*made[:1], *made[2:-1]])
    scanned = sheet_print.draw(session, [made[1].id])
    sheet_print.printed(session, scanned.pieces)
    _out(session, parent, made[:-2])
    sessions.begin(session, parent.id)
    back = [Piece(each.id, page, 1) for each in made[:2] for page in range(1, each.pages + 1)]
    hand_in.tick(session, parent.id, back[:-1])
    demo_results.begun(session, made[0])
    demo_scans.add(session, scanned, made[1])
