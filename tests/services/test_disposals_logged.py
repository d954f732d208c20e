"""The log of disposals: what, where, when, by whom, verified, and authorised by the accountable person."""

import pytest

from dpdesk.domain.errors import Invalid
from dpdesk.services import disposals
from dpdesk.services.session import today

STICK = {"item": "stick", "description": "A blue stick", "serial": "X1", "data_class": "confidential", "means": "destroy",
         "tool": "Shredder", "verified": "Looked at the pieces", "verified_by": "Will Witness", "third_party": "", "certificate": "",
         "done_by": "Jane Example", "place": "The office", "done_on": today().isoformat(), "fate": "destroyed"}


def test_what_was_disposed_of_is_logged_with_where_when_and_by_whom(session, tmp_path):
    made = disposals.record(session, STICK)
    (entry,) = disposals.listing(session)
    assert (entry.disposal.place, entry.disposal.done_by, entry.disposal.done_on) == ("The office", "Jane Example", today().isoformat())
    assert entry.authorised == "Jane Example" and made.number
    disposals.certificate(session, made.id, tmp_path / "disposal.pdf")
    assert (tmp_path / "disposal.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_not_verified_is_not_logged(session):
    with pytest.raises(Invalid) as caught:
        disposals.record(session, STICK | {"verified": ""})
    assert "verified" in caught.value.problems
