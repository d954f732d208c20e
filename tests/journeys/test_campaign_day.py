"""A whole campaign day on two desks that never share a folder: a pack goes out, its paper is printed, marked, scanned, sent back, receipted
and destroyed, and the lead's copy is erased (S0 l.8-9, S1 22-23, 27.15)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from sqlalchemy import select

from dpdesk.domain.custody import State
from dpdesk.domain.marks import Mark
from dpdesk.domain.packages import PackageKind, Step
from dpdesk.domain.scans import Fate, PageState, RowState
from dpdesk.domain.transfers import TransferState
from dpdesk.services import (
    collecting,
    custody,
    destruction,
    entering,
    issuing,
    outbox,
    packages,
    packs,
    packs_back,
    receipts,
    scans,
    scans_review,
    scans_take,
    sessions,
    sheet_print,
    sheets,
)
from dpdesk.store.schema import every_table
from tests.paper import corpus, devices
from tests.paper.pens import BALLPOINT, Hand
from tests.services import canvassing, scanning
from tests.services.transferring import desk, folder_at, introduce

STREET = canvassing.STREET[:16]
SHREDDED = {"method": "shredded", "shred_class": "P-4", "place": "Office", "by": "Ravi Example", "witness": "Wendy Sample"}


@pytest.fixture
def desks(tmp_path):
    """The branch and the lead, who know each other's cards; at the lead's, paper goes only once its package was receipted."""
    branch, lead = desk(tmp_path / "branch", "Jane Example", "Anytown"), desk(tmp_path / "lead")
    introduce(branch, lead)
    lead.policy = replace(lead.policy, receipt_before_destroying=True)
    yield branch, lead
    branch.close(), lead.close()


def carry(sender, receiver, sealed, stick):
    """A package goes by the stick: queued, sent, collected; the receipt is fetched. What came, as the receiving desk keeps it."""
    [moved] = outbox.queue(sender, sealed.id, [folder_at(sender, stick)])
    assert outbox.send(sender).sent == (moved.id,)
    [came] = collecting.collect(receiver, folder_at(receiver, stick)).found
    assert [each.package for each in receipts.fetch(sender)[0]] == [sealed.id]
    assert outbox.get(sender, moved.id).state is TransferState.RECEIPTED and list(stick.iterdir()) == []
    return packs.look(receiver, packages.path_of(receiver, came.package))


def marked_prints(lead, sheet, pdf: bytes) -> list[corpus.Filled]:
    """What the printer put out, marked by hand and scanned on glass."""
    document, done = pypdfium2.PdfDocument(pdf), []
    for number in range(1, sheet.pages + 1):
        page = scanning.drawn(lead, sheet, number)
        grey = document[number - 1].render(scale=corpus.SCALE * 25.4 / 72, grayscale=True).to_numpy()
        grey = np.array(grey.reshape(grey.shape[:2]))
        filled = corpus.Filled(page, [[Mark.EMPTY] * len(page.boxes) for _ in page.lines], BALLPOINT.name, "flat200", grey)
        rng = np.random.default_rng((8, number))
        for row, line in enumerate(page.lines):
            if not line.blank:
                box = int(rng.integers(5))
                Hand(rng, filled.grey, corpus.SCALE, BALLPOINT).cross(page.layout.box_at(row, box))
                filled.truth[row][box] = Mark.MARKED
        filled.grey = devices.PROFILES["flat200"](rng, filled.grey)
        done.append(filled)
    document.close()
    return done


def day_at_the_door(lead, sheet, folder) -> list[corpus.Filled]:
    """Print, hand out, mark, scan and check: all at the lead's own desk, without the branch."""
    drawn = sheet_print.draw(lead, [sheet.id])
    sheet_print.printed(lead, drawn.pieces)
    parent = sessions.get(lead, sheet.session)
    sessions.authorise(lead, parent.id)
    issuing.issue(lead, [sheet.id], canvassing.holder(parent).id, canvassing.word(lead))
    sessions.begin(lead, parent.id)
    done = marked_prints(lead, sheet, drawn.pdf)
    taken = scans_take.take(lead, scans_take.from_paths([scanning.scan(folder, [each.grey for each in done])]), delete=True)
    assert (taken.fates, taken.deleted) == ({Fate.TAKEN: sheet.pages}, 1)
    for page, filled in zip(scans.of_sheet(lead, sheet.id), done, strict=True):
        truth = [word.replace("#", ".") for word in scanning.truth(filled)]
        left = {row.line: truth[at] for at, row in enumerate(page.rows) if not row.decided and not filled.page.lines[at].blank}
        if left:
            scans_review.answer(lead, page.id, left)
        scans_review.check(lead, page.id)
    return done


def answers(session, sheet) -> list[str]:
    return [entering.rows(session, sheet.id)[at].fact.raw for at, row in enumerate(entering.rows(session, sheet.id)) if row.elector]


def left_of(session, words) -> list[str]:
    """Tables in which one of the words still stands, but for evidence of what was destroyed."""
    found: list[str] = []
    with session.desk.read() as connection:
        for name, table in every_table().items():
            said = "\n".join(str(row) for row in connection.execute(select(table)))
            found += [f"{name}: {word}" for word in words if word in said and name != "destruction"]
    return found


def test_a_whole_campaign_day_on_two_desks(desks, tmp_path):
    branch, lead = desks
    stick = tmp_path / "stick"
    parent = canvassing.planned(branch, tmp_path, STREET)
    sheet = canvassing.made(branch, parent)
    seen = carry(branch, lead, packs.out(branch, parent.id, "Ravi Example"), stick)
    mine = packs.take(lead, seen)
    assert packages.listing(lead, "in")[0].kind is PackageKind.PACK

    done = day_at_the_door(lead, sheets.get(lead, sheet.id), tmp_path)
    read = answers(lead, sheet)
    assert len(read) == len(STREET)
    assert {each.state for each in custody.copies_of(lead, sheet.id)} == {State.VERIFIED}
    assert {each.code for each in destruction.plan(lead)[0].hindrances} == {"not_receipted"}

    first = carry(lead, branch, packs.give_back(lead, mine.id), stick)
    assert {each.state for each in custody.copies_of(lead, sheet.id)} == {State.UPLOADED}
    found = packs_back.preview(branch, first)
    assert (found.answers, found.pictures, found.conflicts) == (len(STREET), sheet.pages, ())
    packs_back.take_back(branch, first)
    assert answers(branch, sheet) == read
    for page, filled in zip(scans.of_sheet(branch, sheet.id), done, strict=True):
        assert page.state is PageState.READ and page.done_at and all(row.state is not RowState.WAITING for row in page.rows)
        assert scans.picture(branch, page.id) == scans.picture(lead, page.id)
        assert len(page.rows) == len(filled.page.lines)

    made = destruction.destroy(lead, [sheet.id], SHREDDED)
    destruction.certificate(lead, made.number, tmp_path / "certificate.pdf")
    second = carry(lead, branch, packs.give_back(lead, mine.id), stick)
    done_again, word = packs_back.take_back(branch, second)
    assert {each.state for each in custody.copies_of(branch, sheet.id)} == {State.DESTROYED}
    [shredded] = destruction.listing(branch)
    assert shredded.number == f"{made.number}-{packs.get(branch, mine.id).card[-4:]}" and shredded.pages == sheet.pages
    assert done_again.conflicts == () and done_again.answers == 0

    gone = packs.erase(lead, carry(branch, lead, word, stick))
    packs.erased(branch, carry(lead, branch, gone, stick))
    assert packs.get(branch, mine.id).step is Step.ERASED
    assert not any(each.file for each in packages.listing(lead, "in") if each.kind is PackageKind.PACK)
    assert sheets.listing(lead) == [] == scans.of_sheet(lead, sheet.id)
    assert answers(branch, sheet) == read
    assert not left_of(lead, [*packs.get(branch, mine.id).snapshot["electors"], "Resident", "Weir Lane", "Rhys Responsible"])
