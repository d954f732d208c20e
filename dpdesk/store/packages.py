"""Packages sealed and taken in, as the store keeps them, and where their sealed files lie beside the database."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, delete, insert, select, update

from dpdesk.domain.packages import Item, PackageKind, PackageState
from dpdesk.domain.transfers import Part
from dpdesk.store.disk import private_folder, refusals, sync_folder, whole_file
from dpdesk.store.tables_transfers import package, package_subject

FOLDER = "sealed"
PERSON = "person"
"""The kind of subject a package has whose data of one person it carries."""


@dataclass(frozen=True)
class Package:
    """A package this desk sealed (`way` out) or was given (in). `sender` and `recipients` are identities of cards.

    `destination` and `transfer` say where one that came in was fetched; `file` is its sealed file's name, "" once it is gone.
    """

    id: str
    way: str
    kind: PackageKind
    purpose: str
    classification: str
    made_at: str
    expires_on: str
    sender: str
    recipients: tuple[str, ...]
    items: tuple[Item, ...]
    digest: str
    size: int
    sealed_size: int
    file: str
    state: PackageState
    at: str
    destination: str = ""
    transfer: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def folder(desk: Path) -> Path:
    """Where sealed files wait, readable by their owner alone."""
    place = desk / FOLDER
    private_folder(place)
    return place


@contextlib.contextmanager
def sealing(desk: Path, name: str) -> Iterator[BinaryIO]:
    """A new file among the sealed ones: there whole, or not at all."""
    with whole_file(folder(desk) / name) as file:
        yield file


class Incoming:
    """A sealed file that is coming in part by part: what is here whole is not fetched again after a cut or a kill."""

    def __init__(self, desk: Path, name: str) -> None:
        self._path = folder(desk) / f".{name}.incoming"

    def kept(self, parts: Sequence[Part]) -> int:
        """How many of the first parts are here whole; anything after them is cut off."""
        good, at = 0, 0
        with refusals(self._path), self._path.open("a+b") as file:
            file.seek(0)
            for part in parts:
                content = file.read(part.size)
                if len(content) != part.size or hashlib.sha256(content).hexdigest() != part.sha256:
                    break
                good, at = good + 1, at + part.size
            file.truncate(at)
        return good

    def add(self, content: bytes) -> None:
        """The next part, on the disk for good."""
        with refusals(self._path), self._path.open("ab") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    @property
    def path(self) -> Path:
        """Where it lies meanwhile."""
        return self._path

    def finish(self, name: str) -> None:
        """It is whole: under its own name from now on."""
        with refusals(self._path):
            self._path.replace(self._path.parent / name)
            sync_folder(self._path.parent)

    def drop(self) -> None:
        """Take it away."""
        self._path.unlink(missing_ok=True)


def discard(desk: Path, name: str) -> None:
    """Take a sealed file away."""
    if name:
        (desk / FOLDER / name).unlink(missing_ok=True)


def discard_strays(desk: Path, connection: Connection, ending: str) -> None:
    """Take away sealed files that no package names: a kill between two steps left them."""
    if (desk / FOLDER).is_dir():
        known = {row.file for row in connection.execute(select(package.c.file))}
        for path in (desk / FOLDER).glob(f"*{ending}"):
            if path.name not in known:
                path.unlink(missing_ok=True)


def listing(connection: Connection, way: str = "") -> list[Package]:
    """Packages, the newest first."""
    query = select(package).order_by(package.c.at.desc(), package.c.id.desc())
    return [_package(row) for row in connection.execute(query.where(package.c.way == way) if way else query)]


def get(connection: Connection, identity: str) -> Package | None:
    """One package."""
    row = connection.execute(select(package).where(package.c.id == identity)).first()
    return _package(row) if row else None


def _package(row) -> Package:
    values = {name: row._mapping[name] for name in Package.__dataclass_fields__}
    return Package(**values | {
        "kind": PackageKind(row.kind), "state": PackageState(row.state), "recipients": tuple(json.loads(row.recipients)),
        "items": tuple(Item(*each) for each in json.loads(row.items)), "facts": json.loads(row.facts)})


def add(connection: Connection, new: Package, seq: int) -> None:
    """Keep a package."""
    connection.execute(insert(package), [{
        **new.__dict__, "kind": new.kind.value, "state": new.state.value, "recipients": json.dumps(new.recipients),
        "items": json.dumps([[item.name, item.size, item.sha256] for item in new.items], ensure_ascii=False),
        "facts": json.dumps(dict(new.facts)), "seq": seq}])


def change(connection: Connection, identity: str, **values: object) -> None:
    """Change where a package stands."""
    connection.execute(update(package).where(package.c.id == identity).values(**values))


def put_subjects(connection: Connection, identity: str, kind: str, subjects: Iterable[str]) -> None:
    """Note what a package carries."""
    rows = [{"package": identity, "kind": kind, "subject": each} for each in dict.fromkeys(subjects)]
    connection.execute(delete(package_subject).where(package_subject.c.package == identity, package_subject.c.kind == kind))
    if rows:
        connection.execute(insert(package_subject), rows)


def subjects(connection: Connection, identity: str) -> list[tuple[str, str]]:
    """(kind, subject) of all that a package carries."""
    found = select(package_subject.c.kind, package_subject.c.subject).where(package_subject.c.package == identity)
    return [(row.kind, row.subject) for row in connection.execute(found.order_by(package_subject.c.kind, package_subject.c.subject))]


def forget_people(connection: Connection, people: Sequence[str]) -> list[str]:
    """Forget which packages carry the people's data; the names of their sealed files, which are to be discarded."""
    of_them = (package_subject.c.kind == PERSON, package_subject.c.subject.in_(people))
    mine = (package.c.id.in_(select(package_subject.c.package).where(*of_them)), package.c.file != "")
    files = list(connection.execute(select(package.c.file).where(*mine)).scalars())
    connection.execute(update(package).where(*mine).values(file=""))
    connection.execute(delete(package_subject).where(*of_them))
    return files


def carrying(connection: Connection, kind: str, subject: str) -> list[str]:
    """The packages sealed here that carry something."""
    query = (select(package.c.id).join(package_subject, package_subject.c.package == package.c.id)
             .where(package_subject.c.kind == kind, package_subject.c.subject == subject, package.c.way == "out"))
    return [row.id for row in connection.execute(query)]
