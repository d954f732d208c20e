"""Keys, cards and small packages for the tests of sealed/."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dpdesk.domain.cards import Card
from dpdesk.domain.packages import FILES, MANIFEST, SIGNATURE, SIGNED_AS, Manifest, PackageKind
from dpdesk.sealed import ages, packages
from dpdesk.sealed.container import END, write_file

FILES_INSIDE = {"Walk 1.pdf": b"%PDF " * 999, "notes.txt": b"", "Strassen \u00fc.csv": os.urandom(5_000)}


@dataclass
class Officer:
    """An officer with keys of their own."""

    name: str = "Jane Example"
    raw: bytes = field(default_factory=lambda: os.urandom(32))
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def card(self) -> Card:
        return Card(self.name, "d" * 32, self.name, "secretary", "Anytown", ages.public_key(self.raw),
                    self.key.public_key().public_bytes_raw().hex(), "")

    @property
    def secret(self) -> str:
        return ages.secret_key(self.raw)


def manifest(sender: Officer, recipients, contents, **more) -> Manifest:
    return Manifest("0" * 31 + "1", PackageKind.FILES, "Scans", "strictly_confidential", "2026-11-26T10:00:00Z", "2026-12-26", sender.card,
                    tuple(each.card.age for each in recipients), packages.measured(contents), **more)


def sealed(path: Path, sender: Officer, recipients, files=None) -> Manifest:
    contents = [packages.held(name, content) for name, content in (files or FILES_INSIDE).items()]
    made = manifest(sender, recipients, contents)
    with path.open("wb") as file:
        packages.seal(file, made, sender.key.sign, contents)
    return made


def container(made: Manifest, sender: Officer, files) -> bytes:
    """What lies inside the age layer."""
    out, said = io.BytesIO(), made.canonical()
    write_file(out, MANIFEST, len(said), iter((said,)))
    write_file(out, SIGNATURE, 64, iter((sender.key.sign(SIGNED_AS + said),)))
    for name, content in files.items():
        write_file(out, FILES + name, len(content), iter((content,)))
    return out.getvalue() + END
