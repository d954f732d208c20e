"""What an officer may choose to seal, and how a destination may be written: odd names and addresses, each with its own sentence."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import Declined, Invalid, Unreadable
from dpdesk.services import destinations, packages
from tests.services.transferring import desk, introduce


@pytest.fixture
def seal(session, tmp_path):
    """Seals files of `tmp_path`; the names inside."""
    lead = desk(tmp_path / "lead")
    introduce(session, lead)
    lead.close()
    return lambda *names: [item.name for item in packages.seal(session, packages.Wish(
        ["Ravi Example"], "Scans", [tmp_path / name for name in names])).items]


def test_two_of_one_name_from_two_folders_are_numbered(seal, tmp_path):
    for folder in ("one", "two", "three"):
        (tmp_path / folder).mkdir()
    for name in ("one/scan.pdf", "two/Scan.pdf", "three/scan.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    assert seal("one/scan.pdf", "two/Scan.pdf", "three/scan.pdf") == ["scan.pdf", "Scan (2).pdf", "scan (3).pdf"]


def test_what_cannot_be_sealed_is_named(seal, tmp_path):
    (tmp_path / "COM1.txt").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    for name, reason in (("COM1.txt", "transfers.name_unfit"), ("folder", "transfers.a_folder")):
        with pytest.raises(Declined) as refused:
            seal(name)
        assert (refused.value.reason, refused.value.facts["file"]) == (reason, name)
    with pytest.raises(Unreadable) as refused:
        seal("gone.pdf")
    assert refused.value.reason == "missing"


@pytest.mark.parametrize(("kind", "address", "place", "problem"), [
    ("sftp", "host:99999", "", {"address": "sftp_bad"}), ("sftp", "files.example.org", "../x", {"place": "dots"}),
    ("webdav", "https://exa mple.org", "", {"address": "address_bad"}),
    ("webdav", "https://cloud.example.org", "a\tb", {"place": "control"})])
def test_addresses_that_are_none(kind, address, place, problem):
    with pytest.raises(Invalid) as refused:
        destinations.made(destinations.Wish("Portal", kind, address, place, "lead"))
    assert refused.value.problems == problem


def test_an_address_of_sftp_may_be_pasted_whole():
    wish = destinations.Wish("Portal", "sftp", "sftp://files.example.org:2222", user="lead")
    assert destinations.made(wish).address == "files.example.org:2222"
