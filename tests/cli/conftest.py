"""A desk for the command line, made with the least key derivation, and a way to call it and read what it said."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from dpdesk import cli
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.store import keys
from tests.founding import found

PASSPHRASE = "the ferret sang on tuesday"
LIST = """Membership No,Forename,Surname,Email,Mobile,Address 1,Town,Postcode,Joined,Status,Do not email,NI number
1001,Catherine,Smith,catherine@example.org,07700 900101,1 Lock Lane,Anytown,AN1 2AB,03/02/2019,current,,QQ123456C
1002,Siôn,Pugh,sion@example.org,07700 900102,2 Lock Lane,Anytown,AN1 2AB,14/05/2021,current,yes,
1003,,,nobody@example.org,,3 Wharf Road,Anytown,AN1 3CD,21/11/2023,current,,
1004,Bob,Broken,not-an-address,,4 Wharf Road,Anytown,AN1 3CD,01/01/2020,current,,
"""


@dataclass
class Told:
    """What a call said."""

    status: int
    out: str
    err: str

    @property
    def data(self):
        """stdout as JSON."""
        return json.loads(self.out)


@pytest.fixture
def passphrase(monkeypatch):
    monkeypatch.setenv("DPDESK_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def desk(tmp_path):
    """The folder of a closed desk."""
    session, _key = found(Desks(Machine(), keys.least()), tmp_path / "desk", Founding(
        "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret(PASSPHRASE)))
    session.close()
    return tmp_path / "desk"


@pytest.fixture
def run(capsys):
    """Calls the command line as a terminal would."""
    def call(*words: object, **more) -> Told:
        status = cli.main([str(word) for word in words], **more)
        said = capsys.readouterr()
        return Told(status, said.out, said.err)
    return call


@pytest.fixture
def dpdesk(run, desk, passphrase):
    """Calls the command line on the desk, with its passphrase."""
    return lambda *words, **more: run("--desk", desk, *words, **more)


@pytest.fixture
def list_file(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text(LIST, "utf-8")
    return path


@pytest.fixture
def filled(dpdesk, list_file):
    """The same, after an import."""
    assert dpdesk("members", "import", list_file, "--apply").status == 0
    return dpdesk
