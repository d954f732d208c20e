"""Campaign sheets sealed to the most senior individual or headquarters: what was written on them, and their pictures (S0 l.9).

A receipt for the package is what makes the sheets count as uploaded, and, where the policy says so, lets their paper be destroyed.
"""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dpdesk.domain.errors import Declined
from dpdesk.domain.packages import PackageKind
from dpdesk.domain.roles import Right
from dpdesk.services import packages, sheets
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.sealed.packages import Content
    from dpdesk.store.packages import Package

COLUMNS = ("sheet", "page", "line", "district", "number", "suffix", "code", "answers", "outcome", "day")
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/tiff": "tif", "image/webp": "webp"}


def seal(session: Session, wanted: Sequence[str], to: Sequence[str], *, purpose: str = "", days: int = packages.DAYS,
         hands: packages.Hands | None = None) -> Package:
    """Seal what some sheets hold. Electors are named by their numbers alone. Raises `Declined` where nothing was entered or scanned."""
    from dpdesk.sealed.packages import held
    session.require(Right.SHEETS_SEE)
    session.require(Right.RESULTS_SEE)
    found = [sheets.get(session, each).id for each in dict.fromkeys(wanted)]
    table, pictures = _table(session, found), _pictures(session, found)
    if not (table or pictures):
        raise Declined("transfers.sheets_empty")
    contents = [*([held("results.csv", _csv(table))] if table else []), *pictures]
    return packages.seal(session, packages.Wish(to, purpose or tr("Campaign sheets"), contents=contents, kind=PackageKind.SHEETS, days=days,
                                                subjects=[("sheet", each) for each in found]), hands)


def _table(session: Session, found: Sequence[str]) -> list[dict[str, Any]]:
    """What was entered, a row an elector, in the order of the paper."""
    from dpdesk.store import packs as rows
    with session.desk.read() as connection:
        facts = [row for row in rows.rows(connection, "canvass_fact", "sheet", found) if not row["ended"] and row["elector"]]
        people = {row["id"]: row for row in rows.rows(connection, "elector", "id", [row["elector"] for row in facts],
                                                      ("id", "district", "number", "suffix"))}
    order = {sheet: at for at, sheet in enumerate(found)}
    return [{**row, **people[row["elector"]], "code": row["raw"], "day": row["taken_on"]}
            for row in sorted(facts, key=lambda row: (order[row["sheet"]], row["page"], row["line"])) if row["elector"] in people]


def _csv(table: Sequence[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue().encode()


def _pictures(session: Session, found: Sequence[str]) -> list[Content]:
    """Pictures of the pages, lined up where they could be."""
    from dpdesk.sealed.packages import held
    from dpdesk.store import packs as rows
    with session.desk.read() as connection:
        pages = {row["id"]: row for row in rows.rows(connection, "scan_page", "sheet", found, ("id", "sheet", "page", "copy"))}
        images = rows.rows(connection, "scan_image", "page", pages)
    best = {image["page"]: image for image in sorted(images, key=lambda image: image["kind"] == "straight")}
    return [held(_name(pages[each], image["media_type"]), base64.b64decode(image["content"]["base64"]))
            for each, image in sorted(best.items())]


def _name(page: dict[str, Any], media_type: str) -> str:
    return f"{page['sheet']}-{page['page']}-{page['copy']}-{page['id'][-4:]}.{_ENDINGS.get(media_type, 'bin')}"
