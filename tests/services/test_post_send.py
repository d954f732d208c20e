"""Sending over real servers: once each, whatever the server does; limits kept; what is unknown is asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.errors import MailingRefused, MailServer
from dpdesk.domain.post_states import State
from dpdesk.services import contacting, members, post_mailings, post_plan, post_send, post_settle, replies_decide
from dpdesk.services.post_send import Hands
from tests.post.servers import authority, serving
from tests.services.posting import account, fill, letter, outcomes, prepared, shown

TRUSTED = authority()


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.at, self.slept = datetime.now(UTC), 0.0

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.slept += seconds

    def hands(self, **more) -> Hands:
        return Hands(sleep=self.sleep, now=lambda: self.at, **more)


@pytest.fixture(params=[False, True], ids=["in turn", "in one breath"])
def server(tmp_path, request):
    with serving(tls=TRUSTED.context(tmp_path), pipelining=request.param) as one:
        yield one


def send(session, identity, clock: Clock | None = None, **more):
    return post_send.send(session, identity, None, (clock or Clock()).hands(**more))


def test_each_gets_one_and_nobody_is_seen(session, server):
    people = fill(session, 12)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    told = []
    run = send(session, identity, progress=told.append)
    assert (run.mailing.state, dict(run.mailing.counts)) == (State.DONE, {"sent": 12})
    assert [got.recipients for got in server.got] == [[person.email] for person in people]
    for got in server.got:
        text = shown(got.content)
        assert not [p.email for p in people if p.email in text and p.email not in got.recipients]
        assert "X-Mailer" not in text and "dpdesk" not in text.lower()
    assert told[-1].total == 12


def test_refused_at_the_37th_and_greylisted(session, server):
    fill(session, 40)
    session.policy = _looser(session.policy)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    server.on_rcpt = lambda number, address: {37: "550 5.1.1 No such user", 5: "451 4.7.1 Greylisted"}.get(number)
    clock = Clock()
    run = send(session, identity, clock)
    assert dict(run.mailing.counts) == {"sent": 38, "failed": 1, "deferred": 1}
    assert (run.mailing.state, run.pause, run.bounced) == (State.PAUSED, "put_off", 1)
    assert dict(send(session, identity, clock).mailing.counts) == {"sent": 38, "failed": 1, "deferred": 1}
    clock.sleep(301)
    run = send(session, identity, clock)
    assert dict(run.mailing.counts) == {"sent": 39, "failed": 1} and run.mailing.state is State.DONE
    assert len({got.recipients[0] for got in server.got}) == len(server.got) == 39
    planned = post_plan.plan(session, letter())
    assert {each.reason.value for each in planned.left_out} == {"bouncing"}
    (bouncing,) = [each.person for each in planned.left_out]
    replies_decide.works_again(session, bouncing)
    assert not post_plan.plan(session, letter()).left_out


def _looser(policy):
    from dataclasses import replace
    return replace(policy, post_approve_over=10_000)


def test_a_server_that_refuses_everybody_from_the_37th_blames_nobody(session, server):
    fill(session, 45)
    session.policy = _looser(session.policy)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    server.on_rcpt = lambda number, address: "550 5.7.1 Not today" if number >= 37 else None
    run = send(session, identity)
    assert dict(run.mailing.counts) == {"sent": 36, "waiting": 9}
    assert (run.pause, run.bounced) == ("refusing", 0)
    server.on_rcpt = lambda number, address: None
    assert dict(send(session, identity).mailing.counts) == {"sent": 45}
    assert len({got.recipients[0] for got in server.got}) == len(server.got) == 45


@pytest.mark.parametrize(("reply", "why"), [("452 4.5.3 Too many recipients", "server_busy"),
                                            ("550 5.4.5 Daily sending quota exceeded", "server_busy")])
def test_a_quota_pauses_the_run(session, server, reply, why):
    fill(session, 6)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    server.on_rcpt = lambda number, address: reply if number == 4 else None
    run = send(session, identity)
    assert (run.pause, dict(run.mailing.counts)) == (why, {"sent": 3, "waiting": 3})
    assert dict(send(session, identity).mailing.counts) == {"sent": 6}


def test_a_line_that_takes_only_so_many_is_opened_again(session, server):
    fill(session, 9)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    server.on_rcpt = lambda number, address: "421 4.7.0 Too many over this line" if number in (4, 8) else None
    assert dict(send(session, identity).mailing.counts) == {"sent": 9}
    assert len({got.recipients[0] for got in server.got}) == len(server.got) == 9


def test_a_server_that_goes_down_pauses_the_run(session, server):
    fill(session, 6)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    server.on_rcpt = lambda number, address: "421 4.3.2 Going down" if number >= 4 else None
    run = send(session, identity)
    assert (run.pause, dict(run.mailing.counts)) == ("server_busy", {"sent": 3, "waiting": 3})


def test_a_line_that_breaks_in_the_middle_leaves_one_unknown(session, server):
    people = fill(session, 6)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    server.on_data = lambda number, got: "drop after" if number == 3 else None
    run = send(session, identity)
    assert dict(run.mailing.counts) == {"sent": 5, "unknown": 1}
    assert post_settle.unknown(session) == [(identity, people[2].id)]
    assert len(server.got) == 6
    post_settle.decide(session, identity, people[2].id, again=False)
    assert dict(post_mailings.get(session, identity).counts) == {"sent": 6}
    with pytest.raises(MailingRefused):
        send(session, identity)


def test_somebody_unknown_is_sent_again_only_when_asked(session, server):
    people = fill(session, 3)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    server.on_data = lambda number, got: "drop" if number == 2 else None
    assert send(session, identity).mailing.counts["unknown"] == 1
    assert people[1].email not in {got.recipients[0] for got in server.got}
    post_settle.decide(session, identity, people[1].id, again=True)
    assert dict(send(session, identity).mailing.counts) == {"sent": 3}


def test_a_stop_that_comes_in_while_it_goes_out_is_kept(session, server):
    people = fill(session, 6)
    identity = prepared(session, account(session, server, TRUSTED.pem))

    def stop(number, address):
        if number == 2:
            contacting.stop(session, people[4].id, "email", StopReason.OPT_OUT, "rang us")
    server.on_rcpt = stop
    run = send(session, identity)
    assert dict(run.mailing.counts) == {"sent": 5, "dropped": 1}
    assert people[4].email not in {got.recipients[0] for got in server.got}


def test_a_stop_of_the_very_next_is_kept(session, server):
    people = fill(session, 6)
    identity = prepared(session, account(session, server, TRUSTED.pem))

    def stop(number, got):
        if number == 3:
            contacting.stop(session, people[3].id, "email", StopReason.OPT_OUT, "rang us")
    server.on_data = stop
    run = send(session, identity)
    assert dict(run.mailing.counts) == {"sent": 5, "dropped": 1}
    assert [got.recipients for got in server.got] == [[each.email] for each in people if each is not people[3]]


def test_an_address_changed_since_is_the_one_written_to(session, server):
    people = fill(session, 2)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    members.edit(session, people[1].id, {"email": "new@example.org"}, people[1])
    send(session, identity)
    assert {got.recipients[0] for got in server.got} == {people[0].email, "new@example.org"}


def test_the_limits_are_kept_exactly(session, server):
    fill(session, 10)
    identity = prepared(session, account(session, server, TRUSTED.pem, per_minute=3, per_day=8))
    clock = Clock()
    run = send(session, identity, clock)
    assert (len(server.got), run.pause) == (8, "limit")
    assert 120 <= clock.slept < 125
    assert run.resume_at
    assert len(server.got) == 8 and send(session, identity, clock).pause == "limit"
    clock.sleep(86_400)
    assert send(session, identity, clock).mailing.state is State.DONE and len(server.got) == 10


def test_stopped_by_the_officer_and_gone_on(session, server):
    fill(session, 8)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    run = send(session, identity, cancelled=lambda: len(server.got) >= 3)
    assert (run.pause, dict(run.mailing.counts)) == ("stopped", {"sent": 3, "waiting": 5})
    assert dict(send(session, identity).mailing.counts) == {"sent": 8}
    assert len({got.recipients[0] for got in server.got}) == len(server.got) == 8


def test_a_wrong_password_stops_at_once_and_blames_nobody(session, tmp_path):
    from dpdesk.domain.secret import Secret
    from dpdesk.services import post_accounts
    fill(session, 3)
    with serving(tls=TRUSTED.context(tmp_path), login=("branch@example.org", "app-word")) as server:
        made = post_accounts.save(session, post_accounts.Wish(
            "Test", "other", "branch@example.org", username="branch@example.org", host=server.host, port=server.port, security="tls",
            limits={"per_minute": 0}, authority=TRUSTED.pem), Secret("wrong"))
        identity = prepared(session, made)
        with pytest.raises(MailServer) as problem:
            send(session, identity)
        assert problem.value.reason == "login"
        assert len(server.logins) == 1
        assert dict(post_mailings.get(session, identity).counts) == {"waiting": 3}
        run = post_send.send(session, identity, Secret("app-word"), Clock().hands())
        assert dict(run.mailing.counts) == {"sent": 3}
    assert "wrong" not in repr(post_accounts.listing(session)) and post_accounts.has_secret(session, made.id)


def test_outcomes_by_person(session, server):
    fill(session, 2)
    identity = prepared(session, account(session, server, TRUSTED.pem))
    assert outcomes(session, identity) == {"0": "waiting", "1": "waiting"}
    send(session, identity)
    assert set(outcomes(session, identity).values()) == {"sent"}
