"""Words of devices: every code a check can answer has its sentence, every point its reason, statement and steps on every system."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dpdesk
from dpdesk.domain import device, disposals, handovers
from dpdesk.domain.device import CODES, DeviceKind, Outcome, Ownership, Result
from dpdesk.services import device_fixes, device_seen, device_words, failings
from dpdesk.services.translation import use_locale

ADAPTER = sorted(Path(dpdesk.__file__).parent.joinpath("device").rglob("*.py"))
SERVICES = sorted(Path(dpdesk.__file__).parent.joinpath("services").glob("*.py"))
_SAYS = {"passed", "failed", "unknown", "apart"}


def answers() -> set[tuple[str, str]]:
    """(check, why) of every answer that the checks can give."""
    found: set[tuple[str, str]] = {("encryption", "encrypted"), ("encryption", "plain"), ("autolock", "locks"), ("autolock", "locks_late"),
                                   ("updates", "updated"), ("updates", "updated_long_ago")}
    for path in ADAPTER:
        tree = ast.parse(path.read_text("utf-8"))
        constants = {target.id: node.value.value for node in tree.body if isinstance(node, ast.Assign)
                     and isinstance(node.value, ast.Constant) for target in node.targets if isinstance(target, ast.Name)}
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAYS and node.args):
                continue
            check = node.args[0].value if isinstance(node.args[0], ast.Constant) else constants.get(getattr(node.args[0], "id", ""), "")
            whys = texts(node.args[1]) if len(node.args) > 1 else ["not_said"]
            found |= {(str(check), why) for why in whys if check}
    return found


def texts(node: ast.expr) -> list[str]:
    """The texts that an expression may come to."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) + texts(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_every_answer_has_its_sentence():
    assert len(answers()) > 60
    lacking = sorted(f"{check}.{why}" for check, why in answers()
                     if f"{check}.{why}" not in device_seen.SEEN and f"*.{why}" not in device_seen.SEEN)
    assert not lacking


@pytest.mark.parametrize("days", [0, 1, 12, None])
def test_a_number_of_days_reads_well(days):
    said = device_words.seen_sentence(Result("backup", Outcome.PASS, "made", {} if days is None else {"days": days}))
    assert said == {0: "Backed up today.", 1: "Backed up 1 day ago.", 12: "Backed up 12 days ago."}.get(days, (
        "Backed up at a time nobody knows."))


@pytest.mark.parametrize("point", CODES)
def test_every_point_has_its_reason_its_statement_and_its_steps(point):
    assert device_words.matters(point).endswith(".")
    said = device_words.statement(point, autolock=5, updates=14, contact="Ben")
    assert ("{" not in said and said.endswith(".")) if point != device.EXCEPTED else said == ""
    for system in ("linux", "windows", "macos", ""):
        for desktop in ("", "gnome", "kde", "sway", "none"):
            assert device_fixes.steps(point, system, desktop)


def test_every_code_has_its_name():
    for table, codes in ((device_words.STATES, (*device.State, "warning")), (device_words.DEVICE_KINDS, DeviceKind),
                         (device_words.OWNERSHIPS, Ownership), (device_words.HOW, device.HOW), (device_words.ITEMS, disposals.Item),
                         (device_words.METHODS, disposals.Method), (device_words.FATES, disposals.Fate),
                         (device_words.HANDOVER_KINDS, handovers.HandoverKind), (device_words.HANDOVER_STEPS, handovers.Step),
                         (device_words.WIPES, handovers.WIPES)):
        assert {str(code) for code in codes} == set(table)


def test_every_refusal_has_its_sentence():
    raised = {node.args[0].value for path in SERVICES for node in ast.walk(ast.parse(path.read_text("utf-8")))
              if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Declined" and node.args
              and isinstance(node.args[0], ast.Constant) and str(node.args[0].value).startswith("device.")}
    raised |= {f"device.{handovers.blocked(step, successor='', sheets=1, copies=1, backed_up=False)}"
               for step in (handovers.Step.SHEETS, handovers.Step.COPIES, handovers.Step.DESK)}
    handed = handovers.Handover("h", "d", "o", handovers.HandoverKind.LEAVING, "n", {"desk": {}}, "")
    raised |= {f"device.{handovers.kept_from_erasing(found, 'o', backed_up=True, later=1)}" for found in (None, handed)}
    assert raised and raised <= failings.CAPABILITIES.keys()


def test_everything_passes_through_gettext():
    use_locale("pseudo")
    try:
        for words in device_seen.SEEN:
            check, _, why = words.partition(".")
            said = device_words.seen_sentence(Result(check, Outcome.FAIL, why, {"days": 3, "until": "2026-11-26", "others": 1, "open": 1,
                                                                               "known": 2, "drives": 1, "encrypted": 0, "plugged": 0,
                                                                               "ways": ["ssh"], "points": ["27.2"], "due": 1}))
            assert said.startswith("[") and "{" not in said
        assert all(step.startswith("[") or step for step in device_fixes.steps("27.1", "linux"))
    finally:
        use_locale("")
