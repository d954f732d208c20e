"""The policy of a branch: edited with its difference first, versioned, read anew where it matters, never overwritten by an update."""

import copy

import pytest

from dpdesk.domain.errors import Declined, Invalid, NotAllowed
from dpdesk.domain.roles import Role
from dpdesk.files import policies as packs
from dpdesk.services import officers, policies


def test_an_edition_changes_what_it_says_and_officers_read_what_they_act_on(session):
    draft = policies.draft(session, {"enquiries_kept_months": "6", "regulator.name": "The Information Commission"})
    assert {each.path: (each.before, each.after, each.anew) for each in draft.differences} == {
        "enquiries_kept_months": ("12", "6", True),
        "regulator.name": ("Information Commissioner's Office (ICO) / Information Commission", "The Information Commission", False)}
    policies.adopt(session, draft, "The committee decided so")
    assert session.policy.enquiries_kept_months == 6 and session.policy.edition == 1
    assert session.policy.regulator.name == "The Information Commission"
    assert not session.acknowledged
    officers.acknowledge(session)
    assert session.acknowledged


def test_a_changed_telephone_number_need_not_be_read(session):
    policies.adopt(session, policies.draft(session, {"regulator.phone": "01632 960000"}), "New number")
    assert session.acknowledged and session.policy.regulator.phone == "01632 960000"


def test_lists_rules_and_ticks_are_edited_by_path(session):
    draft = policies.draft(session, {"retention.members_left.months": "36", "retention.enquiries.months": "9",
                                     "forwarded": "incidents, requests",
                                     "device.points.27.3a.counts": "no", "training_live_induction": "yes",
                                     "post_why.service.text": "Because you are a member."})
    policies.adopt(session, draft, "So decided")
    policy = session.policy
    assert policy.months_of(policy.rule_for("members_left")) == 36 and policy.months_of(policy.rule_for("enquiries")) == 9
    assert [each.value for each in policy.forwarded] == ["incidents", "requests"] and policy.training_live_induction
    assert "27.3a" not in policy.device.counted


@pytest.mark.parametrize(("path", "value", "where", "problem"), [
    ("enquiries_kept_months", "600", "enquiries_kept_months", "out_of_range"),
    ("enquiries_kept_months", "a year", "enquiries_kept_months", "wrong_type"),
    ("regulator.url", "http://regulator.example", "regulator.url", "not_https"),
    ("retention.enquiries.action", "shred", "retention[2].action", "not_a_choice"),
    ("retention.nobody.months", "3", "retention.nobody.months", "unknown"),
    ("code", "labour", "code", "unknown"), ("regulator", "x", "regulator", "unknown"),
])
def test_what_does_not_hold_is_named(session, path, value, where, problem):
    with pytest.raises(Invalid) as caught:
        policies.draft(session, {path: value})
    assert caught.value.problems == {where: problem}


def test_only_the_accountable_person_edits(session):
    session.officer = type(session.officer)(**{**session.officer.__dict__, "role": Role.SECRETARY})
    with pytest.raises(NotAllowed):
        policies.draft(session, {"child_age": "17"})


def test_an_update_of_the_pack_overwrites_nothing_and_is_taken_over_when_asked(session, reopen, monkeypatch):
    policies.adopt(session, policies.draft(session, {"backup_every_days": "3"}), "Stricter")
    really = packs.data_of

    def newer(code):
        data = copy.deepcopy(really(code))
        data |= {"version": "2027-01-01", "lock_after_minutes": 4, "backup_every_days": 14}
        data["clauses"].append({"topic": "brand_new", "clause": "S1 §1"})
        return data
    monkeypatch.setattr(packs, "data_of", newer)
    session.close()
    again = reopen()
    assert (again.policy.backup_every_days, again.policy.lock_after_minutes) == (3, 5)
    assert again.policy.clause_of("brand_new") == "S1 §1"
    update = policies.update_waiting(again)
    assert update.pack_version == "2027-01-01"
    assert {each.path for each in update.differences} == {"lock_after_minutes", "backup_every_days", "clauses.brand_new.clause"}
    policies.adopt(again, policies.draft_update(again), "The party asks for it")
    assert (again.policy.backup_every_days, again.policy.lock_after_minutes) == (14, 4)
    assert policies.update_waiting(again) is None


def test_back_to_the_pack_and_editions_are_kept(session):
    policies.adopt(session, policies.draft(session, {"backup_every_days": "3"}), "Stricter")
    policies.adopt(session, policies.draft_pack(session), "Not needed")
    assert session.policy.backup_every_days == 7
    assert [(each.edition, each.why, bool(each.data)) for each in policies.editions(session)] == [(2, "Not needed", False),
                                                                                                (1, "Stricter", True)]
    assert [(each.path, each.before, each.after) for each in policies.changes_in(session, 1)] == [("backup_every_days", "7", "3")]
    assert [(each.path, each.before, each.after) for each in policies.changes_in(session, 2)] == [("backup_every_days", "3", "7")]


def test_two_who_edit_at_once_do_not_overwrite_each_other(session):
    first, second = policies.draft(session, {"backup_every_days": "3"}), policies.draft(session, {"backup_every_days": "5"})
    policies.adopt(session, first, "First")
    with pytest.raises(Declined) as caught:
        policies.adopt(session, second, "Second")
    assert caught.value.reason == "retention.policy_meanwhile"


def test_a_file_of_the_branch_is_taken_whole(session, tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text('extends = "generic"\ncode = "green"\nname = "Anytown Greens"\nversion = "2026-11-01"\nsource = "Ours"\n'
                    'policy_text = "# Ours\\n\\n- Be kind (S1 §1)."\n', encoding="utf-8")
    policies.adopt(session, policies.draft_from(session, file), "Ours")
    assert session.policy.name == "Anytown Greens" and session.policy.policy_text.startswith("# Ours")
    file.write_text(file.read_text(encoding="utf-8").replace('"green"', '"labour"'), encoding="utf-8")
    officers.acknowledge(session)
    with pytest.raises(Declined):
        policies.draft_from(session, file)
