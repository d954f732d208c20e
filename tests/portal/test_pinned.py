"""Servers of one's own: no authority vouches for them, an officer compared their key, and nothing is said to any other."""

from __future__ import annotations

import os
import socket
import threading
import time
from dataclasses import replace

import pytest

from dpdesk.domain.transfers import Destination, DestinationKind
from dpdesk.portal.lines import Line
from dpdesk.portal.pinned_kinds import PinnedDav, PinnedS3
from tests.fakes.certificates import certificate
from tests.portal.servers import PASSWORD, running
from tests.portal.test_lines import carry, check_troubles, hung_up, refused
from tests.soak.relay import relayed


def pem(folder, name: str = "tls") -> str:
    """A certificate that signs itself, with its key, in one file."""
    _context, shown = certificate(folder / name)
    both = folder / f"{name}.pem"
    both.write_bytes(shown.read_bytes() + shown.with_name("server.key").read_bytes())
    return str(both)


def accepted(place: Destination) -> Destination:
    """With the key that an officer compared."""
    problem = refused(lambda: Line(place, PASSWORD))
    assert problem.reason == "transfers.certificate_new" and problem.facts["fingerprint"].startswith("SHA256:")
    with Line(replace(place, pin=problem.facts["certificate"]), PASSWORD) as line:
        assert line.pin == problem.facts["fingerprint"], "a certificate's own fingerprint is accepted too, and its key remembered"
    return replace(place, pin=problem.facts["fingerprint"])


@pytest.mark.parametrize("kind", ["dav", "s3"])
def test_what_is_put_is_there_whole(tmp_path, kind):
    with running(kind, tmp_path / kind, pem=pem(tmp_path)) as server:
        place = accepted(server.destination())
        gone, stays = carry(place, 1_000_000, 1 << 21)
        with Line(place, PASSWORD) as line:
            assert line.delete(gone) and line.holds(stays, 5, "") is False
        check_troubles(place, kind)
    assert refused(lambda: hung_up(place)).reason == "transfers.no_network"


def test_another_key_is_told_nothing(tmp_path):
    with running("dav", tmp_path / "dav", pem=pem(tmp_path)) as server:
        place = accepted(server.destination())
        other = replace(place, pin="SHA256:" + "0" * 64)
        assert refused(lambda: Line(other, PASSWORD)).reason == "transfers.certificate_changed"
        with Line(place, PASSWORD) as line:
            server.kill()
            server._pem = pem(tmp_path, "other")
            server.start()
            assert refused(lambda: line.put("x", b"y")).reason == "transfers.certificate_changed"
        assert not (tmp_path / "dav" / "x").exists()


def test_a_folder_below_and_a_file_drop(tmp_path):
    (tmp_path / "dav" / "for us").mkdir(parents=True)
    (tmp_path / "dav" / "for us" / "below").mkdir()
    key = pem(tmp_path)
    with (running("dav", tmp_path / "dav", pem=key) as server,
          Line(replace(accepted(server.destination()), place="for us"), PASSWORD) as line):
        line.put("one", b"x")
        assert line.names() == ["one"] and (tmp_path / "dav" / "for us" / "one").read_bytes() == b"x"
    with running("drop", tmp_path / "dav", pem=key) as server, Line(accepted(server.destination()), PASSWORD) as line:
        line.put("two", b"y", verify=False)
        for call in (line.names, lambda: line.get("two", 10)):
            assert refused(call).reason == "transfers.not_allowed"
        assert not line.delete("two")


def test_a_full_server_a_broken_line_and_one_that_waits(tmp_path):
    key = pem(tmp_path)
    with running("dav", tmp_path / "full", pem=key, SERVE_MOST="200000") as server, Line(accepted(server.destination()), PASSWORD) as line:
        line.put("one", b"y" * 150_000)
        assert refused(lambda: line.put("two", b"y" * 150_000)).reason == "transfers.full"
    with running("dav", tmp_path / "cut", pem=key) as server, relayed(server, (900_000, 900_000)) as cut:
        place = replace(server.destination(), address=f"https://127.0.0.1:{cut.port}")
        with Line(accepted(place), PASSWORD) as line:
            line.put("small", os.urandom(200_000))
            line.put("again", os.urandom(300_000))
            assert refused(lambda: line.put("large", os.urandom(2_000_000))).reason == "transfers.dropped"
            assert sorted(line.names())[0] == "again"


def test_a_line_that_waits_is_cut_at_once(tmp_path, monkeypatch):
    from dpdesk.portal import certificates
    with socket.create_server(("127.0.0.1", 0)) as silent:
        async def known(destination):
            return destination.pin, False
        monkeypatch.setattr(certificates, "check", known)
        place = Destination("d", "silent", DestinationKind.WEBDAV, f"https://127.0.0.1:{silent.getsockname()[1]}", pin="SHA256:0")
        with Line(place) as line:
            began = time.monotonic()
            timer = threading.Timer(0.3, line.cut)
            timer.start()
            assert refused(lambda: line.put("x", b"y")).reason == "transfers.stopped"
            timer.join()
        assert time.monotonic() - began < 5


def test_how_one_signs_in():
    """The example of AWS's own documentation has other headers; this one was computed with botocore for the same request."""
    place = Destination("d", "s", DestinationKind.S3, "https://s3.example.org", place="packages/our folder", user="KEY", region="eu-west-2")
    server = PinnedS3(place, "SECRET")
    assert server.root == "/packages/our%20folder/"
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    given = server.signed("GET", "/packages", "list-type=2&prefix=our%20folder%2F", b"")
    request = AWSRequest("GET", "https://s3.example.org/packages", params={"list-type": "2", "prefix": "our folder/"})
    request.context["timestamp"] = given["x-amz-date"]
    request.headers["X-Amz-Content-SHA256"] = given["x-amz-content-sha256"]
    auth = S3SigV4Auth(Credentials("KEY", "SECRET"), "s3", "eu-west-2")
    theirs = auth.signature(auth.string_to_sign(request, auth.canonical_request(
        _dated(request, given["x-amz-date"]))), request)
    assert given["authorization"].endswith(f"Signature={theirs}")


def _dated(request, at: str):
    request.headers["X-Amz-Date"] = at
    return request


def test_a_link_of_nextcloud():
    place = Destination("d", "s", DestinationKind.WEBDAV, "https://cloud.example.org/s/AbC")
    assert PinnedDav(place, "").root == "/public.php/webdav/"
    assert PinnedDav(place, "").signed("GET", "/", "", b"")["Authorization"] == "Basic QWJDOg=="
