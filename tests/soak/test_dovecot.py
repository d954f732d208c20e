"""Replies fetched from a real Dovecot: each mail once, and the mailbox afterwards what it was, byte for byte."""

from __future__ import annotations

import pytest

from tests.post import dovecot
from tests.soak.test_delivered import PEOPLE, SOAKING


@pytest.mark.skipif(not (SOAKING and dovecot.program()), reason="make soak, where dovecot-imapd can be unpacked or is installed")
def test_fetching_leaves_a_mailbox_as_it_is():
    print()
    assert dovecot.main(PEOPLE) == 0
