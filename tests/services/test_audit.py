"""The check of the log as a service: it can be stopped, and says nothing of a log it did not walk to the end."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import Cancelled
from dpdesk.services import audit


def test_a_stopped_check_records_nothing(session):
    before = session.desk.head()
    with pytest.raises(Cancelled):
        audit.verify(session, cancelled=lambda: True)
    assert session.desk.head() == before and audit.last_verified(session) == ""
    assert audit.verify(session, cancelled=lambda: False).whole
    assert audit.last_verified(session) != ""
