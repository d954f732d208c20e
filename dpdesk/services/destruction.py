"""Destroying paper, with evidence: refused until every page is accounted for and every row entered and checked, or a reason given.

S0 l.9, S1 §23, §26, §28.9; DOMAIN.md C16. Sheets go in batches, and each batch has its certificate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain import custody as rules
from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.custody import Hindrance, Move, PageCopy, State
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Destruction, Method, Sheet, destruction_problems
from dpdesk.services import custody
from dpdesk.services.session import Session, today

_WITH_PAPER = tuple(set(State) - {State.DESTROYED, State.FOUND})
FIELDS = ("method", "shred_class", "place", "at", "by", "witness", "contractor")


@dataclass(frozen=True)
class Ready:
    """A sheet and its paper: `left` are the pieces that are still to be destroyed, `hindrances` what stands against it."""

    sheet: Sheet
    left: tuple[PageCopy, ...]
    hindrances: tuple[Hindrance, ...]

    @property
    def possible(self) -> bool:
        """Whether it may be destroyed as it stands."""
        return bool(self.left) and not self.hindrances

    @property
    def with_reason(self) -> bool:
        """Whether it may be destroyed where an officer gives a reason."""
        return bool(self.left) and bool(self.hindrances) and all(each.reason_will_do for each in self.hindrances)


def plan(session: Session, sheets: Sequence[str] = (), *, parent: str = "") -> list[Ready]:
    """What can be destroyed: some sheets, a session's, or all that have paper left."""
    from dpdesk.store import sheets as store
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        found = [store.get(connection, each) for each in sheets] if sheets else store.listing(
            connection, parent, () if parent else _WITH_PAPER)
        if None in found:
            raise NotFound("sheet", sheets[found.index(None)])
        paper: dict[str, list[PageCopy]] = {each.id: [] for each in found}
        for each in store.copies(connection, list(paper)):
            paper[each.piece.sheet].append(each)
    proofs = _proofs(session, list(paper))
    return [Ready(each, tuple(page for page in paper[each.id] if not page.gone), tuple(_hindrances(paper[each.id], proofs)))
            for each in found if any(not page.gone for page in paper[each.id])]


def _proofs(session: Session, sheets: Sequence[str]) -> Mapping[str, bool] | None:
    """Which sheets were receipted, where the policy wants that before paper goes (S0 l.9); None where it does not."""
    if not session.policy.receipt_before_destroying:
        return None
    from dpdesk.services import receipts
    return receipts.proved(session, "sheet", sheets)


def _hindrances(paper: Sequence[PageCopy], proofs: Mapping[str, bool] | None) -> list[Hindrance]:
    """What stands against it by its pages, and by its receipt: a page that was never written on holds nothing to send."""
    found = list(rules.hindrances(paper))
    written = [page for page in paper if not page.gone and page.work]
    if proofs is not None and written and not proofs.get(written[0].piece.sheet, False):
        found.append(Hindrance(written[0].piece, "not_receipted", True))
    return found


def destroy(session: Session, sheets: Sequence[str], values: Mapping[str, str], reasons: Mapping[str, str] = {}) -> Destruction:
    """Record that all that is left of some sheets was destroyed. Raises `Invalid`, and `Declined` where a page stands against it.

    `reasons` say, by sheet, why one goes that was not entered and checked; `at` is a UTC instant, now where none is given.
    """
    from dpdesk.store import custody as kept
    from dpdesk.store.unit import utc_now
    session.require(Right.SHEETS_DESTROY)
    ready = plan(session, list(dict.fromkeys(sheets)))
    if not ready:
        raise Declined("sheets.nothing_left")
    given = {identity: why.strip() for identity, why in reasons.items() if why.strip()}
    for each in ready:
        hard = next((hindrance for hindrance in each.hindrances if not hindrance.reason_will_do), None)
        if hard is not None:
            raise Declined(f"sheets.destroy_{hard.code}", {"title": each.sheet.title, "page": hard.piece.page})
        if each.hindrances and each.sheet.id not in given:
            raise Declined(f"sheets.destroy_{each.hindrances[0].code}", {"title": each.sheet.title, "page": each.hindrances[0].piece.page})
    clean = {code: str(values.get(code, "")).strip() for code in FIELDS}
    clean["at"] = clean["at"] or utc_now()
    pages = [page for each in ready for page in each.left]
    latest = max(each.since for each in pages)
    problems = destruction_problems(clean, session.policy.shred_class_least, utc_now(), latest)
    if problems:
        raise Invalid({"method_of_destruction" if code == "method" else code: what for code, what in problems.items()})
    clean["at"] = max(clean["at"], latest)
    with session.change("sheets.destroyed") as unit:
        used = {each.sheet.id: given[each.sheet.id] for each in ready if each.hindrances}
        made = Destruction(new_id(), f"P{today().year}-{unit.seq}", Method(clean["method"]), clean["shred_class"], clean["place"],
                           clean["at"], clean["by"], clean["witness"], clean["contractor"], used, len(ready), len(pages))
        custody.apply(session, unit, pages, Move.DESTROY, custody.Handing(place=made.place, at=made.at, destruction=made.id))
        kept.add_destruction(unit.connection, made, unit.seq)
        unit.about("destruction", made.number)
        unit.facts(sheets=made.sheets, pages=made.pages, method=made.method.value, shred_class=made.shred_class, with_reason=len(used))
        unit.record("destruction", made.number, {}, {"place": made.place, "by": made.by, "witness": made.witness,
                                                     "reason": "; ".join(used.values())})
    return made


def listing(session: Session) -> list[Destruction]:
    """Batches that were destroyed, the newest first."""
    from dpdesk.store import custody as kept
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return kept.destructions(connection)


def get(session: Session, number: str) -> Destruction:
    """One batch by the number of its certificate; raises `NotFound`."""
    from dpdesk.store import custody as kept
    session.require(Right.SHEETS_SEE)
    return session.one("destruction", number, kept.destructions)[0]


def certificate(session: Session, number: str, path: Path, *, accepted: str = "") -> Copy:
    """Write the certificate of a batch as a PDF, with the head code of the audit log. It names no elector."""
    from dpdesk.files.certificates_paper import Shredded, render
    from dpdesk.services import audit, copies
    from dpdesk.services.dates import moment
    from dpdesk.services.translation import tr
    from dpdesk.store import custody as kept
    from dpdesk.store import sheets as store
    session.require(Right.SHEETS_DESTROY)
    found = get(session, number)
    with session.desk.read() as connection:
        pieces = kept.destroyed_in(connection, found.id)
        sheets = {each: store.get(connection, each) for each in dict.fromkeys(piece.sheet for piece in pieces)}
    leaving = copies.Leaving(CopyKind.CERTIFICATE, path, tr("Certificate of destruction {number}", number=found.number),
                             tr("Evidence that paper was destroyed"), accepted=accepted)
    with copies.door(session, leaving) as out:
        copy = out.note("sheets.certified")
        out.write(render(Shredded(session.branch, session.officer.name, found, moment(found.at), pieces,
                                  [each for each in sheets.values() if each], audit.current_head(session))))
    return copy


def to_destroy(session: Session) -> int:
    """How many sheets wait for the shredder: everything accounted for, entered and checked."""
    return sum(each.possible and each.sheet.state in (State.VERIFIED, State.UPLOADED, State.VOID) for each in plan(session))
