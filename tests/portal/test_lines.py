"""Lines to real servers on loopback: what is put is there whole, each trouble has its code, and a line can be cut."""

from __future__ import annotations

import gc
import os
import socket
import threading
import time
from dataclasses import replace

import pytest

from dpdesk.domain.errors import Hindered
from dpdesk.domain.transfers import Destination, DestinationKind
from dpdesk.portal.lines import Line
from dpdesk.portal.objects import share_link
from dpdesk.portal.sftp import pem
from tests.fakes.certificates import certificate
from tests.portal.servers import PASSWORD, running
from tests.soak.relay import relayed


def refused(call) -> Hindered:
    with pytest.raises(Hindered) as problem:
        call()
    return problem.value


def trusted(place: Destination) -> Destination:
    """With the host key that an officer compared."""
    if place.kind is not DestinationKind.SFTP:
        return place
    problem = refused(lambda: Line(place, PASSWORD))
    assert problem.reason == "transfers.host_key_new"
    return replace(place, pin=problem.facts["fingerprint"])


@pytest.mark.parametrize("kind", ["dav", "s3", "sftp"])
def test_what_is_put_is_there_whole(tmp_path, kind):
    with running(kind, tmp_path / kind) as server:
        place = trusted(server.destination())
        carry(place, 100_000, 1 << 20)
        check_troubles(place, kind)
    assert refused(lambda: hung_up(place)).reason == "transfers.no_network"


def carry(place: Destination, size: int, longest: int) -> tuple[str, str]:
    """Put nine objects, read them back, replace one and take it away; returns the name taken away and one that stays."""
    data, stored = {f"{n:032x}.{n:05d}": os.urandom(size + n) for n in range(9)}, []
    with Line(place, PASSWORD) as line:
        line.put_all([(name, lambda name=name: data[name]) for name in data], stored.append)
        assert sorted(stored) == sorted(data) == sorted(line.names())
        assert all(line.get(name, longest) == content for name, content in data.items())
        assert line.get("absent", 10) is None
        line.put(stored[0], b"again")
        assert line.get(stored[0], 10) == b"again"
        assert refused(lambda: line.get(stored[1], 10)).reason == "transfers.object_too_large"
        assert line.delete(stored[0]) and stored[0] not in line.names()
    return stored[0], stored[1]


def check_troubles(place: Destination, kind: str) -> None:
    """A wrong password and a folder that is not there have their own codes."""
    if kind != "s3":  # moto takes any password
        assert refused(lambda: hung_up(place, "another")).reason == "transfers.login"
    absent = replace(place, place="absent")
    assert refused(lambda: hung_up(absent)).reason == "transfers.not_there"


def hung_up(place, password: str = PASSWORD) -> None:
    with Line(place, password) as line:
        line.put("x", b"y")


@pytest.mark.parametrize("kind", ["dav", "sftp"])
def test_a_line_that_breaks_is_said_once(tmp_path, kind, caplog):
    with running(kind, tmp_path / kind) as server, relayed(server, (5_000_000, 5_000_000)) as cut:
        with Line(trusted(cut.destination()), PASSWORD) as line:
            problem = refused(lambda: line.put_all([(f"{n:032x}", lambda: os.urandom(7_000_000)) for n in range(3)], lambda name: None))
        assert problem.reason == "transfers.dropped"
    gc.collect()
    assert caplog.records == []


def test_a_changed_host_key_is_refused(tmp_path):
    with running("sftp", tmp_path / "sftp") as server:
        place = replace(server.destination(), pin="SHA256:" + "A" * 43)
        assert refused(lambda: Line(place, PASSWORD)).reason == "transfers.host_key_changed"


def test_a_file_drop_takes_and_shows_nothing(tmp_path):
    with running("drop", tmp_path / "drop") as server, Line(server.destination(), PASSWORD) as line:
        line.put("a" * 32 + ".00001", b"y", verify=False)
        assert (tmp_path / "drop" / ("a" * 32 + ".00001")).read_bytes() == b"y"
        for call in (line.names, lambda: line.get("x", 10)):
            assert refused(call).reason == "transfers.not_allowed"


def test_a_server_that_is_full(tmp_path):
    with running("dav", tmp_path / "dav", SERVE_MOST="200000") as server, Line(server.destination(), PASSWORD) as line:
        line.put("one", b"y" * 150_000)
        assert refused(lambda: line.put("two", b"y" * 150_000)).reason == "transfers.full"
        assert [each.name for each in (tmp_path / "dav").iterdir()] == ["one"]


def test_certificates_are_verified_and_remembered(tmp_path, monkeypatch):
    _context, shown = certificate(tmp_path / "tls")
    both = tmp_path / "both.pem"
    both.write_bytes(shown.read_bytes() + shown.with_name("server.key").read_bytes())
    with running("dav", tmp_path / "dav", pem=str(both)) as server:
        place = server.destination()
        assert refused(lambda: Line(place, PASSWORD)).reason == "transfers.certificate_new"
        monkeypatch.setenv("SSL_CERT_FILE", str(shown))
        with Line(place, PASSWORD) as line:
            assert line.pin.startswith("SHA256:")
            pinned = replace(place, pin=line.pin)
        with Line(pinned, PASSWORD):
            pass
        problem = refused(lambda: Line(replace(place, pin="SHA256:" + "0" * 64), PASSWORD))
        assert (problem.reason, problem.facts["fingerprint"]) == ("transfers.certificate_changed", pinned.pin)


def test_a_line_that_waits_is_cut_at_once(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = Destination("d", "silent", DestinationKind.WEBDAV, f"http://127.0.0.1:{silent.getsockname()[1]}")
        with Line(place) as line:
            began = time.monotonic()
            timer = threading.Timer(0.3, line.cut)
            timer.start()
            assert refused(lambda: line.put("x", b"y")).reason == "transfers.stopped"
            timer.join()
            assert time.monotonic() - began < 5
            assert refused(line.names).reason == "transfers.stopped"


def test_a_folder(tmp_path):
    place = Destination("d", "stick", DestinationKind.FOLDER, str(tmp_path / "stick"))
    assert refused(lambda: Line(place)).reason == "transfers.not_there"
    (tmp_path / "stick").mkdir()
    with Line(place) as line:
        line.put("one", b"x")
        (tmp_path / "stick" / ".hidden").write_bytes(b"")
        assert line.names() == ["one"] and line.get("one", 10) == b"x"


@pytest.mark.parametrize(("address", "found"), [
    ("https://cloud.example.org/s/AbC", ("https://cloud.example.org/public.php/webdav", "AbC")),
    ("https://example.org/nc/index.php/s/AbC/", ("https://example.org/nc/public.php/webdav", "AbC")),
    ("https://cloud.example.org/remote.php/dav/files/me", ("", "")), ("https://example.org/s/", ("", ""))])
def test_links_of_nextcloud(address, found):
    assert share_link(address) == found


def test_a_private_key_pasted_into_one_line():
    whole = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\nBBBB\n-----END OPENSSH PRIVATE KEY-----\n"
    assert pem(whole.replace("\n", " ")) == whole
    assert pem("a password") == "a password"
