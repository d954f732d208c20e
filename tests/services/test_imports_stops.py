"""Whoever said stop stays stopped, whatever list comes in (DOMAIN.md §3: the most repeated complaint of all)."""

from __future__ import annotations

import pytest

from dpdesk.domain.contacting import Method, StopReason
from dpdesk.domain.members import Kind
from dpdesk.services import contacting, imports, members
from tests.services.importing import bring, everybody, listed, look, of

HEADER = "Membership No | Forename | Surname | Email | Mobile | Postcode | Do Not Email | Email OK\n"
ANN = "1 | Ann | Lee | ann@example.org | 07700 900123 | AN1 1AA | {stop} | {ok}\n"


def ann(stop: str = "", ok: str = "") -> str:
    return HEADER + ANN.format(stop=stop, ok=ok)


def stopped(session, name: str = "Ann Lee") -> frozenset[str]:
    return everybody(session)[name].stopped


def email_allowed(session, name: str = "Ann Lee") -> bool:
    person = everybody(session)[name].member.id
    return next(reach.allowed for reach in contacting.reaches(session, person) if reach.channel.value == "email")


@pytest.mark.parametrize("word", ["Yes", "y", "TRUE", "1", "x", "✓", "opted out", "2024-01-02", "what", "#REF!"])
def test_a_stop_in_the_list_is_a_stop(session, tmp_path, word):
    result = bring(session, tmp_path, ann(word))
    assert result.counts.stops == 1
    assert stopped(session) == {"email"}


@pytest.mark.parametrize("word", ["", "No", "false", "0", "-"])
def test_no_word_no_stop(session, tmp_path, word):
    assert bring(session, tmp_path, ann(word)).counts.stops == 0
    assert stopped(session) == frozenset()


def test_unknown_words_are_counted(session, tmp_path):
    shown = look(session, tmp_path, ann("maybe"))
    assert shown.problems_by_kind == {"stop_word_unknown": 1}
    assert shown.counts.new == 1


AGAIN = [
    ann("No"),
    ann(""),
    ann("No", "Yes"),
    ann("false", "1"),
    "Membership No | Forename | Surname | Email\n1 | Ann | Lee | ann@example.org\n",
    "Forename | Surname | Email | Email opt in\nANN | lee | ANN@EXAMPLE.ORG | yes\n",
    "Forename | Surname | Email\nAnn | Lee | ann+news@example.org\n",
    "Membership No | Forename | Surname | Email\n1 | Ann | Lee | new@example.org\n",
    "Membership No | Forename | Surname | Email | Postcode\n1 | Annie | Lea | new@example.org | AN2 2AA\n",
    "Membership No | Forename | Surname | Email\n99 | Ann | Lee | ann@example.org\n",
    "Membership No | Forename | Surname | Mobile\n1 | Ann | Lee | 07700 900999\n",
    "Surname | Forename | Postcode | Email | Unsubscribed\nLee | Ann | an11aa | other@example.org | No\n",
]


@pytest.mark.parametrize("again", AGAIN)
def test_no_later_list_lifts_it(session, tmp_path, again):
    bring(session, tmp_path, ann("Yes"))
    bring(session, tmp_path, again)
    for row in everybody(session).values():
        assert "email" in row.stopped
        assert contacting.reaches(session, row.member.id)[0].allowed is False
    assert len(everybody(session)) == 1


@pytest.mark.parametrize("again", AGAIN)
def test_a_stop_set_by_an_officer_holds_as_well(session, tmp_path, again):
    bring(session, tmp_path, ann("", "Yes"))
    person = everybody(session)["Ann Lee"].member.id
    assert email_allowed(session)
    contacting.stop(session, person, "all", StopReason.OBJECTION, "rang the office")
    bring(session, tmp_path, again)
    assert all(row.stopped == {"email", "phone", "sms", "post"} for row in everybody(session).values())
    assert [s.reason for s in contacting.stops(session, person)] == [StopReason.OBJECTION]


def test_the_stop_goes_along_through_one_change_after_another(session, tmp_path):
    bring(
        session,
        tmp_path,
        "Membership No | Forename | Surname | Email | Postcode | Opt out\n1 | Ann | Lee | a@example.org | AN1 1AA | yes\n",
    )
    head = "Membership No | Forename | Surname | Email | Postcode\n"
    bring(session, tmp_path, head + "1 | Anna | Lea | b@example.org | AN2 2AA\n")
    bring(session, tmp_path, head + " | Anna | Lea | b@example.org | AN3 3AA\n")
    bring(session, tmp_path, head + "5 | Anna | Lea | c@example.org | AN3 3AA\n")
    assert list(everybody(session)) == ["Anna Lea"]
    assert stopped(session, "Anna Lea") == {"email", "phone", "sms", "post"}


def test_known_by_the_address_alone_the_stop_follows_to_the_new_address(session, tmp_path):
    bring(session, tmp_path, "Forename | Surname | Email | Opt out\nAnn | Lee | ann@example.org | yes\n")
    bring(session, tmp_path, "Forename | Surname | Email | Postcode\nAnn | Lee | ann@example.org | AN1 1AA\n")
    bring(session, tmp_path, "Forename | Surname | Email | Postcode\nAnn | Lee | ann2@example.org | AN1 1AA\n")
    assert everybody(session)["Ann Lee"].member.email == "ann2@example.org"
    assert "email" in stopped(session)


def test_a_shared_address_stays_stopped_but_the_other_person_is_not(session, tmp_path):
    bring(
        session,
        tmp_path,
        "No | Forename | Surname | Email | Mobile | Opt out\n1 | Ann | Lee | home@example.org | 07700 900123 | yes\n"
        "2 | Bob | Lee | home@example.org | 07700 900124 | \n",
    )
    assert stopped(session, "Ann Lee") == {"email", "phone", "sms", "post"}
    assert stopped(session, "Bob Lee") == {"email"}


@pytest.mark.parametrize("number", range(8))
def test_a_household_that_shares_address_and_phone_has_both_stopped(session, tmp_path, number):
    """The keys are random hashes, so the order in which a stop is found by them is too: neither may hide the other."""
    mail, phone = f"home{number}@example.org", f"07700 90014{number}"
    bring(session, tmp_path, "Membership No | Forename | Surname | Email | Mobile | Postcode\n"
          f"1 | Ann | Lee | {mail} | {phone} | AN1 1AA\n2 | Bob | Roe | {mail} | {phone} | AN1 1AA\n")
    contacting.stop(session, everybody(session)["Ann Lee"].member.id, "all", StopReason.OPT_OUT, "by word of mouth")
    assert stopped(session, "Bob Roe") == {"email", "phone", "sms"}
    bob = everybody(session)["Bob Roe"].member.id
    assert [stop.bases for stop in contacting.stops(session, bob)] == [("email", "phone")]
    members.edit(session, bob, {"email": "bob@example.org", "mobile": "07700 900199"}, members.get(session, bob))
    assert stopped(session, "Bob Roe") == {"email", "phone", "sms"}


def test_somebody_erased_and_imported_again_stays_stopped(session, tmp_path):
    from dpdesk.store import members as store

    bring(session, tmp_path, ann("Yes"))
    person = everybody(session)["Ann Lee"].member
    with session.change("member.erased") as unit:
        store.remove(unit.connection, person)
        unit.about("member", person.id)
        unit.facts(erased=1)
    assert everybody(session) == {}
    bring(session, tmp_path, "Forename | Surname | Email | Email OK\nAnn | Lee | Ann+x@EXAMPLE.org | Yes\n")
    row = everybody(session)["Ann Lee"]
    assert row.member.id != person.id
    assert "email" in row.stopped
    assert contacting.consents(session, row.member.id) == []


def test_one_opted_out_of_two_rows_of_one_person_wins(session, tmp_path):
    shown = look(session, tmp_path, ann("", "Yes") + ANN.format(stop="Yes", ok=""))
    assert [(r.row, r.reason) for r in shown.refused] == [(3, "duplicate_in_file")]
    imports.apply(session, shown)
    assert stopped(session) == {"email"}
    assert not email_allowed(session)


@pytest.mark.parametrize(
    "bad",
    [
        "1 | Ann | Lee | ann@example.org | 12 | AN1 1AA | yes |\n",
        "1 | Ann | Lee | ann@example.org | | ZZZ | yes |\n",
        "1 | =1 | Lee | ann@example.org | | | yes |\n",
        "1 | | | ann@example.org | | | yes |\n",
    ],
)
def test_an_opt_out_in_a_refused_row_counts_all_the_same(session, tmp_path, bad):
    bring(session, tmp_path, ann("", "Yes"))
    result = bring(session, tmp_path, HEADER + bad)
    assert of(result.counts, "refused", "stops") == ((1, 1) if "| | | ann" not in bad else (0, 1))
    assert "email" in stopped(session)
    assert bring(session, tmp_path, HEADER + bad).counts.stops == 0


def test_an_opt_out_nobody_could_be_recognised_by_is_refused(session, tmp_path):
    shown = look(session, tmp_path, HEADER + " | Ann | Lee | | | | yes |\n")
    assert [r.reason for r in shown.refused] == ["stop_unkeyed"]
    assert shown.counts.stops == 0


def test_an_opt_out_is_added_once(session, tmp_path):
    bring(session, tmp_path, ann("Yes"))
    for _ in range(2):
        assert bring(session, tmp_path, ann("Yes")).counts.stops == 0
    person = everybody(session)["Ann Lee"].member.id
    assert len(contacting.stops(session, person)) == 1
    result = bring(session, tmp_path, "No | Forename | Surname | do_not_contact\n1 | Ann | Lee | TRUE\n")
    assert result.counts.stops == 1
    assert stopped(session) == {"email", "phone", "sms", "post"}


def test_several_columns_of_opt_outs(session, tmp_path):
    bring(
        session,
        tmp_path,
        "Contact ID | First Name | Last Name | Email | Phone | Do Not Email | Do Not Phone | Do Not Mail | Do Not Sms | "
        "No Bulk Emails (User Opt Out)\n1 | Ann | Lee | a@example.org | 01632 960123 | No | Yes | Yes | No | Yes\n",
    )
    assert stopped(session) == {"email", "phone", "post"}


def test_a_stop_ends_consent_and_the_list_cannot_bring_it_back(session, tmp_path):
    bring(session, tmp_path, ann("", "Yes"))
    person = everybody(session)["Ann Lee"].member.id
    bring(session, tmp_path, ann("Yes", "Yes"))
    (given,) = contacting.consents(session, person)
    assert given.withdrawn_on
    shown = look(session, tmp_path, ann("No", "Yes"))
    assert shown.counts.consents == 0
    assert shown.problems_by_kind == {"consent_stopped": 1}
    assert members.history(session, person)[0].fields == (("stop", None, "email"),)


def test_consent_comes_from_a_plain_yes_alone_and_once(session, tmp_path):
    for word, count in (("", 0), ("No", 0), ("maybe", 0), ("Yes", 1), ("Yes", 0)):
        assert bring(session, tmp_path, ann("", word)).counts.consents == count
    (given,) = contacting.consents(session, everybody(session)["Ann Lee"].member.id)
    assert (given.method, given.wording, given.evidence) == (Method.IMPORTED, "Email OK", "list.csv")
    assert email_allowed(session)


def test_a_withdrawn_consent_is_not_given_again_by_a_list(session, tmp_path):
    bring(session, tmp_path, ann("", "Yes"))
    person = everybody(session)["Ann Lee"].member.id
    contacting.withdraw_consent(session, contacting.consents(session, person)[0].id, "by e-mail")
    shown = look(session, tmp_path, ann("", "Yes"))
    assert shown.counts.consents == 0
    assert set(shown.problems_by_kind) <= {"consent_withdrawn", "consent_stopped"}
    imports.apply(session, shown)
    assert not email_allowed(session)


def test_a_contacts_stop_concerns_the_member_of_that_address(session, tmp_path):
    contact = members.add(session, Kind.CONTACT, {"forename": "Ann", "surname": "Lee", "email": "ann@example.org"})
    contacting.stop(session, contact.id, "email", StopReason.OPT_OUT, "reply")
    bring(session, tmp_path, ann("", "Yes"))
    assert "email" in stopped(session)
    assert not email_allowed(session)


def test_stops_are_worked_out_anew_when_set_between_preview_and_apply(session, tmp_path):
    bring(session, tmp_path, ann())
    shown = look(session, tmp_path, ann("", "Yes"))
    contacting.stop(session, everybody(session)["Ann Lee"].member.id, "email", StopReason.OPT_OUT, "rang")
    assert imports.apply(session, shown).counts.consents == 0
    assert not email_allowed(session)


def test_a_remembered_mapping_cannot_drop_a_column_of_opt_outs(session, tmp_path):
    from dpdesk.services import settings

    path = listed(tmp_path, ann("Yes"))
    draft = imports.open_list(session, path)
    imports.apply(session, imports.preview(session, draft))
    (key,) = settings.jotting_keys(session, "import:")
    settings.jot(session, key, {**settings.jotting(session, key), "do not email": ""})
    again = imports.open_list(session, path)
    assert again.mapping[draft.headers.index("Do Not Email")] == "stop:email"
    assert not again.remembered
