"""Every check on captured answers of real systems: what each must find stands in the capture itself."""

from __future__ import annotations

import pytest

from dpdesk.device.looks import LOOKED_AT, look
from dpdesk.domain.device import Outcome
from dpdesk.services.device_words import seen_sentence
from tests.device.captured import CAPTURES, Captured, asked, load

NAMES = sorted(path.stem for path in CAPTURES.glob("*.toml"))


def said(result) -> str:
    return " ".join(filter(None, (result.outcome.value, result.why, "mild" if result.mild else "")))


@pytest.mark.parametrize("name", NAMES)
def test_every_check_finds_what_is_there(name, tmp_path):
    told = load(name)
    found = {result.check: said(result) for result in look(Captured(told, tmp_path), asked(told))}
    assert found == told["expected"]
    assert set(found) == set(LOOKED_AT)


@pytest.mark.parametrize("name", NAMES)
def test_a_capture_says_where_it_comes_from(name):
    assert load(name)["source"] in ("documentation", "captured")


@pytest.mark.parametrize("name", NAMES)
def test_what_was_seen_is_a_sentence_and_tells_nothing_personal(name, tmp_path):
    told = load(name)
    for result in look(Captured(told, tmp_path), asked(told)):
        sentence = seen_sentence(result)
        assert sentence.endswith(".") and "{" not in sentence, result
        for secret in told.get("personal", ()):
            assert secret not in str(dict(result.facts)) and secret not in sentence


@pytest.mark.parametrize("system", ["linux", "windows", "macos"])
def test_a_machine_that_tells_nothing_passes_nothing(system, tmp_path):
    """Each key missing, each program away: no check may call that well."""
    told = {"system": system, "desk": "C:\\desk" if system == "windows" else "/desk"}
    for result in look(Captured(told, tmp_path), asked(told)):
        assert result.outcome in (Outcome.CANNOT_TELL, Outcome.NOT_APPLICABLE), result
        if result.outcome is Outcome.NOT_APPLICABLE:
            assert result.check in ("antivirus", "encryption_backups", "wifi_saved", "wifi_now", "bluetooth"), result


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_can_stop_a_look(name, tmp_path):
    """Each program's answer replaced by rubbish: the others are not touched, and rubbish passes nothing that it did not before."""
    told = load(name)
    before = {result.check: result.outcome for result in look(Captured(told, tmp_path / "before"), asked(told))}
    for at, command in enumerate(told.get("commands", {})):
        spoilt = {**told, "commands": {**told["commands"], command: "\x00{[<??>]} 0x 99999999999999999999 \n"}}
        for result in look(Captured(spoilt, tmp_path / str(at)), asked(told)):
            if result.outcome is Outcome.PASS:
                assert before[result.check] is Outcome.PASS, (command, result)


def test_a_system_dpdesk_does_not_know(tmp_path):
    told = {"system": "haiku", "desk": "/desk"}
    assert {result.why for result in look(Captured(told, tmp_path), asked(told))} == {"system_unknown"}
