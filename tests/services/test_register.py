"""Full registers in every layout and spelling: what comes in, what stays out, and nothing by half."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import Cancelled, ImportRefused, Invalid, NotAllowed, NotFound, Unreadable, UseRefused
from dpdesk.domain.register_files import FileKind, Permitted, Purpose
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import copies, electors, officers, register, register_files
from dpdesk.services.register import Taking
from dpdesk.services.session import today
from dpdesk.store import keys
from tests.services import registers
from tests.services.registers import PEOPLE, everybody, look, supply, take, write

NUMBERS = ["AN-1-1", "AN-1-2", "AN-1-3/1", "AN/2-1", "AN/2-2"]


@pytest.mark.parametrize(("make", "layout"), [
    (registers.xpress, "xpress_14"), (registers.xpress_13, "xpress_13"), (registers.scottish, "scottish"), (registers.ttw, "ttw")])
@pytest.mark.parametrize(("encoding", "name"), [
    ("utf-8", "r.csv"), ("utf-8-sig", "r.csv"), ("cp1252", "r.csv"), ("latin-1", "r.csv"), ("utf-16", "r.csv"), ("utf-8", "r.xlsx")])
def test_every_layout_in_every_spelling_gives_the_same_register(session, tmp_path, make, layout, encoding, name):
    path = write(tmp_path, make(), encoding, name)
    shown = look(session, path)
    assert (shown.draft.layout, shown.taking.kind) == (layout, FileKind.FULL)
    assert (shown.counts.new, shown.counts.refused, shown.counts.anonymous, shown.counts.other) == (5, 0, 1, 1)
    register.apply(session, shown, supply(session))
    found = everybody(session)
    assert list(found) == NUMBERS
    smith, polish, anonymous, overseas, jones = (found[number].elector for number in NUMBERS)
    assert (smith.name, smith.address, smith.postcode) == ("Ann Smith", "4-6 Knowsley Road\nAnytown", "AN1 2AB")
    assert polish.name == ("Siân Łukasz" if encoding.startswith("utf") else "Siân ?ukasz")
    assert (anonymous.kind, anonymous.name, anonymous.home) == ("anonymous", "", "")
    assert (overseas.kind, overseas.markers) == ("other", "F" if layout.startswith("xpress") else "")
    assert jones.address == "Flat 5 Block B\n10 High St" and jones.markers == ("KU" if layout.startswith("xpress") else "")


def test_nothing_is_written_by_looking(session, tmp_path):
    before = session.desk.head()
    look(session, write(tmp_path, registers.xpress()))
    assert session.desk.head() == before and not everybody(session)


def test_rows_stay_out_one_by_one_with_their_reason(session, tmp_path):
    rows = registers.xpress((
        *PEOPLE, ("AN-1", "1", "0", "", "", "Twice", "Tim", "AN1 2AB", "1 High St", ""), ("", "9", "0", "", "", "Nowhere", "Nora", "", "",
                                                                                          ""),
        ("AN-1", "x", "0", "", "", "Odd", "Otto", "", "", ""), ("AN-1", "10", "z", "", "", "Odd", "Otto", "", "", ""),
        ("AN-1", "11", "0", "", "", "=cmd|x", "Eve", "", "1 High St", ""), ("AN-1", "12", "0", "", "31/02/2010", "Bad", "Day", "",
                                                                            "1 High St", ""),
        ("AN-1", "13", "0", "", "", "", "", "AN1 2AB", "Home without a name", ""), ("AN-1", "14", "0", "", "", "Ok", "Orla", "NOT A CODE",
                                                                                    "1 High St", ""),
        ("AN-1", "15", "0", "", "", "Hid\x07den", "Ann", "", "1 High St", ""), ("AN-1", "16", "0", "", "", "Fine", "Ann", "", "@home",
                                                                                ""))) + [
        ["AN-1", "17"]]
    shown = look(session, write(tmp_path, rows))
    assert {row.row: row.reason for row in shown.refused} == {
        7: "number_twice", 8: "number_bad", 9: "number_bad", 10: "number_bad", 11: "formula", 12: "date_bad", 13: "name_missing",
        15: "control", 16: "formula", 17: "ragged"}
    assert shown.counts.new == 6 and shown.counts.total == 16
    register.apply(session, shown, supply(session))
    assert everybody(session)["AN-1-14"].elector.postcode == "NOT A CODE"


def test_columns_are_matched_by_hand_once(session, tmp_path):
    rows = [["Ward code", "Roll", "Whole name", "Where", "Bank account number"], ["AN1", "7", "Van der Berg Jan", "1 High St", "12345678"]]
    path = write(tmp_path, rows)
    draft = register.open_file(session, path)
    assert draft.layout == "generic" and draft.refused_columns.keys() == {4} and draft.sample[0][4] == ""
    with pytest.raises(ImportRefused) as refused:
        register.preview(session, draft, Taking())
    assert refused.value.reason == "no_number_column"
    by_hand = {"Ward code": "district", "Roll": "number", "Whole name": "full_name", "Where": "address"}
    shown = look(session, path, mapping=by_hand)
    register.apply(session, shown, supply(session))
    jan = everybody(session)["AN1-7"].elector
    assert (jan.surname, jan.forename, jan.address) == ("Van der Berg", "Jan", "1 High St")
    again = register.open_file(session, path)
    assert again.remembered and again.mapping == shown.mapping
    with pytest.raises(ImportRefused):
        look(session, path, mapping={**by_hand, "Bank account number": "markers"})


def test_bare_numbers_get_the_district_the_officer_names(session, tmp_path):
    rows = [["Elector Number", "Surname", "Forename", "Address 1"], ["7", "Smith", "Ann", "1 High St"], ["8/2", "Smith", "Bob",
                                                                                                         "1 High St"]]
    shown = look(session, write(tmp_path, rows), district="AN9")
    assert shown.counts.new == 2
    register.apply(session, shown, supply(session))
    assert list(everybody(session)) == ["AN9-7", "AN9-8/2"]


def test_nothing_comes_in_without_a_whole_record_of_supply(session, tmp_path):
    shown = look(session, write(tmp_path, registers.xpress()))
    head = session.desk.head()
    with pytest.raises(Invalid) as problem:
        register.apply(session, shown, supply(session, supplier="", destroy_by="2099-01-01"))
    assert problem.value.problems == {"supplier": "missing", "destroy_by": "out_of_range"}
    assert session.desk.head() == head


def test_stopped_half_way_nothing_has_changed(session, tmp_path):
    rows = registers.xpress([("AN1", str(n), "0", "", "", "Smith", "Ann", "AN1 2AB", f"{n} High St", "") for n in range(1, 12_000)])
    path = write(tmp_path, rows)
    draft = register.open_file(session, path)
    with pytest.raises(Cancelled):
        register.preview(session, draft, Taking(), cancelled=lambda: True)
    shown, asked = register.preview(session, draft, Taking()), []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 2
    head = session.desk.head()
    with pytest.raises(Cancelled):
        register.apply(session, shown, supply(session), cancelled=stop)
    assert session.desk.head() == head and not everybody(session) and not register_files.listing(session)
    seen = []
    register.apply(session, shown, supply(session), lambda done, total: seen.append((done, total)))
    assert seen[-1] == (11_999, 11_999) and len(everybody(session)) == 11_999


def test_a_file_that_changed_since_it_was_looked_at_is_refused(session, tmp_path):
    path = write(tmp_path, registers.xpress())
    draft = register.open_file(session, path)
    write(tmp_path, registers.xpress(PEOPLE[:2]))
    with pytest.raises(ImportRefused) as refused:
        register.preview(session, draft, Taking())
    assert refused.value.reason == "list_changed"


def test_the_preview_is_worked_out_anew_where_the_desk_changed(session, tmp_path):
    shown = look(session, write(tmp_path, registers.xpress()))
    take(session, tmp_path, registers.xpress(PEOPLE[:2]), name="other.csv")
    result = register.apply(session, shown, supply(session))
    assert (result.counts.new, result.counts.same) == (3, 2)


def test_the_file_is_kept_with_its_supply_and_goes_on_the_list_of_copies(session, tmp_path):
    result = take(session, tmp_path, registers.xpress(), given={"area": "Millbrook ward", "permitted": Permitted.WITH_DONATIONS})
    (kept,) = register_files.listing(session)
    assert (kept.seq, kept.kind, kept.supply.supplier, kept.supply.area, kept.officer) == (
        result.seq, FileKind.FULL, "Anytown Council", "Millbrook ward", "Jane Example")
    seen = copies.get(session, result.source)
    assert seen.copy.kind.value == "source" and seen.copy.people == 5 and seen.copy.path.endswith("register.csv")
    copies.delete(session, result.source)
    assert not (tmp_path / "register.csv").exists()


def test_uses_that_are_not_electoral_are_refused(session, tmp_path):
    with pytest.raises(UseRefused) as refused:
        register.require_use(session, Purpose.CANVASSING)
    assert refused.value.reason == "none"
    take(session, tmp_path, registers.xpress())
    assert [each.file for each in register.require_use(session, Purpose.CANVASSING)] == ["register.csv"]
    for purpose, whom, reason in ((Purpose.NEWSLETTER, "branch", "not_electoral"), (Purpose.CANVASSING, "headquarters", "passing_on"),
                                  (Purpose.DONATION_CHECK, "branch", "donations")):
        with pytest.raises(UseRefused) as refused:
            register.require_use(session, purpose, whom=whom)
        assert refused.value.reason == reason


@pytest.fixture
def of_role(session, reopen):
    """Opens the desk as an officer of that role."""
    def opened(role: Role):
        officers.add(session, "Otto Other", role, Secret("bicycle harbour mustard owl"), kdf=keys.least())
        session.close()
        other = reopen("bicycle harbour mustard owl")
        officers.acknowledge(other)
        return other
    return opened


def test_a_canvass_lead_takes_registers_in_and_sees_no_members(of_role, tmp_path):
    lead = of_role(Role.CANVASS_LEAD)
    take(lead, tmp_path, registers.xpress())
    assert electors.counts(lead).electors == 5
    assert electors.get(lead, "AN-1-1").person == ""


def test_a_membership_officer_sees_no_register(of_role, tmp_path):
    officer = of_role(Role.MEMBERSHIP)
    for ask in (lambda: electors.counts(officer), lambda: look(officer, write(tmp_path, registers.xpress())),
                lambda: register.require_use(officer, Purpose.CANVASSING)):
        with pytest.raises(NotAllowed):
            ask()


def young(years: int) -> str:
    """A birthday so many years ago to the day, as registers write it."""
    day = today()
    return f"{min(day.day, 28):02}/{day.month:02}/{day.year - years}"


def test_nobody_under_sixteen_is_shown_unless_of_age_by_polling_day(session, tmp_path):
    from datetime import timedelta
    soon = today() + timedelta(days=90)
    birthday = f"{min(soon.day, 28):02}/{soon.month:02}/{soon.year - 16}"
    take(session, tmp_path, registers.xpress((
        *PEOPLE, ("AN-1", "20", "0", "N", young(15), "Child", "Chris", "AN1 2AB", "1 High St", ""),
        ("AN-1", "21", "0", "N", birthday, "Soon", "Sue", "AN1 2AB", "1 High St", ""),
        ("AN-1", "22", "0", "N", young(17), "Attaining", "Alf", "AN1 2AB", "1 High St", ""))))
    counts = electors.counts(session)
    assert (counts.electors, counts.hidden, counts.attainers) == (6, 2, 1)
    assert "AN-1-20" not in everybody(session) and "AN-1-21" not in everybody(session)
    assert everybody(session)["AN-1-22"].attainer
    for typed in ("Chris", "AN-1-20", "AN1 2AB child"):
        assert not [row for row in electors.search(session, typed) if row.elector.surname == "Child"]
    with pytest.raises(NotFound):
        electors.get(session, "AN-1-20")
    assert "Child" not in {each.surname for each in electors.get(session, "AN-1-22").home}
    electors.set_polling_day(session, (soon + timedelta(days=5)).isoformat())
    assert "AN-1-21" in everybody(session) and "AN-1-20" not in everybody(session)
    for wrong in ("soon", "1999-01-01", (today() + timedelta(days=900)).isoformat()):
        with pytest.raises(Invalid):
            electors.set_polling_day(session, wrong)
    electors.set_polling_day(session, "")
    assert "AN-1-21" not in everybody(session)


def test_nobody_too_young_is_shown_while_a_file_is_looked_at(session, tmp_path):
    child = ("AN-1", "20", "0", "N", young(14), "Child", "Chris", "AN1 2AB", "1 High St", "")
    path = write(tmp_path, registers.xpress((child, *PEOPLE, ("AN-1", "21", "0", "N", "soon", "Unread", "Una", "AN1 2AB", "1 High St",
                                                              ""))))
    shown = look(session, path)
    assert "Child" not in str(shown.draft.sample) and "Unread" not in str(shown.draft.sample) and "Smith" in str(shown.draft.sample)
    register.apply(session, shown, supply(session))
    changed = look(session, write(tmp_path, registers.status(("M", (*child[:8], "9 High St", ""))), name="u.csv"))
    assert changed.counts.changed == 1 and changed.samples == ()
    listed = look(session, write(tmp_path, [["PD", "No", "Surname", "Vote type"], ["AN-1", "20", "Wrong", "Postal"]], name="a.csv"))
    assert listed.counts.conflicts == 1 and listed.plan.conflicts == []


def test_electors_are_found_by_name_address_postcode_and_number(session, tmp_path):
    take(session, tmp_path, registers.xpress())
    for typed, number in (("smith", "AN-1-1"), ("ann smi", "AN-1-1"), ("knowsley", "AN-1-1"), ("AN1 2AC", "AN/2-2"), ("an12ac", "AN/2-2"),
                          ("AN/2-2", "AN/2-2"), ("an/2-2", "AN/2-2"), ("lukasz", "AN-1-2"), ("sian", "AN-1-2"), ("10a high", "AN-1-2")):
        assert number in [str(row.elector.key) for row in electors.search(session, typed)], typed
    assert not electors.search(session, "nobody") and not electors.search(session, "%") and not electors.search(session, '" OR')
    assert list(everybody(session, district="AN/2")) == ["AN/2-1", "AN/2-2"]
    assert list(everybody(session, flag="anonymous")) == ["AN-1-3/1"]
    assert list(everybody(session, flag="other")) == ["AN/2-1"]
    assert next(iter(everybody(session, sort="name", descending=True))) == "AN-1-1"


def test_the_log_and_the_history_hold_no_elector(session, tmp_path):
    from sqlalchemy import text
    take(session, tmp_path, registers.xpress())
    take(session, tmp_path, registers.status(("M", ("AN-1", "1", "0", "", "", "Smythe", "Ann", "AN1 2AB", "4-6 Knowsley Road",
                                                    "Anytown"))), name="u.csv")
    with session.desk.read() as connection:
        said = " ".join(str(tuple(row)) for table in ("audit", "history") for row in connection.execute(text(f"SELECT * FROM {table}")))
    assert "Knowsley" not in said and "Smythe" not in said and "Łukasz" not in said


def test_rows_whose_empty_end_was_left_out_and_headers_repeated_on_each_page_come_in(session, tmp_path):
    made = registers.xpress()
    rows = [made[0], *(row[:max(at for at, cell in enumerate(row) if cell) + 1] for row in made[1:]), made[0],
            ["AN-1", "1,204", "0", "", "", "Late", "Lou", "AN1 2AB", "9 High St"], ["Total", "5"],
            ["AN-1", "40", "0", "", "", "Cut", "Off", "AN1 2AB", "7 High\nAN-1,41"]]
    shown = look(session, write(tmp_path, rows))
    assert {row.row: row.reason for row in shown.refused} == {4: "ragged", 9: "ragged", 10: "ragged"}, "a number alone may be half a row"
    register.apply(session, shown, supply(session))
    assert list(everybody(session)) == ["AN-1-1", "AN-1-2", "AN-1-1204", "AN/2-1", "AN/2-2"]


@pytest.mark.parametrize(("surname", "forename"), [("ANONYMOUS", "ELECTOR"), ("(Anonymous entry)", ""), ("Withheld", "Anonymous"),
                                                   ("Entry", "Anonymous"), ("Anon.", "")])
def test_whatever_an_anonymous_entry_is_called_nothing_but_its_number_is_kept(session, tmp_path, surname, forename):
    take(session, tmp_path, registers.xpress([("AN-1", "4", "0", "", "", surname, forename, "AN1 2AB", "1 High St", "Anytown"),
                                              ("AN-1", "5", "0", "", "", "Anonby", "Entry", "AN1 2AB", "1 High St", "Anytown")]))
    hidden, person = (row.elector for row in everybody(session).values())
    assert (hidden.kind, hidden.name, hidden.home) == ("anonymous", "", "")
    assert (person.kind, person.name) == ("resident", "Entry Anonby")


def test_a_web_page_under_the_name_of_a_workbook_says_so(session, tmp_path):
    path = tmp_path / "register.xls"
    path.write_bytes(b"\n<html><table><tr><td>Elector Number</td></tr></table></html>")
    with pytest.raises(Unreadable) as refused:
        register.open_file(session, path)
    assert refused.value.reason == "web_page"
