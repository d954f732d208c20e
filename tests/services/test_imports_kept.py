"""Lists that came in can be taken back whole while nothing depends on them; a newer whole list replaces the earlier ones."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.copies import WITHIN, CopyKind, CopyState, Look
from dpdesk.domain.errors import Cancelled, CopyStays, ImportRefused, NotAllowed, NotFound, RollBackRefused
from dpdesk.domain.imports import ImportState, WholeList
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, contacting, copies, exports, imports, imports_kept, members, notes, officers
from dpdesk.services.session import today
from dpdesk.store import keys
from tests.services.importing import bring, everybody, look

FIRST = """
Membership No | Forename | Surname | Email            | Postcode | Status  | Joined
1             | Ann      | Lee     | ann@example.org  | AB1 2CD  | current | 01/02/2019
2             | Bob      | Moss    | bob@example.org  | AB1 2CE  | current | 01/02/2020
3             | Cat      | Nash    | cat@example.org  | AB1 2CF  | arrears | 01/02/2021
"""
SECOND = """
Membership No | Forename | Surname | Email            | Postcode | Status  | Do not email | Consent email
1             | Ann      | Lee     | ann2@example.org | AB1 2CD  | current |              | yes
2             | Bob      | Moss    | bob@example.org  | AB1 2CE  | lapsed  | yes          |
4             | Dai      | Otter   | dai@example.org  | AB1 2CG  | current | yes          |
5             | Eva      | Pike    | eva@example.org  | AB1 2CH  | current |              | yes
"""


def values(session) -> dict[str, dict[str, str]]:
    return {name: row.member.values() for name, row in everybody(session).items()}


def found(session, words: str) -> list[str]:
    return [row.member.name for row in members.search(session, words)]


def test_a_list_is_kept_with_its_counts_and_its_file_is_on_the_list_of_copies(session, tmp_path):
    result = bring(session, tmp_path, FIRST)
    (kept,) = imports_kept.listing(session)
    assert (kept.id, kept.seq, kept.file, kept.state) == (result.import_id, result.seq, "list.csv", ImportState.APPLIED)
    assert kept.counts.new == 3 and kept.officer == "Jane Example" and kept.at
    seen = copies.get(session, result.source)
    assert (seen.copy.kind, seen.look, seen.copy.path) == (CopyKind.SOURCE, Look.THERE, str(tmp_path / "list.csv"))
    assert (seen.copy.title, seen.copy.people) == ("list.csv", 3)
    assert [copy.id for copy in copies.holding(session, everybody(session)["Bob Moss"].member.id)] == [result.source]
    assert copies.delete(session, result.source).state is CopyState.DELETED
    assert not (tmp_path / "list.csv").exists()


def test_a_file_that_changed_since_is_not_deleted(session, tmp_path):
    result = bring(session, tmp_path, FIRST)
    with (tmp_path / "list.csv").open("a") as file:
        file.write("6,Mine,Own,,,current,\n")
    with pytest.raises(CopyStays):
        copies.delete(session, result.source)
    assert (tmp_path / "list.csv").exists()


def test_taken_back_everything_is_as_it_was_but_the_opt_outs(session, tmp_path):
    bring(session, tmp_path, FIRST)
    before = values(session)
    second = bring(session, tmp_path, SECOND)
    assert found(session, "otter") == ["Dai Otter"] and found(session, "ann2")
    plan = imports_kept.plan(session, second.import_id)
    assert (len(plan.new), len(plan.back), plan.dependents) == (2, 2, [])
    imports_kept.roll_back(session, second.import_id)
    assert values(session) == before
    assert found(session, "otter") == [] and found(session, "ann2") == []
    bob = everybody(session)["Bob Moss"]
    assert bob.stopped == {"email"}
    assert contacting.consents(session, everybody(session)["Ann Lee"].member.id) == []
    assert [(each.seq, each.state) for each in imports_kept.listing(session)][0] == (second.seq, ImportState.ROLLED_BACK)
    assert audit.verify(session).whole
    entry = audit.listing(session, limit=2)[1]
    assert entry.action == "members.rolled_back" and entry.facts == {"import_seq": second.seq, "new": 2, "changed": 2}
    bring(session, tmp_path, SECOND)
    assert everybody(session)["Dai Otter"].stopped == {"email"}


def test_taken_back_later_too_also_the_first_list(session, tmp_path):
    first = bring(session, tmp_path, FIRST)
    members.add(session, Kind.MEMBER, {"surname": "Own", "status": "current"})
    imports_kept.roll_back(session, str(first.seq))
    assert list(values(session)) == ["Own"]


def edit(session, person):
    members.edit(session, person.id, {"town": "Anytown"}, person)


def annotate(session, person):
    notes.add(session, person.id, "Rang", Confidentiality.ORDINARY)


def permit(session, person):
    contacting.permit(session, person.id, session.policy.recipient_bodies[0].code, today().isoformat(), "You may")


def withdraw(session, person):
    contacting.withdraw_consent(session, contacting.consents(session, person.id)[0].id)


@pytest.mark.parametrize(("act", "code"), [(edit, "edited"), (annotate, "note"), (permit, "sharing"), (withdraw, "consent")])
def test_what_depends_on_it_is_shown_and_nothing_is_half_done(session, tmp_path, act, code):
    second = bring(session, tmp_path, SECOND)
    act(session, everybody(session)["Eva Pike"].member)
    before, entries = values(session), len(audit.listing(session))
    plan = imports_kept.plan(session, second.import_id)
    assert [(each.name, each.codes) for each in plan.dependents] == [("Eva Pike", (code,))] and not plan.possible
    with pytest.raises(RollBackRefused) as problem:
        imports_kept.roll_back(session, second.import_id)
    assert (problem.value.reason, problem.value.count) == ("depending", 1)
    assert values(session) == before and len(audit.listing(session)) == entries


def test_a_record_changed_again_since_is_shown(session, tmp_path):
    bring(session, tmp_path, FIRST)
    second = bring(session, tmp_path, SECOND)
    bring(session, tmp_path, SECOND.replace("ann2@", "ann3@"))
    plan = imports_kept.plan(session, second.import_id)
    assert [(each.name, each.codes) for each in plan.dependents] == [("Ann Lee", ("edited",))]


def test_a_stop_set_on_somebody_does_not_hold_a_list_back(session, tmp_path):
    first = bring(session, tmp_path, FIRST)
    contacting.stop(session, everybody(session)["Ann Lee"].member.id, "all", StopReason.OBJECTION, "Letter")
    imports_kept.roll_back(session, first.import_id)
    bring(session, tmp_path, FIRST)
    assert everybody(session)["Ann Lee"].stopped == {"email", "phone", "sms", "post"}


def test_twice_is_refused_and_a_stranger_not_found(session, tmp_path):
    first = bring(session, tmp_path, FIRST)
    imports_kept.roll_back(session, first.import_id)
    with pytest.raises(RollBackRefused) as problem:
        imports_kept.roll_back(session, first.import_id)
    assert problem.value.reason == "rolled_back"
    with pytest.raises(NotFound):
        imports_kept.plan(session, "no such")


def test_stopped_half_way_nothing_has_changed(session, tmp_path):
    first = bring(session, tmp_path, FIRST)
    before = values(session)
    with pytest.raises(Cancelled):
        imports_kept.roll_back(session, first.import_id, cancelled=lambda: True)
    assert values(session) == before


def test_only_who_may_import(session, tmp_path, reopen):
    first = bring(session, tmp_path, FIRST)
    officers.add(session, "Sam Sample", Role.SECRETARY, Secret("pepper lantern walks uphill"), kdf=keys.least())
    session.close()
    second = reopen("pepper lantern walks uphill")
    officers.acknowledge(second)
    with pytest.raises(NotAllowed):
        imports_kept.roll_back(second, first.import_id)


WHOLE = """
Membership No | Forename | Surname | Email            | Postcode | Status
1             | Ann      | Lee     | ann@example.org  | AB1 2CD  | current
5             | Eva      | Pike    | eva@example.org  | AB1 2CH  | current
"""


@pytest.fixture
def branch(session, tmp_path):
    """The first list, and people a whole list cannot know: a contact, a lapsed member, somebody who joined today."""
    bring(session, tmp_path, FIRST)
    members.add(session, Kind.CONTACT, {"surname": "Contact"})
    members.add(session, Kind.MEMBER, {"surname": "Lapsed", "status": "lapsed"})
    return session


def test_who_is_missing_is_shown_and_nobody_lapses_unasked(branch, tmp_path):
    members.add(branch, Kind.MEMBER, {"surname": "New", "status": "pending", "joined_on": today().isoformat()})
    shown = look(branch, tmp_path, WHOLE, whole=WholeList((today() - timedelta(days=1)).isoformat()))
    assert shown.missing == []  # nobody was on the desk before the list's day
    shown = look(branch, tmp_path, WHOLE, whole=WholeList(today().isoformat()))
    assert [each.name for each in shown.missing] == ["Bob Moss", "Cat Nash", "New"]
    assert look(branch, tmp_path, WHOLE).missing == []
    result = imports.apply(branch, shown)
    assert result.lapsed == 0 and everybody(branch)["Bob Moss"].member.status == "current"


def test_who_left_lapses_on_confirmation_and_comes_back_with_the_list(branch, tmp_path):
    shown = look(branch, tmp_path, WHOLE, whole=WholeList(today().isoformat()))
    bob = next(each for each in shown.missing if each.name == "Bob Moss")
    result = imports.apply(branch, shown, lapse={bob.id})
    assert (result.lapsed, result.superseded) == (1, 1)
    statuses = {name: row.member.status for name, row in everybody(branch).items()}
    assert statuses == {"Ann Lee": "current", "Bob Moss": "lapsed", "Cat Nash": "arrears", "Eva Pike": "current", "Lapsed": "lapsed"}
    assert members.history(branch, bob.id)[0].fields == (("status", "current", "lapsed"),)
    imports_kept.roll_back(branch, result.import_id)
    assert everybody(branch)["Bob Moss"].member.status == "current"


def test_a_row_that_cannot_be_told_apart_makes_nobody_missing(branch, tmp_path):
    for _ in range(2):
        members.add(branch, Kind.MEMBER, {"forename": "Twin", "surname": "Same", "postcode": "AB1 2CZ", "status": "current"})
    text = WHOLE + "              | Twin     | Same    |                  | AB1 2CZ  | current\n"
    shown = look(branch, tmp_path, text, whole=WholeList(today().isoformat()))
    assert shown.counts.refused == 1
    assert [each.name for each in shown.missing] == ["Bob Moss", "Cat Nash"]


def test_a_newer_whole_list_erases_the_older_snapshot_and_its_copies_come_up(branch, tmp_path):
    changing = bring(branch, tmp_path, FIRST.replace("ann@", "annold@"))
    exported = exports.members(branch, exports.Wish(tmp_path / "old.csv", ("surname",), members.Query(), WITHIN, "Badges")).copy
    ann = everybody(branch)["Ann Lee"].member.id
    assert any(("email", "ann@example.org", "annold@example.org") in change.fields for change in members.history(branch, ann))
    result = imports.apply(branch, look(branch, tmp_path, WHOLE, whole=WholeList(today().isoformat())))
    assert result.superseded == 2 and result.copies_due == 3
    assert copies.get(branch, exported.id).copy.is_due(today())
    assert not copies.get(branch, result.source).copy.is_due(today())
    past = next(change for change in members.history(branch, ann) if change.seq == changing.seq)
    assert past.erased and past.fields == ()
    assert {each.state for each in imports_kept.listing(branch)[1:]} == {ImportState.SUPERSEDED}
    with pytest.raises(RollBackRefused) as problem:
        imports_kept.roll_back(branch, changing.import_id)
    assert problem.value.reason == "superseded"
    assert audit.verify(branch).whole


def test_a_part_of_the_list_replaces_nothing(branch, tmp_path):
    result = bring(branch, tmp_path, WHOLE)
    assert (result.superseded, result.copies_due, result.lapsed) == (0, 0, 0)
    assert {each.state for each in imports_kept.listing(branch)} == {ImportState.APPLIED}


def test_an_older_whole_list_does_not_replace_a_newer_one(session, tmp_path):
    bring(session, tmp_path, FIRST, whole=WholeList("2026-05-02"))
    shown = look(session, tmp_path, SECOND, whole=WholeList("2026-05-01"))
    assert shown.newer == "2026-05-02"
    with pytest.raises(ImportRefused) as problem:
        imports.apply(session, shown)
    assert problem.value.reason == "older_list"
    assert [each.state for each in imports_kept.listing(session)] == [ImportState.APPLIED]
    again = imports.apply(session, look(session, tmp_path, SECOND, whole=WholeList("2026-05-02")))
    assert again.superseded == 1
    imports_kept.roll_back(session, again.import_id)
    assert look(session, tmp_path, SECOND, whole=WholeList("2026-05-01")).newer == ""
