"""Wordings kept version by version; asking, answers, written confirmations; consents and permissions that end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain.asking import CONFIRMATION, Answer, share_with, to_confirm
from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.errors import Invalid, NotFound, StopHolds
from dpdesk.domain.members import Kind
from dpdesk.services import asking, audit, contacting, giving, members, today
from dpdesk.services.asking import Question, Reply
from dpdesk.services.contacting import Given
from dpdesk.services.session import today as this_day
from tests.services.importing import bring

WORDS = "May we e-mail you about our campaigns?"


def day(ago: int = 0) -> str:
    return (this_day() - timedelta(days=ago)).isoformat()


@pytest.fixture
def ann(session):
    return members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Lee", "status": "current", "email": "ann@example.org",
                                              "postcode": "AN1 2AB"})


@pytest.fixture
def body(session) -> str:
    return session.policy.recipient_bodies[0].code


def reach(session, person):
    return next(r for r in contacting.reaches(session, person.id) if r.channel is Channel.EMAIL)


def later(monkeypatch, days: int) -> None:
    """The desk on a later day."""
    then = this_day() + timedelta(days=days)
    for module in (contacting, giving, asking, members, __import__("dpdesk.services.sharing", fromlist=["x"])):
        monkeypatch.setattr(module, "today", lambda: then)


def test_each_change_of_the_words_is_a_version_and_old_ones_are_kept(session):
    first = asking.word(session, "email", f" {WORDS} ")
    second = asking.word(session, "email", "May we e-mail you?")
    assert asking.word(session, "email", "May we e-mail you?").id == second.id
    assert [(w.version, w.text) for w in asking.wordings(session, "email")] == [(2, "May we e-mail you?"), (1, WORDS)]
    assert asking.current(session)["email"].id == second.id and first.version == 1
    for purpose, text, problem in (("fax", "x", {"purpose": "unknown"}), ("email", " ", {"wording": "missing"}),
                                   ("email", "x" * 3000, {"wording": "too_long"})):
        with pytest.raises(Invalid) as found:
            asking.word(session, purpose, text)
        assert found.value.problems == problem
    assert audit.verify(session).whole


def test_a_consent_knows_the_version_it_was_given_to(session, ann, body):
    asking.word(session, "email", WORDS)
    asking.word(session, share_with(body), "May we tell them that you are a member?")
    contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(), Method.PAPER, WORDS, "Form"))
    contacting.give_consent(session, ann.id, Given(Channel.POST, day(), Method.PAPER, WORDS, "Form"))
    contacting.permit(session, ann.id, body, day(), "May we tell them that you are a member?")
    asking.word(session, "email", "Other words")
    assert {c.channel: c.version for c in contacting.consents(session, ann.id)} == {Channel.EMAIL: 1, Channel.POST: 0}
    assert contacting.sharings(session, ann.id)[0].version == 1


def test_a_yes_becomes_a_consent_in_the_same_step(session, ann):
    asking.word(session, "email", WORDS)
    before = audit.listing(session, limit=1)[0].seq
    asking.ask(session, ann.id, Question("email", day(3), Method.EMAIL), Reply(Answer.YES, day(1), evidence="Their mail"))
    assert audit.listing(session, limit=1)[0].seq == before + 1
    (given,) = contacting.consents(session, ann.id)
    assert (given.given_on, given.method, given.wording, given.version) == (day(1), Method.EMAIL, WORDS, 1)
    (asked,) = asking.askings(session, ann.id)
    assert (asked.answer, asked.answered_on, asked.version) == (Answer.YES, day(1), 1)
    assert reach(session, ann).allowed


def test_answered_later_and_a_permission(session, ann, body):
    asking.word(session, share_with(body), "May we?")
    asked = asking.ask(session, ann.id, Question(share_with(body), day(9), Method.PAPER))
    assert asked.answer is Answer.WAITING and not contacting.sharings(session, ann.id)
    with pytest.raises(Invalid) as found:
        asking.answer(session, asked.id, Reply(Answer.YES, day(12)))
    assert found.value.problems == {"given_on": "before_asked"}
    asking.answer(session, asked.id, Reply(Answer.YES, day(2)))
    assert [s.wording for s in contacting.sharings(session, ann.id)] == ["May we?"]
    with pytest.raises(NotFound):
        asking.answer(session, asked.id, Reply(Answer.NO, day()))


def test_a_yes_without_words_or_proof_is_no_consent(session, ann):
    with pytest.raises(Invalid) as found:
        asking.ask(session, ann.id, Question("email", day(), Method.PAPER), Reply(Answer.YES, day()))
    assert found.value.problems == {"wording": "missing", "evidence": "missing"}
    assert not asking.askings(session, ann.id)


def test_a_no_is_kept_ends_what_was_given_and_nobody_asks_again_soon(session, ann, monkeypatch):
    contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(9), Method.PAPER, WORDS, "Form"))
    asking.ask(session, ann.id, Question("email", day(), Method.VERBAL), Reply(Answer.NO, day()))
    assert contacting.consents(session, ann.id)[0].withdrawn_on == day()
    with pytest.raises(Invalid) as found:
        asking.ask(session, ann.id, Question("email", day(), Method.VERBAL))
    assert found.value.problems == {"purpose": "said_no"}
    asking.ask(session, ann.id, Question("post", day(), Method.VERBAL))
    contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(), Method.WEB, WORDS, "They came back by themselves"))
    assert reach(session, ann).allowed
    later(monkeypatch, 190)
    asking.ask(session, ann.id, Question("email", day(-190), Method.VERBAL))


@pytest.mark.parametrize(("question", "problems"), [
    (("fax", day()), {"purpose": "unknown"}), (("email", day(-1)), {"asked_on": "in_future"}),
    (("email", "soon"), {"asked_on": "date_bad"}), (("email", ""), {"asked_on": "missing"})])
def test_a_question_that_cannot_be(session, ann, question, problems):
    with pytest.raises(Invalid) as found:
        asking.ask(session, ann.id, Question(*question, Method.PAPER))
    assert found.value.problems == problems


def test_a_verbal_yes_is_to_be_confirmed_in_writing(session, ann, body):
    spoken = contacting.give_consent(session, ann.id, Given(Channel.PHONE, day(5), Method.VERBAL, WORDS, "Heard by Jane"))
    written = contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(5), Method.PAPER, WORDS, "Form"))
    shared = contacting.permit(session, ann.id, body, day(5), "You may", method=Method.VERBAL)

    def open_ones():
        given = [*contacting.consents(session, ann.id), *contacting.sharings(session, ann.id)]
        return to_confirm(given, asking.askings(session, ann.id), day())
    assert open_ones() == {spoken.id, shared.id} and written.id not in open_ones()
    for sent, problem in (("", "missing"), ("x", "date_bad"), (day(-1), "in_future"), (day(6), "before_given")):
        with pytest.raises(Invalid) as found:
            asking.confirm(session, spoken.id, sent)
        assert found.value.problems == {"sent_on": problem}
    asking.confirm(session, spoken.id, day(4))
    assert open_ones() == {shared.id}
    asking.confirm(session, shared.id, day())
    assert open_ones() == set()
    assert [a.how for a in asking.askings(session, ann.id)].count(CONFIRMATION) == 2
    with pytest.raises(NotFound):
        asking.confirm(session, "0" * 32, day())


def test_consents_end_and_no_longer_count(session, ann, body, monkeypatch):
    contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(), Method.PAPER, WORDS, "Form"))
    contacting.permit(session, ann.id, body, day(), "You may")
    (given,) = contacting.consents(session, ann.id)
    assert given.expires_on[:4] == str(this_day().year + session.policy.consent_lasts_months // 12)
    query = members.Query(flag="no_email_consent")
    assert not members.spine(session, query) and members.counts(session).email_consents == 1
    later(monkeypatch, 800)
    assert reach(session, ann).why == "ended"
    assert list(members.spine(session, query)) == [ann.row] and members.counts(session).email_consents == 0
    contacting.stop(session, ann.id, "email", StopReason.OPT_OUT, "Letter")
    with pytest.raises(StopHolds):
        contacting.lift(session, ann.id, contacting.stops(session, ann.id)[0].id, given.id)


def test_an_end_may_be_nearer_never_further(session, ann):
    early = (this_day() + timedelta(days=30)).isoformat()
    given = contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(), Method.PAPER, WORDS, "Form", early))
    assert given.expires_on == early
    for expires, problem in (("2199-01-01", "out_of_range"), (day(), "out_of_range"), ("nonsense", "date_bad")):
        with pytest.raises(Invalid) as found:
            contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(), Method.PAPER, WORDS, "Form", expires))
        assert found.value.problems == {"expires_on": problem}


def test_an_imported_consent_ends_too_and_a_list_does_not_renew_it(session, tmp_path, monkeypatch):
    text = "Forename | Surname | Email | Postcode | Email opt in\nBo | Ray | bo@example.org | AN1 2AB | yes\n"
    bring(session, tmp_path, text)
    bo = members.search(session, "Ray")[0].member
    (given,) = contacting.consents(session, bo.id)
    assert given.method is Method.IMPORTED and given.expires_on
    later(monkeypatch, 800)
    bring(session, tmp_path, text)
    assert len(contacting.consents(session, bo.id)) == 1 and not reach(session, bo).allowed


def test_today_tells_how_many_end(session, ann):
    assert "consents_ending" not in [item.code for item in today.items(session)]
    soon = (this_day() + timedelta(days=20)).isoformat()
    contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(), Method.PAPER, WORDS, "Form", soon))
    found = next(item for item in today.items(session) if item.code == "consents_ending")
    assert (found.page, found.facts) == ("sharing", {"count": 1, "purpose": "email", "kind": "member"})
    contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(), Method.PAPER, WORDS, "Form"))
    assert "consents_ending" not in [item.code for item in today.items(session)]


def test_a_desk_from_before_consents_ended_gets_their_ends_once(session, ann, body, reopen):
    contacting.give_consent(session, ann.id, Given(Channel.EMAIL, day(9), Method.PAPER, WORDS, "Form"))
    contacting.permit(session, ann.id, body, day(900), "You may")
    with session.change("member.edited") as unit:
        from sqlalchemy import text
        for table in ("consent", "sharing"):
            unit.connection.execute(text(f"UPDATE {table} SET expires_on = ''"))
        unit.connection.execute(text("DELETE FROM setting WHERE key = 'consents_end'"))
        unit.facts(test=1)
    assert reach(session, ann).allowed
    session.close()
    again = reopen()
    assert contacting.consents(again, ann.id)[0].expires_on > day() > contacting.sharings(again, ann.id)[0].expires_on > ""
    entries = audit.listing(again, limit=9)
    assert [line.facts for line in entries if line.action == "consent.ends_set"] == [{"count": 2}]
    assert giving.set_ends(again) == 0 and audit.verify(again).whole


def test_a_stop_on_everything_ends_permissions_and_lifting_it_brings_none_back(session, ann, body):
    contacting.permit(session, ann.id, body, day(9), "You may")
    contacting.stop(session, ann.id, "email", StopReason.OPT_OUT, "Reply")
    assert not contacting.sharings(session, ann.id)[0].withdrawn_on
    contacting.stop(session, ann.id, "all", StopReason.OBJECTION, "Letter")
    assert contacting.sharings(session, ann.id)[0].withdrawn_on == day()
