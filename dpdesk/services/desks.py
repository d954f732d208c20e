"""Finding, founding, opening and recovering desks: everything before an officer is in.

The window is built on this module, so it loads what opening needs only when it opens (`warm_up` in the background).
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpdesk.domain.errors import DeskInUse
    from dpdesk.domain.officers import Officer
    from dpdesk.domain.policies import Policy
    from dpdesk.domain.roles import Role
    from dpdesk.domain.secret import Secret
    from dpdesk.services.machine import Machine
    from dpdesk.services.session import Session
    from dpdesk.store.desk import Desk
    from dpdesk.store.keys import Kdf
    from dpdesk.store.vault import Opened

T = TypeVar("T")
LONGEST_WAIT = 60.0
_CLOCK_SLACK = 10  # minutes


class Founding(NamedTuple):
    """What a new desk needs: its first officer, the party's policy (already read by them), the branch, a passphrase."""

    name: str
    role: Role
    policy_code: str
    branch: str
    passphrase: Secret
    key_label: str = ""


class Key(NamedTuple):
    """A key of a desk as shown before unlocking: `label` names an office, not a person; `kind` officer or recovery."""

    id: str
    label: str
    kind: str


class Card(NamedTuple):
    """What a desk says before it is unlocked. `place` are warning codes such as `synced:Dropbox`."""

    folder: Path
    keys: tuple[Key, ...]
    in_use: DeskInUse | None
    place: tuple[str, ...]
    writable: bool

    @property
    def officer_keys(self) -> tuple[Key, ...]:
        """The keys that open with a passphrase."""
        return tuple(key for key in self.keys if key.kind == "officer")


class Desks:
    """The desks this machine knows. `kdf` overrides the calibration of new passphrases (tests use the least allowed)."""

    def __init__(self, machine: Machine, kdf: Kdf | None = None) -> None:
        self.machine = machine
        self.kdf = kdf
        self._wrong, self._not_before = 0, 0.0

    def last(self) -> Path | None:
        """The desk opened last, where it still lies there."""
        from dpdesk.store.header import DATABASE, NAME
        folder = Path(self.machine.last_desk) if self.machine.last_desk else None
        if folder and ((folder / NAME).exists() or (folder / DATABASE).exists()):
            return folder
        return None

    def suggested_folder(self, branch: str) -> Path:
        """A free folder for a new desk in the officer's own data folder, outside what is usually synced."""
        from platformdirs import user_data_path
        plain = "-".join("".join(c if c.isalnum() else " " for c in branch.casefold()).split()) or "desk"
        root = user_data_path("dpdesk", appauthor=False) / "desks"
        folder, number = root / plain, 2
        while folder.exists() and any(folder.iterdir()):
            folder, number = root / f"{plain}-{number}", number + 1
        return folder

    def place_warnings(self, folder: Path) -> tuple[str, ...]:
        """What is unsafe about a place: `synced:<service>`, `network`."""
        from dpdesk.store.place import warnings
        return warnings(folder)

    def examine(self, folder: Path) -> Card:
        """The desk's card; raises `NoDesk`, `HeaderDamaged`, `HeaderAltered` or `TooNew`."""
        from dpdesk.store import header, lock
        from dpdesk.store.disk import writable
        found, _ = header.read(folder)
        keys = tuple(Key(slot.id, slot.label, slot.kind) for slot in found.slots)
        return Card(folder, keys, lock.in_use(folder), self.place_warnings(folder), writable(folder))

    def create(self, folder: Path, founding: Founding) -> tuple[Session, Secret]:
        """Found a desk; returns it open, and its recovery key, which is shown this once.

        The founder has been shown the party's data policy: founding is acknowledging it (S1 §23), and recorded so.
        """
        from dpdesk.domain.errors import Invalid
        from dpdesk.domain.officers import key_label
        from dpdesk.domain.roles import Right, require
        from dpdesk.files import policies
        from dpdesk.services import passphrases
        from dpdesk.services.session import Session
        from dpdesk.store import vault
        missing = {code: "missing" for code in ("name", "branch") if not getattr(founding, code).strip()}
        if missing:
            raise Invalid(missing)
        require(founding.role, Right.OFFICERS_MANAGE)  # else nobody could ever let the others in
        policy = policies.load(founding.policy_code)
        passphrases.check(founding.passphrase, (founding.name, founding.branch), policy.passphrase_minimum_score)
        label = founding.key_label.strip() or key_label(founding.role, ())
        desk, recovery = vault.create(folder, founding.passphrase, label, self.kdf)
        try:
            officer = self._record_founding(desk, founding, policy, label)
        except BaseException:
            desk.close()
            vault.abandon(folder)
            raise
        self._remember(folder)
        return Session(desk, officer, policy, self.place_warnings(folder)), recovery

    def _record_founding(self, desk, founding: Founding, policy: Policy, label: str) -> Officer:
        from dpdesk.domain.officers import Officer, Standing
        from dpdesk.services.session import policy_mark
        from dpdesk.store import officers, settings
        from dpdesk.store.unit import utc_now
        identity = desk.identity
        officer = Officer(identity.officer, founding.name.strip(), founding.role, Standing.ACTIVE, None,
                          identity.signing_public, identity.exchange_public, label, policy_mark(policy), utc_now())
        with desk.change(officer, "desk.created") as unit:
            unit.about("desk", desk.header.desk)
            unit.facts(keys={officer.id: officer.signing_key.hex()}, policy=policy.code, policy_version=policy.version,
                       role=officer.role.value, acknowledged=policy.version)
            officers.add(unit.connection, officer)
            settings.put(unit.connection, branch=founding.branch.strip(), policy=policy.code, recovery=officer.id)
            unit.record("officer", officer.id, {}, {"name": officer.name, "role": officer.role.value})
        return officer

    def wait(self) -> float:
        """Seconds until the next passphrase is taken: each wrong one doubles it, up to a minute."""
        return max(0.0, self._not_before - time.monotonic())

    def open(self, folder: Path, passphrase: Secret, key_id: str | None = None, *, read_only: bool = False,
             accept_loss: bool = False) -> Session:
        """Open a desk with an officer's passphrase. Raises what `store.vault.unlock` does, and `OfficerNotActive`."""
        from dpdesk.store import vault
        opened = self.attempt(lambda: vault.unlock(folder, passphrase, key_id, read_only=read_only,
                                                accept_loss=accept_loss))
        return self._session(folder, opened)

    def attempt(self, unlock: Callable[[], T]) -> T:
        """Try a key; each wrong one makes the next wait longer."""
        from dpdesk.domain.errors import WrongPassphrase
        if self.wait():
            raise WrongPassphrase(self.wait())
        try:
            return unlock()
        except WrongPassphrase:
            self._wrong += 1
            pause = min(LONGEST_WAIT, 2.0 ** (self._wrong - 2)) if self._wrong > 2 else 0.0
            self._not_before = time.monotonic() + pause
            raise WrongPassphrase(pause) from None

    def _session(self, folder: Path, opened: Opened) -> Session:
        from dpdesk.domain.errors import OfficerNotActive
        from dpdesk.domain.officers import Standing
        from dpdesk.services import policy_in_force
        from dpdesk.services.session import Session, today
        from dpdesk.store import officers
        desk = opened.desk
        try:
            with desk.read() as connection:
                officer = officers.get(connection, desk.identity.officer)
            if officer is None:
                raise OfficerNotActive(Standing.REMOVED.value)
            officer.check_active(today())
            session = Session(desk, officer, policy_in_force.load(desk),
                              (*opened.notices, *_clock(desk), *self.place_warnings(folder)))
            self._record_opening(session, opened)
        except BaseException:
            desk.close()
            raise
        self._remember(folder)
        return session

    def _record_opening(self, session: Session, opened: Opened) -> None:
        """What the log should know of this opening: wrong passphrases before it, and a loss the officer accepted."""
        if session.read_only:
            return
        if "loss_accepted" in opened.notices:
            with session.change("desk.loss_accepted") as unit:
                unit.facts(header_epoch=session.desk.header.epoch)
        if session.desk.setting("compaction_due"):
            from dpdesk.services import erasing
            erasing.finish(session)
        if not session.desk.setting("consents_end"):
            from dpdesk.services import giving
            giving.set_ends(session)
        if "loss_accepted" in opened.notices or self._mail_cut_off(session):
            from dpdesk.services import post_settle
            post_settle.settle(session, doubt="loss_accepted" in opened.notices)
        if self._transfer_cut_off(session):
            from dpdesk.services import outbox
            outbox.settle(session)
        if self._wrong:
            with session.change("desk.attempts") as unit:
                unit.facts(wrong_passphrases=self._wrong)
        self._wrong, self._not_before = 0, 0.0

    def _mail_cut_off(self, session: Session) -> bool:
        """Whether the program ended while a mailing went out."""
        from dpdesk.store import post
        with session.desk.read() as connection:
            return post.being_sent(connection)

    def _transfer_cut_off(self, session: Session) -> bool:
        """Whether the program ended while a package was being sent."""
        from dpdesk.store import transfers
        with session.desk.read() as connection:
            return transfers.being_sent(connection)

    def recover(self, folder: Path, recovery_key: Secret, new_passphrase: Secret) -> tuple[Session, Secret]:
        """Open once with the paper key: a new passphrase is set, the paper key is spent, and a new one is returned."""
        from dpdesk.domain.errors import WrongPassphrase
        from dpdesk.services import officers, passphrases
        from dpdesk.store import vault
        from dpdesk.store.keys import tidy_recovery_key
        key = tidy_recovery_key(recovery_key)
        if key is None:
            raise WrongPassphrase(self.wait())
        opened = self.attempt(lambda: vault.unlock(folder, key, kind=vault.RECOVERY))
        session = self._session(folder, opened)
        try:
            passphrases.check(new_passphrase, (session.officer.name, session.branch),
                              session.policy.passphrase_minimum_score)
            return session, officers.recovered(session, opened.slot, new_passphrase, self.kdf)
        except BaseException:
            session.close()
            raise

    def _remember(self, folder: Path) -> None:
        self.machine.last_desk = str(folder)
        self.machine.save()


def _clock(desk: Desk) -> tuple[str, ...]:
    """A notice where the machine's clock stands before the last entry of the log: everything due would wait, and nobody would see why."""
    from datetime import UTC, datetime, timedelta
    last = desk.last_at()
    behind = last and datetime.fromisoformat(last) - datetime.now(UTC) > timedelta(minutes=_CLOCK_SLACK)
    return (f"clock_behind:{last[:10]}",) if behind else ()


def warm_up() -> None:
    """Load what unlocking needs, so that it does not wait for imports."""
    from importlib import import_module
    for name in ("sqlalchemy", "dpdesk.store.vault", "dpdesk.store.officers", "dpdesk.files.policies", "dpdesk.services.members",
                 "cryptography.hazmat.primitives.kdf.argon2", "cryptography.hazmat.primitives.ciphers.aead"):
        import_module(name)
