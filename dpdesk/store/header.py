"""The small clear file beside the database: key slots, an epoch, and an anchor into the audit log; authenticated as a whole.

It holds nothing personal. `sum` (plain SHA-256) tells accidental damage, `mac` (under the data key) tells tampering.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from pathlib import Path

from dpdesk.domain.audit import Anchor
from dpdesk.domain.errors import HeaderAltered, HeaderDamaged, NoDesk, TooNew
from dpdesk.store.disk import write_whole
from dpdesk.store.keys import Slot, subkey

NAME, SPARE, DATABASE = "desk.json", "desk.json.bak", "desk.db"
FORMAT, VERSION = "dpdesk desk", 1
LONGEST = 1 << 20


@dataclass(frozen=True)
class Header:
    """What a desk says before it is unlocked. `opened` is true while a process has it open for writing."""

    desk: str
    salt: bytes
    epoch: int
    slots: tuple[Slot, ...]
    anchor: Anchor
    opened: bool = False
    mac: bytes = b""

    def body(self) -> dict:
        """Everything that is authenticated."""
        return {"format": FORMAT, "version": VERSION, "desk": self.desk, "cipher_salt": self.salt.hex(),
                "epoch": self.epoch, "keys": [slot.to_json() for slot in self.slots],
                "anchor": {"seq": self.anchor.seq, "head": self.anchor.head.hex()}, "opened": self.opened}

    def sealed(self, data_key: bytes) -> Header:
        """The same header with its code under `data_key`."""
        return replace(self, mac=hmac.digest(subkey(data_key, "header"), _canonical(self.body()), "sha256"))

    def check(self, data_key: bytes) -> None:
        """Raise `HeaderAltered` unless dpdesk wrote this header with `data_key`."""
        if not hmac.compare_digest(self.mac, self.sealed(data_key).mac):
            raise HeaderAltered("mac")

    def slot(self, slot_id: str) -> Slot | None:
        """The slot of that id."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def with_slot(self, slot: Slot) -> Header:
        """A header of the next epoch in which `slot` is added or replaced."""
        slots = [slot if old.id == slot.id else old for old in self.slots]
        if slot.id not in {old.id for old in self.slots}:
            slots.append(slot)
        return replace(self, slots=tuple(slots), epoch=self.epoch + 1)

    def without_slots(self, slot_ids: set[str]) -> Header:
        """A header of the next epoch without those slots."""
        return replace(self, slots=tuple(s for s in self.slots if s.id not in slot_ids), epoch=self.epoch + 1)


def _canonical(data: dict) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


def to_bytes(header: Header) -> bytes:
    """The file's content."""
    data = {**header.body(), "mac": header.mac.hex()}
    data["sum"] = hashlib.sha256(_canonical(data)).hexdigest()
    return json.dumps(data, sort_keys=True, indent=1).encode()


def from_bytes(content: bytes) -> Header:
    """Parse; raises `HeaderDamaged`, `HeaderAltered` (weakened parameters) or `TooNew`."""
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise HeaderDamaged("unreadable")
        if data["version"] > VERSION:
            raise TooNew(str(data["version"]))
        checksum = data.pop("sum")
        if checksum != hashlib.sha256(_canonical(data)).hexdigest():
            raise HeaderDamaged("checksum")
        header = Header(data["desk"], bytes.fromhex(data["cipher_salt"]), data["epoch"],
                        tuple(Slot.from_json(each) for each in data["keys"]),
                        Anchor(data["anchor"]["seq"], bytes.fromhex(data["anchor"]["head"])),
                        data["opened"], bytes.fromhex(data["mac"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise HeaderDamaged("unreadable") from problem
    if not all(slot.kdf.acceptable() for slot in header.slots):
        raise HeaderAltered("parameters")
    return header


def read(folder: Path) -> tuple[Header, bool]:
    """The header of the desk in `folder`, and whether the spare copy had to be used."""
    main, spare = folder / NAME, folder / SPARE
    if not main.exists() and not spare.exists():
        raise HeaderDamaged("missing") if (folder / DATABASE).exists() else NoDesk(str(folder))
    try:
        return from_bytes(_content(main)), False
    except HeaderDamaged as problem:
        try:
            return from_bytes(_content(spare)), True
        except HeaderDamaged:
            raise problem from None


def spare(folder: Path) -> Header | None:
    """The spare copy, where it reads well."""
    try:
        return from_bytes(_content(folder / SPARE))
    except (HeaderDamaged, HeaderAltered, TooNew):
        return None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST)
    except FileNotFoundError as problem:
        raise HeaderDamaged("missing") from problem


def write(folder: Path, header: Header, *, keys_changed: bool) -> None:
    """Replace the header in one step; the spare copy follows where the keys changed."""
    content = to_bytes(header)
    write_whole(folder / NAME, content)
    if keys_changed or not (folder / SPARE).exists():
        write_whole(folder / SPARE, content)


def remove_lock_leftovers(folder: Path) -> None:
    """Temporary header files a killed process may have left."""
    for left in folder.glob(".desk.json*.tmp"):
        try:
            left.unlink()
        except OSError:
            continue
