"""Mail that came back: taken in once, proposed, and applied only when an officer says so."""

from __future__ import annotations

import pytest

from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.errors import CannotUndo, Invalid, NotAllowed, NotFound, Unreadable
from dpdesk.domain.members import Kind as Who
from dpdesk.domain.replies import FAILING_MOST, Kind, State
from dpdesk.domain.roles import Role
from dpdesk.services import contacting, erasing, members, replies, replies_decide, today
from dpdesk.services.contacting import Given
from tests.files import mails
from tests.services.importing import bring, everybody


@pytest.fixture
def ann(session):
    """A member with consent for e-mail."""
    who = members.add(session, Who.MEMBER, {"forename": "Ann", "surname": "Example", "number": "1", "email": "ann@example.org",
                                            "mobile": "07700 900101", "status": "current"})
    contacting.give_consent(session, who.id, Given(Channel.EMAIL, "2026-01-05", Method.PAPER, "News by e-mail", "form 7"))
    return who


def take(session, *raw, owner=None):
    return replies.take_bytes(session, mails.mbox(*raw), "replies.mbox", owner)


def one(session):
    (shown,) = replies.listing(session)
    return shown


def test_a_stop_takes_effect_everywhere_once_confirmed(session, ann):
    assert take(session, mails.person("Please unsubscribe me")).found == {"stop_mail": 1}
    shown = one(session)
    assert (shown.name, shown.suggestion.kind, shown.elsewhere) == ("Ann Example", Kind.STOP_MAIL, False)
    assert "unsubscribe" in shown.suggestion.excerpt and not contacting.stops(session, ann.id)
    replies_decide.confirm(session, shown.suggestion.id)
    (stop,) = contacting.stops(session, ann.id)
    assert (stop.channel, stop.reason) == ("email", StopReason.OPT_OUT) and stop.source == "Reply of Tue 24 Nov 2026"
    assert contacting.consents(session, ann.id)[0].withdrawn_on
    assert not next(r for r in contacting.reaches(session, ann.id) if r.channel is Channel.EMAIL).allowed
    assert replies.listing(session) == [] and replies.waiting(session) == 0
    with pytest.raises(NotFound):
        replies_decide.confirm(session, shown.suggestion.id)
    with pytest.raises(CannotUndo) as kept:
        replies_decide.undo(session, shown.suggestion.id)
    assert kept.value.reason == "stop" and len(contacting.stops(session, ann.id)) == 1


def test_the_same_mail_twice_makes_one_suggestion(session, ann):
    take(session, mails.person("stop"))
    report = take(session, mails.person("stop"), mails.person("stop"))
    assert (report.new, report.known) == (0, 2) and len(replies.listing(session)) == 1
    replies_decide.dismiss(session, one(session).suggestion.id)
    assert take(session, mails.person("stop")).known == 1 and replies.listing(session) == []


def test_no_contact_at_all(session, ann):
    take(session, mails.person("Do not contact me again."))
    replies_decide.confirm(session, one(session).suggestion.id)
    (stop,) = contacting.stops(session, ann.id)
    assert (stop.channel, stop.reason) == ("all", StopReason.DO_NOT_CONTACT)


def test_a_token_says_whose_it_is_from_whatever_address(session, ann):
    raw = mails.BUTTON.replace(b"ann@example.org", b"other@example.net")
    asked = []
    take(session, raw, owner=lambda token: asked.append(token) or ann.id)
    shown = one(session)
    assert asked == [mails.TOKEN] and shown.name == "Ann Example" and shown.elsewhere and shown.on_record == "ann@example.org"


def test_a_token_nobody_knows_or_of_somebody_gone_leaves_the_address_to_tell(session, ann):
    take(session, mails.BUTTON, owner=lambda token: None)
    assert one(session).name == "Ann Example"
    take(session, mails.BUTTON.replace(b"<u1@", b"<u2@").replace(b"ann@example.org", b"gone@example.net"), owner=lambda token: "f" * 32)
    assert {shown.name for shown in replies.listing(session)} == {"Ann Example", ""}


def test_plus_tags_and_case_are_folded_as_stops_fold_them(session, ann):
    take(session, mails.person("stop", sender="ANN+news@Example.org"))
    shown = one(session)
    assert shown.name == "Ann Example" and not shown.elsewhere


def test_a_stop_of_nobody_on_the_desk_holds_for_whoever_comes_in_with_the_address(session):
    take(session, mails.person("unsubscribe", sender="later@example.org"))
    replies_decide.confirm(session, one(session).suggestion.id)
    who = members.add(session, Who.MEMBER, {"surname": "Later", "email": "Later@example.org", "status": "current"})
    assert [stop.channel for stop in contacting.stops(session, who.id)] == ["email"]


def test_two_people_with_one_address_are_both_stopped_by_it(session, ann):
    bob = members.add(session, Who.MEMBER, {"forename": "Bob", "surname": "Example", "email": "ann@example.org", "status": "current"})
    take(session, mails.person("stop"))
    shown = one(session)
    assert (shown.name, shown.sharing) == ("", 2)
    replies_decide.confirm(session, shown.suggestion.id)
    assert all(contacting.stops(session, each.id) for each in (ann, bob))


def test_an_officer_says_who_it_is(session, ann):
    take(session, mails.person("stop", sender="unknown@example.net"))
    with pytest.raises(NotFound):
        replies_decide.confirm(session, one(session).suggestion.id, person="f" * 32)
    replies_decide.confirm(session, one(session).suggestion.id, person=ann.id)
    assert contacting.stops(session, ann.id)[0].matched != "email"


def test_a_dead_address_is_left_out_until_it_works_again_or_changes(session, ann):
    take(session, mails.POSTFIX)
    assert one(session).suggestion.kind is Kind.DEAD and replies.bouncing(session) == {}
    identity = one(session).suggestion.id
    replies_decide.confirm(session, identity)
    assert replies.bouncing(session) == {ann.id: "2026-11-24"} and members.row(session, ann.id).flags == ("email_bad",)
    replies_decide.undo(session, identity)
    assert replies.bouncing(session) == {} and one(session).suggestion.state is State.OPEN
    replies_decide.confirm(session, identity)
    replies_decide.works_again(session, ann.id)
    assert replies.bouncing(session) == {}
    with pytest.raises(NotFound):
        replies_decide.works_again(session, ann.id)
    with pytest.raises(CannotUndo):
        replies_decide.undo(session, identity)
    take(session, mails.EXIM.replace(b"<b1@", b"<b9@"))
    replies_decide.confirm(session, one(session).suggestion.id)
    assert ann.id in replies.bouncing(session)
    members.edit(session, ann.id, {"email": "new@example.org"}, members.get(session, ann.id))
    assert replies.bouncing(session) == {}


def test_refused_for_another_reason_says_nothing_of_the_address(session, ann):
    take(session, mails.SPAM)
    shown = one(session)
    assert shown.suggestion.kind is Kind.REFUSED and not shown.elsewhere
    with pytest.raises(Invalid):
        replies_decide.confirm(session, shown.suggestion.id)
    replies_decide.confirm(session, shown.suggestion.id, kind=Kind.DEAD)
    assert ann.id in replies.bouncing(session)


def test_put_to_somebody_and_then_confirmed(session, ann):
    take(session, mails.person("stop", sender="unknown@example.net"))
    identity = one(session).suggestion.id
    replies_decide.assign(session, identity, ann.id)
    assert one(session).name == "Ann Example" and one(session).elsewhere
    replies_decide.confirm(session, identity)
    assert contacting.stops(session, ann.id)
    with pytest.raises(NotFound):
        replies_decide.assign(session, identity, ann.id)


def test_who_is_stopped_already_gets_no_second_stop(session, ann):
    contacting.stop(session, ann.id, "all", StopReason.OBJECTION, "a letter")
    take(session, mails.person("stop"))
    replies_decide.confirm(session, one(session).suggestion.id)
    assert [stop.reason for stop in contacting.stops(session, ann.id)] == [StopReason.OBJECTION]


def test_a_new_address_the_desk_has_already_is_not_proposed(session, ann):
    members.edit(session, ann.id, {"email": "ann.new@example.org"}, members.get(session, ann.id))
    assert take(session, mails.MOVED).known == 1 and replies.listing(session) == []


def test_failures_for_now_count_only_when_they_are_many(session, ann):
    for n in range(FAILING_MOST):
        assert ann.id not in replies.bouncing(session)
        take(session, mails.POSTFIX_DELAYED.replace(b"<b2@", b"<d%d@" % n))
        replies_decide.confirm(session, one(session).suggestion.id)
    assert ann.id in replies.bouncing(session)


def test_a_new_address_is_an_edit_that_can_be_undone(session, ann):
    take(session, mails.MOVED)
    identity = one(session).suggestion.id
    replies_decide.confirm(session, identity)
    assert members.get(session, ann.id).email == "ann.new@example.org"
    replies_decide.undo(session, identity)
    assert members.get(session, ann.id).email == "ann@example.org" and one(session).suggestion.id == identity
    replies_decide.confirm(session, identity)
    with pytest.raises(Invalid):
        take(session, mails.person("my new address is x@example.net", sender="who@example.net", identity="<n@x>"))
        replies_decide.confirm(session, one(session).suggestion.id)


def test_a_new_address_carries_the_stops_along(session, ann):
    contacting.stop(session, ann.id, "email", StopReason.OPT_OUT, "a letter")
    take(session, mails.MOVED)
    replies_decide.confirm(session, one(session).suggestion.id)
    assert contacting.stops(session, ann.id)


def test_what_is_unclear_is_read_and_an_officer_says_what_it_asks(session, ann):
    take(session, mails.person("I am not sure any of this is for me. Why am I on a list?"))
    shown = one(session)
    assert shown.suggestion.kind is Kind.UNCLEAR
    for kind in (None, Kind.NEW_ADDRESS, Kind.UNCLEAR):
        with pytest.raises(Invalid):
            replies_decide.confirm(session, shown.suggestion.id, kind=kind)
    replies_decide.confirm(session, shown.suggestion.id, kind=Kind.STOP_MAIL)
    assert contacting.stops(session, ann.id)


def test_strangers_who_ask_nothing_and_machines_are_only_counted(session, ann):
    report = take(session, mails.person("See you on Tuesday", sender="friend@example.net"), mails.AWAY, mails.OURS, mails.DELIVERED,
                  mails.POSTFIX.replace(b"ann@", b"nobody@"))
    assert (report.read, report.new, report.other, report.automatic) == (5, 0, 2, 3)
    assert take(session, mails.person("See you on Tuesday")).found == {"unclear": 1}  # from a member: read it


def test_dismissed_waits_again_until_its_words_are_erased(session, ann, monkeypatch):
    take(session, mails.person("stop"))
    identity = one(session).suggestion.id
    replies_decide.dismiss(session, identity)
    replies_decide.undo(session, identity)
    replies_decide.dismiss(session, identity)
    monkeypatch.setattr(replies, "KEPT_DAYS", -1)
    take(session, mails.POSTFIX)
    assert replies.get(session, identity).excerpt == ""
    with pytest.raises(CannotUndo) as gone:
        replies_decide.undo(session, identity)
    assert gone.value.reason == "erased"


def test_many_at_once_each_on_record(session, ann):
    take(session, mails.person("stop"), mails.POSTFIX, mails.person("hm, address?", identity="<9@x>"))
    ids = [shown.suggestion.id for shown in replies.listing(session)]
    done, failed = replies_decide.confirm_many(session, ids)
    assert done == 2 and [type(problem) for _identity, problem in failed] == [Invalid]
    assert replies_decide.dismiss_many(session, [failed[0][0]]) == (1, [])


def test_files_one_of_which_cannot_be_read(session, ann, tmp_path):
    (tmp_path / "a.eml").write_bytes(mails.person("stop"))
    (tmp_path / "b.eml").write_bytes(b"PK\x03\x04")
    report = replies.take_files(session, [tmp_path / "a.eml", tmp_path / "b.eml"])
    assert report.new == 1 and report.refused == (("b.eml", 0, "mail_packed"),)
    with pytest.raises(Unreadable):
        replies.take_files(session, [tmp_path / "b.eml"])


def test_erasing_somebody_takes_their_replies_and_merging_moves_them(session, ann):
    take(session, mails.person("See you"))
    assert erasing.plan(session, [ann.id]).goes["reply"] == 1
    from dpdesk.services import merging
    other = members.add(session, Who.MEMBER, {"forename": "Ann", "surname": "Example", "town": "Anytown", "status": "current"})
    merging.merge(session, merging.compare(session, other.id, ann.id).choice)
    kept = one(session).suggestion.person
    assert kept in (other.id, ann.id) and members.get(session, kept)


def test_nothing_personal_in_the_log_and_today_tells(session, ann):
    take(session, mails.person("stop"))
    assert any(item.code == "replies_waiting" and item.facts["count"] == 1 for item in today.items(session))
    replies_decide.confirm(session, one(session).suggestion.id)
    from sqlalchemy import text
    with session.desk.read() as connection:
        facts = " ".join(connection.execute(text("SELECT facts FROM audit")).scalars())
        actions = list(connection.execute(text("SELECT action FROM audit ORDER BY seq DESC LIMIT 2")).scalars())
    assert "ann@" not in facts and "Example" not in facts and actions == ["stop.set", "replies.taken"]


def test_who_may_not(session, ann):
    session.officer = type(session.officer)(**{**session.officer.__dict__, "role": Role.AUDITOR})
    for act in (lambda: replies.listing(session), lambda: take(session, mails.BUTTON), lambda: replies_decide.dismiss(session, "x")):
        with pytest.raises(NotAllowed):
            act()


def test_who_stopped_by_a_reply_stays_stopped_when_the_list_comes_in_again(session, ann, tmp_path):
    take(session, mails.person("Please stop"), mails.person("unsubscribe", sender="later@example.org", identity="<l@x>"))
    assert replies_decide.confirm_many(session, [shown.suggestion.id for shown in replies.listing(session)]) == (2, [])
    bring(session, tmp_path, "Membership No | Forename | Surname | Email | Status | Email OK\n"
                             "1 | Ann | Example | ann@example.org | current | Yes\n"
                             "2 | Lou | Later | Later+x@example.org | current | Yes\n")
    assert {name: row.stopped for name, row in everybody(session).items()} == {"Ann Example": {"email"}, "Lou Later": {"email"}}
    assert not any(reach.allowed for row in everybody(session).values() for reach in contacting.reaches(session, row.member.id))
