"""Campaigns and sessions: codes with versions, the lawful basis, who takes part, the authorisation, and what each refusal says."""

import pytest

from dpdesk.domain.campaigns import Code, CodeSet, Outcome, Question, Strength, read
from dpdesk.domain.custody import How
from dpdesk.domain.errors import Declined, Invalid, NotAllowed
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.domain.sessions import Of, Part, SessionState
from dpdesk.files import codes as code_files
from dpdesk.services import campaigns, erasing, issuing, members, officers, sessions, sheets
from dpdesk.services.session import today
from dpdesk.services.words import sentence
from dpdesk.store import keys
from tests.services.canvassing import CAMPAIGN, campaign, holder, made, plan_values, planned, word

LABOUR = code_files.load("labour")


@pytest.mark.parametrize("preset", code_files.available())
def test_every_preset_is_sound(preset):
    from dpdesk.domain.campaigns import code_problems
    assert code_problems(code_files.load(preset).codes) == {}


@pytest.mark.parametrize(("raw", "party", "strength", "scale", "wont", "voted", "problem"), [
    ("VL/S", "labour", Strength.DEFINITE, 0, ("liberal_democrat",), True, ""),
    ("d9/t", "", Strength.UNDECIDED, 9, ("conservative",), False, ""),
    ("L 10", "labour", Strength.DEFINITE, 10, (), False, ""),
    ("NV", "", Strength.NON_VOTER, 0, (), False, ""),
    ("VX", "", Strength.WONT_SAY, 0, (), True, "contradicts"),
    ("L/L", "labour", Strength.DEFINITE, 0, ("labour",), False, "contradicts"),
    ("LT", "labour", Strength.DEFINITE, 0, (), False, "two_intentions"),
    ("OM", "", Strength.NONE, 0, (), False, "two_outcomes"),
    ("OL", "labour", Strength.DEFINITE, 0, (), False, "contradicts"),
    ("L?", "labour", Strength.DEFINITE, 0, (), False, "unknown"),
    ("", "", Strength.NONE, 0, (), False, "empty"),
])
def test_the_labour_shorthand_is_read(raw, party, strength, scale, wont, voted, problem):
    found = read(raw, LABOUR)
    assert (found.party, found.strength, found.scale, found.wont, found.voted, found.problem) == (
        party, strength, scale, wont, voted, problem)
    assert found.raw == raw


def test_a_digit_that_is_a_code_is_no_scale():
    assert read("3", code_files.load("green")).party == "labour"
    assert read("O", LABOUR).outcome is Outcome.NOT_HOME


def test_a_campaign_takes_the_codes_of_its_party_and_keeps_old_meanings(session):
    assert campaigns.party_preset(session) == "green"
    first = campaigns.add(session, CAMPAIGN)
    old = campaigns.codes(session, first.codes)
    assert (old.name, old.version, old.code("1").party) == ("Green numbers", 1, "green")
    changed = CodeSet("", old.name, 0, tuple(Code("1", "Plaid", Outcome.SPOKE, "plaid", Strength.DEFINITE, box=True) if code.letter == "1"
                                             else code for code in old.codes))
    new = campaigns.set_codes(session, first.id, changed)
    assert new.version == 2
    assert read("1", campaigns.codes(session, old.id)).party == "green"
    assert read("1", campaigns.codes(session, campaigns.get(session, first.id).codes)).party == "plaid"
    assert campaigns.add(session, CAMPAIGN | {"name": "Another"}).codes == old.id, "the same codes are the same version"


@pytest.mark.parametrize(("values", "problem"), [
    ({"name": " "}, {"name": "missing"}), ({"polling_day": "2020-05-01"}, {"polling_day": "in_past"}),
    ({"polling_day": "soon"}, {"polling_day": "date_bad"}), ({"basis": "hope"}, {"basis": "unknown"}),
    ({"basis_why": ""}, {"basis_why": "missing"})])
def test_a_campaign_says_what_it_rests_on(session, values, problem):
    with pytest.raises(Invalid) as refused:
        campaign(session, **values)
    assert refused.value.problems == problem


def test_questions_share_the_boxes_of_a_row(session):
    found = campaigns.add(session, CAMPAIGN, "knocking_up", questions=[Question("", "Wants a poster?", "q")])
    assert [box.letters for box in campaigns.boxes_of(campaigns.codes(session, found.codes), found.questions)][-1] == "Q"
    with pytest.raises(Invalid) as refused:
        campaigns.ask(session, found.id, Question("", "Another?", "P"))
    assert refused.value.problems == {"question": "boxes_many"}
    campaigns.ask_no_more(session, found.id, found.questions[0].id)
    with pytest.raises(Invalid) as refused:
        campaigns.ask(session, found.id, Question("", "Voted?", "V"))
    assert refused.value.problems == {"letter": "letter_twice"}
    campaigns.ask(session, found.id, Question("", "Poster?", "P"))
    campaigns.ask(session, found.id, Question("", "What matters most here?"))


def test_a_session_has_one_senior_and_knows_where_paper_lies(session, tmp_path):
    found = planned(session, tmp_path)
    assert found.somebody(found.senior).name == "Sylvia Senior"
    assert found.authorised_by == "Jane Example"
    assert (found.storage_kind, found.protected) == ("locked_cabinet", "yes")
    rhys = holder(found)
    sessions.set_senior(session, found.id, rhys.id)
    again = sessions.get(session, found.id)
    assert (again.senior, again.somebody(found.senior).part) == (rhys.id, Part.RESPONSIBLE)


@pytest.mark.parametrize(("values", "problem"), [
    ({"on_day": "2020-01-01"}, {"on_day": "in_past"}), ({"starts": "25:00"}, {"starts": "time_bad"}),
    ({"back_time": "10:00"}, {"back_time": "before_start"}), ({"storage": ""}, {"storage": "missing"}),
    ({"storage_kind": "shed"}, {"storage_kind": "unknown"}), ({"place": ""}, {"place": "missing"})])
def test_a_session_says_what_is_missing(session, values, problem):
    with pytest.raises(Invalid) as refused:
        sessions.add(session, campaign(session).id, plan_values() | values, sessions.Named(Of.NAME, name="Sylvia Senior"))
    assert refused.value.problems == problem


def test_times_are_british(session):
    found = sessions.add(session, campaign(session).id, plan_values() | {"on_day": f"{today().year + 1}-07-04"},
                         sessions.Named(Of.NAME, name="Sylvia Senior"))
    assert found.back_by.endswith("T12:00:00.000Z")
    assert sessions.values_of(found)["back_time"] == "13:00"


def test_sheets_leave_the_premises_only_with_written_authorisation(session, tmp_path):
    found = planned(session, tmp_path)
    bare = sessions.add(session, found.campaign, plan_values(), sessions.Named(Of.NAME, name="Sylvia Senior"),
                        [(sessions.Named(Of.NAME, name="Rhys Responsible"), Part.RESPONSIBLE)])
    from tests.services.canvassing import printed
    sheet = made(session, bare)
    printed(session, sheet)
    with pytest.raises(Declined, match="Declined") as refused:
        issuing.issue(session, [sheet.id], holder(bare).id, word(session))
    assert refused.value.reason == "sheets.not_authorised"
    assert "accountable person" in str(sentence(refused.value))
    with pytest.raises(Invalid):
        sessions.authorise(session, bare.id, by="Jane Example", where=" ")
    sessions.authorise(session, bare.id, by="Jane Example", on=today().isoformat(), where="E-mail of this morning")
    issuing.issue(session, [sheet.id], holder(bare).id, word(session))


def test_members_take_part_by_name_alone_and_are_forgotten_when_erased(session, tmp_path):
    from dpdesk.domain.members import Kind
    ann = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Canvass", "status": "current"})
    found = planned(session, tmp_path)
    assert [each.person for each in sessions.find_people(session, "ann can")] == [ann.id]
    joined = sessions.join(session, found.id, sessions.Named(Of.MEMBER, ann.id), Part.RESPONSIBLE)
    with pytest.raises(Invalid):
        sessions.join(session, found.id, sessions.Named(Of.MEMBER, ann.id), Part.RESPONSIBLE)
    from dpdesk.services import subject_search
    all_of_it = subject_search.search(session, subject_search.subject(session, person=ann.id), "Everything asked for").sections
    assert [len(each.records) for each in all_of_it if each.code == "sessions"] == [1]
    assert erasing.plan(session, [ann.id]).goes["session"] == 1
    erasing.erase(session, [ann.id], "asked for it")
    assert sessions.get(session, found.id).somebody(joined.id).name == ""


def test_a_pin_is_chosen_and_kept_as_a_hash(session, tmp_path):
    found = planned(session, tmp_path)
    rhys = holder(found)
    for bad in ("12", "1111", "1234", "abcd"):
        with pytest.raises(Invalid):
            sessions.set_pin(session, found.id, rhys.id, Secret(bad))
    sessions.set_pin(session, found.id, rhys.id, Secret("4071"))
    assert sessions.pin_fits(session, rhys.id, Secret("4071"))
    assert not sessions.pin_fits(session, rhys.id, Secret("4072"))
    assert sessions.get(session, found.id).somebody(rhys.id).has_pin


def test_a_briefing_has_versions_and_the_newest_is_acknowledged(session, tmp_path):
    found = planned(session, tmp_path)
    assert issuing.briefings(session)[0].version == 1
    assert "most senior individual" in issuing.briefings(session)[0].text
    old = word(session)
    issuing.write_briefing(session, "Keep the sheets with you, and bring every page back.")
    issuing.write_briefing(session, "Keep the sheets with you, and bring every page back at once.")
    from tests.services.canvassing import printed
    sheet = made(session, found)
    printed(session, sheet)
    with pytest.raises(Declined) as refused:
        issuing.issue(session, [sheet.id], holder(found).id, old)
    assert refused.value.reason == "sheets.briefing_old"
    sessions.set_pin(session, found.id, holder(found).id, Secret("4071"))
    with pytest.raises(Declined) as refused:
        issuing.issue(session, [sheet.id], holder(found).id, issuing.Acknowledged(How.PIN, 2, Secret("9999")))
    assert refused.value.reason == "sheets.pin_wrong"
    with pytest.raises(Invalid):
        issuing.issue(session, [sheet.id], holder(found).id, issuing.Acknowledged(How.SIGNATURE, 2, strokes=[[(0.1, 0.1), (0.11, 0.1)]]))
    with pytest.raises(Declined) as refused:
        issuing.issue(session, [sheet.id], found.people[2].id, issuing.Acknowledged(How.WORD, 2))
    assert refused.value.reason == "sheets.not_responsible"
    issuing.issue(session, [sheet.id], holder(found).id, issuing.Acknowledged(How.SIGNATURE, 2, strokes=[[(0.1, 0.5), (0.6, 0.4)]]))
    signed = issuing.signed(session, found.id)
    assert [(each.how, each.version, each.strokes) for each in signed] == [(How.SIGNATURE, 2, (((0.1, 0.5), (0.6, 0.4)),))]


def test_who_may_run_sessions(session, reopen, tmp_path):
    planned(session, tmp_path)
    officers.add(session, "Ellie Entry", Role.DATA_ENTRY, Secret("bicycle harbour mustard owl"), kdf=keys.least())
    session.close()
    ellie = reopen("bicycle harbour mustard owl")
    officers.acknowledge(ellie)
    found = sessions.listing(ellie)[0]
    with pytest.raises(NotAllowed):
        sessions.begin(ellie, found.id)
    assert sheets.listing(ellie, found.id) == []


def test_a_past_session_is_closed_and_its_campaign_after_it(session, tmp_path):
    found = planned(session, tmp_path)
    with pytest.raises(Declined) as refused:
        campaigns.close(session, found.campaign)
    assert refused.value.reason == "sessions.campaign_runs"
    sessions.begin(session, found.id)
    assert sessions.close(session, found.id).state is SessionState.CLOSED
    campaigns.close(session, found.campaign)
    with pytest.raises(Declined) as refused:
        sessions.add(session, found.campaign, plan_values(), sessions.Named(Of.NAME, name="Sylvia Senior"))
    assert refused.value.reason == "sessions.campaign_closed"


def test_walks_are_given_to_others_and_taken_out_until_they_are_printed(session, tmp_path):
    from dpdesk.services import allotments
    from tests.services.canvassing import printed
    found = planned(session, tmp_path)
    sheet = made(session, found)
    (allotted,) = allotments.listing(session, found.id)
    allotments.give_to(session, allotted.id, found.senior)
    assert allotments.get(session, allotted.id).holder == found.senior
    assert allotments.allot(session, found.id, [allotments.Allotting("x", district="cv", street="WEIR LANE")])[0].street == "Weir Lane"
    for wrong, field in ((allotments.Allotting("x", district="ZZ"), "district"),
                         (allotments.Allotting("x", district="CV", street="No"), "street")):
        with pytest.raises(Invalid) as told:
            allotments.allot(session, found.id, [wrong])
        assert set(told.value.problems) == {field}
    allotments.remove(session, allotted.id)
    assert sheets.listing(session, found.id) == []
    sheet = made(session, found)
    printed(session, sheet)
    with pytest.raises(Declined) as refused:
        allotments.remove(session, sheet.allotment)
    assert refused.value.reason == "sessions.printed_already"


def test_who_holds_sheets_or_is_most_senior_does_not_just_leave(session, tmp_path):
    found = planned(session, tmp_path)
    made(session, found)
    for somebody in (found.senior, holder(found).id):
        with pytest.raises(Declined) as refused:
            sessions.leave(session, found.id, somebody)
        assert refused.value.reason == "sessions.holds_sheets"
    cara = next(each for each in found.people if each.part is Part.CANVASSER)
    sessions.leave(session, found.id, cara.id)
    assert sessions.get(session, found.id).somebody(cara.id) is None


def test_of_a_session_under_way_the_return_moves_and_its_sheets_with_it(session, tmp_path):
    found = planned(session, tmp_path)
    sheet = made(session, found)
    sessions.begin(session, found.id)
    with pytest.raises(Invalid) as refused:
        sessions.change(session, found.id, {"place": "Elsewhere", "back_time": "14:00"})
    assert refused.value.problems == {"place": "already_so"}
    again = sessions.change(session, found.id, {"back_time": "14:30"})
    assert sessions.values_of(again)["back_time"] == "14:30"
    assert sheets.get(session, sheet.id).back_by == again.back_by
    with pytest.raises(Declined):
        sessions.begin(session, found.id)
