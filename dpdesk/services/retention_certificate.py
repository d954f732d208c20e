"""The certificate of a retention run, out through the copies door."""

from __future__ import annotations

from pathlib import Path

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.errors import Declined
from dpdesk.domain.retention import Part, RunState
from dpdesk.domain.roles import Right
from dpdesk.services import copies, retention
from dpdesk.services.dates import moment
from dpdesk.services.policy_words import category_name, rule_action_name, rules_sentence
from dpdesk.services.session import Session
from dpdesk.services.translation import tr


def certificate(session: Session, path: Path, identity: str = "", *, accepted: str = "") -> Copy:
    """Write the certificate of a finished run as a PDF; it names nobody. Raises `NotFound`, `Declined`."""
    from dpdesk.files import retention_certificates as files
    from dpdesk.services import audit
    session.require(Right.RETENTION_SEE)
    run = retention.get(session, identity)
    if run.state is not RunState.DONE:
        raise Declined("retention.state")
    leaving = copies.Leaving(CopyKind.CERTIFICATE, path, tr("Certificate of retention {number}", number=run.certificate),
                             tr("Evidence that it was done"), accepted=accepted)
    with copies.door(session, leaving) as out:
        copy = out.note("retention.certified")
        out.write(files.certificate(files.Ran(
            session.branch, rules_sentence(run.policy), run, [_row(part) for part in run.parts], moment(run.planned_at),
            moment(run.approved_at), moment(run.ended_at), audit.current_head(session))))
    return copy


def _row(part: Part) -> tuple[str, str, str, str, str]:
    rule = f"{category_name(part.category)} ({part.clause})"
    return rule, rule_action_name(part.action.value), f"{part.due:,}", f"{part.done:,}", f"{part.stayed:,}"
