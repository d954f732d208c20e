"""Apache and Ceph with a certificate that nobody vouches for: signed in to, written, listed, read and cleared by the pinned line."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dpdesk.portal.lines import Line
from tests.portal.test_lines import refused
from tests.portal.test_pinned import accepted
from tests.soak import ceph, portals
from tests.soak.test_delivered import SOAKING, placed

PART = 4 * 1024 * 1024
pytestmark = pytest.mark.skipif(not SOAKING, reason="make soak, as root: Apache and Ceph")


@pytest.mark.parametrize(("kind", "server"), [("apache2", portals.Apache), ("radosgw", ceph.Ceph)])
def test_a_server_of_ones_own(kind, server):
    if kind not in portals.kinds():
        pytest.skip("make soak, where it can be unpacked or is installed")
    with placed(kind) as folder:
        running = server(Path(folder))
        try:
            found = running.destination()
            place = accepted(replace(found, address=f"https://localhost:{running.own}"))
            parts = {f"{n:032x}.{n:05d}": os.urandom(PART) for n in range(25)}
            rates = {}
            for name, where in (("pinned", place), ("opendal", found)):
                with Line(where, running.secret) as line:
                    began, stored = time.perf_counter(), []
                    line.put_all([(each, lambda each=each: parts[each]) for each in parts], stored.append)
                    rates[name] = round(25 * 4 / (time.perf_counter() - began))
                    assert sorted(stored) == sorted(parts) == sorted(line.names())
                    assert all(line.get(each, PART) == content for each, content in parts.items())
                    assert all(line.delete(each) for each in parts) and line.names() == []
            with Line(replace(place, user="nobody"), "wrong") as line:
                assert refused(lambda: line.put("x", b"y")).reason == "transfers.login"
            with Line(replace(place, place="absent"), running.secret) as line:
                assert refused(lambda: line.put("x", b"y")).reason == "transfers.not_there"
            print(f"\n{kind}: MiB/s of parts put and seen to be there, {rates}")
        finally:
            running.kill()
