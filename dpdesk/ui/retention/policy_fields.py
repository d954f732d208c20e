"""Which values of a policy the window offers, in which group and as what kind of field."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dpdesk.domain.policies import Policy
from dpdesk.domain.policy_duties import NAMED_MONTHS
from dpdesk.domain.policy_editing import KEYS
from dpdesk.domain.retention import Action
from dpdesk.services.policy_words import path_name, rule_action_name
from dpdesk.services.translation import marked as _m
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.words import _

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_m("How long things are kept"), (r"(enquiries|registers|post)_kept_months", r"copies_deleted_after_days", r"consent_lasts_months",
                                      r"data_audit_every_months", r"retention\.\w+\.(months|days|action)")),
    (_m("Who decides, and who is told"), (r"decides_breach", r"forwarded", r"incident_report_hours", r"report_incidents_to",
                                          r"report_addresses\.\w+\.(name|email|url)", r"regulator\.\w+")),
    (_m("Training and reading"), (r"training_\w+", r"acknowledge_every_months")),
    (_m("Young people"), (r"child_age", r"flag_under", r"parental_consent_under", r"elector_\w+")),
    (_m("The desk"), (r"lock_\w+", r"cover_after_seconds", r"passphrase_minimum_score", r"backup_every_days",
                      r"device\.\w+", r"device\.points\.[\w.]+\.counts")),
    (_m("E-mail"), (r"post_who", r"post_stop", r"post_approve_over", r"post_why\.\w+\.text", r"campaign_words")),
    (_m("Words and notices"), (r"policy_text", r"notices\.\w+\.(title|text)", r"code_sets", r"recipient_bodies\.\w+\.name")),
)
_LONG = re.compile(r"policy_text|notices\.\w+\.text|campaign_words|post_why\.\w+\.text|post_stop")
_TICKS = ("training_live_induction",)


def first() -> str:
    """The heading of the first group."""
    return _(_GROUPS[0][0])


def kind_of(path: str) -> str:
    """The kind of field a value is shown as."""
    if path in _TICKS or path.endswith(".counts"):
        return "tick"
    if path.endswith(".action"):
        return "choice"
    return "long" if _LONG.fullmatch(path) else "text"


def groups(values: Mapping[str, str]) -> list[tuple[str, list[FieldSpec]]]:
    """The fields by group, of those values that are there."""
    found = []
    for heading, shapes in _GROUPS:
        paths = [path for shape in shapes for path in values if re.fullmatch(shape, path) and not _said_above(path, values)]
        alone = {path for path in paths if path.endswith(".action")
                 and not {path.replace(".action", ".months"), path.replace(".action", ".days")} & set(paths)}
        paths = [*(path for path in paths if path not in alone), *sorted(alone)]  # pairs stand beside each other
        if paths:
            found.append((_(heading), [_spec(path) for path in dict.fromkeys(paths)]))
    return found


def _said_above(path: str, values: Mapping[str, str]) -> bool:
    """Months of a rule that another value of the policy says."""
    return path.endswith(".months") and values[path] in NAMED_MONTHS


def _spec(path: str) -> FieldSpec:
    kind, choices = kind_of(path), ()
    if path.endswith(".action"):
        choices = tuple((each.value, rule_action_name(each.value)) for each in Action)
    return FieldSpec(path, path_name(path), kind, choices=choices, longest=2_000, span=kind == "long")


_AT = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?")


def path_of(where: str, policy: Policy) -> str:
    """The path of a problem's place: `retention[2].months` as `retention.enquiries.months`."""
    match = _AT.match(where)
    if match is None or match[1] not in KEYS:
        return where.partition("[")[0]
    entries = getattr(policy, match[1])
    key = str(getattr(entries[int(match[2])], KEYS[match[1]])) if int(match[2]) < len(entries) else ""
    return ".".join(part for part in (match[1], key, match[3] or "") if part)
