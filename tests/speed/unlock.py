"""Unlocking beyond the key derivation: everything `open` does but Argon2id, at most 150 ms, whatever the desk holds."""

from __future__ import annotations

import time

from dpdesk.domain.secret import Secret
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.store.keys import Kdf
from tests.speed.desks import BIG, PASSPHRASE, SMALL, desk_of, spread

ROUNDS = 15


class Watched:
    """Counts the time spent in Argon2id, so that it can be taken off to the microsecond."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._derive = Kdf.derive

    def __enter__(self) -> Watched:
        def derive(kdf: Kdf, passphrase: Secret) -> bytes:
            began = time.perf_counter()
            try:
                return self._derive(kdf, passphrase)
            finally:
                self.seconds += time.perf_counter() - began
        Kdf.derive = derive
        return self

    def __exit__(self, *_) -> None:
        Kdf.derive = self._derive


def measured(people: int) -> dict:
    """Open and close again and again; the first opening of the process, with its imports, told apart."""
    folder, beyond, derivation = desk_of(people), [], []
    for _round in range(ROUNDS):
        with Watched() as watched:
            began = time.perf_counter()
            session = Desks(Machine()).open(folder, Secret(PASSPHRASE))
            beyond.append(time.perf_counter() - began - watched.seconds)
        derivation.append(watched.seconds)
        session.close()
    return {"people": people, "beyond_argon2id": spread(beyond), "first_ms": round(beyond[0] * 1000, 1),
            "argon2id_256_mib": spread(derivation), "aim_ms": 150.0}


def bench() -> dict:
    """80,000 and 1,000,000 members."""
    return {str(people): measured(people) for people in (SMALL, BIG)}
