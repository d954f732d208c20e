"""Words: no failure and no code without its own, the window's and the command line's alike; dates by British clocks."""

from __future__ import annotations

import ast
import dataclasses
import importlib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

import dpdesk
from dpdesk.domain import (
    audit,
    contacting,
    copies,
    duplicates,
    electors,
    erasing,
    errors,
    imports,
    members,
    officers,
    policies,
    post,
    post_states,
    register_files,
    register_layouts,
    replies,
    roles,
)
from dpdesk.files import mail_in, tables
from dpdesk.services import (
    failings,
    happenings,
    names,
    post_names,
    register_links,
    register_lists,
    register_words,
    sentences,
    wording,
    words,
)
from dpdesk.services import members as member_services
from dpdesk.services.translation import use_locale

SOURCES = sorted(Path(dpdesk.__file__).parent.rglob("*.py"))


@pytest.fixture(autouse=True)
def own_words():
    use_locale("")
    yield
    use_locale("")


def below(kind: type) -> list[type]:
    return [kind, *(each for sub in kind.__subclasses__() for each in below(sub))]


SAMPLES = {"right": "members.edit", "roles": ("secretary", "dpo"), "policy": "green", "version": "2026-11-23",
           "status": "suspended", "since": "2026-11-23", "problems": {"email": "email_bad"}, "reason": "short",
           "score": 1, "fields": ("email",), "columns": ("Surname",), "folder": "desks/anytown", "holds": "desk",
           "wait": 4.0, "pid": 77, "host": "laptop", "path": "desks/anytown", "name": "list.csv", "detail": "7",
           "found": 9, "kind": "member", "key": "1001", "what": "missing", "pages": (3, 4), "expected": 12,
           "cause": "older_copy", "action": "member.edited", "facts": {}, "final": True, "count": 3, "purpose": "newsletter"}


def sample(kind: type, **values: object) -> errors.DeskError:
    """An error of that kind with every field filled."""
    given = {f.name: SAMPLES[f.name] for f in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else {}
    return kind(**given | values)


@pytest.mark.parametrize("kind", below(errors.DeskError), ids=lambda kind: kind.__name__)
def test_every_failure_has_its_sentence(kind):
    said = words.sentence(sample(kind))
    assert said.what.endswith((".", "?"))
    assert "{" not in str(said)
    assert "None" not in str(said)
    if not issubclass(kind, errors.Bug) and kind is not errors.DeskError:
        assert any(each in sentences._SAYS for each in kind.__mro__[:1]), f"{kind.__name__} has no sentence of its own"


FIXED = {  # codes that the docstrings of domain/errors.py promise
    errors.OfficerNotActive: ("status", failings.NOT_ACTIVE, ("suspended", "ended", "removed")),
    errors.WeakPassphrase: ("reason", failings.WEAK, ("short", "common", "guessable", "personal")),
    errors.CannotUndo: ("reason", failings.UNDO, ("not_an_edit", "changed_since", "erased", "already_undone", "stop")),
    errors.ImportRefused: ("reason", failings.IMPORT, (*imports.LIST_REASONS, *register_files.FILE_REASONS)),
    errors.Unreadable: ("reason", failings.UNREADABLE, tuple({*tables.REASONS, *mail_in.REASONS})),
    errors.MailboxFailed: ("reason", failings.MAILBOX, ("no_server", "no_answer", "no_tls", "certificate", "login", "no_folder", "cut",
                                                        "not_imap")),
    errors.RolledBack: ("cause", failings.ROLLED_BACK, ("older_copy", "wal_missing", "wal_damaged", "forked")),
    errors.HeaderAltered: ("what", failings.ALTERED, ("epoch", "parameters")),
    errors.DatabaseDamaged: ("what", failings.DATABASE, ("missing", "empty", "cut", "pages", "unreadable")),
    errors.StopHolds: ("reason", failings.STOP_HOLDS, ("imported", "withdrawn", "no_evidence", "no_wording", "older",
                                                       "other_channel", "no_consent")),
    errors.PlaceRefused: ("reason", failings.PLACE, ("synced", "removable_plain", "removable_unknown", "network",
                                                     "volume_unknown")),
    errors.EraseRefused: ("reason", failings.ERASE, ("held",)),
    errors.RollBackRefused: ("reason", failings.ROLL_BACK, ("depending", "superseded", "rolled_back", "destroyed", "destroyed_before",
                                                              "not_due")),
    errors.UseRefused: ("reason", failings.USE, register_files.REFUSALS),
    errors.CopyStays: ("reason", failings.COPY_STAYS, ("there", "changed", "in_wastebasket", "out_of_sight", "closed")),
}


@pytest.mark.parametrize("kind", FIXED, ids=lambda kind: kind.__name__)
def test_every_code_of_a_failure_has_its_own_sentence(kind):
    field, table, codes = FIXED[kind]
    said = {code: str(words.sentence(sample(kind, **{field: code}))) for code in codes}
    assert set(codes) <= table.keys()
    assert len(set(said.values())) == len(codes)
    assert not [text for text in said.values() if "{" in text]
    assert "{" not in str(words.sentence(sample(kind, **{field: "a_code_of_tomorrow"})))


@cache
def every_call() -> dict[str, list[ast.Call]]:
    """Every call in dpdesk/ by the name it calls, a function or the last part of a dotted one; each file is read once."""
    found: dict[str, list[ast.Call]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found.setdefault(getattr(node.func, "attr", getattr(node.func, "id", "")), []).append(node)
    return found


@pytest.fixture(autouse=True, scope="module")
def read_no_longer():
    """Half a million nodes are let go at the end: every sweep for cycles in the tests to come would walk over them."""
    yield
    every_call.cache_clear()


def calls(name: str) -> list[ast.Call]:
    """Every call of `name` in dpdesk/."""
    return every_call().get(name, [])


def literals(name: str, at: int) -> set[str]:
    """The texts that calls of `name` give as argument `at`."""
    given = [call.args[at] for call in calls(name) if len(call.args) > at]
    return {each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_codes_raised_anywhere_are_known():
    assert literals("StopHolds", 0) <= failings.STOP_HOLDS.keys()
    assert literals("CannotUndo", 0) <= failings.UNDO.keys()
    assert literals("ImportRefused", 0) <= failings.IMPORT.keys()
    assert literals("Unreadable", 1) | literals("Unfit", 0) <= failings.UNREADABLE.keys()
    assert literals("DatabaseDamaged", 0) <= failings.DATABASE.keys()
    assert literals("RolledBack", 2) <= failings.ROLLED_BACK.keys()
    assert literals("MailingRefused", 0) <= failings.MAILING.keys()
    assert literals("Declined", 0) | literals("Hindered", 0) <= failings.CAPABILITIES.keys()
    assert literals("MailServer", 0) <= failings.SERVER.keys()
    assert literals("Answer", 2) | literals("_stop", 0) <= post_names.PAUSES.keys()


def test_problems_and_fields_raised_anywhere_are_known():
    for call in calls("Invalid"):
        for each in call.args:
            if isinstance(each, ast.Dict):
                assert {key.value for key in each.keys if isinstance(key, ast.Constant)} <= names.FIELDS.keys()
                assert {v.value for v in each.values if isinstance(v, ast.Constant)} <= happenings.PROBLEMS.keys()


@pytest.mark.parametrize("table", ["ACTIONS", "FIELDS", "KINDS", "RIGHTS", "PROBLEMS", "TODAY", "COPY_KINDS", "FAILURES"])
def test_capabilities_that_name_a_code_agree_on_its_words(table):
    whole = {"FIELDS": names.FIELDS, "KINDS": names.KINDS, "RIGHTS": names.RIGHTS, "COPY_KINDS": names.COPY_KINDS,
             "ACTIONS": happenings.ACTIONS, "PROBLEMS": happenings.PROBLEMS, "TODAY": happenings.TODAY, "FAILURES": failings.CAPABILITIES}
    known = whole[table]
    for feature in wording.FEATURES:
        for code, said in getattr(importlib.import_module(f"dpdesk.services.wording.{feature}"), table, {}).items():
            assert known[code] == said, (feature, code)


def test_actions_written_anywhere_are_known():
    written = {text for name in ("change", "_change", "_keys_change", "_replace_slot", "_store") for at in range(4)
               for text in literals(name, at) if "." in text}
    assert written
    assert not written - happenings.ACTIONS.keys()


def test_fields_recorded_anywhere_are_known():
    recorded = set()
    for call in calls("record"):
        for each in call.args[2:]:
            if isinstance(each, ast.Dict):
                recorded |= {key.value for key in each.keys if isinstance(key, ast.Constant)}
    assert recorded
    assert not recorded - names.FIELDS.keys()


@pytest.mark.parametrize(("table", "codes"), [
    (names.ROLES, roles.Role), (names.RIGHTS, roles.Right), (names.FIELDS, members.CODES), (names.KINDS, members.Kind),
    (names.STATUSES, members.Status), (names.CONFIDENTIALITY, members.Confidentiality),
    (names.STANDINGS, officers.Standing), (names.CHANNELS, (*contacting.Channel, contacting.ALL_CHANNELS)),
    (names.STOP_REASONS, contacting.StopReason), (names.METHODS, contacting.Method),
    (names.REACHES, ("consent", "stopped", "no_consent", "no_address")),
    (names.MATCHES, ("email", "phone", "person", "number")), (names.SORTS, member_services.SORTS),
    (names.COPY_KINDS, copies.CopyKind), (names.COPY_STATES, copies.CopyState), (names.LOOKS, copies.Look),
    (names.REPLIES, replies.Kind), (names.REPLY_STATES, replies.State),
    (names.FLAGS, (*member_services.FLAGS, "child")), (names.KEYS, ("officer", "recovery")),
    (post_names.PURPOSES, post.Purpose), (post_names.REASONS, post.Reason), (post_names.ROUTES, post_states.Route),
    (post_names.STATES, post_states.State), (post_names.OUTCOMES, post_states.Outcome),
    (post_names.BASES, {ground.art6 for ground in post.GROUNDS.values()}),
    (happenings.IMPORT_REASONS, (*imports.ROW_REASONS, *imports.REMARKS, *register_files.ROW_REASONS, *register_files.REMARKS)),
    (register_words.LAYOUTS, register_layouts.LAYOUT_CODES), (register_words.TARGETS, ("", *register_layouts.TARGETS)),
    (register_words.KINDS, register_files.FileKind), (register_words.STATES, register_files.FileState),
    (register_words.ENTITLEMENTS, register_files.Entitlement), (register_words.REGULATIONS, register_files.REGULATIONS),
    (register_words.PERMITTED, register_files.Permitted), (register_words.PURPOSES, register_files.Purpose),
    (register_words.ELECTOR_KINDS, electors.ElectorKind), (register_words.ABSENT, electors.Absent),
    (register_words.FOLLOWS, register_files.FOLLOW_REASONS), (register_words.VOTES, register_lists.MARKS),
    (register_words.LINKS, register_links.POINTS),
    (happenings.PROBLEMS, imports.UNREADABLE_VALUES[:5]),
    (happenings.FINDINGS, ("edited", "deleted", "inserted", "reordered", "cut", "forked", "signature", "officer",
                           "values")),
    (happenings.GOES, erasing.GOES), (happenings.LIKENESSES, duplicates.POINTS), (happenings.IMPORT_STATES, imports.ImportState),
    (happenings.TODAY, literals("Item", 0)),
])
def test_every_code_has_its_name(table, codes):
    assert {str(code) for code in codes} <= table.keys()
    assert all(table.values())


def test_findings_of_the_chain_are_known():
    assert literals("_found", 1) <= happenings.FINDINGS.keys()
    assert audit.Finding(1, "edited").kind in happenings.FINDINGS


def test_notices_and_places_are_known():
    assert words.place_warning("synced:Dropbox").startswith("This folder is copied to other places by Dropbox.")
    assert "another machine" in words.notice("network")
    assert "Tue 24 Nov 2026" in words.notice("clock_behind:2026-11-24")
    for code in ("header_restored", "rekey_resumed", "loss_accepted"):
        assert words.notice(code).endswith(".")


def test_an_unknown_code_is_readable():
    assert words.action_name("walks.walked_through") == "walks: walked through"
    assert words.role_name("") == ""


def test_refused_kinds_of_columns_exist():
    assert policies.RefusedKind  # their words stand in the policy packs, clause by clause


def test_what_a_column_becomes():
    assert words.target_name("stop:all") == "Opt-out: Every channel"
    assert words.target_name("consent:email") == "Consent: E-mail"
    assert [words.target_name(t) for t in ("surname", "full_name", "")] == ["Surname", "Whole name", ""]


def test_the_error_that_names_fields_and_roles():
    said = words.sentence(errors.Invalid({"email": "email_bad", "surname": "name_missing"}))
    assert said.what.startswith("Not saved yet. E-mail: This is not an e-mail address")
    said = words.sentence(errors.NotAllowed("members.edit", ("secretary", "dpo", "membership_officer")))
    assert said.do == "Ask someone with one of these roles: Secretary, Data protection officer or Membership officer."


def test_what_nobody_foresaw_tells_nothing_of_its_values():
    try:
        raise KeyError("catherine@example.org")
    except KeyError as error:
        said, code = words.sentence(error), words.trace_code(error)
    assert "catherine" not in str(said) + code
    assert code.startswith("KeyError < ")
    assert ":" in code


@pytest.mark.parametrize(("iso", "said"), [
    ("2026-11-24T21:05:00.123Z", "Tue 24 Nov 2026 at 21:05"), ("2026-07-01T23:30:00Z", "Thu 2 Jul 2026 at 00:30"),
    ("2026-03-29T00:59:59Z", "Sun 29 Mar 2026 at 00:59"), ("2026-03-29T01:00:00Z", "Sun 29 Mar 2026 at 02:00"),
    ("2026-10-25T00:59:59Z", "Sun 25 Oct 2026 at 01:59"), ("2026-10-25T01:00:00Z", "Sun 25 Oct 2026 at 01:00"),
    ("2026-07-01T12:00:00+02:00", "Wed 1 Jul 2026 at 11:00"), ("", "")])
def test_moments_are_british(iso, said):
    assert words.moment(iso) == said


def test_british_clocks_agree_with_the_time_zone_tables():
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError
    try:
        london = ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        pytest.skip("this system has no time zone tables")
    at = datetime(2020, 1, 1, tzinfo=UTC)
    while at.year < 2036:
        assert words.british(at.isoformat()) == at.astimezone(london).replace(tzinfo=None)
        at += timedelta(hours=11)


def test_days_and_distances():
    today = date(2026, 11, 24)
    assert words.day("2026-11-24") == words.day(today) == "Tue 24 Nov 2026"
    assert words.day("2026-07-01T23:30:00Z") == "Thu 2 Jul 2026"
    assert words.day("") == ""
    assert [words.away(today + timedelta(days=n), today) for n in (-6, -1, 0, 1, 6)] == [
        "6 days ago", "yesterday", "today", "tomorrow", "in 6 days"]
    assert words.due("2026-11-30", today) == "Mon 30 Nov 2026, in 6 days"
    assert [words.span(s) for s in (0.2, 12, 180, 7300)] == ["1 second", "12 seconds", "3 minutes", "3 hours"]


def test_plurals_and_placeholders():
    assert words.trn("{n} member", "{n} members", 1) == "1 member"
    assert words.trn("{n} member of {branch}", "{n} members of {branch}", 1200, branch="A{n}") == "1,200 members of A{n}"
    assert words.tr("Braces {stay} without facts") == "Braces {stay} without facts"


def test_the_pseudo_locale_brackets_and_lengthens_everything():
    use_locale("pseudo")
    assert words.role_name("secretary") == "[Secretary~~~]"
    assert words.trn("{n} member", "{n} members", 3) == "[3 members~~~]"
    said = words.sentence(errors.NoDesk("/x"))
    assert said.what.startswith("[There is no desk in /x.")
    use_locale("en_GB")
    assert words.role_name("secretary") == "Secretary"


@pytest.mark.parametrize("kind", below(errors.DeskError), ids=lambda kind: kind.__name__)
def test_every_sentence_passes_through_gettext(kind):
    use_locale("pseudo")
    said = words.sentence(sample(kind))
    assert all(part.startswith("[") and part.endswith("]") for part in (said.what, said.safe, said.do) if part)


def test_damage_names_its_pages_where_they_are_known():
    said = [sentences.sentence(errors.DatabaseDamaged("pages", pages)).what for pages in ((), (3, 4))]
    assert said == ["Parts of the desk’s database are damaged.", "Parts of the desk’s database are damaged (pages 3, 4)."]
