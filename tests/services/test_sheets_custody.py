"""Sheets through their whole life on a real desk: made, printed, handed out, handed in, lost, found, entered, destroyed."""

import pytest

from dpdesk.domain.custody import How, Move, Piece, State
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.sheet_codes import payload
from dpdesk.services import audit, custody, destruction, hand_in, issuing, sessions, sheet_loss, sheets
from dpdesk.services.hand_in import Came
from tests.services.canvassing import STREET, holder, made, out, planned, printed, states, word

SHREDDED = {"method": "shredded", "shred_class": "P-4", "place": "Office", "by": "Sylvia Senior", "witness": "Cara Canvasser"}


@pytest.fixture
def parent(session, tmp_path):
    return planned(session, tmp_path)


def reason(call, *args, **more) -> str:
    with pytest.raises(Declined) as refused:
        call(*args, **more)
    return refused.value.reason


def test_a_sheet_keeps_who_is_on_which_line(session, parent):
    sheet = made(session, parent)
    assert (sheet.pages, sheet.people, sheet.state) == (3, 30, State.DRAFTED)
    lines = sheets.rows_of(session, sheet.id, 2)
    assert [line.line for line in lines] == list(range(1, 13))
    assert str(lines[0].elector.key) == "CV-25", "odd numbers up, even ones back"
    assert sheets.get(session, sheet.spoken.lower()).id == sheet.id
    assert sheets.expected(session, sheet.id, 1, 1) is None, "nothing was printed"
    printed(session, sheet)
    found = sheets.expected(session, sheet.id, 3, 1)
    assert (found.lines, found.page.state, found.code.rows) == (6, State.PRINTED, 6)


def test_the_too_young_are_on_no_sheet_and_a_wish_to_be_left_alone_is_a_blank_line(session, tmp_path):
    from datetime import date

    from dpdesk.domain.contacting import StopReason
    from dpdesk.domain.members import Kind
    from dpdesk.services import contacting, members, register_links
    from dpdesk.services.session import today
    young = date(today().year - 15, 1, 1).strftime("%d/%m/%Y")
    people = [*STREET[:3], ("CV", "40", "0", "N", young, "Young", "Yan", "AN1 2AB", "9 Weir Lane", "Anytown")]
    parent = planned(session, tmp_path, people)
    bob = members.add(session, Kind.CONTACT, {"forename": "Ada", "surname": "Resident2", "postcode": "AN1 2AB"})
    elector = sheets.rows_of(session, made(session, parent).id)[1].elector
    register_links.link(session, elector.id, bob.id)
    contacting.stop(session, bob.id, "all", StopReason.DO_NOT_CONTACT, "Said so")
    sheet = made(session, parent, "again")
    lines = sheets.rows_of(session, sheet.id)
    assert [(line.line, line.blank) for line in lines] == [(1, False), (2, True), (3, False)]
    assert lines[1].elector is None
    assert sheet.people == 2


def test_handed_out_and_in_page_by_page(session, parent):
    sheet = out(session, parent)
    assert states(session, sheet) == [State.OUT] * 3
    key = sheets.key(session)
    code = sheets.expected(session, sheet.id, 1, 1).code
    shown = hand_in.show(session, parent.id, payload(code, "A", key) + "\r")
    assert (shown.came, shown.left) == (Came.IN, 2)
    assert hand_in.show(session, parent.id, payload(code, "B", key)).came is Came.AGAIN
    typed = sheets.expected(session, sheet.id, 2, 1).code.label
    assert hand_in.show(session, parent.id, typed.lower().replace("-", " ")).left == 1
    found = hand_in.reconcile(session, parent.id)
    assert [(each.who.name, len(each.issued), each.missing) for each in found.holdings] == [
        ("Rhys Responsible", 3, (Piece(sheet.id, 3, 1),))]
    assert reason(sessions.close, session, parent.id) == "sessions.pages_away"
    hand_in.tick(session, parent.id, [Piece(sheet.id, 3, 1)])
    assert hand_in.reconcile(session, parent.id).missing == ()
    assert sessions.close(session, parent.id).closed_at
    taken = [(each.piece.page, each.taker, each.how) for each in custody.events(session, sheet.id) if each.move is Move.HAND_IN]
    senior = f"person:{parent.senior}"
    assert sorted(taken) == [(1, senior, How.CODE), (2, senior, How.TYPED), (3, senior, How.TICKED)]


def test_what_is_not_ours_is_not_taken(session, parent):
    sheet = out(session, parent)
    code = sheets.expected(session, sheet.id, 1, 1).code
    for text, why in (("5012345678900", "sheets.code_foreign"), (payload(code, "A", b"another branch's key"), "sheets.code_altered"),
                      (code.label[:-1] + ("A" if code.label[-1] != "A" else "B"), "sheets.code_check")):
        assert reason(hand_in.show, session, parent.id, text) == why
    with pytest.raises(NotFound):
        custody.pages_of(session, [Piece(sheet.id, 1, 9)])
    spare = printed(session, sheet, copy=2)
    assert hand_in.tick(session, parent.id, [spare[0].piece])[0].came is Came.NEVER_OUT


def test_a_lost_page_says_whose_data_was_on_it_and_a_found_one_ends_the_loss(session, parent):
    sheet = out(session, parent)
    hand_in.tick(session, parent.id, [Piece(sheet.id, 1, 1), Piece(sheet.id, 2, 1)])
    with pytest.raises(Invalid):
        sheet_loss.report(session, [Piece(sheet.id, 3, 1)], " ")
    loss = sheet_loss.report(session, [Piece(sheet.id, 3, 1)], "Left on the bus")[0]
    assert sheets.get(session, sheet.id).state is State.LOST
    given = sheet_loss.handover(session, loss.id)
    assert [person.number for person in given.people] == [f"CV-{n}" for n in (11, 12, 7, 8, 3, 4)]
    assert (given.holder, given.opinions, given.blank) == ("Rhys Responsible", True, 0)
    assert given.people[0].address.startswith("6 Weir Lane")
    sheet_loss.link(session, loss.id, "incident-1")
    sessions.close(session, parent.id)
    custody.entered(session, sheet.id, [1, 2])
    custody.verified(session, sheet.id, [1, 2])
    assert reason(destruction.destroy, session, [sheet.id], SHREDDED) == "sheets.destroy_lost"
    sheet_loss.write_off(session, loss.id, "Bus company has nothing")
    destruction.destroy(session, [sheet.id], SHREDDED)
    assert sheets.get(session, sheet.id).state is State.DESTROYED
    sheet_loss.found(session, loss.id, "Driver brought it")
    again = sheet_loss.get(session, loss.id)
    assert (again.ended, again.incident) == ("found", "incident-1")
    assert sheets.get(session, sheet.id).state is State.RETURNED


def test_saying_that_a_page_is_lost_opens_the_incident(session, parent):
    from dpdesk.services import duties, losing
    sheet = out(session, parent)
    (lost,) = losing.lose(session, [Piece(sheet.id, 3, 1)], "Left on the bus")
    assert sheet_loss.get(session, lost.loss.id).incident == lost.incident
    shown = duties.get(session, lost.incident)
    assert (shown.duty.values["people_count"], shown.duty.values["type"]) == ("6", "lost_sheet")
    assert losing.open_incident(session, lost.loss.id) == lost.incident, "one loss is one incident"


def test_what_is_not_back_in_time_shows_on_today(session, parent, tmp_path):
    from dpdesk.domain.sessions import Of, Part
    from dpdesk.services import today as day
    from tests.services.canvassing import plan_values
    sylvia, rhys = (sessions.Named(Of.NAME, name=name) for name in ("Sylvia Senior", "Rhys Responsible"))
    late = sessions.add(session, parent.campaign, plan_values(0) | {"starts": "00:00", "back_time": "00:01"}, sylvia,
                        [(rhys, Part.RESPONSIBLE)])
    sessions.authorise(session, late.id)
    sheet = made(session, late)
    printed(session, sheet)
    issuing.issue(session, [sheet.id], holder(sessions.get(session, late.id)).id, word(session))
    found = {item.code: item for item in day.items(session)}
    assert (found["sheets_overdue"].facts["count"], found["sheets_overdue"].facts["id"]) == (3, late.id)
    assert hand_in.reconcile(session, late.id).overdue
    hand_in.tick(session, late.id, [each.piece for each in custody.copies_of(session, sheet.id)])
    assert "sheets_overdue" not in {item.code for item in day.items(session)}


def test_scanning_a_lost_page_finds_it(session, parent):
    sheet = out(session, parent)
    loss = sheet_loss.report(session, [Piece(sheet.id, 1, 1)], "Not in the folder")[0]
    assert custody.scanned(session, Piece(sheet.id, 1, 1)).state is State.SCANNED
    assert sheet_loss.get(session, loss.id).ended == "found"
    with session.change("sheets.scanned") as unit:
        assert custody.scanned(session, Piece(sheet.id, 2, 1), unit=unit).state is State.SCANNED
        unit.facts(pages=1)
    assert custody.scanned(session, Piece(sheet.id, 2, 1)).state is State.SCANNED, "twice is once"


def test_destroying_waits_for_every_page_and_every_row(session, parent):
    sheet = out(session, parent)
    assert reason(destruction.destroy, session, [sheet.id], SHREDDED) == "sheets.destroy_away"
    hand_in.tick(session, parent.id, [Piece(sheet.id, page, 1) for page in (1, 2, 3)])
    assert reason(destruction.destroy, session, [sheet.id], SHREDDED) == "sheets.destroy_not_entered"
    custody.entered(session, sheet.id)
    assert reason(destruction.destroy, session, [sheet.id], SHREDDED) == "sheets.destroy_not_verified"
    custody.hold(session, [Piece(sheet.id, 1, 1)], "A complaint")
    custody.verified(session, sheet.id, [2, 3])
    assert reason(destruction.destroy, session, [sheet.id], SHREDDED) == "sheets.destroy_held"
    custody.release(session, [Piece(sheet.id, 1, 1)], "Settled")
    custody.verified(session, sheet.id)
    assert destruction.to_destroy(session) == 1
    for values, problem in (({"shred_class": "P-3"}, {"shred_class": "class_low"}),
                            ({"witness": "sylvia  senior"}, {"witness": "same_person"}),
                            ({"method": "contractor"}, {"contractor": "missing"}), ({"at": "2020-01-01"}, {"at": "before_back"}),
                            ({"at": "2099-01-01"}, {"at": "in_future"}), ({"place": ""}, {"place": "missing"})):
        with pytest.raises(Invalid) as refused:
            destruction.destroy(session, [sheet.id], SHREDDED | values)
        assert refused.value.problems == problem
    batch = destruction.destroy(session, [sheet.id], SHREDDED)
    assert (batch.sheets, batch.pages, batch.reasons) == (1, 3, {})
    assert states(session, sheet) == [State.DESTROYED] * 3
    assert reason(destruction.destroy, session, [sheet.id], SHREDDED) == "sheets.nothing_left"
    assert audit.verify(session).whole


def test_a_sheet_goes_unentered_only_with_a_reason_and_the_certificate_says_so(session, parent, tmp_path):
    sheet = out(session, parent)
    hand_in.tick(session, parent.id, [Piece(sheet.id, page, 1) for page in (1, 2, 3)])
    batch = destruction.destroy(session, [sheet.id], SHREDDED, {sheet.id: "Rained through, nothing legible"})
    destruction.certificate(session, batch.number, tmp_path / "certificate.pdf")
    import pypdfium2
    document = pypdfium2.PdfDocument(tmp_path / "certificate.pdf")
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    for said in (batch.number, "P-4", "Sylvia Senior", "Cara Canvasser", "Rained through", sheet.spoken, audit.current_head(session)[:9]):
        assert said in text, said
    assert "Resident" not in text


def test_a_second_print_is_a_copy_of_its_own(session, parent):
    sheet = made(session, parent)
    printed(session, sheet)
    spare = printed(session, sheet, copy=2)
    issuing.issue(session, [sheet.id], holder(parent).id, word(session))
    by_copy = {each.piece.copy: each.state for each in custody.copies_of(session, sheet.id, [1])}
    assert by_copy == {1: State.PRINTED, 2: State.ISSUED}, "the newest print is handed out"
    custody.void(session, [Piece(sheet.id, page, 1) for page in (1, 2, 3)], "Smudged")
    with pytest.raises(Declined):
        custody.void(session, [spare[0].piece], "It is out")


def test_taking_a_register_back_is_refused_while_sheets_name_its_electors(session, parent):
    from dpdesk.services import register_files
    made(session, parent)
    file = register_files.listing(session)[0]
    assert register_files.plan_back(session, file.id).depending == 30
